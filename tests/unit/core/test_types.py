from dataclasses import replace

import numpy as np
import pytest

from ferqt.core.emotions import (
    CK7,
    COLORS,
    EMOTIONS,
    FER7,
    LABEL_SETS,
    UNKNOWN_COLOR,
    LabelSet,
    canonical_name,
    color_of,
)
from ferqt.core.types import (
    EmotionScores,
    FaceBox,
    FaceResult,
    Frame,
    FrameResult,
    TrackedFace,
)
from ferqt.errors import ModelError


def frame(**changes):
    values = {
        "image": np.zeros((4, 6, 3), np.uint8),
        "index": 0,
        "media_time": 0.0,
        "session_ms": 0,
    }
    return Frame(**{**values, **changes})


def test_a_frame_knows_its_size_and_cannot_be_written():
    made = frame()
    assert (made.width, made.height) == (6, 4)
    with pytest.raises(ValueError, match="read-only"):
        made.image[0, 0, 0] = 1


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((4, 6), np.uint8),
        np.zeros((4, 6, 4), np.uint8),
        np.zeros((4, 6, 3), np.float32),
        np.zeros((4, 12, 3), np.uint8)[:, ::2],
    ],
)
def test_other_pixels_are_refused(image):
    with pytest.raises(ValueError, match="frame"):
        frame(image=image)


def test_scores_name_their_top_class():
    probabilities = np.array([0.1, 0.0, 0.0, 0.7, 0.1, 0.1, 0.0], np.float32)
    scores = EmotionScores(probabilities, FER7)
    assert (scores.top, scores.confidence) == ("happy", pytest.approx(0.7))
    assert scores.probability("contempt") is None
    assert scores.probability("angry") == pytest.approx(0.1)


def test_scores_need_one_value_a_class():
    with pytest.raises(ValueError, match="7 classes"):
        EmotionScores(np.ones(8, np.float32) / 8, FER7)


def test_a_light_sample_has_no_pixels_but_all_readings():
    scores = EmotionScores(np.full(7, 1 / 7, np.float32), FER7)
    face = FaceResult(TrackedFace(3, FaceBox(0, 0, 2, 2), 1), scores, scores)
    result = FrameResult(frame(), 5, 0.2, 200, (face,), "m")
    light = result.without_image()
    assert light.frame is None
    assert light.faces == result.faces
    assert light.face(3) is face
    assert light.face(4) is None
    assert light.without_image() is light


def test_two_models_disagree_when_they_name_different_expressions():
    def told(name, labels):
        values = np.full(len(labels), 0.1 / (len(labels) - 1), np.float32)
        values[labels.index(name)] = 0.9
        return EmotionScores(values, labels)

    face = FaceResult(TrackedFace(1, FaceBox(0, 0, 2, 2), 1), *[told("happy", FER7)] * 2)
    assert not face.disagrees
    assert not replace(face, other_smoothed=told("happy", CK7)).disagrees
    assert replace(face, other_smoothed=told("contempt", CK7)).disagrees


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("Happiness", "happy"), (" ANGER ", "angry"), ("neutral", "neutral"), ("Bored", "bored")],
)
def test_names_are_brought_to_their_canonical_form(written, canonical):
    assert canonical_name(written) == canonical


def test_label_sets_use_canonical_names_only():
    for labels in LABEL_SETS.values():
        assert set(labels.names) <= set(EMOTIONS)


def test_every_expression_has_a_color_of_its_own():
    assert set(COLORS) == set(EMOTIONS)
    assert len(set(COLORS.values())) == len(EMOTIONS)
    assert color_of("bored") == UNKNOWN_COLOR


@pytest.mark.parametrize("names", [("happy",), ("happy", "sad", "happy")])
def test_a_label_set_needs_two_different_classes(names):
    with pytest.raises(ModelError):
        LabelSet("x", names)
