"""What goes to the log file and not to the screen."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ferqt.log import cut_native_log, log_file, quiet_libraries, start_logging

PROGRAM = """
import logging
import warnings
from ferqt.log import start_logging
start_logging()
warnings.warn("of a damaged picture")
logging.getLogger("PIL.TiffImagePlugin").error("of more samples than there are")
"""


def test_warnings_of_libraries_go_to_the_log_and_not_to_the_screen(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "FERQT_LOG_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written = (tmp_path / "ferqt.log").read_text(encoding="utf-8")
    assert "of a damaged picture" in written
    assert "of more samples than there are" in written


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Starts the log in the test's folder; warnings are the tests' again afterwards."""
    monkeypatch.setenv("FERQT_LOG_DIR", str(tmp_path))
    yield start_logging
    logging.captureWarnings(capture=False)
    logging.getLogger("py.warnings").handlers.clear()


def files_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("ferqt.log*"))


def test_a_storm_of_records_fills_no_more_than_four_files(monkeypatch, tmp_path, start):
    monkeypatch.setattr("ferqt.log._MAX_BYTES", 20_000)
    start()
    log = logging.getLogger("ferqt.storm")
    for number in range(2_000):
        log.warning("camera lost, attempt %d", number)
    assert len(files_of(tmp_path)) == 4
    assert sum(path.stat().st_size for path in files_of(tmp_path)) < 4 * 21_000
    assert "attempt 1999" in (tmp_path / "ferqt.log").read_text(encoding="utf-8")


def test_a_record_as_long_as_a_file_keeps_its_begin_and_its_end(tmp_path, start):
    start()
    logging.getLogger("ferqt.storm").warning("cannot read %s: no picture", "x" * 5_000_000)
    text = (tmp_path / "ferqt.log").read_text(encoding="utf-8")
    assert len(text) < 20_000
    assert "cannot read xxx" in text
    assert text.endswith("xxx: no picture\n")


def test_a_log_that_cannot_be_written_any_more_prints_nothing(monkeypatch, capfd, start):
    start()
    (handler,) = (
        one
        for one in logging.getLogger("ferqt").handlers
        if isinstance(one, logging.FileHandler) and one.baseFilename == str(log_file())
    )

    def full(_line: str) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handler.stream, "write", full)
    logging.getLogger("ferqt.storm").warning("on a full disk")
    assert capfd.readouterr() == ("", "")


def test_chatter_of_native_libraries_is_cut_to_its_end_while_they_write(tmp_path):
    path = tmp_path / "native.log"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    for number in range(40_000):
        os.write(descriptor, b"warning %06d, of a damaged frame\n" % number)
    cut_native_log(descriptor)
    os.write(descriptor, b"the last one\n")
    text = path.read_bytes()
    os.close(descriptor)
    assert len(text) == 100_000 + len(b"the last one\n")
    assert text.endswith(b"warning 039999, of a damaged frame\nthe last one\n")


def test_little_chatter_stays_whole(tmp_path):
    path = tmp_path / "native.log"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, b"a few words\n")
    cut_native_log(descriptor)
    os.close(descriptor)
    assert path.read_bytes() == b"a few words\n"


def test_a_device_instead_of_a_file_is_left_alone():
    descriptor = os.open(os.devnull, os.O_WRONLY)
    cut_native_log(descriptor)
    os.write(descriptor, b"to nowhere\n")
    os.close(descriptor)


def test_chatter_is_looked_at_as_long_as_libraries_are_quiet(monkeypatch, tmp_path):
    monkeypatch.setenv("FERQT_LOG_DIR", str(tmp_path))
    monkeypatch.setattr("ferqt.log._NATIVE_LOOK_S", 0.01)
    looked: list[int] = []
    monkeypatch.setattr("ferqt.log.cut_native_log", looked.append)
    with quiet_libraries():
        while not looked:
            pass
    assert set(looked) == {2}
