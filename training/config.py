"""A training recipe: frozen values read from a TOML file in which every key is checked."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from ferqt.core.emotions import LABEL_SETS, LabelSet
from ferqt.errors import FerqtError
from training.datasets.labels import Labeling

_T = TypeVar("_T")

Precision = Literal["auto", "mixed_bfloat16", "float32"]


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The `[model]` table: what is built and what its cards say in words.

    Attributes:
        architecture: Key of the architectures' registry.
        dropout: Share of features dropped while training, 0..1; more fights overfitting.
        licence: Terms of the weights.
        intended_use: What the model is for, and what not.
        limits: What to know before trusting it; the export appends the weakest classes' recall.
    """

    architecture: str
    dropout: float
    licence: str
    intended_use: str
    limits: str


@dataclass(frozen=True, slots=True)
class HeadConfig:
    """A `[[heads]]` table: one set of answers on top of the shared network, exported as a model.

    Attributes:
        id: Name of the exported model and of its folder.
        name: Name in the program.
        labels: Id of the label set: "fer7", "ferplus8" or "ck7".
        labeling: What counts as the true class when it is measured: "own" (the data set's label) or
            "majority" (the raters' majority where there are raters).
        votes_weight: Share of the raters' votes in the training target, 0..1; the rest is the data
            set's own label. More follows the raters, who disagree with FER2013 on a third of it.
        weight: Weight of its loss beside the other heads'.
        adjust: Whether the export may shift its answers towards rare classes, as far as that
            raises macro F1 on the validation part (logit adjustment, Menon et al. 2021).
    """

    id: str
    name: str
    labels: str
    labeling: Labeling
    votes_weight: float
    weight: float
    adjust: bool

    @property
    def label_set(self) -> LabelSet:
        """The classes, in the order of the output."""
        return LABEL_SETS[self.labels]


@dataclass(frozen=True, slots=True)
class DataConfig:
    """The `[data]` table: what is drawn from the training part, and how often.

    Attributes:
        balance: Rows are drawn with weight 1 / size of their class to this power: 0 as they are,
            0.5 the square root, 1 every class alike. More finds rare classes, at the cost of
            naming them too often.
        class_weights: The same power for the loss of a picture instead of its draws.
    """

    balance: float
    class_weights: float


@dataclass(frozen=True, slots=True)
class FitConfig:
    """The `[fit]` table.

    Attributes:
        batch: Pictures a step.
        seed: Seed of weights, draws and augmentation.
        precision: "mixed_bfloat16", "float32", or "auto": whichever this machine computes faster.
        distribution: "data_parallel" shares each batch among all accelerators, "none" uses one.
        optimizer: "adamw", "adam" or "rmsprop".
        learning_rate: Peak of the rate.
        schedule: "cosine" from the peak to a hundredth of it, or "constant".
        warmup_epochs: Epochs of linear growth to the peak, with the cosine.
        weight_decay: Decay of the kernels, for "adamw".
        loss: "cross_entropy" or "focal" (Lin et al. 2017, gamma 2).
        label_smoothing: Share of the target spread over all classes, 0..1.
        ema: Decay per step of the averaged weights, which are measured and exported; 0 is off.
        select_by: Figure on the validation part that picks the epoch: "macro_f1" or "accuracy"; or
            "last", where a cosine and averaged weights make the last epoch a good one and a figure
            that rests on a few rare pictures would pick by chance.
        plateau_patience: Epochs without gain after which the rate is halved ("constant" schedule
            only); 0 never.
        stop_patience: Epochs without gain after which training ends; 0 never.
        stop_at: Value of `select_by` that ends training; 0 never.
    """

    batch: int
    seed: int
    precision: Precision
    distribution: Literal["none", "data_parallel"]
    optimizer: Literal["adamw", "adam", "rmsprop"]
    learning_rate: float
    schedule: Literal["cosine", "constant"]
    warmup_epochs: float
    weight_decay: float
    loss: Literal["cross_entropy", "focal"]
    label_smoothing: float
    ema: float
    select_by: Literal["macro_f1", "accuracy", "last"]
    plateau_patience: int
    stop_patience: int
    stop_at: float


@dataclass(frozen=True, slots=True)
class PhaseConfig:
    """A `[[phases]]` table; phases follow each other, and the last one's best epoch is the model.

    Attributes:
        epochs: How many epochs; after each the validation part is measured.
        share: Pictures drawn in an epoch as a share of the training part's, above 0 to 1. A large
            network on a slow processor is measured more often with less.
        side: Side of the pictures, px; 0 is the network's own. A smaller side trains faster; only
            networks that pool over the whole picture can change it.
        train: "all" layers, or the "head" alone while a pretrained trunk stays frozen.
        rate: Factor of the learning rate.
    """

    epochs: int
    share: float
    side: int
    train: Literal["all", "head"]
    rate: float


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """The `[augment]` table; changes of place and light are drawn evenly from -value to +value.

    Attributes:
        flip: Mirror half of the pictures.
        rotation: Degrees.
        shift: Share of the side, along x and y.
        shear: Degrees.
        zoom: Share of the size; 0.1 gives 0.9 to 1.1.
        stretch: Share by which width and height part ways.
        brightness: Gray levels added, of 255.
        contrast: Share by which distances from the mean gray grow.
        median: Probability that the picture's median gray is brought to 128, 0..1.
        closing: Probability of a morphological closing, 0..1.
        erase: Probability that a rectangle is filled with one random gray, 0..1.
        erase_side: Largest side of that rectangle as a share of the picture's.
        mixup: Concentration of the mixing share (Zhang et al. 2018); 0 is off.
        cutmix: Probability that a batch swaps rectangles (Yun et al. 2019), 0..1.
    """

    flip: bool
    rotation: float
    shift: float
    shear: float
    zoom: float
    stretch: float
    brightness: float
    contrast: float
    median: float
    closing: float
    erase: float
    erase_side: float
    mixup: float
    cutmix: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides how a model comes out, apart from the data itself."""

    model: ModelConfig
    heads: tuple[HeadConfig, ...]
    data: DataConfig
    fit: FitConfig
    phases: tuple[PhaseConfig, ...]
    augment: AugmentConfig

    @property
    def epochs(self) -> int:
        """Epochs of all phases."""
        return sum(phase.epochs for phase in self.phases)

    def head(self, head_id: str) -> HeadConfig:
        """The head of that id; FerqtError names the known ones."""
        for head in self.heads:
            if head.id == head_id:
                return head
        known = ", ".join(head.id for head in self.heads)
        raise FerqtError(f"the recipe has no head {head_id!r}", f"Choose one of: {known}.")


def load_recipe(path: Path, changes: Sequence[str] = ()) -> Recipe:
    """Read a recipe from TOML.

    Args:
        path: The file.
        changes: Keys to change, each as "data.balance=0" or "heads.0.weight=2"; what stands after
            the equals sign is TOML.

    Raises:
        FerqtError: The file cannot be read, a change names no key, or `recipe_from_tables` refuses
            the result.
    """
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FerqtError(f"cannot read recipe {path}: {error}") from error
    for change in changes:
        _change(tables, change, path.name)
    return recipe_from_tables(tables, path.name)


def _change(tables: dict[str, Any], change: str, source: str) -> None:
    key, equals, text = change.partition("=")
    *way, last = key.strip().split(".")
    place: Any = tables
    try:
        value = tomllib.loads(f"value = {text}")["value"]
        for step in way:
            place = place[int(step) if isinstance(place, list) else step]
        known = last in place
    except (tomllib.TOMLDecodeError, LookupError, TypeError, ValueError):
        known = False
    if not (equals and known):
        raise FerqtError(
            f"{source}: cannot set {change!r}", "Write table.key=value, as data.balance=0.5."
        )
    place[last] = value


def recipe_from_tables(tables: Mapping[str, object], source: str) -> Recipe:
    """Check the tables of a recipe.

    Args:
        tables: By name, as TOML or JSON gives them.
        source: Name of the file, for errors.

    Raises:
        FerqtError: A key is missing, unknown or of the wrong type, or a value is out of range; the
            message names the file and the key.
    """
    recipe = _table(source, "", tables, Recipe)
    _check_ranges(source, recipe)
    return recipe


def _table(source: str, name: str, values: object, kind: type[_T]) -> _T:
    if not isinstance(values, Mapping):
        raise FerqtError(f"{source}: {name} is not a table", f"Write [{name}].")
    hints = get_type_hints(kind)
    prefix = f"{name}." if name else ""
    for key in hints:
        if key not in values:
            raise FerqtError(f"{source}: the key {prefix}{key} is missing")
    for key in values:
        if key not in hints:
            raise FerqtError(
                f"{source}: unknown key {prefix}{key}", f"Known here: {', '.join(hints)}."
            )
    checked = {
        key: _value(source, f"{prefix}{key}", values[key], expected)
        for key, expected in hints.items()
    }
    return kind(**checked)


def _value(source: str, key: str, value: object, expected: Any) -> object:
    if get_origin(expected) is tuple:
        if not isinstance(value, list | tuple) or not value:
            raise FerqtError(f"{source}: {key} is no list of tables", f"Write [[{key}]].")
        kind = get_args(expected)[0]
        return tuple(_table(source, f"{key}[{i}]", one, kind) for i, one in enumerate(value))
    if get_origin(expected) is Literal:
        if value not in get_args(expected):
            raise FerqtError(
                f"{source}: {key} is {value!r}",
                f"Choose one of: {', '.join(get_args(expected))}.",
            )
        return value
    if hasattr(expected, "__dataclass_fields__"):
        return _table(source, key, value, expected)
    if expected is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not expected:
        raise FerqtError(f"{source}: {key} is {value!r}", f"Expected a {expected.__name__}.")
    return value


_ABOVE_ZERO: Final = 1e-12
_NO_LIMIT: Final = float("inf")
_SHARES: Final = {
    "model": ("dropout",),
    "data": ("balance", "class_weights"),
    "fit": ("label_smoothing", "ema", "stop_at"),
    "augment": (
        "shift",
        "zoom",
        "stretch",
        "contrast",
        "median",
        "closing",
        "erase",
        "erase_side",
        "cutmix",
    ),
}
_POSITIVE: Final = {"fit": ("batch", "learning_rate")}
_NOT_NEGATIVE: Final = {
    "fit": ("seed", "warmup_epochs", "weight_decay", "plateau_patience", "stop_patience"),
    "augment": ("rotation", "shear", "brightness", "mixup"),
}


def _check_ranges(source: str, recipe: Recipe) -> None:
    for keys, low, high in (
        (_SHARES, 0.0, 1.0),
        (_POSITIVE, _ABOVE_ZERO, _NO_LIMIT),
        (_NOT_NEGATIVE, 0.0, _NO_LIMIT),
    ):
        for table, names in keys.items():
            for key in names:
                value = getattr(getattr(recipe, table), key)
                _require(source, f"{table}.{key}", value, low, high)
    for i, head in enumerate(recipe.heads):
        _require(source, f"heads[{i}].votes_weight", head.votes_weight, 0.0, 1.0)
        _require(source, f"heads[{i}].weight", head.weight, _ABOVE_ZERO, _NO_LIMIT)
        if head.labels not in LABEL_SETS:
            raise FerqtError(
                f"{source}: heads[{i}].labels is {head.labels!r}",
                f"Choose one of: {', '.join(LABEL_SETS)}.",
            )
    if len({head.id for head in recipe.heads}) != len(recipe.heads):
        raise FerqtError(f"{source}: two heads have the same id")
    for i, phase in enumerate(recipe.phases):
        _require(source, f"phases[{i}].epochs", phase.epochs, 1, _NO_LIMIT)
        _require(source, f"phases[{i}].share", phase.share, _ABOVE_ZERO, 1.0)
        _require(source, f"phases[{i}].side", phase.side, 0, 1024)
        _require(source, f"phases[{i}].rate", phase.rate, _ABOVE_ZERO, _NO_LIMIT)
    if recipe.fit.plateau_patience and recipe.fit.schedule != "constant":
        raise FerqtError(
            f"{source}: fit.plateau_patience needs fit.schedule = 'constant'",
            "A cosine lowers the rate by itself.",
        )


def _require(source: str, key: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        least = "more than 0" if low == _ABOVE_ZERO else f"{low:g} or more"
        most = "" if high == _NO_LIMIT else f", at most {high:g}"
        raise FerqtError(f"{source}: {key} is {value}", f"Expected {least}{most}.")
