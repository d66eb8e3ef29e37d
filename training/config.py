"""A training recipe: frozen values read from a TOML file in which every key is checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from ferqt.errors import FerqtError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The `[model]` table: what is built and what its card says in words.

    Attributes:
        id: Name of the model and of its folder.
        name: Name in the program.
        architecture: Key of the architectures' registry.
        dropout: Share of features dropped before the output, 0..1; more fights overfitting.
        licence: Terms of the weights.
        intended_use: What the model is for, and what not.
        limits: What to know before trusting it; the export appends the weakest classes' recall.
    """

    id: str
    name: str
    architecture: str
    dropout: float
    licence: str
    intended_use: str
    limits: str


@dataclass(frozen=True, slots=True)
class DataConfig:
    """The `[data]` table.

    Attributes:
        dataset: Key of the importers' registry.
        votes_weight: Share of the raters' votes in the training target, 0..1; the rest is the data
            set's own label. More follows the raters, who disagree with FER2013 on a third of it.
        votes_epochs: Epochs, from the first, in which the votes count. Fewer leave more epochs to
            the data set's own labels, which are what the figures are measured on.
        balance: Rows are drawn with weight 1 / size of their class to this power: 0 as they are,
            0.5 the square root, 1 every class alike. More finds rare classes, at the cost of
            naming them too often.
    """

    dataset: str
    votes_weight: float
    votes_epochs: int
    balance: float


@dataclass(frozen=True, slots=True)
class FitConfig:
    """The `[fit]` table.

    Attributes:
        epochs: Passes over as many drawn pictures as the training part has.
        batch: Pictures a step.
        seed: Seed of weights, draws and augmentation.
        precision: "mixed_bfloat16" (about twice as fast on a CPU that has it) or "float32".
        learning_rate: Peak of AdamW's rate, reached after the warm-up and followed by a cosine.
        warmup_epochs: Epochs of linear growth to the peak.
        weight_decay: AdamW's decay of the kernels.
        label_smoothing: Share of the target spread over all classes, 0..1.
        ema: Decay per step of the averaged weights, which are what is measured and exported.
        select_by: Figure on the validation part that picks the epoch: "macro_f1" or "accuracy".
    """

    epochs: int
    batch: int
    seed: int
    precision: str
    learning_rate: float
    warmup_epochs: float
    weight_decay: float
    label_smoothing: float
    ema: float
    select_by: str


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """The `[augment]` table; every change is drawn evenly from -value to +value.

    Attributes:
        flip: Mirror half of the pictures.
        rotation: Degrees.
        shift: Share of the side, along x and y.
        zoom: Share of the size; 0.1 gives 0.9 to 1.1.
        stretch: Share by which width and height part ways.
        brightness: Gray levels added, of 255.
        contrast: Share by which distances from the mean gray grow.
        erase: Probability that a rectangle is filled with one random gray, 0..1.
        erase_side: Largest side of that rectangle as a share of the picture's.
    """

    flip: bool
    rotation: float
    shift: float
    zoom: float
    stretch: float
    brightness: float
    contrast: float
    erase: float
    erase_side: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides how a model comes out, apart from the data itself."""

    model: ModelConfig
    data: DataConfig
    fit: FitConfig
    augment: AugmentConfig


def load_recipe(path: Path) -> Recipe:
    """Read a recipe from TOML.

    Raises:
        FerqtError: The file cannot be read, or `recipe_from_tables` refuses it.
    """
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FerqtError(f"cannot read recipe {path}: {error}") from error
    return recipe_from_tables(tables, path.name)


def recipe_from_tables(tables: Mapping[str, object], source: str) -> Recipe:
    """Check the tables of a recipe.

    Args:
        tables: By name, as TOML or JSON gives them.
        source: Name of the file, for errors.

    Raises:
        FerqtError: A key is missing, unknown or of the wrong type, or a value is out of range; the
            message names the file and the key.
    """
    hints = get_type_hints(Recipe)
    _require_keys(source, "", tables, hints)
    recipe = Recipe(**{name: _table(source, name, tables[name], hints[name]) for name in hints})
    _check_ranges(source, recipe)
    return recipe


def _table(source: str, name: str, values: object, kind: type[_T]) -> _T:
    if not isinstance(values, dict):
        raise FerqtError(f"{source}: {name} is not a table", f"Write [{name}].")
    hints = get_type_hints(kind)
    _require_keys(source, f"{name}.", values, hints)
    checked = {
        key: _value(source, f"{name}.{key}", values[key], expected)
        for key, expected in hints.items()
    }
    return kind(**checked)


def _require_keys(
    source: str, prefix: str, found: Mapping[str, object], wanted: Mapping[str, object]
) -> None:
    for key in wanted:
        if key not in found:
            raise FerqtError(f"{source}: the key {prefix}{key} is missing")
    for key in found:
        if key not in wanted:
            raise FerqtError(
                f"{source}: unknown key {prefix}{key}", f"Known here: {', '.join(wanted)}."
            )


def _value(source: str, key: str, value: object, expected: Any) -> object:
    if expected is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not expected:
        raise FerqtError(f"{source}: {key} is {value!r}", f"Expected a {expected.__name__}.")
    return value


_SHARES = (
    ("model", "dropout"),
    ("data", "votes_weight"),
    ("data", "balance"),
    ("fit", "label_smoothing"),
    ("fit", "ema"),
    ("augment", "erase"),
    ("augment", "erase_side"),
    ("augment", "shift"),
    ("augment", "zoom"),
    ("augment", "stretch"),
    ("augment", "contrast"),
)
_POSITIVE = (("fit", "epochs"), ("fit", "batch"), ("fit", "learning_rate"))
_CHOICES = (
    ("fit", "precision", ("mixed_bfloat16", "float32")),
    ("fit", "select_by", ("macro_f1", "accuracy")),
)


def _check_ranges(source: str, recipe: Recipe) -> None:
    for table, key in _SHARES:
        value = getattr(getattr(recipe, table), key)
        if not 0 <= value <= 1:
            raise FerqtError(f"{source}: {table}.{key} is {value}", "Expected 0 to 1.")
    for table, key in _POSITIVE:
        value = getattr(getattr(recipe, table), key)
        if value <= 0:
            raise FerqtError(f"{source}: {table}.{key} is {value}", "Expected more than 0.")
    for table, key, choices in _CHOICES:
        value = getattr(getattr(recipe, table), key)
        if value not in choices:
            raise FerqtError(
                f"{source}: {table}.{key} is {value!r}", f"Choose one of: {', '.join(choices)}."
            )
