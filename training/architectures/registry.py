"""The table of networks: a new one is one file and one row here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from ferqt.classifiers.card import AlignedCrop, BoxCrop, InputSpec
from ferqt.errors import FerqtError
from training.architectures import (
    cnn48,
    cnn64,
    fiveblock48,
    live48,
    mobile224,
    pretrained,
    transfer,
)

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
        published: Address of the weights that training starts from; None where it starts from
            nothing.
    """

    id: str
    summary: str
    side: int
    channels: int
    resizable: bool
    trunk: Callable[[int, float, str], Any]
    source: str
    published: str | None = None

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


_OWN: Final = (
    Architecture("live48", live48.SUMMARY, live48.SIDE, 1, True, live48.trunk, live48.SOURCE),
    Architecture("cnn64", cnn64.SUMMARY, cnn64.SIDE, 1, False, cnn64.trunk, cnn64.SOURCE),
    Architecture("cnn48", cnn48.SUMMARY, cnn48.SIDE, 1, False, cnn48.trunk, cnn48.SOURCE),
    Architecture(
        "mobile224", mobile224.SUMMARY, mobile224.SIDE, 1, True, mobile224.trunk, mobile224.SOURCE
    ),
    Architecture(
        "fiveblock48",
        fiveblock48.SUMMARY,
        fiveblock48.SIDE,
        1,
        True,
        fiveblock48.trunk,
        fiveblock48.SOURCE,
    ),
)
_ALL: Final = (
    *_OWN,
    *(
        Architecture(
            one, row.summary, transfer.SIDE, 1, True, row.trunk, transfer.SOURCE, row.weights
        )
        for one, row in transfer.PRETRAINED.items()
    ),
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


def check_weights(architecture_id: str, weights: Path | None, *, random: bool) -> None:
    """Refuse to train a pretrained network from nothing by oversight.

    Args:
        architecture_id: Key of the table.
        weights: The file or the model's folder given for its trunk.
        random: Whether random weights are what is wanted.

    Raises:
        FerqtError: The network wants a file and none is given, or a file is given that it cannot
            have.
    """
    published = architecture(architecture_id).published
    if published is None and weights is not None and not weights.is_dir():
        raise FerqtError(
            f"{architecture_id} has no published weights that {weights} could hold",
            "Name the folder of a model with this network, or leave --weights out.",
        )
    if published is not None and weights is None and not random:
        raise FerqtError(
            f"{architecture_id} starts from published weights, and no file is given",
            f"{pretrained.where(published)} --random-weights trains it from nothing.",
        )


def load_pretrained(model: Any, weights: Path) -> None:
    """Give the trunk of a built network other weights; the answers stay as they are.

    Args:
        model: What `build` returned, or a copy of it with the same names.
        weights: A file of keras.applications without or with its top (.h5), or the folder of a
            model of ferqt's with the same network.

    Raises:
        FerqtError: The network has no such weights, or they cannot be read or do not fit; then no
            weight has changed.
    """
    check_weights(model.name, weights, random=False)
    layers = trunk_layers(model, model.output_names)
    published = architecture(model.name).published
    if weights.is_dir() or published is None:
        pretrained.copy_layers(layers, weights, model.name)
    else:
        pretrained.load_layers(layers, weights, published)
