"""Stages in threads of their own: everything in order, and no way of ending that leaves anyone."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from ferqt.core.types import Frame, FrameResult
from ferqt.errors import ModelError, SourceError
from ferqt.pipeline.ahead import Ahead
from ferqt.pipeline.batch import Parts, analyze_source
from ferqt.pipeline.checkpoint import Checkpoint
from ferqt.pipeline.face_reader import FaceReader
from ferqt.pipeline.locator import FaceLocator, Located
from ferqt.pipeline.part import Part
from ferqt.pipeline.read_ahead import ReadAhead
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.lifecycle import InterruptibleSource
from tests.helpers.analyses import KeptRows, tiny_parts
from tests.helpers.portraits import scene


class _Stage:
    """Counts up in one thread, and may fail at a number."""

    def __init__(self, until: int, fails_at: int | None = None) -> None:
        self._until, self._fails_at = until, fails_at
        self.made: list[int] = []
        self.closed = False
        self.threads: set[threading.Thread] = set()

    def items(self) -> Iterator[int]:
        self.threads.add(threading.current_thread())
        try:
            for number in range(self._until):
                if number == self._fails_at:
                    raise ModelError("it broke")
                self.made.append(number)
                yield number
        finally:
            self.threads.add(threading.current_thread())
            self.closed = True


def test_items_come_in_order_from_a_stage_that_lives_in_one_thread() -> None:
    stage = _Stage(50)
    with Ahead(stage.items, "ferqt-test", 2, Event()) as ahead:
        assert list(ahead.items()) == list(range(50))

    assert stage.closed
    assert len(stage.threads) == 1
    assert threading.current_thread() not in stage.threads


def test_a_stage_waits_for_whoever_takes_its_items() -> None:
    stage = _Stage(1000)
    with Ahead(stage.items, "ferqt-test", 2, Event()) as ahead:
        assert next(ahead.items()) == 0
        time.sleep(0.05)
        assert len(stage.made) <= 5


def test_a_failure_comes_after_the_items_before_it_through_all_stages() -> None:
    abandoned, stage = Event(), _Stage(9, fails_at=5)
    taken: list[int] = []
    with (
        Ahead(stage.items, "ferqt-first", 2, abandoned) as first,
        Ahead(first.items, "ferqt-second", 2, abandoned) as second,
    ):
        items = second.items()
        taken += [next(items) for _ in range(5)]
        with pytest.raises(ModelError, match="it broke"):
            next(items)

    assert taken == list(range(5))


@pytest.mark.parametrize("taken", [0, 1, 7])
def test_leaving_early_ends_all_stages_at_once(taken: int) -> None:
    abandoned, stage = Event(), _Stage(100_000)
    began = time.monotonic()
    with (
        Ahead(stage.items, "ferqt-first", 2, abandoned) as first,
        Ahead(first.items, "ferqt-second", 2, abandoned) as second,
    ):
        items = second.items()
        assert [next(items) for _ in range(taken)] == list(range(taken))

    assert stage.closed
    assert time.monotonic() - began < 2


class _Device(InterruptibleSource):
    """A camera that shows a face, and then fails or hangs, as none here can be made to."""

    def __init__(self, frames: int, *, hangs: bool = False) -> None:
        super().__init__()
        self._frames, self._hangs = frames, hangs
        self._picture = scene(160, 120, [(80, 60, 50)])

    @property
    def info(self) -> SourceInfo:
        return SourceInfo(SourceKind.CAMERA, "camera", "0", live=True)

    def frames(self) -> Iterator[Frame]:
        for number in range(self._frames):
            yield Frame(np.array(self._picture), number, None, 40 * number)
        if self._hangs:
            self._interrupted.wait(20)
        raise SourceError("the camera was unplugged")

    def seek(self, media_time: float) -> None:
        raise SourceError("cannot seek")

    def seek_frame(self, index: int) -> None:
        raise SourceError("cannot seek")

    def close(self) -> None: ...


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return tiny_parts(tmp_path / "clip.mp4")


@pytest.mark.parametrize("overlap", [True, False])
def test_what_was_read_before_a_source_fails_is_written_and_committed(
    overlap: bool, parts: Parts
) -> None:
    kept = KeptRows()
    commits: list[Checkpoint] = []
    with ReadAhead(lambda: _Device(4)) as reader:
        outcome = analyze_source(
            reader, parts, [kept], part=Part(stop_s=60), overlap=overlap, commit=commits.append
        )

    assert outcome.failure is not None
    assert outcome.failure.message == "the camera was unplugged"
    assert not outcome.complete
    assert [row[0] for row in kept.rows] == [0, 1, 2, 3]
    assert commits[-1].position.frame == 3


class _FullDiskError(Exception):
    pass


class _FullDisk(KeptRows):
    def write(self, result: FrameResult) -> None:
        raise _FullDiskError


def test_a_sink_that_fails_ends_everything_although_the_source_hangs(parts: Parts) -> None:
    began = time.monotonic()
    with ReadAhead(lambda: _Device(1, hangs=True)) as reader, pytest.raises(_FullDiskError):
        analyze_source(reader, parts, [_FullDisk()], part=Part(stop_s=60))

    assert time.monotonic() - began < 10


def test_each_half_lives_in_one_thread_of_its_own(parts: Parts) -> None:
    seen: dict[str, set[str]] = {"locator": set(), "reader": set(), "sink": set()}

    class _Locator(FaceLocator):
        def locate(self, frame: Frame) -> Located:
            seen["locator"].add(threading.current_thread().name)
            return super().locate(frame)

    class _Sink(KeptRows):
        def write(self, result: FrameResult) -> None:
            seen["sink"].add(threading.current_thread().name)
            super().write(result)

    def build() -> FaceLocator:
        seen["locator"].add(threading.current_thread().name)
        made = parts.locator()
        made.__class__ = _Locator
        return made

    def build_reader() -> FaceReader:
        seen["reader"].add(threading.current_thread().name)
        return parts.reader()

    with ReadAhead(lambda: _Device(3)) as reader:
        analyze_source(reader, Parts(build, build_reader), [_Sink()], part=Part(stop_s=60))

    assert seen == {
        "locator": {"ferqt-find-faces"},
        "reader": {"ferqt-read-faces"},
        "sink": {threading.current_thread().name},
    }
