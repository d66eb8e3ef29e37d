"""Two face meshes that share the faces of a frame, in two threads."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from ferqt.core.niceness import give_way
from ferqt.core.types import Image
from ferqt.faces.face_mesh import FaceMesh, MeshReading, Region

_Numbered = tuple[int, Region]


class FaceMeshPair(FaceMesh):
    """A face mesh that lets another one, in a thread of its own, help it with several faces.

    Each takes the next region that is left, so a helper whose core is busy holds up nothing but the
    one face that it is at. Readings are those of a lone mesh, bit by bit. The helper is made with
    the first frame that shows enough faces; fewer cost what they cost without. Made, used and
    closed in one thread.

    Args:
        threads: Threads of each of the two networks.
        least: How many faces of a frame are enough to share them, at least 2.
    """

    def __init__(self, threads: int, least: int = 2) -> None:
        super().__init__(threads)
        self._threads = threads
        self._least = least
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="ferqt-mesh", initializer=give_way)
        self._helper: FaceMesh | None = None

    def measure_all(self, image: Image, regions: Sequence[Region]) -> list[MeshReading]:
        """Measure the faces of some regions; see `FaceMesh.measure_all`."""
        if len(regions) < self._least:
            return super().measure_all(image, regions)
        left = deque(enumerate(regions))
        readings: dict[int, MeshReading] = {}
        helping = self._pool.submit(self._help, image, left, readings)
        try:
            _measure_left(self, image, left.popleft, readings)
        finally:
            # The regions are all taken, or one of them failed: nothing is left for the helper.
            left.clear()
            if not helping.cancel():
                helping.result()
        return [readings[number] for number in range(len(regions))]

    def _help(self, image: Image, left: deque[_Numbered], readings: dict[int, MeshReading]) -> None:
        if self._helper is None:
            self._helper = FaceMesh(self._threads)
        _measure_left(self._helper, image, left.pop, readings)

    def close(self) -> None:
        """Release both networks and end the thread; harmless when repeated."""
        if self._helper is not None:
            self._pool.submit(self._helper.close).result()
            self._helper = None
        self._pool.shutdown()
        super().close()


def _measure_left(
    mesh: FaceMesh, image: Image, take: Callable[[], _Numbered], readings: dict[int, MeshReading]
) -> None:
    """Measure one region after the other until none is left."""
    while True:
        try:
            number, region = take()
        except IndexError:
            return
        readings[number] = mesh.measure(image, region)
