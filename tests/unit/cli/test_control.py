"""Words on standard input hold an analysis, let it go on and end it."""

import os
import time
from collections.abc import Callable, Iterator

import pytest

from ferqt.cli.control import Commands

PATIENCE_S = 5.0


class _Spoken:
    """Commands that read from a pipe."""

    def __init__(self) -> None:
        reading, self._writing = os.pipe()
        self.commands = Commands(reading)
        self.commands.listen()
        self._open = True

    def say(self, text: str) -> None:
        os.write(self._writing, text.encode())

    def hang_up(self) -> None:
        if self._open:
            self._open = False
            os.close(self._writing)


@pytest.fixture
def spoken() -> Iterator[_Spoken]:
    one = _Spoken()
    yield one
    one.hang_up()


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.005)


def test_pause_holds_and_resume_lets_go(spoken: _Spoken) -> None:
    spoken.say("pause\n")
    wait_until(lambda: spoken.commands.paused)
    spoken.say("resume\n")
    spoken.commands.hold(lambda: False)

    assert not spoken.commands.paused
    assert not spoken.commands.canceled


def test_cancel_ends_a_pause(spoken: _Spoken) -> None:
    spoken.say("pause\r\n")
    wait_until(lambda: spoken.commands.paused)
    spoken.say("cancel\n")
    spoken.commands.hold(lambda: False)

    assert spoken.commands.canceled


def test_ctrl_c_ends_a_pause(spoken: _Spoken) -> None:
    spoken.say("pause\n")
    wait_until(lambda: spoken.commands.paused)

    spoken.commands.hold(lambda: True)


def test_words_may_come_in_pieces_and_others_are_passed_over(spoken: _Spoken) -> None:
    for piece in ("hello\n\npa", "use", "\nrubbish" * 3000, "\n"):
        spoken.say(piece)

    wait_until(lambda: spoken.commands.paused)


@pytest.mark.parametrize("attended", [True, False])
def test_the_end_of_the_input_cancels_only_when_somebody_attended(
    attended: bool, spoken: _Spoken
) -> None:
    spoken.say("attend\npause\n" if attended else "pause\n")
    wait_until(lambda: spoken.commands.paused)
    spoken.hang_up()

    if attended:
        wait_until(lambda: spoken.commands.canceled)
    else:
        time.sleep(0.05)
        assert not spoken.commands.canceled
