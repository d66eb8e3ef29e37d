"""From a finished run to a model folder: Keras file, LiteRT file, card and plots."""

import hashlib
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ferqt.classifiers.calibration import calibrate
from ferqt.classifiers.card import (
    CARD_NAME,
    SCHEMA,
    KerasFile,
    LiteRTFile,
    Metrics,
    ModelCard,
    ModelFiles,
    OutputSpec,
    TrainingRecord,
    write_card,
)
from ferqt.classifiers.compile import compile_model
from ferqt.errors import FerqtError
from training.architectures.registry import architecture
from training.calibrate import fit_temperature, uncertain_threshold
from training.config import Recipe
from training.datasets.base import TEST, VALIDATION, Dataset
from training.evaluate import TOLERANCE, largest_difference, litert_probabilities
from training.metrics import measure
from training.report import write_confusion, write_curves, write_reliability
from training.run import Checkpoint, RunFolder
from training.train import predict

_KERAS_NAME = "model.keras"
_LITERT_NAME = "model.tflite"


def export(run_folder: Path, data: Dataset, models: Path) -> ModelCard:
    """Write `models`/<id> from a run: its best epoch, calibrated and measured.

    The temperature and the "uncertain" threshold come from the validation part; the test part is
    measured once, with the LiteRT file. An older folder of the same model is replaced.

    Args:
        run_folder: Folder of the training run.
        data: The data set that the run was trained on.
        models: Folder of the models.

    Raises:
        FerqtError: There is no run, it belongs to other data, or Keras and LiteRT disagree by more
            than `TOLERANCE`.
    """
    run = RunFolder(run_folder)
    recipe, checkpoint = run.recipe(), run.load()
    if checkpoint is None:
        raise FerqtError(f"{run_folder} has no finished epoch", "Train the recipe first.")
    if checkpoint.data_sha256 != data.sha256():
        raise FerqtError(
            f"the run in {run_folder} was trained on other data", "Give it the same files."
        )
    folder = models / recipe.model.id
    draft = models / f".{recipe.model.id}.part"
    shutil.rmtree(draft, ignore_errors=True)
    (draft / "report").mkdir(parents=True)
    try:
        card = _fill(draft, recipe, checkpoint, data, run.finished_on())
        if (folder / CARD_NAME).exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    except OSError as error:
        raise FerqtError(
            f"cannot write {folder}: {error}", "Free the folder and export again."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return card


def _fill(
    folder: Path, recipe: Recipe, checkpoint: Checkpoint, data: Dataset, finished: date
) -> ModelCard:
    network = architecture(recipe.model.architecture)
    # Whatever the run's precision, the files hold a float32 graph; see `training.train`.
    model = network.build(len(data.labels), recipe.model.dropout, "float32")
    model.set_weights(checkpoint.best)
    model.save(folder / _KERAS_NAME, include_optimizer=False)
    card = _first_card(folder, recipe, model, data, finished)
    compile_model(card, folder / _KERAS_NAME, folder / _LITERT_NAME)
    litert = LiteRTFile(_LITERT_NAME, _sha256(folder / _LITERT_NAME), "float32")
    card = replace(card, files=replace(card.files, litert=litert))
    validation = data.splits[VALIDATION]
    raw = litert_probabilities(card, folder, validation)
    require_agreement(
        largest_difference(raw, predict(model, validation, card.input)), recipe.model.id
    )
    temperature = fit_temperature(raw, validation.labels, card.output)
    output = replace(card.output, temperature=temperature)
    calibrated = calibrate(raw, output)
    threshold = uncertain_threshold(calibrated, validation.labels)
    card = replace(card, output=replace(output, uncertain_below=threshold))
    results = tuple(
        measure(
            litert_probabilities(card, folder, data.splits[part]),
            data.splits[part].labels,
            data.labels,
            data.splits[part].name,
        )
        for part in (VALIDATION, TEST)
    )
    card = replace(card, metrics=results, limits=f"{recipe.model.limits} {weakest(results[-1])}")
    write_card(card, folder / CARD_NAME)
    report = folder / "report"
    write_curves(checkpoint.history, report / "curves.png")
    write_confusion(results[-1], data.labels, report / "confusion.png")
    write_reliability(
        raw,
        calibrated,
        validation.labels,
        f"{validation.name}, temperature {temperature}",
        report / "reliability.png",
    )
    return card


def require_agreement(difference: float, model_id: str) -> None:
    """Refuse a model whose LiteRT file answers otherwise than Keras does."""
    if not difference <= TOLERANCE:
        raise FerqtError(
            f"{model_id}: Keras and LiteRT differ by {difference:.2g} in a probability",
            f"At most {TOLERANCE:g} is allowed; use layers that LiteRT supports.",
        )


def weakest(metrics: Metrics) -> str:
    """One sentence on the two classes that are found least."""
    by_recall = sorted(metrics.per_class.items(), key=lambda item: item[1].recall)
    named = " and ".join(f"{name} ({figures.recall:.0%})" for name, figures in by_recall[:2])
    return f"Found least often: {named}, measured on {metrics.dataset}, n = {metrics.n}."


def _first_card(
    folder: Path, recipe: Recipe, model: Any, data: Dataset, finished: date
) -> ModelCard:
    """The card before compiling, calibration and figures: temperature 1, nothing uncertain."""
    import keras

    words = recipe.model
    return ModelCard(
        schema=SCHEMA,
        id=words.id,
        name=words.name,
        architecture=words.architecture,
        parameters=int(model.count_params()),
        files=ModelFiles(keras=KerasFile(_KERAS_NAME, _sha256(folder / _KERAS_NAME))),
        input=architecture(words.architecture).input_spec(data.crop),
        output=OutputSpec(data.labels, "softmax", temperature=1.0, uncertain_below=0.0),
        training=TrainingRecord(
            datasets=data.sources,
            split_sha256=data.sha256(),
            seed=recipe.fit.seed,
            config=f"{words.id}.toml",
            keras=keras.__version__,
            date=finished.isoformat(),
        ),
        metrics=(),
        licence=words.licence,
        data_licence=data.licence,
        intended_use=words.intended_use,
        limits=words.limits,
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
