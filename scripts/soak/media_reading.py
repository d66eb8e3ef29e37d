"""Everything that the program reads of a media file, done to one that may be damaged."""

import random
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from ferqt.errors import FerqtError
from ferqt.runtime.analysis_sources import find_media, length_of
from ferqt.sources.audio import AudioReader
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.factory import open_source
from ferqt.sources.thumbnails import ThumbnailReader
from ferqt.sources.video_file import VideoFileSource

_MOST_FRAMES: Final = 300
_MOST_CHUNKS: Final = 300


@dataclass(slots=True)
class Reading:
    """What came of a file.

    Attributes:
        refusal: The sentence with which it was refused; "" when it was opened.
        frames: Number of frames read.
        lost: Number of frames that damage took.
        unexpected: Step, kind of exception and where it was raised, for each that a person would
            see as a fault of the program, and for each promise that was broken.
    """

    refusal: str = ""
    frames: int = 0
    lost: int = 0
    unexpected: list[str] = field(default_factory=list)


def read_through(path: Path, seed: int) -> Reading:
    """Open, read, seek, hear and shrink a file as the program would; nothing is raised."""
    reading = Reading()
    chance = random.Random(seed)
    steps: dict[str, Callable[[], None]] = {
        "frames": lambda: _read_frames(path, chance, reading),
        "analysis": lambda: _read_as_analysis(path),
        "thumbnails": lambda: _read_thumbnails(path, chance),
        "sound": lambda: _read_sound(path, chance),
        "search": lambda: _measure(path),
    }
    for name, step in steps.items():
        try:
            step()
        except FerqtError as error:
            sentence = str(error)
            if name == "frames":
                reading.refusal = sentence
            if not error.message or "\n" in sentence:
                reading.unexpected.append(f"{name}: not a sentence: {sentence!r}")
        except Exception as error:  # noqa: BLE001 - what is looked for
            place = traceback.extract_tb(error.__traceback__)[-3:]
            where = " < ".join(f"{one.name}:{one.lineno}" for one in reversed(place))
            reading.unexpected.append(f"{name}: {type(error).__name__}: {error} in {where}")
    return reading


def _read_frames(path: Path, chance: random.Random, reading: Reading) -> None:
    with open_source(str(path)) as source:
        before = -1
        for frame in islice(source.frames(), _MOST_FRAMES):
            assert frame.image.dtype == np.uint8
            assert frame.image.shape[2:] == (3,)
            assert frame.index > before, f"frame {frame.index} after {before}"
            before = frame.index
            reading.frames += 1
        reading.lost = source.losses.lost_frames + len(source.losses.skipped)
        if reading.frames < _MOST_FRAMES:
            _check_count(source.info, reading)
        for _ in range(4):
            source.seek_frame(chance.randint(-2, (source.info.frame_count or 0) + 2))
            next(source.frames(), None)
            source.seek(chance.uniform(-1, 1 + (source.info.duration_s or 0.0)))
            next(source.frames(), None)


def _check_count(info: SourceInfo, reading: Reading) -> None:
    """What was read and what was lost is all that there is."""
    told = reading.frames + reading.lost
    if info.kind is SourceKind.VIDEO and told < (info.frame_count or 0):
        reading.unexpected.append(
            f"frames: {reading.frames} read and {reading.lost} lost of {info.frame_count}"
        )


def _read_as_analysis(path: Path) -> None:
    with open_source(str(path)) as source:
        if isinstance(source, VideoFileSource):
            source.decode_alike()
            first = next(source.frames(), None)
            source.go_on_from(7)
            for _ in islice(source.frames(), 5):
                pass
            assert first is not None, "a film that opens has a frame"


def _read_thumbnails(path: Path, chance: random.Random) -> None:
    with ThumbnailReader(path) as reader:
        for _ in range(3):
            reader.at(chance.uniform(-1, 3))
        reader.at(1e12)


def _read_sound(path: Path, chance: random.Random) -> None:
    with AudioReader(path, rate=48_000, channels=2) as reader:
        for speed in (1.0, 0.25, 4.0):
            for _ in range(_MOST_CHUNKS):
                chunk = reader.read()
                if chunk is None:
                    break
                assert chunk.samples.shape[1:] == (2,)
            reader.seek(chance.uniform(0, 2), speed)


def _measure(path: Path) -> None:
    for source in find_media([str(path)]).sources:
        length_of(source)
