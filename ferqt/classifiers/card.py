"""The model card: what a model's weights do not say, as `card.json` beside them.

Training writes and the program reads cards with the same classes. Nothing that changes a number has
a default; what is wrong is told by file and key.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Final, Literal

from ferqt.classifiers.schema import (
    FieldError,
    check_between,
    check_count,
    check_line,
    check_relative_path,
    check_sha256,
    check_share,
    from_plain,
    parse_json,
    read_text,
    to_plain,
)
from ferqt.core.emotions import LABEL_SETS, LabelSet, canonical_name
from ferqt.errors import ModelError

CARD_NAME: Final = "card.json"
SCHEMA: Final = 1

_MAX_CARD_BYTES: Final = 1_000_000
_MAX_SIDE_PX: Final = 1024
_ID: Final = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_MARGINS: Final = (-0.4, 2.0)
_FARTHEST_VALUE: Final = 1e6
_TEMPERATURES: Final = (0.001, 1_000.0)
_MOST_CLASSES: Final = 64
_LONGEST_CLASS: Final = 60
_LONGEST_NAME: Final = 200
_CHANNELS: Final[Mapping[str, int]] = {"gray": 1, "rgb": 3}

Point = tuple[float, float]
"""(x, y) as shares of a crop's side, origin at the upper left corner."""


@dataclass(frozen=True, slots=True)
class KerasFile:
    """The model as Keras saved it (.keras, or .h5 of an older Keras).

    Attributes:
        path: Relative to the card's folder, with forward slashes.
        sha256: Of the file, 64 lower-case hexadecimal digits.
    """

    path: str
    sha256: str

    def __post_init__(self) -> None:
        check_relative_path("path", self.path)
        check_sha256("sha256", self.sha256)


@dataclass(frozen=True, slots=True)
class LiteRTFile:
    """The model compiled for LiteRT (.tflite).

    Attributes:
        path: Relative to the card's folder, with forward slashes.
        sha256: Of the file, 64 lower-case hexadecimal digits.
        precision: Type of the weights; the tensors that go in and come out are float32.
    """

    path: str
    sha256: str
    precision: Literal["float32", "float16", "int8"]

    def __post_init__(self) -> None:
        check_relative_path("path", self.path)
        check_sha256("sha256", self.sha256)


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The files of a model, at least one.

    Attributes:
        keras: For training on and for compiling.
        litert: What runs live; when missing it is compiled from the Keras file and cached.
    """

    keras: KerasFile | None = None
    litert: LiteRTFile | None = None

    def __post_init__(self) -> None:
        if self.keras is None and self.litert is None:
            raise FieldError("", "must name a keras or a litert file")


@dataclass(frozen=True, slots=True)
class AlignedCrop:
    """A crop that brings eyes and mouth to fixed places: rotated, scaled and shifted, never bent.

    Attributes:
        eyes: Places of the eyes' centers, first the one at the picture's left.
        mouth: Place of the mouth's center.
        margin: Widens the view by this share of its side at each edge, around its center. Raising
            it shows more of hair and chin and makes the face smaller.
    """

    kind: ClassVar = "aligned"
    eyes: tuple[Point, Point]
    mouth: Point
    margin: float

    def __post_init__(self) -> None:
        check_between("margin", *_MARGINS, self.margin)
        check_between("eyes", 0.0, 1.0, *self.eyes[0], *self.eyes[1])
        check_between("mouth", 0.0, 1.0, *self.mouth)
        if self.eyes[0][0] >= self.eyes[1][0]:
            raise FieldError("eyes", "must name the eye at the picture's left first")


@dataclass(frozen=True, slots=True)
class BoxCrop:
    """A square around the center of the face box.

    Attributes:
        margin: The square's side is the longer side of the box x (1 + 2 margin).
    """

    kind: ClassVar = "box"
    margin: float

    def __post_init__(self) -> None:
        check_between("margin", *_MARGINS, self.margin)


FER_CROP: Final = AlignedCrop(eyes=((0.32, 0.40), (0.68, 0.40)), mouth=(0.50, 0.79), margin=0.0)
"""Where eyes and mouth lie in FER2013's pictures: medians over its training pictures."""


@dataclass(frozen=True, slots=True)
class InputSpec:
    """What happens to a picture before the tensor; all further scaling lies inside the graph.

    Attributes:
        height: Of the tensor, px.
        width: Of the tensor, px.
        channels: 1 for gray, 3 for RGB.
        color: "gray" is ITU-R BT.601 luma.
        value_range: What black and full white become.
        resize: "area" averages over the source pixels that a target pixel covers.
        crop: Which part of the picture is shown to the network.
    """

    height: int
    width: int
    channels: int
    color: Literal["gray", "rgb"]
    value_range: tuple[float, float]
    resize: Literal["area"]
    crop: AlignedCrop | BoxCrop

    def __post_init__(self) -> None:
        for name in ("height", "width"):
            side = getattr(self, name)
            if not 1 <= side <= _MAX_SIDE_PX:
                raise FieldError(name, f"must be 1 to {_MAX_SIDE_PX} px, not {side}")
        if self.channels != _CHANNELS[self.color]:
            raise FieldError(
                "channels",
                f"must be {_CHANNELS[self.color]} for color {self.color}, not {self.channels}",
            )
        check_between("value_range", -_FARTHEST_VALUE, _FARTHEST_VALUE, *self.value_range)
        if not self.value_range[0] < self.value_range[1]:
            raise FieldError("value_range", "must go from a lower to a higher value")


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """How the network's output becomes calibrated probabilities.

    Attributes:
        labels: Classes in the order of the output.
        activation: "softmax" when the output is probabilities, "logits" when it is not.
        temperature: Divides the logits (Guo et al., "On Calibration of Modern Neural Networks",
            ICML 2017). Raising it makes the probabilities flatter.
        uncertain_below: A top probability under it is called uncertain. Raising it makes more
            faces uncertain.
    """

    labels: LabelSet
    activation: Literal["softmax", "logits"]
    temperature: float
    uncertain_below: float

    def __post_init__(self) -> None:
        check_between("labels.names", 2, _MOST_CLASSES, len(self.labels))
        check_line("labels.id", self.labels.id, _LONGEST_CLASS)
        for name in self.labels.names:
            check_line("labels.names", name, _LONGEST_CLASS)
            if name != canonical_name(name):
                raise FieldError(
                    "labels.names", f"must say {canonical_name(name)!r} instead of {name!r}"
                )
        known = LABEL_SETS.get(self.labels.id)
        if known is not None and known != self.labels:
            raise FieldError(
                "labels.names", f"of {known.id} must be {', '.join(known.names)}, in this order"
            )
        check_between("temperature", *_TEMPERATURES, self.temperature)
        check_share("uncertain_below", self.uncertain_below)


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """How the weights were made.

    Attributes:
        datasets: Names of the data sets.
        split_sha256: Fingerprint of which rows went into which split.
        seed: Of the run.
        config: Name of the recipe.
        keras: Version of Keras.
        date: Day on which training ended, YYYY-MM-DD.
    """

    datasets: tuple[str, ...]
    split_sha256: str
    seed: int
    config: str
    keras: str
    date: str

    def __post_init__(self) -> None:
        check_sha256("split_sha256", self.split_sha256)
        try:
            date.fromisoformat(self.date)
        except ValueError:
            raise FieldError("date", f"must be a day as 2026-01-31, not {self.date!r}") from None


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """Figures of one class: shares in 0..1, and in how many samples it is the true class."""

    precision: float
    recall: float
    f1: float
    support: int

    def __post_init__(self) -> None:
        for name in ("precision", "recall", "f1"):
            check_share(name, getattr(self, name))
        check_count("support", self.support)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Figures of the model on one data set, with the card's temperature.

    Attributes:
        dataset: Data set and split, as "fer2013/private".
        n: Number of samples.
        accuracy: Share of right answers, 0..1.
        macro_f1: F1 averaged over the classes, 0..1.
        ece: Expected calibration error, 0..1, smaller is better.
        per_class: By class name.
        confusion: Counts, a row a true class and a column an answer, in the order of the labels;
            empty when not known.
    """

    dataset: str
    n: int
    accuracy: float
    macro_f1: float
    ece: float
    per_class: Mapping[str, ClassMetrics]
    confusion: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        check_count("n", self.n)
        for name in ("accuracy", "macro_f1", "ece"):
            check_share(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The card of a model.

    Attributes:
        schema: Version of this layout.
        id: Name of the model's folder: lower-case letters and digits, joined by . _ or -.
        name: What people read.
        architecture: Name of the network.
        parameters: Number of weights.
        files: Where the weights are.
        input: What the network is shown.
        output: What its output means.
        training: How it was made; None for a model whose making is not known.
        metrics: Figures, one entry a data set, the one to quote last; may be empty.
        licence: Of the weights.
        data_licence: Of the data that they were trained on.
        intended_use: What the model is for.
        limits: What it cannot do.
    """

    schema: Literal[1]
    id: str
    name: str
    architecture: str
    parameters: int
    files: ModelFiles
    input: InputSpec
    output: OutputSpec
    training: TrainingRecord | None
    metrics: tuple[Metrics, ...]
    licence: str
    data_licence: str
    intended_use: str
    limits: str

    def __post_init__(self) -> None:
        if len(self.id) > 64 or not _ID.fullmatch(self.id):
            raise FieldError(
                "id", f"must be lower-case letters and digits joined by . _ or -, not {self.id!r}"
            )
        check_line("name", self.name, _LONGEST_NAME)
        check_line("architecture", self.architecture or "-", _LONGEST_NAME)
        check_count("parameters", self.parameters)
        classes = len(self.output.labels)
        for index, metrics in enumerate(self.metrics):
            for name in metrics.per_class:
                if name not in self.output.labels.names:
                    raise FieldError(f"metrics[{index}].per_class.{name}", "is not a class")
            shape = {classes, *(len(row) for row in metrics.confusion)}
            if metrics.confusion and (len(metrics.confusion) != classes or shape != {classes}):
                raise FieldError(
                    f"metrics[{index}].confusion", f"must be {classes} rows of {classes} counts"
                )


def card_from_json(text: str, source: str = CARD_NAME) -> ModelCard:
    """Read a card from JSON text.

    Args:
        text: The card.
        source: Where it comes from, for the error message.

    Raises:
        ModelError: The text is no valid card; says where.
    """
    try:
        document = parse_json(text)
        _check_schema(document)
        return from_plain(ModelCard, document)
    except FieldError as error:
        raise ModelError(
            f"model card {source}: {error}", "Correct the card, or add the model anew."
        ) from error


def card_to_json(card: ModelCard) -> str:
    """Return the card as JSON text that `card_from_json` reads back equal."""
    return json.dumps(to_plain(card), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read_card(path: Path) -> ModelCard:
    """Read a card file.

    Raises:
        ModelError: The file cannot be read or is no valid card; says which file and which key.
    """
    try:
        text = read_text(path, _MAX_CARD_BYTES)
    except FieldError as error:
        raise ModelError(f"model card {path} {error.message}", "Add the model anew.") from error
    return card_from_json(text, str(path))


def write_card(card: ModelCard, path: Path) -> None:
    """Write a card file; a reader sees the old one or the new one, never half of it.

    Raises:
        OSError: The file cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(card_to_json(card), encoding="utf-8")
    draft.replace(path)


def _check_schema(document: object) -> None:
    """A card of another version differs in its keys too; its version is the error that helps."""
    if isinstance(document, dict) and document.get("schema", SCHEMA) != SCHEMA:
        raise FieldError("schema", f"must be {SCHEMA}, the one that this ferqt knows")
