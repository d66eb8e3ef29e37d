"""What the log panel shows: the newest lines of the log, and notices."""

import logging
import threading
from collections.abc import Iterator

import pytest

from ferqt.core.types import Notice, Severity
from ferqt.errors import SourceError
from ferqt.log_memory import NOTICE_SOURCE, LogMemory, log_memory
from ferqt.runtime.notifications import notice_of

_log = logging.getLogger("ferqt.tests")


@pytest.fixture
def memory() -> Iterator[LogMemory]:
    """A new memory that ferqt's records go to; the level is put back by the common fixtures."""
    logger = logging.getLogger("ferqt")
    logger.setLevel(logging.INFO)
    before = [handler for handler in logger.handlers if isinstance(handler, LogMemory)]
    for handler in before:
        logger.removeHandler(handler)
    made = log_memory()
    yield made
    logger.removeHandler(made)
    for handler in before:
        logger.addHandler(handler)


def texts(memory: LogMemory) -> list[str]:
    return [line.text for line in memory.since(0)]


def test_records_of_the_program_are_kept_in_order(memory: LogMemory) -> None:
    _log.info("opened %s", "clip.mp4")
    _log.warning("slow")
    logging.getLogger("elsewhere").warning("not ours")
    _log.debug("too fine")
    assert texts(memory) == ["opened clip.mp4", "slow"]
    assert [line.level for line in memory.since(0)] == [logging.INFO, logging.WARNING]
    assert [line.number for line in memory.since(0)] == [1, 2]


def test_there_is_one_memory(memory: LogMemory) -> None:
    assert log_memory() is memory


def test_only_what_is_new_is_handed_out(memory: LogMemory) -> None:
    _log.info("one")
    (line,) = memory.since(0)
    assert memory.since(line.change) == []
    _log.info("two")
    assert [line.text for line in memory.since(line.change)] == ["two"]


def test_a_traceback_goes_to_the_details(memory: LogMemory) -> None:
    try:
        int("seven")
    except ValueError as error:
        _log.warning("it failed", exc_info=error)
    (line,) = memory.since(0)
    assert line.text == "it failed"
    assert "Traceback" in line.details
    assert "ValueError: invalid literal" in line.details


def test_a_notice_that_was_logged_is_one_line_with_its_traceback(memory: LogMemory) -> None:
    error = SourceError("there is no camera 7", "Plug it in.")
    notice = notice_of(error, "The source was not opened")
    (logged,) = memory.since(0)
    memory.add_notice(notice)
    (line,) = memory.since(logged.change)
    assert line.number == logged.number
    assert len(memory.since(0)) == 1
    assert line.text == "The source was not opened: there is no camera 7. Plug it in."
    assert (line.level, line.source) == (logging.ERROR, NOTICE_SOURCE)
    assert "SourceError" in line.details


def test_a_notice_that_nobody_logged_is_a_line(memory: LogMemory) -> None:
    _log.info("Screens are counted")
    for _ in range(2):
        memory.add_notice(Notice(Severity.INFO, "Screenshot saved", "a.png", details="1 MB"))
    assert texts(memory) == ["Screens are counted", *["Screenshot saved: a.png"] * 2]
    assert memory.since(0)[-1].details == "1 MB"


def test_a_storm_from_many_threads_keeps_the_newest_lines(memory: LogMemory) -> None:
    def storm() -> None:
        for number in range(400):
            _log.info("line %d", number)

    threads = [threading.Thread(target=storm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = memory.since(0)
    assert len(lines) == memory.most_lines == 1000
    assert [line.number for line in lines] == list(range(601, 1601))


def test_a_long_line_is_cut(memory: LogMemory) -> None:
    _log.info("x" * 100_000)
    assert len(texts(memory)[0]) == 2000


@pytest.mark.allow_error_logs
def test_a_record_that_cannot_be_formatted_hurts_nobody(
    memory: LogMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    memory.handle(logging.LogRecord("ferqt", logging.INFO, "", 1, "%d", ("seven",), None))
    assert texts(memory) == []
