"""What all sources have in common: use in a `with` block, and an interrupt from any thread."""

from threading import Event

from ferqt.core.closing import Closing
from ferqt.sources.base import Losses


class InterruptibleSource(Closing):
    """Base of the sources: a flag that stops reading for good, and no losses unless told.

    An interrupt may come before reading has begun, when a window is closed in a hurry, so the flag
    stays set: an interrupted source yields no more frames. Open it again to go on.
    """

    def __init__(self) -> None:
        self._interrupted = Event()

    @property
    def losses(self) -> Losses:
        """What could not be delivered so far."""
        return Losses()

    def pass_over(self, until_s: float) -> None:
        """Let frames go by that are over at a media time (s): nothing is saved by it here."""

    def interrupt(self) -> None:
        """Make a running `frames` end soon; safe from any thread, also when repeated."""
        self._interrupted.set()
