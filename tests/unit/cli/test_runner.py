"""Every way in which a headless command can end is an exit code and at most one line."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ferqt.cli import report_error, run, runner
from ferqt.cli.base import Command
from ferqt.cli.console import report
from ferqt.errors import FerqtError, SourceError, UsageError

RunCommand = Callable[[argparse.Namespace], int]


@pytest.fixture
def run_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[RunCommand], int]:
    """Runs a function as if it were a command."""

    def run_it(work: RunCommand) -> int:
        command = Command("work", "", "", (), lambda parser: None, work)
        monkeypatch.setattr(runner, "COMMANDS", {"work": command})
        return run(argparse.Namespace(command="work"))

    return run_it


def _raise(error: BaseException) -> int:
    raise error


@pytest.mark.allow_error_logs
@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SourceError("cannot open 'x'", "Check it."), 1, "ferqt: cannot open 'x'. Check it.\n"),
        (UsageError("unknown: 'x'"), 2, "ferqt: unknown: 'x'\n"),
        (FerqtError("a name\nof two lines"), 1, "ferqt: a name of two lines\n"),
        (KeyboardInterrupt(), 130, "ferqt: interrupted\n"),
    ],
)
def test_an_ending_has_its_code_and_its_line(
    error: BaseException,
    code: int,
    said: str,
    run_as: Callable[[RunCommand], int],
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert run_as(lambda args: _raise(error)) == code
    assert capfd.readouterr() == ("", said)


@pytest.mark.allow_error_logs
def test_an_unexpected_failure_goes_to_the_log_with_its_traceback(
    run_as: Callable[[RunCommand], int], capfd: pytest.CaptureFixture[str], user_home: Path
) -> None:
    log = user_home / "ferqt" / "log" / "ferqt.log"

    assert run_as(lambda args: _raise(ZeroDivisionError("by nought"))) == 1
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "ZeroDivisionError: by nought" in said
    assert str(log) in said
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_what_native_libraries_write_stays_off_the_screen(
    run_as: Callable[[RunCommand], int], capfd: pytest.CaptureFixture[str]
) -> None:
    def chatter(args: argparse.Namespace) -> int:
        os.write(2, b"INFO: created a delegate\n")
        report("a line of ours")
        return 0

    assert run_as(chatter) == 0
    assert capfd.readouterr().err == "ferqt: a line of ours\n"
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_names_that_are_no_text_can_be_printed(
    run_as: Callable[[RunCommand], int], capfd: pytest.CaptureFixture[str]
) -> None:
    def say(args: argparse.Namespace) -> int:
        sys.stdout.write(b"caf\xe9.jpg".decode("utf-8", "surrogateescape"))
        return 0

    assert run_as(say) == 0
    assert capfd.readouterr() == ("caf\\udce9.jpg", "")


def test_without_standard_error_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)

    assert report_error(SourceError("cannot open 'x'")) == 1
