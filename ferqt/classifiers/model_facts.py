"""What a model file says of itself, without a card: shapes, size, and what its answers are."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from ferqt.classifiers.card import (
    FER_CROP,
    InputSpec,
    LiteRTFile,
    ModelCard,
    ModelFiles,
    OutputSpec,
)
from ferqt.core.emotions import LabelSet
from ferqt.core.types import FloatArray
from ferqt.errors import ModelError

Color = Literal["gray", "rgb"]

COLOR_OF_CHANNELS: Final[dict[int, Color]] = {1: "gray", 3: "rgb"}

_SUM_TOLERANCE: Final = 0.02
_MOST_CLASSES: Final = 64
_OPEN_SIDE_PX: Final = 48
"""Side with which a network is tried that takes any."""

_HINT: Final = "ferqt needs a network that takes one face and gives one number for each expression."


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What is known of a bare model file.

    Attributes:
        format: What the file is.
        architecture: The network's own name, "" when it has none.
        parameters: Number of weights; of a compiled file those that it stores.
        height: Of the tensor, px; None when the network takes any.
        width: Of the tensor, px; None when the network takes any.
        channels: 1 or 3.
        classes: How many numbers it answers with.
        activation: "softmax" when they are probabilities, else "logits".
        rescales: The network begins with arithmetic on its input, as a rescaling layer is; then
            it likely takes 0..255.
        precision: Type of the weights.
        problem: Why LiteRT cannot run it, so that Keras must; "" when LiteRT can.
    """

    format: Literal["keras", "litert"]
    architecture: str
    parameters: int
    height: int | None
    width: int | None
    channels: int
    classes: int
    activation: Literal["softmax", "logits"]
    rescales: bool
    precision: Literal["float32", "float16", "int8"]
    problem: str = ""

    @property
    def color(self) -> Color:
        """What the number of channels says."""
        return COLOR_OF_CHANNELS[self.channels]


def input_size(shape: object) -> tuple[int | None, int | None, int]:
    """Return height, width and channels of a network's input.

    Args:
        shape: The one input's shape with the batch; None or -1 for a side that is open.

    Raises:
        ModelError: It is not the input of a network that looks at one face.
    """
    sides = _sides(shape)
    if sides is None or len(sides) != 4 or sides[3] not in COLOR_OF_CHANNELS:
        raise ModelError(f"its input is {_shown(sides)} instead of height x width x 1 or 3", _HINT)
    assert sides[3] is not None
    return sides[1], sides[2], sides[3]


def class_count(shape: object) -> int:
    """Return how many numbers a network answers with; the shape is as in `input_size`.

    Raises:
        ModelError: It does not answer with one number for each class.
    """
    sides = _sides(shape)
    count = None if sides is None or len(sides) != 2 else sides[1]
    if count is None or not 2 <= count <= _MOST_CLASSES:
        raise ModelError(
            f"its output is {_shown(sides)} instead of one number for each of 2 to "
            f"{_MOST_CLASSES} classes",
            _HINT,
        )
    return count


def activation_of(answers: FloatArray) -> Literal["softmax", "logits"]:
    """Tell from a network's raw answers, N x classes, whether they are probabilities.

    Raises:
        ModelError: They are neither probabilities nor logits.
    """
    if not np.isfinite(answers).all():
        raise ModelError("it answers with values that are no numbers (NaN or infinity)", _HINT)
    in_range = float(answers.min()) >= 0 and float(answers.max()) <= 1 + _SUM_TOLERANCE
    if not in_range:
        return "logits"
    if float(np.abs(answers.sum(axis=1) - 1).max()) <= _SUM_TOLERANCE:
        return "softmax"
    raise ModelError(
        "its answers lie between 0 and 1 but do not sum to 1, as those of a sigmoid layer",
        "End the network with softmax, or with a layer without activation.",
    )


def trial_spec(height: int | None, width: int | None, channels: int) -> InputSpec:
    """Return an input to try a network with; only its size matters."""
    return InputSpec(
        height=height or _OPEN_SIDE_PX,
        width=width or _OPEN_SIDE_PX,
        channels=channels,
        color=COLOR_OF_CHANNELS[channels],
        value_range=(0.0, 255.0),
        resize="area",
        crop=FER_CROP,
    )


def trial_card(facts: ModelFacts) -> ModelCard:
    """Return a card to run a network with whose classes are not named yet."""
    names = tuple(f"class {number + 1}" for number in range(facts.classes))
    return ModelCard(
        schema=1,
        id="trial",
        name="trial",
        architecture=facts.architecture,
        parameters=facts.parameters,
        files=ModelFiles(litert=LiteRTFile("model.tflite", "0" * 64, facts.precision)),
        input=trial_spec(facts.height, facts.width, facts.channels),
        output=OutputSpec(LabelSet("trial", names), facts.activation, 1.0, 0.0),
        training=None,
        metrics=(),
        licence="",
        data_licence="",
        intended_use="",
        limits="",
    )


def _sides(shape: object) -> list[int | None] | None:
    """The sides as whole numbers, None for open ones; None for what is not one shape."""
    if not isinstance(shape, tuple | list):
        return None
    sides: list[int | None] = []
    for side in shape:
        if side is not None and not isinstance(side, int | np.integer):
            return None
        sides.append(None if side is None or side < 0 else int(side))
    return sides


def _shown(sides: list[int | None] | None) -> str:
    if sides is None:
        return "several tensors"
    return " x ".join("any" if side is None else str(side) for side in sides[1:]) or "one number"
