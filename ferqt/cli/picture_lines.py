"""Prints what single pictures show, a line for each face."""

from collections.abc import Callable

from ferqt.core.closing import Closing
from ferqt.core.types import FrameResult


class PictureLines(Closing):
    """A sink that says `file, face, expression, percent` for each face of a picture.

    Args:
        say: Prints a line.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def write(self, result: FrameResult) -> None:
        """Print a picture's faces, or that it has none."""
        if not result.faces:
            self._say(f"{result.name}, -, no face, -")
        for face in result.faces:
            percent = f"{face.scores.confidence:.0%}"
            self._say(f"{result.name}, {face.face.track_id}, {face.scores.top}, {percent}")

    def close(self) -> None:
        """Nothing to finish."""
