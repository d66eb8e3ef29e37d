"""What holds for every benchmark: no display is needed, and no file of the user is touched."""

import os
from collections.abc import Iterator

import pytest

# A display that happens to be there must not change what is measured. Set before Qt is imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_FOLDERS = ("FERQT_CONFIG_DIR", "FERQT_DATA_DIR", "FERQT_CACHE_DIR", "FERQT_LOG_DIR")


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep settings, data, cache and log of all benchmarks in a folder of their own."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in _FOLDERS:
            patch.setenv(variable, str(tmp_path_factory.mktemp(variable.lower())))
        yield
