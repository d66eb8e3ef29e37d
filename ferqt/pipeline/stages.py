"""The two stages of an analysis, each an iterator over the one before: find faces, read them."""

import time
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ferqt.core.state import State
from ferqt.core.timing import media_stamp
from ferqt.core.types import Frame, FrameResult, Image
from ferqt.errors import SourceError
from ferqt.pipeline.checkpoint import Position, damaged_checkpoint
from ferqt.pipeline.face_reader import FaceReader
from ferqt.pipeline.locator import FaceLocator, Located
from ferqt.pipeline.origin import Origin
from ferqt.pipeline.part import Part
from ferqt.pipeline.read_ahead import FrameReader, Taken
from ferqt.sources.base import Losses, SourceKind


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A place to go on from, with the states of the stages that have passed it.

    Attributes:
        position: The last frame analyzed.
        locator: State of the locator after it.
        reader: State of the reader after it; empty before that stage.
    """

    position: Position
    locator: State
    reader: State


@dataclass(frozen=True, slots=True, eq=False)
class LocatedStep:
    """A frame that was read from the source.

    Attributes:
        read: Number of frames read so far, this one and those left out included.
        located: Its faces; None for a frame that is left out.
        mark: Set on some frames.
    """

    read: int
    located: Located | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ResultStep:
    """The same after the second stage, `result` without its picture."""

    read: int
    result: FrameResult | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LastStep:
    """The end of an analysis.

    Attributes:
        complete: Whether all frames of the part were analyzed.
        losses: What the source could not deliver.
        mark: The place to go on from; None when no frame was analyzed.
        failure: Why the source could not be read on; None when it could.
        origin: What results were read with; None before the second stage.
    """

    complete: bool
    losses: Losses
    mark: Mark | None
    failure: SourceError | None = None
    origin: Origin | None = None


class LocatingStage:
    """Takes the frames of a part from a reader and finds their faces.

    Made anywhere; `steps` is used in one thread, where the locator lives and dies.

    Args:
        reader: The source, entered, standing at `start` or at the beginning of the part.
        build: Makes the locator.
        part: Which frames.
        start: Where an earlier run ended; None to begin.
        mark_every_s: Wall time between two marks.
    """

    def __init__(
        self,
        reader: FrameReader,
        build: Callable[[], FaceLocator],
        part: Part,
        start: Mark | None,
        mark_every_s: float,
    ) -> None:
        self._reader = reader
        self._build = build
        self._part = part
        self._start = start
        self._mark_every_s = mark_every_s
        self._marked_s = time.monotonic()
        self._kind = reader.info.kind
        self._position = None if start is None else start.position
        self._read = 0 if start is None else start.position.read
        self._before = Losses() if start is None else start.position.losses
        self._lost = self._before.lost_frames
        self._last_index = _index_before(part) if start is None else start.position.frame
        self._losses_then = Losses()
        self._complete = False
        self._image: Image | None = None

    def steps(self) -> Generator[LocatedStep | LastStep, None, None]:
        """Yield a step for each frame that is read, and a last one."""
        with self._build() as locator:
            if self._start is not None:
                with as_damage():
                    locator.restore(self._start.locator)
            failure = None
            try:
                for taken in self._taken():
                    yield self._step(locator, taken)
            except SourceError as error:
                failure = error
            yield LastStep(
                self._complete and failure is None,
                self._final_losses(),
                self._mark(locator),
                failure,
            )

    def _taken(self) -> Iterator[Taken]:
        """The frames that have not been analyzed, up to the end of the part."""
        for taken in self._reader.taken():
            frame = taken.frame
            self._losses_then = taken.losses
            if self._start is not None and frame.index <= self._start.position.frame:
                continue
            if self._kind is not SourceKind.IMAGES and self._part.is_over(frame):
                self._complete = True
                return
            if self._last_index is not None and self._kind is SourceKind.VIDEO:
                self._lost += frame.index - self._last_index - 1
            self._last_index = frame.index
            self._read += 1
            yield taken
        self._complete = self._reader.at_end
        if self._complete and self._kind is SourceKind.VIDEO:
            # Those behind the last frame that could be decoded.
            self._lost += self._reader.losses.lost_frames - self._losses_then.lost_frames

    def _step(self, locator: FaceLocator, taken: Taken) -> LocatedStep:
        frame = taken.frame
        pictures = self._kind is SourceKind.IMAGES
        if not self._part.takes(frame, timed=not pictures):
            return LocatedStep(self._read)
        if pictures:
            locator.reset()
        frame = self._stamped(frame)
        located = locator.locate(frame)
        self._image = frame.image
        self._position = Position(
            frame.index, frame.media_time, frame.session_ms, self._read, self._losses(taken.losses)
        )
        return LocatedStep(
            self._read, located, self._mark(locator) if self._mark_is_due() else None
        )

    def _stamped(self, frame: Frame) -> Frame:
        if frame.media_time is None:
            return frame
        before = None if self._position is None else self._position.session_ms
        return replace(frame, session_ms=media_stamp(frame.media_time, before))

    def _losses(self, told: Losses) -> Losses:
        lost = self._lost if self._kind is SourceKind.VIDEO else told.lost_frames
        new = tuple(one for one in told.skipped if one not in self._before.skipped)
        return Losses((*self._before.skipped, *new), lost)

    def _final_losses(self) -> Losses:
        if self._complete:
            return self._losses(self._reader.losses if self._reader.at_end else self._losses_then)
        return Losses() if self._position is None else self._position.losses

    def _mark_is_due(self) -> bool:
        now = time.monotonic()
        if now - self._marked_s < self._mark_every_s:
            return False
        self._marked_s = now
        return True

    def _mark(self, locator: FaceLocator) -> Mark | None:
        position = self._position
        if position is None:
            return None
        if self._image is not None:
            position = replace(position, picture=zlib.crc32(self._image.data))
        return Mark(position, locator.state(), {})


def reading_steps(
    steps: Iterator[LocatedStep | LastStep],
    build: Callable[[], FaceReader],
    *,
    pictures: bool,
    start: Mark | None,
) -> Generator[ResultStep | LastStep, None, None]:
    """Read the faces of located frames.

    Used in one thread, where the reader lives and dies.

    Args:
        steps: What the first stage yields.
        build: Makes the reader.
        pictures: Whether each frame is a picture of its own.
        start: Where an earlier run ended; None to begin.

    Raises:
        ModelError: The model returned something that is no probability.
    """
    with build() as reader:
        if start is not None:
            with as_damage():
                reader.restore(start.reader)
        for step in steps:
            if isinstance(step, LastStep):
                yield replace(step, mark=_with(reader, step.mark), origin=reader.origin)
            elif step.located is None:
                yield ResultStep(step.read)
            else:
                if pictures:
                    reader.reset()
                result = reader.read(step.located).without_image()
                yield ResultStep(step.read, result, _with(reader, step.mark))


def _with(reader: FaceReader, mark: Mark | None) -> Mark | None:
    return None if mark is None else replace(mark, reader=reader.state())


def _index_before(part: Part) -> int | None:
    """Number before the first frame that is wanted; None when that frame is found by its time."""
    return None if part.start_s else -1


@contextmanager
def as_damage() -> Iterator[None]:
    """Turn what parts say of a state that is not theirs into one clear sentence.

    Raises:
        SessionError: The state is damaged.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise damaged_checkpoint() from error
