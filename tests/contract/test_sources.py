"""What every source of frames holds, whatever its frames come from."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from ferqt.core.types import Frame
from ferqt.errors import SourceError
from ferqt.sources.base import FrameSource, SourceKind
from ferqt.sources.camera import CameraSource
from ferqt.sources.camera_devices import CameraDevice
from ferqt.sources.factory import open_source, source_kind
from tests.helpers.clips import write_clip
from tests.helpers.mjpeg_server import MjpegServer

RED = (220, 30, 20)
# JPEG and H.264 keep color at half the resolution and in coarse steps.
CODEC_TOLERANCE = 8


def red_picture() -> np.ndarray:
    return np.full((72, 128, 3), RED, np.uint8)


@dataclass
class Case:
    """A source, ready to be opened; `stall` makes a live one fall silent."""

    open: Callable[[], FrameSource]
    stall: Callable[[], None] = lambda: None
    shows_red: bool = True


def _video(folder: Path, _stack: ExitStack) -> Case:
    path = folder / "red.mp4"
    write_clip(path, [red_picture()] * 30)
    return Case(lambda: open_source(str(path)))


def _picture(folder: Path, _stack: ExitStack) -> Case:
    path = folder / "red.png"
    cv2.imwrite(str(path), red_picture()[..., ::-1])
    return Case(lambda: open_source(str(path)))


def _folder(folder: Path, _stack: ExitStack) -> Case:
    for number in range(8):
        cv2.imwrite(str(folder / f"{number}.jpg"), red_picture()[..., ::-1])
    return Case(lambda: open_source(str(folder)))


def _demo(_folder: Path, _stack: ExitStack) -> Case:
    return Case(lambda: open_source("demo"), shows_red=False)


def _stream(_folder: Path, stack: ExitStack) -> Case:
    server = stack.enter_context(MjpegServer([red_picture()], fps=100))
    return Case(lambda: open_source(server.url), server.stall)


def _camera(_folder: Path, stack: ExitStack) -> Case:
    """The camera's reading loop on OpenCV's own capture; only the device is another."""
    server = stack.enter_context(MjpegServer([red_picture()], fps=100))

    def open_camera() -> FrameSource:
        return CameraSource(
            "0",
            find=lambda _wanted: CameraDevice(0, "Loopback", ""),
            open_capture=lambda *_: cv2.VideoCapture(server.url, cv2.CAP_FFMPEG),
        )

    return Case(open_camera, server.stall)


CASES = {
    "video": _video,
    "picture": _picture,
    "folder": _folder,
    "demo": _demo,
    "stream": _stream,
    "camera": _camera,
}


SEEKABLE = ("video", "picture", "folder", "demo")
LIVE = ("stream", "camera")
# The camera's device here is not the one that its number names.
REOPENABLE = tuple(name for name in CASES if name != "camera")


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    with ExitStack() as stack:
        yield CASES[request.param](tmp_path, stack)


def take(source: FrameSource, count: int) -> list[Frame]:
    return list(islice(source.frames(), count))


def test_is_a_frame_source_that_tells_its_kind(case: Case) -> None:
    with case.open() as source:
        assert isinstance(source, FrameSource)
        assert source.info.kind in set(SourceKind)
        assert source.info.title
        assert source_kind(source.info.location) is source.info.kind


def test_frames_are_contiguous_read_only_rgb(case: Case) -> None:
    with case.open() as source:
        frames = take(source, 5)
    assert frames
    for frame in frames:
        assert frame.image.dtype == np.uint8
        assert frame.image.shape == (frame.height, frame.width, 3)
        assert frame.image.flags.c_contiguous
        assert not frame.image.flags.writeable
        if case.shows_red:
            assert np.abs(frame.image.astype(int) - RED).max() <= CODEC_TOLERANCE


def test_the_stated_size_is_the_frames_size(case: Case) -> None:
    with case.open() as source:
        frame = take(source, 1)[0]
        stated = (source.info.width, source.info.height)
    assert stated in {(frame.width, frame.height), (0, 0)}


def test_numbers_and_session_times_grow(case: Case) -> None:
    with case.open() as source:
        frames = take(source, 6)
    for earlier, later in pairwise(frames):
        assert later.index > earlier.index
        assert later.session_ms > earlier.session_ms
        assert (later.media_time is None) == (earlier.media_time is None)


@pytest.mark.parametrize("case", SEEKABLE, indirect=True)
def test_a_jump_leads_to_the_frame_and_session_time_goes_on(case: Case) -> None:
    with case.open() as source:
        assert source.info.seekable
        before = take(source, 6)
        source.seek_frame(before[-1].index // 2)
        middle = take(source, 1)[0]
        source.seek(0)
        start = take(source, 1)[0]
    assert middle.index == before[-1].index // 2
    assert start.index == 0
    assert np.array_equal(start.image, before[0].image)
    assert start.session_ms > middle.session_ms > before[-1].session_ms


@pytest.mark.parametrize("case", SEEKABLE, indirect=True)
def test_a_running_iterator_goes_on_from_the_new_position(case: Case) -> None:
    with case.open() as source:
        assert source.info.seekable
        frames = source.frames()
        first = next(frames)
        source.seek_frame(0)
        assert next(frames).index == first.index == 0


@pytest.mark.parametrize("case", LIVE, indirect=True)
def test_a_live_source_refuses_to_jump(case: Case) -> None:
    with case.open() as source:
        assert not source.info.seekable
        with pytest.raises(SourceError):
            source.seek(1)
        with pytest.raises(SourceError):
            source.seek_frame(1)


def test_an_interrupt_ends_reading_within_a_second(case: Case) -> None:
    with case.open() as source:
        case.stall()
        started = threading.Event()

        def read() -> None:
            started.set()
            for _ in source.frames():
                pass

        reader = threading.Thread(target=read)
        reader.start()
        started.wait()
        source.interrupt()
        source.interrupt()
        reader.join(1)
        assert not reader.is_alive()


def test_closing_twice_is_harmless(case: Case) -> None:
    with closing(case.open()) as source:
        take(source, 1)
        source.close()


@pytest.mark.parametrize("case", REOPENABLE, indirect=True)
def test_the_stated_location_opens_it_again(case: Case) -> None:
    with case.open() as source:
        first = take(source, 1)[0]
        location = source.info.location
    with open_source(location) as again:
        assert np.array_equal(take(again, 1)[0].image, first.image)
