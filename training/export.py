"""From a run to model folders, one for each head: Keras file, LiteRT file, card and report."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt.classifiers.calibration import calibrate
from ferqt.classifiers.card import CARD_NAME, Metrics, ModelCard, write_card
from ferqt.classifiers.litert_backend import LiteRTClassifier
from ferqt.core.types import FloatArray
from ferqt.errors import FerqtError
from training.adjust import Adjustment, choose_adjustment, shift_bias, trained_shares
from training.answers import Answers, ask, without_temperature
from training.batches import predict
from training.calibrate import fit_temperature, uncertain_threshold
from training.config import HeadConfig, Recipe, load_recipe
from training.datasets.base import NO_LABEL, TEST, TRAIN, VALIDATION, Dataset, Split
from training.datasets.labels import labels_in
from training.evaluate import Evaluation, evaluate, rows_by_source
from training.formats import check_formats, measure_format, sample_tensors, write_format
from training.metrics import Labels
from training.model_files import LITERT_NAME, TrainedHead, single_model, write_model_files
from training.report import History, Report
from training.report_folder import write_report
from training.run import RunFolder

TOLERANCE: Final = 1e-4
"""Largest difference between Keras's and LiteRT's probabilities that is still the same model."""

_CONFIGS: Final = Path(__file__).parent / "configs"


def export(
    run_folder: Path,
    data: Dataset,
    models: Path,
    heads: Sequence[str] = (),
    also: Sequence[str] = (),
    *,
    test: bool = True,
) -> list[Report]:
    """Write `models`/<head> for heads of a run: the best epoch, calibrated and measured.

    Shift towards rare classes, temperature and "uncertain" threshold come from the validation part;
    the test part is measured once, with the LiteRT file. An older folder of the same model is
    replaced. Keras has to run on TensorFlow, whose converter makes the LiteRT files.

    Args:
        run_folder: Folder of the training run.
        data: The data set that the run was trained on.
        models: Folder of the models.
        heads: Ids of the heads; none means all.
        also: Other forms wanted, keys of `formats.FORMATS`.
        test: Whether the test part is measured; without it, models can be chosen among.

    Returns:
        What was measured, by head.

    Raises:
        FerqtError: There is no run, it belongs to other data, or Keras and LiteRT disagree by more
            than `TOLERANCE`.
    """
    check_formats(also)
    run = RunFolder(run_folder)
    recipe, checkpoint = run.recipe(), run.load()
    if checkpoint is None:
        raise FerqtError(f"{run_folder} has no finished epoch", "Train the recipe first.")
    if checkpoint.data_sha256 != data.sha256():
        raise FerqtError(
            f"the run in {run_folder} was trained on other data", "Give it the same file."
        )
    name, finished = _recipe_name(recipe, run_folder), run.finished_on()
    parts = (VALIDATION, TEST) if test else (VALIDATION,)
    reports = []
    for head in [recipe.head(head) for head in heads] or recipe.heads:
        trained = TrainedHead(recipe, name, head, checkpoint, finished)
        fill = partial(_fill, trained=trained, data=data, parts=parts, also=also)
        reports.append(_replace(models / head.id, fill))
    return reports


def _recipe_name(recipe: Recipe, run_folder: Path) -> str:
    """File of the recipe among those that come with the package, else the run's own name."""
    for path in sorted(_CONFIGS.glob("*.toml")):
        if load_recipe(path) == recipe:
            return path.name
    return f"{run_folder.resolve().name}.toml"


def _replace(folder: Path, fill: Callable[[Path], Report]) -> Report:
    """Fill a draft beside the folder and put it there when it is whole."""
    draft = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(parents=True)
        report = fill(draft)
        if (folder / CARD_NAME).exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    except OSError as error:
        raise FerqtError(
            f"cannot write {folder}: {error}", "Free the folder and export again."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return report


def _fill(
    folder: Path,
    trained: TrainedHead,
    data: Dataset,
    parts: Sequence[str],
    also: Sequence[str],
) -> Report:
    """Write the model's folder and return what was measured."""
    head, validation = trained.head, data.splits[VALIDATION]
    labels = labels_in(validation, head.label_set, head.labeling)
    known = labels != NO_LABEL
    chosen_by, truth = validation.take(known), labels[known]
    model = single_model(trained)
    adjustment = _adjust(trained, model, data, chosen_by, truth) if head.adjust else None
    card = write_model_files(trained, model, data, folder)
    answers = _ask(card, folder, validation)
    in_keras = predict(model, validation, card.input)[0]
    require_agreement(float(np.abs(answers.upright - in_keras).max()), card.id)
    raw = answers.upright[known]
    card = _calibrated(card, raw, truth)
    evaluations = []
    for split in (data.splits[part] for part in parts if len(data.splits[part])):
        said = answers if split is validation else _ask(card, folder, split)
        evaluations += _measure(card, said, data, split, head)
    limits = f"{card.limits} {weakest(evaluations[-1].metrics)}"
    card = replace(card, metrics=tuple(one.metrics for one in evaluations), limits=limits)
    write_card(card, folder / CARD_NAME)
    samples = sample_tensors(data.splits[TRAIN].images, card.input)
    formats = [
        measure_format(
            name, write_format(name, model, folder, samples), card, chosen_by, truth, raw
        )
        for name in also
    ]
    report = Report(card, tuple(evaluations), _history(trained), adjustment, tuple(formats))
    write_report(report, folder / "report")
    return report


def _adjust(
    trained: TrainedHead, model: Any, data: Dataset, split: Split, labels: Labels
) -> Adjustment:
    """Shift a model's answers towards rare classes if that helps on these pictures."""
    recipe, head = trained.recipe, trained.head
    prior = trained_shares(data.splits[TRAIN], recipe, recipe.heads.index(head))
    answers = predict(model, split, trained.input_spec(data.crop))[0]
    adjustment = choose_adjustment(answers, labels, prior, head.label_set)
    shift_bias(model.get_layer(head.id), prior, adjustment.tau)
    return adjustment


def _ask(card: ModelCard, folder: Path, split: Split) -> Answers:
    return ask(LiteRTClassifier(without_temperature(card), folder / LITERT_NAME, threads=2), split)


def require_agreement(difference: float, model_id: str) -> None:
    """Refuse a model whose LiteRT file answers otherwise than Keras does."""
    if not difference <= TOLERANCE:
        raise FerqtError(
            f"{model_id}: Keras and LiteRT differ by {difference:.2g} in a probability",
            f"At most {TOLERANCE:g} is allowed; use layers that LiteRT supports.",
        )


def _calibrated(card: ModelCard, raw: FloatArray, labels: Labels) -> ModelCard:
    """The card with temperature and threshold fitted on validation pictures."""
    temperature = fit_temperature(raw, labels, card.output)
    output = replace(card.output, temperature=temperature)
    threshold = uncertain_threshold(calibrate(raw, output), labels)
    return replace(card, output=replace(output, uncertain_below=threshold))


def _measure(
    card: ModelCard, answers: Answers, data: Dataset, split: Split, head: HeadConfig
) -> list[Evaluation]:
    """Measure a part: all sources together, then each alone, the first one last."""
    sources = list(rows_by_source(data, split).items())
    together = [(split.name, np.ones(len(split), np.bool_))] if len(sources) > 1 else []
    found = []
    for title, rows in [*together, *reversed(sources)]:
        view = split.take(rows, title)
        if (labels_in(view, head.label_set, head.labeling) != NO_LABEL).any():
            found.append(evaluate(card, answers.take(rows), data, view, head.labeling))
    return found


def weakest(metrics: Metrics) -> str:
    """One sentence on the two classes that are found least."""
    shown = [item for item in metrics.per_class.items() if item[1].support > 0]
    by_recall = sorted(shown, key=lambda item: item[1].recall)
    named = " and ".join(f"{name} ({figures.recall:.0%})" for name, figures in by_recall[:2])
    return f"Found least often: {named}, measured on {metrics.dataset}, n = {metrics.n}."


def _history(trained: TrainedHead) -> History:
    return History(
        head=trained.head.id,
        best_epoch=trained.best_epoch,
        records=tuple(trained.checkpoint.history),
        loss_weight=sum(head.weight for head in trained.recipe.heads),
    )
