"""Frames and origins as a recording gets them."""

from dataclasses import replace

import numpy as np

from ferqt.classifiers.card import CARD_NAME, read_card
from ferqt.core.emotions import LabelSet
from ferqt.core.types import EmotionScores, FaceResult, FrameResult, Image
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.origin import Origin
from ferqt.pipeline.recording_folder import RecordedFrame
from ferqt.sources.base import SourceInfo, SourceKind
from tests.helpers.models import TINY_FOLDER
from tests.helpers.readings import face, reading

CAMERA = SourceInfo(SourceKind.CAMERA, "HD Webcam", "0", 160, 120, fps=25.0, live=True)
FPS = 25


def origin(model_id: str = "tiny", labels: LabelSet | None = None) -> Origin:
    """The tiny model under another name, or with other classes."""
    card = read_card(TINY_FOLDER / CARD_NAME)
    card = replace(card, id=model_id)
    if labels is not None:
        card = replace(card, output=replace(card.output, labels=labels))
    return Origin(card, "LiteRT", PipelineConfig(model_id))


def plain(level: int, width: int = 160, height: int = 120) -> Image:
    """A gray picture."""
    return np.full((height, width, 3), level % 256, np.uint8)


def noise(number: int, width: int = 320, height: int = 240) -> Image:
    """A picture that takes an encoder time and room."""
    return np.random.default_rng(number).integers(0, 256, (height, width, 3), dtype=np.uint8)


def one_face(read_with: Origin) -> FaceResult:
    """A face whose classes are all equally likely."""
    labels = read_with.card.output.labels
    scores = EmotionScores(np.full(len(labels), 1 / len(labels), np.float32), labels)
    return face(1, (20, 20, 60, 60), scores)


def live_result(
    number: int, read_with: Origin, image: Image | None = None, *, faces: bool = True
) -> FrameResult:
    """What was read from the frame of a camera that gives 25 a second."""
    found = (one_face(read_with),) if faces else ()
    image = plain(number) if image is None else image
    result = reading(image, *found, index=number, session_ms=number * 1000 // FPS, media_time=None)
    return replace(result, model_id=read_with.card.id)


def recorded(number: int, read_with: Origin, image: Image | None = None) -> RecordedFrame:
    """The same on its way to disk."""
    return RecordedFrame(live_result(number, read_with, image), number / FPS, read_with)
