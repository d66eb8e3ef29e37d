"""The process of one analysis: what it tells, and how it ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ferqt.runtime.analysis_process import AnalysisProcess, End, Ending, Progress
from tests.helpers.fake_analysis import COMMAND

PATIENCE_MS = 10_000


class Run:
    """A process and all that it told."""

    def __init__(self, out: Path, source: str, command: list[str] = COMMAND) -> None:
        arguments = ["analyze", source, "--out", str(out), "--progress", "jsonl"]
        self.process = AnalysisProcess(command, arguments)
        self.progress: list[Progress] = []
        self.pauses: list[bool] = []
        self.endings: list[Ending] = []
        self.process.progressed.connect(self.progress.append)
        self.process.paused_changed.connect(self.pauses.append)
        self.process.ended.connect(self.endings.append)

    def to_end(self, qtbot: QtBot) -> Ending:
        qtbot.waitUntil(lambda: bool(self.endings), timeout=PATIENCE_MS)
        return self.endings[0]

    def until_frame(self, qtbot: QtBot, frame: int) -> None:
        qtbot.waitUntil(
            lambda: any(one.frames >= frame for one in self.progress), timeout=PATIENCE_MS
        )


@pytest.fixture
def run(qapp: object, tmp_path: Path) -> Iterator[object]:
    runs: list[Run] = []

    def start(source: str, command: list[str] = COMMAND) -> Run:
        runs.append(Run(tmp_path / "out", source, command))
        runs[-1].process.start()
        return runs[-1]

    yield start
    for one in runs:
        one.process.cancel()
        one.process.wait(PATIENCE_MS)


def test_progress_and_the_end_are_told(qtbot: QtBot, run) -> None:
    one = run("good-5")
    assert one.to_end(qtbot) == Ending(End.DONE)
    assert one.progress[-1].frames == 5
    assert "frames.csv" in [told.writing for told in one.progress]
    running = [told for told in one.progress if told.fps]
    assert running[0] == Progress(frames=1, total=5, fps=10.0, seconds_left=0.4)


def test_it_holds_and_goes_on_as_it_is_told(qtbot: QtBot, run) -> None:
    one = run("endless")
    one.until_frame(qtbot, 2)
    one.process.pause()
    qtbot.waitUntil(lambda: one.pauses == [True], timeout=PATIENCE_MS)
    held = one.progress[-1].frames
    one.process.resume()
    qtbot.waitUntil(lambda: one.pauses == [True, False], timeout=PATIENCE_MS)
    one.until_frame(qtbot, held + 2)


def test_a_canceled_one_ends_by_itself_with_what_it_has(qtbot: QtBot, run, tmp_path: Path) -> None:
    one = run("endless")
    one.until_frame(qtbot, 2)
    one.process.cancel()
    assert one.to_end(qtbot) == Ending(End.CANCELED)
    assert int((tmp_path / "out" / "session.db").read_text()) == one.progress[-1].frames


def test_a_paused_one_can_be_canceled(qtbot: QtBot, run) -> None:
    one = run("endless")
    one.until_frame(qtbot, 1)
    one.process.pause()
    qtbot.waitUntil(lambda: one.pauses == [True], timeout=PATIENCE_MS)
    one.process.cancel()
    assert one.to_end(qtbot).end is End.CANCELED


def test_one_that_hears_nothing_is_ended(qtbot: QtBot, run) -> None:
    one = run("deaf")
    one.until_frame(qtbot, 1)
    one.process.cancel(end_ms=10)
    assert one.to_end(qtbot).end is End.CANCELED


def test_a_failure_comes_with_its_sentence(qtbot: QtBot, run) -> None:
    assert run("failing").to_end(qtbot) == Ending(
        End.FAILED, "cannot read 'failing'", "Copy it again."
    )


def test_a_crash_is_an_interruption_that_says_what_to_do(qtbot: QtBot, run) -> None:
    ending = run("crashing").to_end(qtbot)
    assert ending.end is End.INTERRUPTED
    assert "SIGKILL" in ending.message
    assert "go on" in ending.hint


def test_lines_that_are_no_events_are_passed_over(qtbot: QtBot, run) -> None:
    one = run("babbling-3")
    assert one.to_end(qtbot).end is End.DONE
    assert one.progress[-1].frames == 3


def test_an_end_without_words_is_judged_by_its_code(qtbot: QtBot, run) -> None:
    assert run("silent").to_end(qtbot).end is End.DONE


def test_a_program_that_is_not_there_is_a_failure(qtbot: QtBot, run) -> None:
    ending = run("good-1", ["/nowhere/ferqt"]).to_end(qtbot)
    assert ending.end is End.FAILED
    assert "does not start" in ending.message
