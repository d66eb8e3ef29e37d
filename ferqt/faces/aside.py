"""A finder that searches parts of a picture while another thread does something else with it."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from ferqt.core.closing import Closing
from ferqt.core.types import FaceBox, Image
from ferqt.faces.base import FaceFinder
from ferqt.faces.tiles import Tile, find_in


class FinderAside(Closing):
    """Owns a finder in a thread of its own. Used by one other thread.

    Searching a tile of each frame aside gave an eighth more frames a second, where two cores were
    busy with other programs, too.

    Args:
        build: Opens the finder.

    Raises:
        DetectorError: The finder's files are damaged.
    """

    def __init__(self, build: Callable[[], FaceFinder]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="ferqt-search")
        self._finder: FaceFinder | None = None
        try:
            self._finder = self._pool.submit(build).result()
        except BaseException:
            self._pool.shutdown()
            raise

    def begin(self, image: Image, parts: Sequence[Tile]) -> "Future[list[list[FaceBox]]]":
        """Begin to search parts of a picture; the result is what the finder finds in each of them.

        Args:
            image: RGB uint8 H x W x 3; it must not change meanwhile.
            parts: The parts.
        """
        return self._pool.submit(self._search, image, parts)

    def _search(self, image: Image, parts: Sequence[Tile]) -> list[list[FaceBox]]:
        if self._finder is None:
            raise RuntimeError("the finder is closed")
        return [find_in(self._finder, image, part) for part in parts]

    def close(self) -> None:
        """Release the finder and end the thread; harmless when repeated."""
        if self._finder is not None:
            self._pool.submit(self._finder.close).result()
            self._finder = None
        self._pool.shutdown()
