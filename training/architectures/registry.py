"""The table of networks: a new one is one file and one row here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from ferqt.classifiers.card import AlignedCrop, BoxCrop, InputSpec
from ferqt.errors import FerqtError
from training.architectures import live48

_SMALLEST_SIDE: Final = 32
"""Networks that can be resized halve their map up to five times."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """A network that recipes can name.

    Attributes:
        id: Key in recipes and on model cards.
        summary: One sentence for `python -m training architectures`.
        side: Side of the square input, px.
        channels: 1 for gray, 3 for RGB.
        resizable: True where every side gives the same weights, because the network pools over the
            whole map; such a network can be trained at one side and used at another.
        trunk: `(side, dropout, dtype)` to a Keras model from N x side x side x channels values
            0..255 to the N x F features that the answers stand on. `dtype` is "float32" or
            "mixed_bfloat16"; weights have the same order and shapes whatever it is.
        source: Where the shape comes from.
    """

    id: str
    summary: str
    side: int
    channels: int
    resizable: bool
    trunk: Callable[[int, float, str], Any]
    source: str

    def side_or_own(self, side: int) -> int:
        """Return `side`, or the network's own when it is 0.

        Raises:
            FerqtError: The network cannot have that side.
        """
        if side in (0, self.side):
            return self.side
        if not self.resizable:
            raise FerqtError(
                f"{self.id} cannot have a side of {side} px",
                f"Its weights fit {self.side} px alone; use that, or 0.",
            )
        if side < _SMALLEST_SIDE:
            raise FerqtError(
                f"{self.id} cannot have a side of {side} px", f"Use {_SMALLEST_SIDE} or more."
            )
        return side

    def input_spec(self, crop: AlignedCrop | BoxCrop, side: int = 0) -> InputSpec:
        """What the network wants to see, with pictures cut as `crop` says.

        Args:
            crop: The part of a frame that the network sees.
            side: Side of the pictures, px; 0 is the network's own.

        Raises:
            FerqtError: The network cannot have that side.
        """
        side = self.side_or_own(side)
        return InputSpec(
            height=side,
            width=side,
            channels=self.channels,
            color="gray" if self.channels == 1 else "rgb",
            value_range=(0.0, 255.0),
            resize="area",
            crop=crop,
        )


_ALL: Final = (
    Architecture("live48", live48.SUMMARY, live48.SIDE, 1, True, live48.trunk, live48.SOURCE),
)

ARCHITECTURES: Final[Mapping[str, Architecture]] = MappingProxyType({one.id: one for one in _ALL})


def architecture(architecture_id: str) -> Architecture:
    """Return the network of that id; FerqtError names the known ones."""
    try:
        return ARCHITECTURES[architecture_id]
    except KeyError:
        known = ", ".join(ARCHITECTURES)
        raise FerqtError(
            f"unknown architecture {architecture_id!r}", f"Choose one of: {known}."
        ) from None


def build(
    architecture_id: str, heads: Mapping[str, int], side: int, dropout: float, dtype: str
) -> Any:
    """Build a network with fresh weights and one softmax answer per head.

    Args:
        architecture_id: Key of the table.
        heads: Classes of each answer, by the head's id, which becomes the name of its layer.
        side: Side of the square input, px; 0 is the network's own.
        dropout: Share of features dropped while training, 0..1.
        dtype: "float32" or "mixed_bfloat16"; the answers are float32 either way. Weights have the
            same order and shapes whatever it is: the trunk's, then each head's.

    Returns:
        A flat functional Keras model from N x side x side x channels values 0..255 to N x classes
        probabilities: one tensor for one head, a list in the order of `heads` for several.

    Raises:
        FerqtError: There is no such network, or it cannot have that side.
    """
    from keras import Model, layers

    network = architecture(architecture_id)
    trunk = network.trunk(network.side_or_own(side), dropout, dtype)
    answers = [
        layers.Dense(classes, activation="softmax", dtype="float32", name=head)(trunk.output)
        for head, classes in heads.items()
    ]
    return Model(trunk.input, answers[0] if len(answers) == 1 else answers, name=network.id)


def trunk_layers(model: Any, heads: Sequence[str]) -> list[Any]:
    """Return the layers that all heads of a built network share, first to last.

    Args:
        model: What `build` returned.
        heads: Ids of its heads.
    """
    return [layer for layer in model.layers if layer.name not in heads]
