"""Reading ahead: every frame in order, and no way of ending that leaves anyone waiting."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ferqt.core.types import Frame
from ferqt.errors import SourceError
from ferqt.pipeline.read_ahead import ReadAhead
from ferqt.sources.base import Losses, SourceInfo, SourceKind
from ferqt.sources.images import PicturesSource
from ferqt.sources.lifecycle import InterruptibleSource
from ferqt.sources.video_file import VideoFileSource
from tests.helpers.clips import write_clip
from tests.helpers.portraits import portrait_path

COUNT = 20


class _Scripted(InterruptibleSource):
    """A source whose device fails or stalls after some frames, as no file here can be made to."""

    def __init__(self, frames: int, *, fails: bool = False, stalls: bool = False) -> None:
        super().__init__()
        self._frames, self._fails, self._stalls = frames, fails, stalls
        self.read = 0
        self.closed = False
        self.threads = {threading.current_thread()}

    @property
    def info(self) -> SourceInfo:
        return SourceInfo(SourceKind.CAMERA, "scripted", "scripted", live=True)

    def frames(self) -> Iterator[Frame]:
        self.threads.add(threading.current_thread())
        for number in range(self._frames):
            self.read += 1
            yield Frame(np.zeros((4, 4, 3), np.uint8), number, None, number)
        if self._fails:
            raise SourceError("the camera was unplugged")
        if self._stalls:
            self._interrupted.wait(20)

    def seek(self, media_time: float) -> None:
        raise SourceError("cannot seek")

    def seek_frame(self, index: int) -> None:
        raise SourceError("cannot seek")

    def close(self) -> None:
        self.threads.add(threading.current_thread())
        self.closed = True


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    write_clip(path, [np.full((64, 64, 3), 10 * n, np.uint8) for n in range(COUNT)], fps=10)
    return path


def test_every_frame_comes_in_order_however_slow_the_taker_is(clip: Path) -> None:
    taken: list[int] = []
    with ReadAhead(lambda: VideoFileSource(clip)) as reader:
        assert reader.info.frame_count == COUNT
        for frame in reader.frames():
            taken.append(frame.index)
            time.sleep(0.005)

    assert taken == list(range(COUNT))


def test_reading_begins_with_the_frame_on_screen_at_the_start(clip: Path) -> None:
    with ReadAhead(lambda: VideoFileSource(clip), start_s=1.05) as reader:
        assert next(reader.frames()).index == 10


def test_a_source_lives_in_one_thread_that_is_not_the_takers() -> None:
    sources: list[_Scripted] = []

    def open_source() -> _Scripted:
        sources.append(_Scripted(3))
        return sources[0]

    with ReadAhead(open_source) as reader:
        list(reader.frames())

    assert len(sources[0].threads) == 1
    assert threading.current_thread() not in sources[0].threads


def test_a_failure_is_raised_after_the_frames_before_it() -> None:
    source = _Scripted(6, fails=True)
    taken: list[int] = []
    with (
        ReadAhead(lambda: source) as reader,
        pytest.raises(SourceError, match="unplugged"),
    ):
        taken.extend(frame.index for frame in reader.frames())

    assert taken == list(range(6))
    assert source.closed


def test_a_source_that_cannot_be_opened_is_told_on_entering() -> None:
    with (
        pytest.raises(SourceError, match="no such file"),
        ReadAhead(lambda: VideoFileSource("nowhere.mp4")),
    ):
        pytest.fail("entered without a source")


def test_leaving_early_ends_the_reading_thread_and_closes_the_source() -> None:
    source = _Scripted(1000)
    with ReadAhead(lambda: source) as reader:
        assert next(reader.frames()).index == 0

    assert source.closed
    assert source.read < 20


def test_a_stalled_source_can_be_left() -> None:
    source = _Scripted(1, stalls=True)
    asked = threading.Event()
    began = time.monotonic()
    with ReadAhead(lambda: source, should_stop=asked.is_set) as reader:
        frames = reader.frames()
        next(frames)
        threading.Timer(0.2, asked.set).start()
        assert list(frames) == []

    assert time.monotonic() - began < 2
    assert source.closed


def test_pictures_that_cannot_be_read_are_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(portrait_path().read_bytes())
    (tmp_path / "b.jpg").write_bytes(b"no picture")
    with ReadAhead(lambda: PicturesSource(tmp_path)) as reader:
        names = [frame.name for frame in reader.frames()]

    assert names == ["a.jpg"]
    assert [name for name, _ in reader.losses.skipped] == ["b.jpg"]
    assert "not a picture" in reader.losses.skipped[0][1]


def test_an_intact_clip_loses_nothing(clip: Path) -> None:
    with ReadAhead(lambda: VideoFileSource(clip)) as reader:
        list(reader.frames())

    assert reader.losses == Losses()
