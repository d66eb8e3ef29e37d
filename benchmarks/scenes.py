"""Frames to measure with: the scenes of `ferqt bench` at 1280 x 720, and what is read from them."""

from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from typing import Any, Final, Protocol

from ferqt.bench.scenes import FPS, Setting, scene_picture
from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import Frame, FrameResult, Image
from ferqt.paths import models_dir
from ferqt.pipeline.build import build_pipeline, choose_config

_DISTINCT: Final = 30


class Benchmark(Protocol):
    """The part of pytest-benchmark's fixture that is used here."""

    extra_info: dict[str, Any]

    def __call__(self, function: Any, *args: Any) -> Any:
        """Call a function over and over and take the time."""

    def pedantic(self, target: Any, **how: Any) -> Any:
        """Do the same so many times as is said."""


@lru_cache(maxsize=1)
def shipped_models() -> Catalog:
    """The models that ship with the program."""
    return Catalog((models_dir(),))


@lru_cache(maxsize=8)
def picture(faces: int) -> Image:
    """A scene with so many faces, 720 x 1280 x 3 RGB; not to be written to."""
    return scene_picture(Setting(1280, 720, faces), 0.0)


def endless_frames(faces: int) -> Iterator[Frame]:
    """Yield a film of a scene that goes round without a cut, drawn beforehand."""
    setting = Setting(1280, 720, faces)
    pictures = [scene_picture(setting, number / _DISTINCT) for number in range(_DISTINCT)]
    number = 0
    while True:
        time_s = number / FPS
        yield Frame(pictures[number % _DISTINCT], number, time_s, round(1000 * time_s))
        number += 1


@lru_cache(maxsize=8)
def result(faces: int) -> FrameResult:
    """What the default detector and model read from a scene, all faces found."""
    catalog = shipped_models()
    with closing(build_pipeline(choose_config(catalog), catalog)) as pipeline:
        for frame in endless_frames(faces):
            read = pipeline.process(frame)
            if len(read.faces) == faces:
                return read
            assert frame.index < _DISTINCT, f"{len(read.faces)} of {faces} faces found"
    raise AssertionError("the frames have no end")
