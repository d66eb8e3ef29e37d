"""What an analysis says to a program: a JSON object a line, and nothing else."""

import json
from typing import Any

import pytest

from ferqt.cli import tellers
from ferqt.cli.control import Commands
from ferqt.cli.tellers import LineTeller
from ferqt.errors import SourceError

REPORT = {"source": "a.mp4", "folder": "out", "status": "done", "files": ["out/frames.csv"]}


class _Told:
    """A teller whose lines are kept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tellers, "_TELL_EVERY_S", 0.0)
        self.lines: list[str] = []
        self.commands = Commands()
        self.teller = LineTeller(self.commands, lambda: self.commands.canceled, self.lines.append)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> _Told:
    return _Told(monkeypatch)


def test_a_source_is_told_from_its_beginning_to_its_end(told: _Told) -> None:
    told.teller.begin("a.mp4", "out", 100, 0)
    for read in range(1, 101):
        told.teller.show(read)
    told.teller.writing("frames.csv")
    told.teller.end(REPORT, None)

    events = told.events
    assert [one["event"] for one in events] == ["started", *["progress"] * 100, "writing", "done"]
    assert all((one["source"], one["folder"]) == ("a.mp4", "out") for one in events)
    assert [one["frames"] for one in events[:101]] == list(range(101))
    assert all(one["total"] == 100 for one in events)
    assert events[50]["fps"] > 0
    assert events[50]["seconds_left"] == pytest.approx(50 / events[50]["fps"], abs=0.06, rel=0.02)
    assert events[-1]["seconds_left"] == 0
    assert events[-1]["files"] == ["out/frames.csv"]


def test_a_run_that_goes_on_begins_with_the_frames_of_the_one_before(told: _Told) -> None:
    told.teller.begin("a.mp4", "out", 100, 40)
    told.teller.show(41)

    assert [one["frames"] for one in told.events] == [40, 41]


def test_a_guess_of_the_total_that_was_low_is_corrected(told: _Told) -> None:
    told.teller.begin("a.mp4", "out", 2, 0)
    told.teller.show(3)

    assert told.events[-1]["total"] == 3


def test_a_source_without_an_end_has_no_total(told: _Told) -> None:
    told.teller.begin("stream", "out", None, 0)
    told.teller.show(1)

    assert (told.events[-1]["total"], told.events[-1]["seconds_left"]) == (None, None)


def test_a_failure_before_the_source_was_open_names_it(told: _Told) -> None:
    failed = {**REPORT, "status": "failed", "files": []}
    told.teller.end(failed, SourceError("cannot open 'a.mp4'", "Check the path."))

    (event,) = told.events
    assert (event["event"], event["source"], event["frames"]) == ("failed", "a.mp4", 0)
    assert (event["message"], event["hint"]) == ("cannot open 'a.mp4'", "Check the path.")


def test_a_pause_that_is_canceled_ends(told: _Told) -> None:
    told.teller.begin("a.mp4", "out", 100, 0)
    told.commands._take(b"pause")
    told.commands._canceled = True
    told.teller.show(5)
    told.teller.end({**REPORT, "status": "interrupted"}, None)

    assert [one["event"] for one in told.events] == [
        "started",
        "paused",
        "resumed",
        "interrupted",
    ]


def test_a_name_that_is_no_text_is_told_as_escapes(told: _Told) -> None:
    told.teller.begin("odd\udcff.mp4\n", "out", 1, 0)

    assert told.lines[0].isascii()
    assert told.events[0]["source"] == "odd\udcff.mp4\n"
