"""What every runtime of a model promises, held by each of them on the same real model."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import ModelCard, read_card
from ferqt.classifiers.compile import probes
from ferqt.classifiers.keras_backend import KerasClassifier
from ferqt.classifiers.litert_backend import LiteRTClassifier
from ferqt.errors import ModelError
from tests.helpers.models import TINY_FOLDER

CARD = read_card(TINY_FOLDER / "card.json")
FACES = probes(CARD.input)


def litert(card: ModelCard) -> EmotionClassifier:
    return LiteRTClassifier(card, TINY_FOLDER / "model.tflite")


def keras(card: ModelCard) -> EmotionClassifier:
    return KerasClassifier(card, TINY_FOLDER / "model.keras")


RUNTIMES = {"LiteRT": litert, "Keras": keras}
Build = Callable[[ModelCard], EmotionClassifier]


@pytest.fixture(scope="module", params=RUNTIMES)
def build(request: pytest.FixtureRequest) -> Build:
    return RUNTIMES[request.param]


@pytest.fixture(scope="module")
def classifier(build: Build) -> Iterator[EmotionClassifier]:
    classifier = build(CARD)
    yield classifier
    classifier.close()


def test_it_keeps_the_protocol_and_names_itself(classifier: EmotionClassifier) -> None:
    assert isinstance(classifier, EmotionClassifier)
    assert classifier.runtime in RUNTIMES
    assert classifier.card is CARD


def test_every_row_is_a_distribution(classifier: EmotionClassifier) -> None:
    scores = classifier.predict(FACES)
    assert scores.dtype == np.float32
    assert scores.shape == (len(FACES), 7)
    assert scores.min() >= 0
    assert scores.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_different_pictures_get_different_scores(classifier: EmotionClassifier) -> None:
    scores = classifier.predict(FACES)
    assert np.abs(scores[0] - scores[1]).max() > 0.1


def test_a_batch_gives_what_its_faces_give_alone(classifier: EmotionClassifier) -> None:
    together = classifier.predict(FACES)
    alone = np.concatenate([classifier.predict(face[None]) for face in FACES])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_the_order_of_faces_does_not_matter(classifier: EmotionClassifier) -> None:
    order = np.random.default_rng(1).permutation(len(FACES))
    np.testing.assert_allclose(
        classifier.predict(FACES[order]), classifier.predict(FACES)[order], atol=1e-5
    )


def test_batches_of_any_size_follow_each_other(classifier: EmotionClassifier) -> None:
    expected = classifier.predict(FACES)
    for count in (3, 1, 12, 0, 2):
        np.testing.assert_allclose(classifier.predict(FACES[:count]), expected[:count], atol=1e-5)


def test_no_face_gives_no_row(classifier: EmotionClassifier) -> None:
    assert classifier.predict(FACES[:0]).shape == (0, 7)


def test_the_batch_is_left_as_it_was(classifier: EmotionClassifier) -> None:
    batch = FACES.copy()
    batch.flags.writeable = False
    classifier.predict(batch)
    np.testing.assert_array_equal(batch, FACES)


def test_earlier_answers_are_not_overwritten(classifier: EmotionClassifier) -> None:
    first = classifier.predict(FACES[:1])
    kept = first.copy()
    classifier.predict(FACES[1:2])
    np.testing.assert_array_equal(first, kept)


def test_a_higher_temperature_of_the_card_flattens_the_answers(build: Build) -> None:
    tops = []
    for temperature in (0.5, 1.0, 2.0, 4.0):
        classifier = build(replace(CARD, output=replace(CARD.output, temperature=temperature)))
        tops.append(classifier.predict(FACES).max(axis=1))
        classifier.close()
    assert (np.diff(np.stack(tops), axis=0) < 0).all()


def test_values_that_are_no_numbers_are_an_error(classifier: EmotionClassifier) -> None:
    with pytest.raises(ModelError, match="no numbers"):
        classifier.predict(np.full_like(FACES[:1], np.nan))


def test_closing_twice_is_harmless_and_a_closed_one_says_so(build: Build) -> None:
    classifier = build(CARD)
    classifier.close()
    classifier.close()
    with pytest.raises(RuntimeError, match="closed"):
        classifier.predict(FACES)


@pytest.mark.parametrize("side", [40, 56])
def test_a_card_of_another_size_is_refused_at_loading(build: Build, side: int) -> None:
    card = replace(CARD, input=replace(CARD.input, height=side, width=side))
    with pytest.raises(ModelError, match="card says"):
        build(card)


def test_all_runtimes_give_the_same_scores() -> None:
    scores = [build(CARD).predict(FACES) for build in RUNTIMES.values()]
    for other in scores[1:]:
        np.testing.assert_allclose(other, scores[0], atol=1e-4)


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    for runtime in (LiteRTClassifier, KerasClassifier):
        with pytest.raises(ModelError, match="missing"):
            runtime(CARD, tmp_path / "missing.model")
