"""The table of networks: a new one is one file and one row here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from ferqt.classifiers.card import AlignedCrop, BoxCrop, InputSpec
from ferqt.errors import FerqtError
from training.architectures import live48


@dataclass(frozen=True, slots=True)
class Architecture:
    """A network that recipes can name.

    Attributes:
        id: Key in recipes and on model cards.
        summary: One sentence for `python -m training architectures`.
        height: Input height in px.
        width: Input width in px.
        channels: 1 for gray, 3 for RGB.
        build: `(classes, dropout, dtype)` to a Keras model that takes values 0..255 and returns
            probabilities; `dtype` is "float32" or "mixed_bfloat16". Weights have the same order and
            shapes whatever the dtype.
    """

    id: str
    summary: str
    height: int
    width: int
    channels: int
    build: Callable[[int, float, str], Any]

    def input_spec(self, crop: AlignedCrop | BoxCrop) -> InputSpec:
        """What the network wants to see, with pictures cut as `crop` says."""
        return InputSpec(
            height=self.height,
            width=self.width,
            channels=self.channels,
            color="gray" if self.channels == 1 else "rgb",
            value_range=(0.0, 255.0),
            resize="area",
            crop=crop,
        )


_ALL: Final = (Architecture("live48", live48.SUMMARY, live48.SIDE, live48.SIDE, 1, live48.build),)

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
