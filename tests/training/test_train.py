import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.errors import FerqtError
from tests.helpers.fer2013 import small_fer2013
from training.architectures.registry import architecture
from training.callbacks import CsvLog, JsonProgress
from training.config import Recipe
from training.datasets.base import TRAIN, Dataset, Split
from training.datasets.fer2013 import Fer2013
from training.losses import cross_entropy, soft_targets
from training.run import RunFolder
from training.train import draw_rows, predict, tensors, train


def trained(recipe: Recipe, data: Dataset, folder: Path, **how):
    run = RunFolder(folder)
    return train(
        recipe, data, folder, (CsvLog(run.log_file), JsonProgress(run.progress_file)), **how
    )


def test_the_shipped_network_learns_one_batch_by_heart(data: Dataset):
    from keras import optimizers, utils

    utils.set_random_seed(1)
    network = architecture("live48")
    model = network.build(7, 0.0, "float32")
    split = data.splits[TRAIN]
    pictures = tensors(split.images[:14], network.input_spec(data.crop))
    targets = soft_targets(split, 7, 0.0, 0.0)[:14]
    model.compile(optimizers.Adam(0.003), cross_entropy)
    for _ in range(25):
        loss = float(model.train_on_batch(pictures, targets))

    assert loss < 0.05
    assert model.count_params() < 1_200_000


def test_weights_of_a_bfloat16_network_fit_its_float32_twin():
    network = architecture("live48")
    half, full = (network.build(7, 0.3, dtype) for dtype in ("mixed_bfloat16", "float32"))
    full.set_weights(half.get_weights())
    pictures = np.random.default_rng(0).uniform(0, 255, (4, 48, 48, 1)).astype(np.float32)

    difference = np.abs(np.asarray(half(pictures)) - np.asarray(full(pictures)))
    assert 0 < difference.max() < 0.05


def test_training_learns_and_logs_each_epoch(still: Recipe, data: Dataset, tmp_path: Path):
    recipe = replace(still, fit=replace(still.fit, epochs=8))
    checkpoint = trained(recipe, data, tmp_path / "run")

    assert checkpoint.history[-1].loss < checkpoint.history[0].loss / 2
    assert max(record.accuracy for record in checkpoint.history) > 0.5
    with (tmp_path / "run" / "log.csv").open(newline="") as file:
        assert [row["epoch"] for row in csv.DictReader(file)] == [str(i) for i in range(1, 9)]
    lines = (tmp_path / "run" / "progress.jsonl").read_text().splitlines()
    last = json.loads(lines[-1])
    assert (last["event"], last["epoch"], last["epochs"], last["left_s"]) == ("epoch", 8, 8, 0)


def test_the_best_epochs_averaged_weights_are_kept(recipe: Recipe, data: Dataset, tmp_path: Path):
    checkpoint = trained(recipe, data, tmp_path / "run")

    network = architecture("tiny")
    model = network.build(7, 0.0, "float32")
    model.set_weights(checkpoint.best)
    validation = data.splits["validation"]
    answers = predict(model, validation, network.input_spec(data.crop)).argmax(axis=1)
    best = max(record.accuracy for record in checkpoint.history)
    assert (answers == validation.labels).mean() == pytest.approx(best)


def test_a_resumed_run_ends_exactly_as_one_never_stopped(
    recipe: Recipe, data: Dataset, tmp_path: Path
):
    whole = trained(recipe, data, tmp_path / "whole")
    trained(recipe, data, tmp_path / "parts", stop_after=2)
    parts = trained(recipe, data, tmp_path / "parts", resume=True)

    assert [record.epoch for record in parts.history] == [1, 2, 3, 4]
    for one, other in zip(whole.history, parts.history, strict=True):
        assert replace(one, seconds=0) == replace(other, seconds=0)
    for one, other in zip(whole.state, parts.state, strict=True):
        np.testing.assert_array_equal(one, other)
    log = (tmp_path / "parts" / "log.csv").read_text().splitlines()
    assert len(log) == len((tmp_path / "whole" / "log.csv").read_text().splitlines()) == 5


def test_a_folder_with_a_run_is_not_overwritten(recipe: Recipe, data: Dataset, tmp_path: Path):
    trained(recipe, data, tmp_path, stop_after=1)

    with pytest.raises(FerqtError, match="holds a run already"):
        trained(recipe, data, tmp_path)


def test_a_run_is_not_resumed_with_another_recipe_or_other_data(
    recipe: Recipe, data: Dataset, tmp_path: Path
):
    trained(recipe, data, tmp_path / "run", stop_after=1)

    other_recipe = replace(recipe, fit=replace(recipe.fit, seed=4))
    with pytest.raises(FerqtError, match="another recipe"):
        trained(other_recipe, data, tmp_path / "run", resume=True)
    other_data = Fer2013().load(small_fer2013(tmp_path / "other.csv", train=35))
    with pytest.raises(FerqtError, match="other data"):
        trained(recipe, other_data, tmp_path / "run", resume=True)


def test_a_damaged_checkpoint_is_one_clear_error(recipe: Recipe, data: Dataset, tmp_path: Path):
    trained(recipe, data, tmp_path, stop_after=1)
    file = tmp_path / "checkpoint.npz"
    file.write_bytes(file.read_bytes()[:500])

    with pytest.raises(FerqtError, match=r"cannot read .*checkpoint\.npz"):
        trained(recipe, data, tmp_path, resume=True)


def test_fewer_pictures_than_a_batch_are_refused(recipe: Recipe, data: Dataset, tmp_path: Path):
    with pytest.raises(FerqtError, match="28 pictures, a batch 64"):
        trained(replace(recipe, fit=replace(recipe.fit, batch=64)), data, tmp_path)


def test_balance_evens_out_what_is_drawn():
    labels = np.array([0] * 900 + [1] * 100)

    as_they_are = draw_rows(labels, 0.0, seed=1, epoch=1)
    root = labels[draw_rows(labels, 0.5, seed=1, epoch=1)].mean()
    even = labels[draw_rows(labels, 1.0, seed=1, epoch=1)].mean()

    assert sorted(as_they_are) == list(range(1000))
    assert root == pytest.approx(0.25, abs=0.04)
    assert even == pytest.approx(0.5, abs=0.05)


def test_votes_count_in_the_first_epochs_only(still: Recipe, data: Dataset, tmp_path: Path):
    split = data.splits[TRAIN]
    rated = replace(split, votes=np.full((len(split), 7), 1 / 7, np.float32))
    rated_data = replace(data, splits={**data.splits, TRAIN: rated})

    def losses(votes_epochs: int) -> list[float]:
        settings = replace(still.data, votes_weight=0.5, votes_epochs=votes_epochs)
        folder = tmp_path / str(votes_epochs)
        history = trained(replace(still, data=settings), rated_data, folder, stop_after=2).history
        return [record.loss for record in history]

    one, two = losses(1), losses(2)
    assert one[0] == two[0]
    assert one[1] < two[1]


def test_targets_mix_votes_and_labels_and_an_unrated_row_keeps_its_label():
    votes = np.array([[0.5, 0.5, 0], [0, 0, 0]], np.float32)
    split = Split("toy", np.zeros((2, 48, 48), np.uint8), np.array([0, 2]), votes, np.arange(2))

    targets = soft_targets(split, 3, votes_weight=0.4, smoothing=0.0)

    np.testing.assert_allclose(targets, [[0.8, 0.2, 0], [0, 0, 1]], atol=1e-6)
    smooth = soft_targets(split, 3, votes_weight=0.0, smoothing=0.3)
    np.testing.assert_allclose(smooth, [[0.8, 0.1, 0.1], [0.1, 0.1, 0.8]], atol=1e-6)
