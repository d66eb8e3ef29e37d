"""`ferqt desktop` puts the program into a person's menus, and leaves nothing behind."""

import configparser
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ferqt.cli import build_parser, desktop_entry, run
from ferqt.paths import resources_dir

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="Linux desktops")

_FILES = {
    "applications/ferqt.desktop",
    "icons/hicolor/scalable/apps/ferqt.svg",
    "icons/hicolor/48x48/apps/ferqt.png",
    "icons/hicolor/128x128/apps/ferqt.png",
    "icons/hicolor/256x256/apps/ferqt.png",
}


@pytest.fixture(autouse=True)
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, the only one there is, whose desktop database writes down its calls."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "update-desktop-database"
    program.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/told.txt\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data home"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


def ferqt(*words: str) -> int:
    return run(build_parser().parse_args(["desktop", *words]))


def files_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def entry_in(folder: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(folder / "applications/ferqt.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_it_is_installed_once_and_removed_whole(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "told.txt"
    entry = shared / "applications" / "ferqt.desktop"

    assert ferqt("install") == 0
    assert files_in(shared) == _FILES
    assert told.read_text() == f"{shared}/applications\n"
    assert capsys.readouterr().out.startswith(f"{entry}: installed")

    assert ferqt("install") == 0
    assert told.read_text().count("\n") == 1
    assert capsys.readouterr().out == f"{entry}: up to date\n"

    assert ferqt("remove") == 0
    assert files_in(shared) == set()
    assert told.read_text().count("\n") == 2
    assert capsys.readouterr().out.startswith(f"{entry}: removed")

    assert ferqt("remove") == 0
    assert capsys.readouterr().out == f"{entry}: was not there\n"


def test_removing_leaves_the_files_of_others(shared: Path) -> None:
    other = shared / "applications" / "other.desktop"
    other.parent.mkdir(parents=True)
    other.write_text("[Desktop Entry]\n")
    ferqt("install")
    ferqt("remove")
    assert files_in(shared) == {"applications/other.desktop"}


def test_an_entry_of_a_moved_program_is_renewed(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ferqt("install")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/ferqt/ferqt")
    ferqt("install")
    assert entry_in(shared)["Exec"] == "/opt/ferqt/ferqt %f"


def test_the_entry_starts_this_installation(shared: Path) -> None:
    ferqt("install")
    program, file = shlex.split(entry_in(shared)["Exec"])
    assert file == "%f"
    assert Path(program).is_absolute()
    assert os.access(program, os.X_OK)


def test_odd_paths_are_quoted_as_the_specification_has_it(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", '/opt/50 % $of "ü"\\x/ferqt')
    ferqt("install")
    assert entry_in(shared)["Exec"] == r'"/opt/50 %% \\$of \\"ü\\"\\\\x/ferqt" %f'


@pytest.mark.parametrize("value", [None, "", "relative/folder"])
def test_without_an_absolute_xdg_folder_the_home_is_used(
    value: str | None, user_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    if value is not None:
        monkeypatch.setenv("XDG_DATA_HOME", value)
    ferqt("install")
    assert files_in(user_home / ".local" / "share") >= _FILES


def test_a_desktop_without_a_database_is_no_error(shared: Path, tools: Path) -> None:
    (tools / "update-desktop-database").unlink()
    assert ferqt("install") == 0
    assert files_in(shared) == _FILES


def test_scripts_read_json(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ferqt("install", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["action"], told["changed"]) == ("install", True)
    assert set(told["files"]) == {str(shared / name) for name in _FILES}


@pytest.mark.parametrize("system", ["win32", "darwin"])
@pytest.mark.allow_error_logs
def test_elsewhere_one_line_says_that_it_is_for_linux(
    system: str, shared: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert ferqt("install") == 2
    monkeypatch.undo()
    said = capfd.readouterr().err
    assert "for Linux" in said
    assert said.count("\n") == 1
    assert files_in(shared) == set()


@pytest.mark.allow_error_logs
def test_a_folder_that_cannot_be_written_is_one_line(
    shared: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shared.mkdir()
    (shared / "applications").write_text("in the way")
    assert ferqt("install") == 1
    said = capfd.readouterr().err
    assert str(shared / "applications") in said
    assert said.count("\n") == 1


def test_the_shipped_entry_follows_the_specification(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ferqt("install")
    entry = entry_in(shared)
    assert (entry["Type"], entry["Icon"], entry["StartupWMClass"]) == (
        "Application",
        "ferqt",
        "ferqt",
    )
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert entry[key]
        assert entry[f"{key}[de]"]
    for key in ("Categories", "MimeType", "Keywords"):
        assert entry[key].endswith(";")
    monkeypatch.undo()
    validator = shutil.which("desktop-file-validate")
    if validator is not None:
        for path in (resources_dir() / "desktop" / "ferqt.desktop", shared / "applications"):
            file = path / "ferqt.desktop" if path.is_dir() else path
            ended = subprocess.run([validator, str(file)], capture_output=True, text=True)
            assert (ended.returncode, ended.stdout) == (0, "")


@pytest.mark.allow_error_logs
def test_a_missing_file_of_the_program_is_named(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(desktop_entry, "resources_dir", lambda: tmp_path / "nowhere")
    assert ferqt("install") == 1
    assert "nowhere" in capfd.readouterr().err
    assert files_in(shared) == set()
