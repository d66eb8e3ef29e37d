"""What the self-contained folder's program does before the program itself begins."""

import ctypes.util
import os
import sys
from pathlib import Path

import pytest

from scripts import frozen_main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    (tmp_path / "libportaudio.so.2").touch()
    return tmp_path


@pytest.mark.parametrize("of_system", ["libportaudio.so.2", None])
def test_the_sound_library_is_found_with_and_without_one_of_the_system(
    of_system: str | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: of_system)
    frozen_main._find_own_sound_library()
    own = str(folder / "libportaudio.so.2")
    assert ctypes.util.find_library("portaudio") == (of_system or own)
    assert ctypes.util.find_library("other") == of_system


def test_a_folder_built_without_a_sound_library_has_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "libportaudio.so.2").unlink()
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    frozen_main._find_own_sound_library()
    assert ctypes.util.find_library("portaudio") is None


@pytest.mark.parametrize("usual", ["/opt/theirs", None])
def test_programs_that_are_started_find_the_libraries_of_the_system(
    usual: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/the/folder")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    if usual is not None:
        monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", usual)
    frozen_main._leave_other_programs_their_libraries()
    assert os.environ.get("LD_LIBRARY_PATH") == usual
