"""Orders in which networks name expressions: those of the data sets that people train on."""

from collections.abc import Sequence
from typing import Final

from ferqt.core.emotions import CK7, FER7, FERPLUS8, LabelSet, canonical_name
from ferqt.errors import UsageError

CUSTOM_ID: Final = "custom"
"""Id of a label set that a person named class by class."""

KNOWN_ORDERS: Final = (
    FER7,
    LabelSet("folders7", ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")),
    LabelSet("rafdb7", ("surprise", "fear", "disgust", "happy", "sad", "angry", "neutral")),
    LabelSet("affectnet7", ("neutral", "happy", "sad", "surprise", "fear", "disgust", "angry")),
    CK7,
    FERPLUS8,
    LabelSet(
        "folders8",
        ("angry", "contempt", "disgust", "fear", "happy", "neutral", "sad", "surprise"),
    ),
    LabelSet(
        "affectnet8",
        ("neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "contempt"),
    ),
)
"""Known orders, the more usual of the same length first. "folders" is the alphabetical order in
which Keras reads a folder for each class; RAF-DB's is that of Li et al. 2017, AffectNet's that of
Mollahosseini et al. 2017."""


def orders_of(classes: int) -> tuple[LabelSet, ...]:
    """Return the known orders of a number of classes, the more usual first."""
    return tuple(labels for labels in KNOWN_ORDERS if len(labels) == classes)


def custom_order(names: Sequence[str]) -> LabelSet:
    """Return the label set of names in a person's own order and spelling.

    An order that is known keeps the name by which it is known.

    Raises:
        ModelError: There are fewer than two.
        UsageError: A name is empty or comes twice.
    """
    canonical = tuple(canonical_name(name) for name in names)
    if not all(canonical):
        raise UsageError("an expression has no name", "Name each expression.")
    twice = next((name for name in canonical if canonical.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"an expression is named twice: {twice!r}", "Name each of them once.")
    known = next((labels for labels in KNOWN_ORDERS if labels.names == canonical), None)
    return known or LabelSet(CUSTOM_ID, canonical)


def parse_order(text: str) -> LabelSet:
    """Read an order from a command line: the id of a known one, or names with commas.

    Raises:
        ModelError: There are fewer than two.
        UsageError: A name is empty or comes twice, or the id is not known.
    """
    known = {labels.id: labels for labels in KNOWN_ORDERS}
    if text in known:
        return known[text]
    if "," not in text:
        raise UsageError(
            f"unknown order of expressions: {text!r}",
            f"Known: {', '.join(known)}; or name them in order, with commas.",
        )
    return custom_order(text.split(","))
