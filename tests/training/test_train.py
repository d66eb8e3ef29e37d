import csv
import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from ferqt.errors import FerqtError
from tests.helpers.fer2013 import small_fer2013
from training.architectures import registry
from training.batches import predict
from training.callbacks import CsvLog, JsonProgress, TensorBoardLog
from training.config import HeadConfig, PhaseConfig, Recipe
from training.datasets.base import TRAIN, Dataset
from training.datasets.fer2013 import Fer2013
from training.datasets.merge import merge
from training.run import Checkpoint, RunFolder
from training.train import phase_of, train


def trained(recipe: Recipe, data: Dataset, folder: Path, **how: Any) -> Checkpoint:
    run = RunFolder(folder)
    return train(
        recipe, data, folder, (CsvLog(run.log_file), JsonProgress(run.progress_file)), **how
    )


def phases(*epochs_and_rest: PhaseConfig) -> tuple[PhaseConfig, ...]:
    return epochs_and_rest


def of(epochs: int, **rest: Any) -> PhaseConfig:
    return replace(
        PhaseConfig(epochs=1, side=0, share=1.0, train="all", rate=1.0), epochs=epochs, **rest
    )


def second_head(recipe: Recipe) -> HeadConfig:
    return replace(recipe.heads[0], id="tiny-ck7", labels="ck7", weight=0.5)


@pytest.fixture
def pooling(monkeypatch: pytest.MonkeyPatch) -> str:
    """A network that takes every side, in the registry as "pooling"."""

    def trunk(side: int, dropout: float, dtype: str) -> Any:
        from keras import Input, Model, layers

        inputs = Input((side, side, 1), name="face")
        x = layers.Rescaling(1 / 255, dtype=dtype)(inputs)
        x = layers.Conv2D(8, 5, strides=2, use_bias=False, dtype=dtype)(x)
        x = layers.BatchNormalization(dtype=dtype)(x)
        x = layers.GlobalAveragePooling2D(dtype=dtype)(layers.ReLU(dtype=dtype)(x))
        return Model(inputs, layers.Dropout(dropout, dtype=dtype)(x))

    row = registry.Architecture("pooling", "one convolution", 48, 1, True, trunk, "tests")
    table = MappingProxyType({**registry.ARCHITECTURES, "pooling": row})
    monkeypatch.setattr(registry, "ARCHITECTURES", table)
    return row.id


def test_training_learns_and_logs_each_epoch(still: Recipe, data: Dataset, tmp_path: Path):
    checkpoint = trained(replace(still, phases=phases(of(8))), data, tmp_path / "run")

    assert checkpoint.history[-1].loss < checkpoint.history[0].loss / 2
    assert max(record.score("accuracy") for record in checkpoint.history) > 0.5
    with (tmp_path / "run" / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == [str(i) for i in range(1, 9)]
    assert float(rows[-1]["tiny-fer7.accuracy"]) == checkpoint.history[-1].score("accuracy")
    lines = (tmp_path / "run" / "progress.jsonl").read_text().splitlines()
    last = json.loads(lines[-1])
    assert (last["event"], last["epoch"], last["epochs"], last["left_s"]) == ("epoch", 8, 8, 0)


def test_each_heads_best_epochs_averaged_weights_are_kept(
    recipe: Recipe, data: Dataset, tmp_path: Path
):
    recipe = replace(recipe, heads=(*recipe.heads, second_head(recipe)))
    checkpoint = trained(recipe, data, tmp_path / "run")

    heads = {head.id: 7 for head in recipe.heads}
    model = registry.build("tiny", heads, 0, 0.0, "float32")
    split = data.splits["validation"]
    spec = registry.architecture("tiny").input_spec(data.crop)
    for place, head in enumerate(recipe.heads):
        best = checkpoint.best[head.id]
        model.set_weights(best.weights)
        answers = predict(model, split, spec)[place].argmax(axis=1)
        from training.datasets.labels import labels_in

        labels = labels_in(split, head.label_set, "own")
        right = (answers == labels)[labels >= 0].mean()
        scores = [record.score("accuracy", head.id) for record in checkpoint.history]
        assert right == pytest.approx(max(scores))
        assert best.epoch == scores.index(max(scores)) + 1


def test_a_picture_without_a_class_of_a_head_teaches_that_head_nothing(
    still: Recipe, data: Dataset, tmp_path: Path
):
    """Neutral is no class of CK+: with neutral pictures alone, its head keeps its first weights."""
    part = data.splits[TRAIN]
    neutral = part.take(part.labels == 0)
    data = replace(data, splits={**data.splits, TRAIN: neutral})
    fit = replace(still.fit, batch=4, ema=0.0, weight_decay=0.0)
    recipe = replace(still, fit=fit, heads=(*still.heads, second_head(still)), phases=phases(of(1)))
    checkpoint = trained(recipe, data, tmp_path)

    import keras

    keras.utils.set_random_seed(recipe.fit.seed)
    fresh = registry.build("tiny", {head.id: 7 for head in recipe.heads}, 0, 0.0, "float32")
    fresh_weights = fresh.get_weights()
    end = checkpoint.best["tiny-fer7"].weights
    np.testing.assert_array_equal(end[-2], fresh_weights[-2])
    assert np.abs(end[-4] - fresh_weights[-4]).max() > 1e-4


def test_a_resumed_run_ends_exactly_as_one_never_stopped(
    recipe: Recipe, data: Dataset, pooling: str, tmp_path: Path
):
    recipe = replace(
        recipe,
        model=replace(recipe.model, architecture=pooling),
        phases=phases(of(1, side=32), of(2, train="head"), of(1)),
    )
    whole = trained(recipe, data, tmp_path / "whole")
    for stop in (1, 2, 3):
        trained(recipe, data, tmp_path / "parts", stop_after=stop, resume=stop > 1)
    parts = trained(recipe, data, tmp_path / "parts", resume=True)

    assert [record.epoch for record in parts.history] == [1, 2, 3, 4]
    for one, other in zip(whole.history, parts.history, strict=True):
        assert replace(one, seconds=0) == replace(other, seconds=0)
    assert len(whole.state) == len(parts.state)
    for one, other in zip(whole.state, parts.state, strict=True):
        np.testing.assert_array_equal(one, other)
    log = (tmp_path / "parts" / "log.csv").read_text().splitlines()
    assert len(log) == len((tmp_path / "whole" / "log.csv").read_text().splitlines()) == 5


def test_a_smaller_side_comes_first_and_the_last_phase_gives_the_model(
    still: Recipe, data: Dataset, pooling: str, tmp_path: Path
):
    recipe = replace(
        still,
        model=replace(still.model, architecture=pooling),
        phases=phases(of(2, side=32), of(2)),
    )
    checkpoint = trained(recipe, data, tmp_path)

    assert [(r.phase, r.side) for r in checkpoint.history] == [(1, 32), (1, 32), (2, 48), (2, 48)]
    assert all(best.epoch > 2 for best in checkpoint.best.values())


def test_a_network_that_cannot_change_its_side_is_refused(
    still: Recipe, data: Dataset, tmp_path: Path
):
    with pytest.raises(FerqtError, match="tiny cannot have a side of 32 px"):
        trained(replace(still, phases=phases(of(1, side=32))), data, tmp_path)


def test_a_frozen_trunk_stays_as_it_is_while_its_head_learns(
    still: Recipe, data: Dataset, tmp_path: Path
):
    still = replace(still, fit=replace(still.fit, ema=0.0))
    frozen = replace(still, phases=phases(of(1, train="head"), of(1)))
    first = trained(frozen, data, tmp_path, stop_after=1)
    trunk, answer = first.best["tiny-fer7"].weights[:-2], first.best["tiny-fer7"].weights[-2:]
    import keras

    keras.utils.set_random_seed(still.fit.seed)
    fresh = registry.build("tiny", {"tiny-fer7": 7}, 0, 0.0, "float32").get_weights()
    for one, other in zip(trunk, fresh[:-2], strict=True):
        np.testing.assert_array_equal(one, other)
    assert np.abs(answer[0] - fresh[-2]).max() > 1e-4

    second = trained(frozen, data, tmp_path, resume=True).best["tiny-fer7"].weights
    assert np.abs(second[0] - trunk[0]).max() > 1e-4


def test_training_stops_at_its_target_and_a_resume_adds_nothing(
    still: Recipe, data: Dataset, tmp_path: Path
):
    recipe = replace(still, fit=replace(still.fit, stop_at=0.3), phases=phases(of(30)))
    done = trained(recipe, data, tmp_path)
    assert 0 < len(done.history) < 30
    assert done.history[-1].score("accuracy") >= 0.3
    assert all(record.score("accuracy") < 0.3 for record in done.history[:-1])

    assert len(trained(recipe, data, tmp_path, resume=True).history) == len(done.history)


def test_the_rate_halves_on_a_plateau_and_patience_ends_the_run(
    still: Recipe, data: Dataset, tmp_path: Path
):
    fit = replace(
        still.fit, schedule="constant", learning_rate=1e-9, plateau_patience=2, stop_patience=5
    )
    history = trained(replace(still, fit=fit, phases=phases(of(30))), data, tmp_path).history

    rates = [record.learning_rate for record in history]
    assert rates[:3] == pytest.approx([1e-9] * 3)
    assert rates[3] == pytest.approx(5e-10)
    assert len(history) == 6


@pytest.mark.parametrize(
    "change",
    [
        {"optimizer": "adam"},
        {"optimizer": "rmsprop", "schedule": "constant"},
        {"loss": "focal"},
        {"precision": "mixed_bfloat16"},
    ],
    ids=str,
)
def test_every_way_to_fit_learns(
    still: Recipe, data: Dataset, tmp_path: Path, change: dict[str, str]
):
    recipe = replace(still, fit=replace(still.fit, **change), phases=phases(of(6)))
    history = trained(recipe, data, tmp_path).history

    assert history[-1].loss < 0.8 * history[0].loss


def test_class_weights_make_rare_classes_count_more(still: Recipe, data: Dataset, tmp_path: Path):
    part = data.splits[TRAIN]
    rows = np.flatnonzero((part.labels != 1) | (np.arange(len(part)) < 7))
    data = replace(data, splits={**data.splits, TRAIN: part.take(rows)})

    def first_loss(power: float) -> float:
        recipe = replace(still, data=replace(still.data, balance=0.0, class_weights=power))
        return trained(recipe, data, tmp_path / str(power), stop_after=1).history[0].loss

    assert first_loss(1.0) != pytest.approx(first_loss(0.0), rel=1e-4)


def test_an_epoch_can_be_a_share_of_the_training_part(
    recipe: Recipe, data: Dataset, tmp_path: Path
):
    recipe = replace(recipe, phases=phases(of(1, share=0.5), of(1)))
    steps: list[int] = []

    class Steps:
        def on_step(self, epoch: int, step: int, steps_of_epoch: int, loss: float) -> None:
            steps.append(steps_of_epoch)

        def on_epoch(self, history: Any, epochs: int) -> None:
            pass

    train(recipe, data, tmp_path, (Steps(),))
    assert steps == [2, 2, 4, 4, 4, 4]


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
    other_data = merge([Fer2013().load(small_fer2013(tmp_path / "other.csv", train=35))])
    with pytest.raises(FerqtError, match="other data"):
        trained(recipe, other_data, tmp_path / "run", resume=True)


def test_a_damaged_checkpoint_is_one_clear_error(recipe: Recipe, data: Dataset, tmp_path: Path):
    trained(recipe, data, tmp_path, stop_after=1)
    file = tmp_path / "checkpoint.npz"
    file.write_bytes(file.read_bytes()[:500])

    with pytest.raises(FerqtError, match=r"cannot read .*checkpoint\.npz"):
        trained(recipe, data, tmp_path, resume=True)


def test_fewer_pictures_than_a_batch_are_refused(recipe: Recipe, data: Dataset, tmp_path: Path):
    with pytest.raises(FerqtError, match="28 labeled pictures, a batch 64"):
        trained(replace(recipe, fit=replace(recipe.fit, batch=64)), data, tmp_path)


def test_votes_that_the_data_lacks_are_refused(recipe: Recipe, data: Dataset, tmp_path: Path):
    head = replace(recipe.heads[0], votes_weight=0.5)
    with pytest.raises(FerqtError, match="wants raters' votes"):
        trained(replace(recipe, heads=(head,)), data, tmp_path)


def test_a_loss_that_is_no_number_ends_the_run(still: Recipe, data: Dataset, tmp_path: Path):
    fit = replace(still.fit, optimizer="rmsprop", schedule="constant", learning_rate=1e30)
    with pytest.raises(FerqtError, match=r"the loss became (nan|inf) in epoch 1, step"):
        trained(replace(still, fit=fit), data, tmp_path)


def test_several_devices_want_jax(recipe: Recipe, data: Dataset, tmp_path: Path):
    fit = replace(recipe.fit, distribution="data_parallel")
    with pytest.raises(FerqtError, match="KERAS_BACKEND=jax"):
        trained(replace(recipe, fit=fit), data, tmp_path)


def test_an_epoch_belongs_to_the_phase_that_holds_it(recipe: Recipe):
    recipe = replace(recipe, phases=phases(of(2), of(3)))
    assert [phase_of(recipe, epoch) for epoch in range(1, 6)] == [0, 0, 1, 1, 1]
    with pytest.raises(FerqtError, match="after the recipe's last, 5"):
        phase_of(recipe, 6)


def test_tensorboard_gets_every_figure(recipe: Recipe, data: Dataset, tmp_path: Path):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    log = TensorBoardLog(tmp_path / "board")
    checkpoint = train(recipe, data, tmp_path / "run", (log,), stop_after=2)

    events = EventAccumulator(str(tmp_path / "board"))
    events.Reload()
    values = [round(event.tensor_proto.float_val[0], 5) for event in events.Tensors("loss")]
    assert values == [round(record.loss, 5) for record in checkpoint.history]
