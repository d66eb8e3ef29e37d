"""What the self-contained folder starts: the program, or one of its other processes."""

import ctypes.util
import os
import sys
from pathlib import Path

from ferqt.app import main
from ferqt.bench.children import run_if_child
from ferqt.classifiers.helper_process import run_if_helper
from ferqt.paths import cache_dir

_SOUND = "portaudio"


def _leave_other_programs_their_libraries() -> None:
    """Give the variable back that made this process find its own libraries first.

    It has been read; the file manager, or what else is started from here, shall not heed it.
    """
    usual = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if usual is not None:
        os.environ["LD_LIBRARY_PATH"] = usual


def _keep_font_list() -> None:
    """Let matplotlib, which MediaPipe imports, keep its list of fonts: making it takes seconds."""
    os.environ["MPLCONFIGDIR"] = str(cache_dir() / "matplotlib")


def _find_own_sound_library() -> None:
    """Let the PortAudio in this folder be found; Linux looks for libraries of the system alone."""
    own = Path(getattr(sys, "_MEIPASS", "")) / "libportaudio.so.2"
    of_system = ctypes.util.find_library

    def find(name: str) -> str | None:
        return of_system(name) or (str(own) if name == _SOUND and own.is_file() else None)

    ctypes.util.find_library = find


if __name__ == "__main__":
    if sys.platform.startswith("linux"):
        _leave_other_programs_their_libraries()
        _find_own_sound_library()
    _keep_font_list()
    code = run_if_helper(sys.argv[1:])
    if code is None:
        code = run_if_child(sys.argv[1:])
    sys.exit(main() if code is None else code)
