"""Accuracy on whole pictures, the whole way: detector, crop, network, as the program goes it.

Figures on a data set's ready crops say nothing of what a user gets where the program cuts faces out
in another way than the data set's authors did. Here crops are laid into larger pictures, and what
the program answers there is set beside what it answers to the crops themselves.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import FER_CROP, InputSpec, Metrics
from ferqt.classifiers.catalog import load_classifier
from ferqt.classifiers.preprocess import (
    LEFT_EYE,
    MOUTH,
    RIGHT_EYE,
    face_crop,
    picture_to_tensor,
)
from ferqt.core.emotions import LabelSet
from ferqt.core.types import FaceBox, FloatArray, Image
from ferqt.errors import FerqtError
from ferqt.faces.face_mesh import LANDMARK_COUNT
from ferqt.faces.registry import build_detector
from training.answers import open_model
from training.crops import BOX_CROPS, DEFAULT_DETECTOR, WHOLE_PICTURE, detect_in_scene
from training.datasets.base import Images, Labels, Split
from training.datasets.labels import Labeling, labels_in
from training.metrics import Interval, interval, measure, resampled
from training.progress import Progress, silent
from training.scenes import Placement, SceneOptions, compose_scenes, faces_on

READY: Final = "ready crop"
"""The data set's crop itself: what figures on data sets are measured on."""

PLACED: Final = "true place"
"""Cut back out of the scene where it was laid: what enlarging and shrinking alone cost."""

PROGRAM: Final = "program"
"""Detector, and the crop that the model's card wants: what a user gets."""

WAYS: Final = (READY, PLACED, PROGRAM, *BOX_CROPS)

_SCENES: Final = SceneOptions()


@dataclass(frozen=True, slots=True)
class WayResult:
    """What a model reaches when faces come to it in one way.

    Attributes:
        metrics: On the faces that the detector found.
        balanced_accuracy: Recall averaged over the classes that occur.
        loss: By how much its accuracy lies under that of the same faces' ready crops, 0.01 is a
            point; with the interval that holds 95 % of paired resamples.
        loss_interval: See `loss`.
    """

    metrics: Metrics
    balanced_accuracy: float
    loss: float
    loss_interval: Interval


@dataclass(frozen=True, slots=True)
class PictureEvaluation:
    """What a model reaches on whole pictures.

    Attributes:
        model: Its id.
        dataset: Name of the split that the crops are from.
        drawn: Number of crops laid into scenes.
        found: Number of those whose face the detector found.
        false_alarms: Number of faces found where none was laid.
        all_ready: Figures on the ready crops of all faces, found or not.
        ways: Figures of the found faces by the names in `WAYS`.
    """

    model: str
    dataset: str
    drawn: int
    found: int
    false_alarms: int
    all_ready: Metrics
    ways: Mapping[str, WayResult]

    def as_json(self) -> dict[str, object]:
        """Everything as JSON takes it."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The figures as a table for a terminal."""
        yield (
            f"{self.model} on {self.dataset}: {self.found} of {self.drawn} faces found, "
            f"{self.false_alarms} false alarms"
        )
        yield f"{'':<26}{'n':>6}  accuracy  balanced  macro F1   loss of accuracy"
        yield _line(f"{READY}, all", self.all_ready, _balanced(self.all_ready))
        for name, way in self.ways.items():
            low, high = way.loss_interval.low, way.loss_interval.high
            yield (
                _line(name, way.metrics, way.balanced_accuracy)
                + f"   {100 * way.loss:5.1f} ({100 * low:.1f} to {100 * high:.1f})"
            )


def evaluate_pictures(
    folder: Path,
    split: Split,
    labeling: Labeling,
    *,
    per_class: int = 150,
    options: SceneOptions = _SCENES,
    seed: int = 0,
    progress: Progress = silent,
) -> PictureEvaluation:
    """Measure a model on larger pictures that a split's crops are laid into.

    The detector and its settings are those with which the program reads a folder of pictures.

    Args:
        folder: The model's.
        split: Crops with labels.
        labeling: Which of their labels are true, as `labels_in` takes it.
        per_class: Most crops of each class, drawn at random, so that rare classes count.
        options: How the scenes are drawn.
        seed: Of the draw and the scenes.
        progress: Told how many crops are done.

    Raises:
        FerqtError: The model cannot be used, or no crop has one of its classes, or no face was
            found.
    """
    entry, card = open_model(folder)
    names = card.output.labels
    truth = labels_in(split, names, labeling)
    rows = balanced_draw(truth, len(names), per_class, seed)
    if len(rows) == 0:
        raise FerqtError(
            f"{split.name} holds no picture of {card.id}'s classes", "Choose another split."
        )
    probabilities = np.full((len(WAYS), len(rows), len(names)), np.nan, np.float32)
    found = np.zeros(len(rows), dtype=bool)
    false_alarms, done = 0, 0
    crops = [split.images[row] for row in rows.tolist()]
    with (
        closing(load_classifier(entry, threads=2)) as classifier,
        closing(build_detector(DEFAULT_DETECTOR, WHOLE_PICTURE)) as detector,
    ):
        for scene, placements in compose_scenes(crops, options, seed):
            boxes = detect_in_scene(scene, detector)
            faces = faces_on(placements, boxes)
            false_alarms += len(boxes) - sum(face is not None for face in faces)
            for placement, face in zip(placements, faces, strict=True):
                found[done] = face is not None
                batch = tensors_by_way(crops[done], scene, placement, face, card.input)
                probabilities[: len(batch), done] = classifier.predict(batch)
                done += 1
            progress(done, len(rows))
    if not found.any():
        raise FerqtError(f"no face of {split.name} was found in {len(rows)} pictures")
    return PictureEvaluation(
        model=card.id,
        dataset=split.name,
        drawn=len(rows),
        found=int(found.sum()),
        false_alarms=false_alarms,
        all_ready=measure(probabilities[0], truth[rows], names, split.name),
        ways=_results(probabilities[:, found], truth[rows][found], names, split.name),
    )


def balanced_draw(labels: Labels, classes: int, per_class: int, seed: int) -> npt.NDArray[np.int64]:
    """Draw up to `per_class` rows of each class, shuffled; rows without a label are left out."""
    random = np.random.default_rng(seed)
    drawn = [random.permutation(np.flatnonzero(labels == i))[:per_class] for i in range(classes)]
    return random.permutation(np.concatenate(drawn)).astype(np.int64)


def tensors_by_way(
    crop: Images, scene: Image, placement: Placement, face: FaceBox | None, spec: InputSpec
) -> FloatArray:
    """Make what a network is shown of one face in each of `WAYS`.

    Args:
        crop: The data set's.
        scene: What it was laid into.
        placement: Where it was laid.
        face: As the detector found it there; None leaves only the ways that need no detector.
        spec: What the network wants.

    Returns:
        float32 ways x height x width x channels.
    """
    tensors = [picture_to_tensor(crop, spec), _cut_back(scene, placement, spec)]
    if face is not None:
        tensors.append(face_crop(scene, face, spec))
        tensors += [face_crop(scene, face, replace(spec, crop=box)) for box in BOX_CROPS.values()]
    return np.stack(tensors)


def _cut_back(scene: Image, placement: Placement, spec: InputSpec) -> FloatArray:
    """Cut a crop out where it was laid, through the very steps in which live faces are cut.

    A face whose eyes and mouth lie where they belong in the placed square makes the aligned crop
    that square.
    """
    left, right, mouth = placement.to_scene(np.array([*FER_CROP.eyes, FER_CROP.mouth]))
    landmarks = np.zeros((LANDMARK_COUNT, 3), np.float32)
    for indices, point in ((LEFT_EYE, left), (RIGHT_EYE, right), (MOUTH, mouth)):
        landmarks[list(indices), :2] = point
    half = placement.side / 2
    face = FaceBox(
        placement.center_x - half,
        placement.center_y - half,
        placement.side,
        placement.side,
        landmarks=landmarks,
    )
    return face_crop(scene, face, replace(spec, crop=FER_CROP))


def _results(
    probabilities: FloatArray, truth: Labels, names: LabelSet, dataset: str
) -> dict[str, WayResult]:
    right = probabilities.argmax(axis=2) == truth
    results = {}
    for way, row, answered in zip(WAYS, probabilities, right, strict=True):
        metrics = measure(row, truth, names, dataset)
        # Pairs: lost and won by coming in this way instead of as a ready crop, and all others.
        lost, won = int((right[0] & ~answered).sum()), int((answered & ~right[0]).sum())
        drawn = resampled(np.array([lost, won, len(truth) - lost - won]))
        results[way] = WayResult(
            metrics=metrics,
            balanced_accuracy=_balanced(metrics),
            loss=(lost - won) / len(truth),
            loss_interval=interval((drawn[:, 0] - drawn[:, 1]) / len(truth)),
        )
    return results


def _balanced(metrics: Metrics) -> float:
    recalls = [figures.recall for figures in metrics.per_class.values() if figures.support]
    return float(np.mean(recalls))


def _line(name: str, metrics: Metrics, balanced: float) -> str:
    return (
        f"{name:<26}{metrics.n:>6}  {metrics.accuracy:8.1%}  {balanced:8.1%}  "
        f"{metrics.macro_f1:8.1%}"
    )
