from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ferqt.classifiers.card import BoxCrop, InputSpec
from ferqt.core.emotions import EMOTIONS
from ferqt.errors import FerqtError
from tests.helpers.face_crops import face_crops, split_of
from training.config import HeadConfig, Recipe
from training.datasets.base import NO_LABEL, VOTES, Split

SIDE = 8
SPEC = InputSpec(SIDE, SIDE, 1, "gray", (0.0, 255.0), "area", BoxCrop(margin=0.0))

HAPPY, NEUTRAL, DISGUST, CONTEMPT = map(EMOTIONS.index, ("happy", "neutral", "disgust", "contempt"))


def numbered(labels: list[int], votes: Any = None) -> Split:
    """Pictures whose first two pixels hold their row's number."""
    images = np.zeros((len(labels), SIDE, SIDE), np.uint8)
    rows = np.arange(len(labels))
    images[:, 0, 0], images[:, 0, 1] = rows // 256, rows % 256
    return split_of(images, labels, votes)


def rows_of(pictures: Any) -> np.ndarray:
    """Row numbers of unchanged pictures."""
    values = np.asarray(pictures)
    return (256 * values[:, 0, 0, 0] + values[:, 0, 1, 0]).astype(int)


def with_fit(recipe: Recipe, **values: Any) -> Recipe:
    return replace(recipe, fit=replace(recipe.fit, **values))


def with_data(recipe: Recipe, balance: float = 0.0, class_weights: float = 0.0) -> Recipe:
    return replace(recipe, data=replace(recipe.data, balance=balance, class_weights=class_weights))


def second_head(recipe: Recipe, **values: Any) -> HeadConfig:
    return replace(recipe.heads[0], id="second", **values)


def batches(split: Split, recipe: Recipe, epoch: int = 1, spec: InputSpec = SPEC, **more: Any):
    from training.batches import Batches

    return Batches(split, spec, recipe, epoch, **more)


def all_of(found: Any) -> list[tuple[np.ndarray, ...]]:
    """Every batch as arrays: pictures, then each head's targets, then each head's weights."""
    return [arrays(found[index]) for index in range(len(found))]


def arrays(batch: Any) -> tuple[np.ndarray, ...]:
    pictures, targets, weights = batch
    return tuple(np.asarray(one) for one in (pictures, *targets, *weights))


def assert_equal(first: list[tuple[np.ndarray, ...]], second: list[tuple[np.ndarray, ...]]) -> None:
    for one, other in zip(first, second, strict=True):
        for a, b in zip(one, other, strict=True):
            np.testing.assert_array_equal(a, b)


def drawn(split: Split, recipe: Recipe, epochs: int = 1) -> np.ndarray:
    return np.concatenate(
        [
            rows_of(batch[0])
            for epoch in range(1, epochs + 1)
            for batch in all_of(batches(split, recipe, epoch))
        ]
    )


@pytest.fixture
def plain(still: Recipe) -> Recipe:
    """Nothing is changed, balanced or weighted; a batch has 20 pictures."""
    return with_data(with_fit(still, batch=20))


@pytest.fixture
def faces() -> Split:
    return split_of(face_crops(48), [HAPPY, NEUTRAL, DISGUST] * 16)


FACES_SPEC = replace(SPEC, height=48, width=48)


# Which rows are drawn


def test_without_balance_every_row_comes_once_an_epoch_in_another_order(plain: Recipe):
    split = numbered([HAPPY] * 150 + [DISGUST] * 50)
    first, second = drawn(split, plain, 1), drawn(split, plain, 2)[200:]

    assert sorted(first) == sorted(second) == list(range(200))
    assert (first != second).mean() > 0.9


@pytest.mark.parametrize(("balance", "share"), [(0.5, 0.25), (1.0, 0.5)])
def test_rare_classes_are_drawn_as_often_as_balance_says(
    plain: Recipe, balance: float, share: float
):
    split = numbered([HAPPY] * 900 + [DISGUST] * 100)
    rows = drawn(split, with_data(plain, balance=balance), 4)

    assert len(rows) == 4000
    # Four deviations of a share of 4,000 draws.
    assert (rows >= 900).mean() == pytest.approx(share, abs=4 * (share * (1 - share) / 4000) ** 0.5)
    # Within a class every picture is as likely: 900 happy ones share the other draws.
    counts = np.bincount(rows, minlength=1000)[:900]
    assert counts.max() <= counts.mean() + 7 * counts.mean() ** 0.5


def test_a_share_of_an_epoch_draws_as_many_rows(plain: Recipe):
    split = numbered([HAPPY] * 150 + [DISGUST] * 50)

    assert len(batches(split, plain)) == 10
    assert len(batches(split, plain, share=0.3)) == 3
    for balance in (0.0, 0.5):
        found = all_of(batches(split, with_data(plain, balance=balance), share=0.3))
        assert [len(batch[0]) for batch in found] == [20, 20, 20]


@pytest.mark.parametrize("balance", [0.0, 0.5, 1.0])
def test_rows_without_a_target_are_never_drawn(plain: Recipe, balance: float):
    labels = [NO_LABEL, CONTEMPT, HAPPY, DISGUST, HAPPY] * 40
    rows = drawn(numbered(labels), with_data(plain, balance=balance), 3)

    assert {labels[row] for row in rows} == {HAPPY, DISGUST}


def test_a_row_that_one_head_of_two_can_use_is_drawn_and_counts_for_that_head_alone(plain: Recipe):
    recipe = replace(plain, heads=(*plain.heads, second_head(plain, labels="ck7")))
    labels = [NEUTRAL, HAPPY, CONTEMPT, NO_LABEL] * 20
    seen = set()
    for pictures, fer7, ck7, fer7_weights, ck7_weights in all_of(batches(numbered(labels), recipe)):
        of_row = np.array([labels[row] for row in rows_of(pictures)])
        np.testing.assert_array_equal(fer7_weights > 0, of_row != CONTEMPT)
        np.testing.assert_array_equal(ck7_weights > 0, of_row != NEUTRAL)
        np.testing.assert_array_equal(fer7.sum(axis=1), of_row != CONTEMPT)
        np.testing.assert_array_equal(ck7.sum(axis=1), of_row != NEUTRAL)
        seen |= set(of_row)
    assert seen == {NEUTRAL, HAPPY, CONTEMPT}


def test_mixed_pictures_have_whole_targets_wherever_they_count(plain: Recipe):
    recipe = replace(plain, heads=(*plain.heads, second_head(plain, labels="ck7")))
    recipe = with_fit(recipe, label_smoothing=0.1)
    recipe = replace(recipe, augment=replace(recipe.augment, mixup=0.4, cutmix=1.0))
    labels = [NEUTRAL, HAPPY, CONTEMPT, NO_LABEL] * 20

    for _, fer7, ck7, fer7_weights, ck7_weights in all_of(batches(numbered(labels), recipe)):
        np.testing.assert_allclose(fer7[fer7_weights > 0].sum(axis=1), 1, atol=1e-6)
        np.testing.assert_allclose(ck7[ck7_weights > 0].sum(axis=1), 1, atol=1e-6)


def test_chances_are_the_mean_over_the_heads_that_use_a_row():
    from training.batches import class_weights, draw_chances

    first = np.eye(2, dtype=np.float32)[[0, 0, 0, 1, 1]]
    first[4] = 0
    second = np.eye(3, dtype=np.float32)[[0, 1, 2, 2, 2]]
    second[:2] = 0
    chances = draw_chances([first, second], 1.0)

    a, b = class_weights(first, 1.0), class_weights(second, 1.0)
    np.testing.assert_allclose(chances, [a[0], a[1], (a[2] + b[2]) / 2, (a[3] + b[3]) / 2, b[4]])


# Targets and weights


def test_targets_are_the_pictures_classes_smoothed(plain: Recipe):
    split = numbered([HAPPY, DISGUST, NEUTRAL] * 20)
    label_set = plain.heads[0].label_set

    for pictures, targets, _ in all_of(batches(split, with_fit(plain, label_smoothing=0.14))):
        classes = [label_set.names.index(EMOTIONS[split.labels[row]]) for row in rows_of(pictures)]
        expected = 0.86 * np.eye(7)[classes] + 0.02
        np.testing.assert_allclose(targets, expected, atol=1e-6)


def test_votes_weigh_in_the_target_as_the_head_asks(plain: Recipe):
    votes = np.zeros((40, len(VOTES)))
    votes[:, VOTES.index("happy")], votes[:, VOTES.index("neutral")] = 6, 2
    split = numbered([NEUTRAL] * 40, votes)
    half = replace(plain, heads=(replace(plain.heads[0], votes_weight=0.5),))
    names = plain.heads[0].label_set.names

    _, targets, _ = arrays(batches(split, half)[0])
    assert targets[0, names.index("happy")] == pytest.approx(0.5 * 0.75)
    assert targets[0, names.index("neutral")] == pytest.approx(0.5 * 0.25 + 0.5)


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0])
def test_class_weights_have_mean_1_and_fall_with_the_size_of_the_class(power: float):
    from training.batches import class_weights

    targets = np.eye(4, dtype=np.float32)[[0] * 80 + [1] * 20 + [2] * 5 + [3] * 15]
    targets[-15:] = 0
    weights = class_weights(targets, power)

    assert weights[:105].mean() == pytest.approx(1)
    assert (weights[105:] == 0).all()
    assert weights[80] / weights[0] == pytest.approx((80 / 20) ** power)
    assert weights[100] / weights[0] == pytest.approx((80 / 5) ** power)


def test_class_weights_go_with_their_pictures(plain: Recipe):
    split = numbered([HAPPY] * 80 + [DISGUST] * 20)
    found = all_of(batches(split, with_data(plain, class_weights=1.0)))

    for pictures, _, weights in found:
        expected = np.where(rows_of(pictures) < 80, 100 / 80, 100 / 20) / 2
        np.testing.assert_allclose(weights, expected)


# The same batches again


def test_batches_made_again_are_equal_in_any_order(recipe: Recipe, faces: Split):
    recipe = with_fit(recipe, batch=8)
    recipe = replace(recipe, augment=replace(recipe.augment, mixup=0.3, cutmix=0.5))
    first = all_of(batches(faces, recipe, 3, FACES_SPEC))
    again = batches(faces, recipe, 3, FACES_SPEC)
    backwards = [arrays(again[index]) for index in reversed(range(len(again)))]

    assert len(first) == 6
    assert_equal(first, backwards[::-1])


def test_an_epoch_drawn_later_equals_one_started_at(recipe: Recipe, faces: Split):
    recipe = with_fit(recipe, batch=8)
    going_on = batches(faces, recipe, 1, FACES_SPEC)
    first = all_of(going_on)
    going_on.draw(2)

    second = all_of(going_on)
    assert_equal(second, all_of(batches(faces, recipe, 2, FACES_SPEC)))
    assert np.abs(second[0][0] - first[0][0]).mean() > 5


def test_another_seed_gives_other_batches(recipe: Recipe, faces: Split):
    recipe = with_fit(recipe, batch=8)
    first = all_of(batches(faces, recipe, 1, FACES_SPEC))
    other = all_of(batches(faces, with_fit(recipe, seed=4), 1, FACES_SPEC))

    assert all(np.abs(a[0] - b[0]).mean() > 5 for a, b in zip(first, other, strict=True))


def test_fit_sees_each_epochs_batches_though_threads_make_them(recipe: Recipe, faces: Split):
    import keras

    recipe = with_fit(recipe, batch=8)
    seen: list[np.ndarray] = []

    class Watcher(keras.Model):
        def call(self, pictures: Any) -> Any:
            return pictures

        def train_step(self, batch: Any) -> dict[str, float]:
            seen.append(np.asarray(batch[0]))
            return {"loss": 0.0}

    model = Watcher()
    model.compile(run_eagerly=True)
    given = batches(faces, recipe, 1, FACES_SPEC)
    tell = keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: given.draw(epoch + 1))
    model.fit(given, initial_epoch=3, epochs=6, shuffle=False, verbose=0, callbacks=[tell])

    expected = [
        batch[0]
        for epoch in (4, 5, 6)
        for batch in all_of(batches(faces, recipe, epoch, FACES_SPEC))
    ]
    assert len(seen) == len(expected)
    for a, b in zip(seen, expected, strict=True):
        np.testing.assert_array_equal(a, b)


# What is measured is not changed


def test_pictures_that_are_measured_pass_no_augmentation(faces: Split):
    import keras

    from training.batches import predict

    asked = keras.Sequential([keras.Input((48, 48, 1)), keras.layers.Flatten()])
    (answers,) = predict(asked, faces, FACES_SPEC, batch=20)

    np.testing.assert_array_equal(answers.reshape(-1, 48, 48), faces.images)


def test_pictures_come_at_the_side_that_a_phase_asks_for(plain: Recipe, faces: Split):
    pictures, *_ = arrays(batches(faces, plain, spec=replace(SPEC, height=24, width=24))[0])

    assert pictures.shape == (20, 24, 24, 1)
    np.testing.assert_allclose(pictures.mean(), faces.images.mean(), atol=12)


# What cannot be trained on


def test_too_few_labeled_pictures_for_a_batch_are_one_clear_error(plain: Recipe):
    split = numbered([HAPPY] * 19 + [NO_LABEL] * 30)

    with pytest.raises(FerqtError, match="has 19 labeled pictures, a batch 20"):
        batches(split, plain)


def test_votes_that_nobody_gave_are_one_clear_error(plain: Recipe):
    recipe = replace(plain, heads=(replace(plain.heads[0], votes_weight=0.5),))

    with pytest.raises(FerqtError, match="the recipe's head tiny-fer7 wants raters' votes"):
        batches(numbered([HAPPY] * 40), recipe)
