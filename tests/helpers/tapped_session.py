"""A session whose frames a test sends to whoever taps it."""

from ferqt.core.types import Image
from ferqt.runtime.inference import ReadFrame
from tests.helpers.fake_session import FakeSession
from tests.helpers.recordings import live_result, origin


class TappedSession(FakeSession):
    """The fake session with frames of a camera."""

    def __init__(self) -> None:
        super().__init__()
        self._origin = origin()

    def send(self, *numbers: int, image: Image | None = None) -> None:
        """Send frames by their numbers, as long as somebody listens."""
        for number in numbers:
            if self.tap is not None:
                result = live_result(number, self._origin, image)
                self.tap(ReadFrame(result, 1, True, self._origin))
