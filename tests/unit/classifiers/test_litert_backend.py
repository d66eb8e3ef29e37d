"""A compiled model runs, and one that does not fit its card is refused when it is loaded."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import ModelCard, read_card
from ferqt.classifiers.litert_backend import LiteRTClassifier
from ferqt.classifiers.preprocess import picture_to_tensor
from ferqt.core.emotions import LabelSet
from ferqt.errors import ModelError
from ferqt.paths import resources_dir
from tests.helpers.models import TINY_FOLDER
from tests.helpers.portraits import grace_hopper

MODEL = TINY_FOLDER / "model.tflite"
FROZEN = [0.009, 0.173, 0.059, 0.233, 0.111, 0.413, 0.003]
CARD = read_card(TINY_FOLDER / "card.json")


def with_input(height: int, width: int, channels: int) -> ModelCard:
    color = "gray" if channels == 1 else "rgb"
    spec = replace(CARD.input, height=height, width=width, channels=channels, color=color)
    return replace(CARD, input=spec)


def test_it_is_an_emotion_classifier() -> None:
    classifier = LiteRTClassifier(CARD, MODEL, threads=2)
    assert isinstance(classifier, EmotionClassifier)
    assert (classifier.runtime, classifier.card) == ("LiteRT", CARD)
    classifier.close()


def test_a_real_face_gets_the_scores_that_were_frozen() -> None:
    tensor = picture_to_tensor(grace_hopper(), CARD.input)[None]
    scores = LiteRTClassifier(CARD, MODEL).predict(tensor)[0]
    assert scores == pytest.approx(FROZEN, abs=0.01)


@pytest.mark.parametrize(
    ("card", "part"),
    [
        (with_input(40, 40, 1), "input is 48 x 48 x 1, its card says 40 x 40 x 1"),
        (with_input(48, 48, 3), "input is 48 x 48 x 1, its card says 48 x 48 x 3"),
        (
            replace(CARD, output=replace(CARD.output, labels=LabelSet("custom", ("happy", "sad")))),
            "output is 7, its card says 2",
        ),
    ],
)
def test_a_model_that_does_not_fit_its_card_is_refused(card: ModelCard, part: str) -> None:
    with pytest.raises(ModelError) as caught:
        LiteRTClassifier(card, MODEL)
    assert part in caught.value.message


@pytest.mark.parametrize("content", [b"", b"not a model at all", b"\x1c\x00\x00\x00TFL3" * 9])
def test_a_damaged_file_is_one_clear_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.tflite"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="cannot be loaded"):
        LiteRTClassifier(CARD, path)
    with pytest.raises(ModelError, match="cannot be loaded"):
        LiteRTClassifier(CARD, tmp_path / "missing.tflite")


def test_another_network_is_refused(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(resources_dir() / "face_landmarker.task") as task:
        path = Path(task.extract("face_landmarks_detector.tflite", tmp_path))
    with pytest.raises(ModelError, match="input is 256 x 256 x 3"):
        LiteRTClassifier(CARD, path)


def test_a_closed_classifier_says_so() -> None:
    classifier = LiteRTClassifier(CARD, MODEL)
    classifier.close()
    with pytest.raises(RuntimeError, match="closed"):
        classifier.predict(np.zeros((1, 48, 48, 1), np.float32))
