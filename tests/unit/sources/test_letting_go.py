"""A closed source is let go at once, and does not wait for the garbage collector.

That comes rarely to a program that runs for hours, and a decoder holds pictures and threads.
"""

import gc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from ferqt.errors import SourceError
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.mjpeg_server import MjpegServer

PICTURE = np.full((48, 64, 3), 90, np.uint8)
TIMES = 4


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(params=["clip", "pictures", "picture", "stream", "demo"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "stream":
        with MjpegServer([PICTURE] * 3) as server:
            yield server.url
        return
    if request.param == "clip":
        write_clip(tmp_path / "clip.mp4", [PICTURE] * 10)
    Image.fromarray(PICTURE).save(tmp_path / "picture.png")
    places = {"clip": "clip.mp4", "pictures": ".", "picture": "picture.png"}
    yield "demo" if request.param == "demo" else str(tmp_path / places[request.param])


def read_some(location: str) -> None:
    with open_source(location) as source:
        assert next(source.frames()).width > 0


def living() -> Counter[str]:
    """How many objects there are of each kind that sources are made of."""
    kinds = Counter(type(one) for one in gc.get_objects())
    return Counter(
        {
            kind.__qualname__: count
            for kind, count in kinds.items()
            if str(kind.__module__).startswith(("ferqt.sources", "av."))
        }
    )


@pytest.mark.usefixtures("no_collector")
def test_a_closed_source_is_gone_with_its_parts_and_threads(location: str) -> None:
    read_some(location)
    before, threads = living(), psutil.Process().num_threads()
    for _ in range(TIMES):
        read_some(location)
    assert living() - before == Counter()
    assert psutil.Process().num_threads() <= threads + 1


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("content", [b"", b"no medium", bytes(range(256)) * 99])
@pytest.mark.parametrize("name", ["bad.mp4", "bad.png"])
def test_a_file_that_is_refused_leaves_no_handle(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    handles = psutil.Process().num_fds()
    for _ in range(TIMES):
        with pytest.raises(SourceError), open_source(str(path)) as source:
            next(iter(source.frames()))
    assert psutil.Process().num_fds() == handles
