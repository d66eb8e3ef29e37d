"""A closed source is let go at once, and does not wait for the garbage collector.

That comes rarely to a program that runs for hours, and a decoder holds pictures and threads.
"""

import gc
import weakref
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


def parts_of(source: object) -> list[weakref.ref[object]]:
    """The source and what it is made of, as far as it is ferqt's."""
    parts = [source, *vars(source).values()]
    return [weakref.ref(one) for one in parts if can_be_followed(one)]


def can_be_followed(one: object) -> bool:
    is_ours = type(one).__module__.startswith("ferqt") or type(one).__name__ == "generator"
    return is_ours and type(one).__weakrefoffset__ != 0


def read_some(location: str) -> list[weakref.ref[object]]:
    with open_source(location) as source:
        frames = source.frames()
        assert next(frames).width > 0
        return parts_of(source)


@pytest.mark.usefixtures("no_collector")
def test_a_closed_source_is_gone_with_its_parts_and_threads(location: str) -> None:
    read_some(location)
    threads = psutil.Process().num_threads()
    parts = [part for _ in range(TIMES) for part in read_some(location)]
    assert [part() for part in parts if part() is not None] == []
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
