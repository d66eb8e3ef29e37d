"""What a killed program leaves half done is gone after the next start, and nothing else is."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ferqt.drafts import draft, noted, remove_unfinished, scratch_folder
from ferqt.errors import OutputError
from ferqt.outputs.whole_file import whole_file
from ferqt.paths import cache_dir, data_dir, make_folder

_WRITER = """
import sys
from pathlib import Path
from ferqt.drafts import scratch_folder
from ferqt.outputs.whole_file import whole_file

with scratch_folder(Path(sys.argv[1]), ".compile-") as folder:
    (folder / "weights.bin").write_bytes(b"w" * 1000)
    with whole_file(Path(sys.argv[1]) / "rows.csv") as file:
        file.write(b"Ada, happy\\n" * 1000)
        file.flush()
        print("writing", flush=True)
        sys.stdin.read()
"""


def lists() -> list[Path]:
    return sorted(cache_dir().glob("unfinished/*"))


def writer(folder: Path) -> "subprocess.Popen[str]":
    """A program in the middle of its work."""
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    return process


def test_a_killed_program_leaves_nothing_half_written_after_the_next_start(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        assert len(list(tmp_path.iterdir())) == 2
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert len(list(tmp_path.iterdir())) == 2
    assert remove_unfinished() == 2
    assert list(tmp_path.iterdir()) == []
    assert lists() == []


def test_what_another_program_works_at_stays(tmp_path: Path) -> None:
    with writer(tmp_path) as process:
        before = sorted(tmp_path.iterdir())
        assert remove_unfinished() == 0
        assert sorted(tmp_path.iterdir()) == before
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]
    assert lists() == []


def test_what_this_program_works_at_stays(tmp_path: Path) -> None:
    with draft(tmp_path / "shot.png") as part:
        part.write_bytes(b"half")
        assert remove_unfinished() == 0
        part.write_bytes(b"whole")
    assert (tmp_path / "shot.png").read_bytes() == b"whole"
    assert lists() == []


def test_an_error_leaves_neither_a_draft_nor_a_list(tmp_path: Path) -> None:
    for work in (half_a_file, half_a_folder):
        with pytest.raises(OutputError):
            work(tmp_path)
        assert list(tmp_path.iterdir()) == []
        assert lists() == []


def half_a_file(folder: Path) -> None:
    with whole_file(folder / "a.csv") as file:
        file.write(b"half")
        raise OutputError("the disk is full")


def half_a_folder(folder: Path) -> None:
    with scratch_folder(folder, ".try-") as scratch:
        (scratch / "a").touch()
        raise OutputError("the disk is full")


def test_a_draft_that_took_its_place_is_never_removed(tmp_path: Path) -> None:
    """A list that is read after the crash names only what was still open."""
    kept, lost = tmp_path / ".kept", tmp_path / ".lost"
    for path in (kept, lost):
        path.touch()
    written = b"".join([b"+", os.fsencode(kept), b"\0+", os.fsencode(lost), b"\0-"])
    dead(written + os.fsencode(kept) + b"\0+" + os.fsencode(tmp_path))
    assert remove_unfinished() == 1
    assert kept.exists()
    assert not lost.exists()


@pytest.mark.parametrize("name", ["holiday.mp4", "relative"])
def test_a_list_that_names_files_of_a_person_removes_none(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    dead(b"+" + (os.fsencode(path) if name != "relative" else b".hidden") + b"\0")
    assert remove_unfinished() == 0
    assert path.exists()
    assert lists() == []


def test_a_link_is_removed_and_not_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "film.mp4").touch()
    link = tmp_path / ".link"
    link.symlink_to(tmp_path / "folder", target_is_directory=True)
    dead(b"+" + os.fsencode(link) + b"\0")
    assert remove_unfinished() == 1
    assert not link.is_symlink()
    assert (tmp_path / "folder" / "film.mp4").exists()


def test_a_cache_that_cannot_be_written_hinders_no_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("FERQT_CACHE_DIR", str(tmp_path / "file"))
    with draft(tmp_path / "shot.png") as part, noted(tmp_path / ".other"):
        part.write_bytes(b"whole")
    assert (tmp_path / "shot.png").read_bytes() == b"whole"
    assert remove_unfinished() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps folders of users apart itself")
def test_only_their_owner_enters_the_folders_of_ferqt(tmp_path: Path) -> None:
    make_folder(data_dir() / "sessions" / "one")
    assert stat.S_IMODE(data_dir().stat().st_mode) == 0o700
    make_folder(tmp_path / "shared" / "films")
    usual = tmp_path / "usual"
    usual.mkdir()
    assert (tmp_path / "shared").stat().st_mode == usual.stat().st_mode


def dead(written: bytes) -> None:
    """The list of a program that is gone."""
    folder = cache_dir() / "unfinished"
    make_folder(folder)
    (folder / "4711-0000.list").write_bytes(written)
