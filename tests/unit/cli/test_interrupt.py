"""What Ctrl+C asks for is not forgotten."""

import contextlib
import os
import signal

import pytest

from ferqt.cli.interrupt import InterruptRequest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent as a signal")


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_the_first_one_is_noted_and_the_second_one_ends():
    with InterruptRequest() as interrupt:
        interrupt.check()
        press()
        assert interrupt.requested
        with pytest.raises(KeyboardInterrupt):
            interrupt.check()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_one_that_a_library_swallows_ends_at_the_next_look():
    with InterruptRequest(at_once=True) as interrupt:
        with contextlib.suppress(KeyboardInterrupt):
            press()
        with pytest.raises(KeyboardInterrupt):
            interrupt.check()
