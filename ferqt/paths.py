"""Where ferqt finds its own files and keeps the user's; nothing is created until it is needed."""

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_NAME = "ferqt"


def _shipped(name: str) -> Path:
    """A folder shipped with the program: in the installed package, or beside it in a checkout."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def _chosen(variable: str, usual: Path) -> Path:
    chosen = os.environ.get(variable)
    return Path(chosen).expanduser() if chosen else usual


def make_folder(folder: Path) -> None:
    """Make a folder with those above it; one that is there is left as it is.

    The folders of data, cache, settings and log are made for their owner alone, so that other users
    of the computer see nothing of what lies in them.

    Raises:
        OSError: It cannot be made.
    """
    for own in (data_dir(), cache_dir(), config_dir(), log_dir()):
        if folder.is_relative_to(own):
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)


def resources_dir() -> Path:
    """Folder of icons and face models that ship with the program; read-only."""
    return _shipped("resources")


def models_dir() -> Path:
    """Folder of the expression models that ship with the program; read-only."""
    return _shipped("models")


def docs_dir() -> Path:
    """Folder of the guide and the other pages that ship with the program; read-only."""
    return _shipped("docs")


def data_dir() -> Path:
    """The user's own models and sessions (`FERQT_DATA_DIR`, else the system's usual place)."""
    return _chosen("FERQT_DATA_DIR", platformdirs.user_data_path(_NAME, appauthor=False))


def user_models_dir() -> Path:
    """Folder of the models that the user added."""
    return data_dir() / "models"


def cache_dir() -> Path:
    """What can be made again, as compiled models (`FERQT_CACHE_DIR`, else the usual place)."""
    return _chosen("FERQT_CACHE_DIR", platformdirs.user_cache_path(_NAME, appauthor=False))


def config_dir() -> Path:
    """The settings file's folder (`FERQT_CONFIG_DIR`, else the usual place)."""
    return _chosen("FERQT_CONFIG_DIR", platformdirs.user_config_path(_NAME, appauthor=False))


def log_dir() -> Path:
    """Folder of the log files (`FERQT_LOG_DIR`, else the usual place)."""
    return _chosen("FERQT_LOG_DIR", platformdirs.user_log_path(_NAME, appauthor=False))


def pictures_dir() -> Path:
    """Folder that screenshots go to unless the user chooses another."""
    return platformdirs.user_pictures_path() / _NAME


def recordings_dir() -> Path:
    """Folder that recordings go to unless the user chooses another."""
    return platformdirs.user_videos_path() / _NAME
