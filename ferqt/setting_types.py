"""What a setting is: its values, and all that a dialog needs to offer it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T", bool, int, float, str, tuple[str, ...])


class Kind(StrEnum):
    """How a text is asked for, where its type does not say it."""

    PLAIN = "plain"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Group:
    """A page of the settings dialog.

    Attributes:
        id: Name that settings refer to.
        title: Name in the dialog, to be translated in the context "Settings".
        icon: Name of a drawing.
    """

    id: str
    title: str
    icon: str


@dataclass(frozen=True, slots=True)
class Span:
    """The values that a number may have.

    Attributes:
        low: Smallest value.
        high: Largest value.
        step: Distance of the values that a dialog offers.
        unit: Written behind the number.
        low_text: What the smallest value means when it is no amount, as "off"; "" if it is one.
    """

    low: float
    high: float
    step: float
    unit: str = ""
    low_text: str = ""


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing that can be set.

    Texts are in English and are translated by who shows them, in the context "Settings".

    Attributes:
        key: Name in the file, "group.name".
        default: Value when the user has not chosen one; its type is the setting's type.
        text: What it does, as a settings dialog says it.
        choices: The only values allowed; empty when any value of the type is.
        group: Id of the page that offers it; "" for what the program remembers by itself.
        help: What choosing another value brings, in a sentence or two; "" when the text says it.
        choice_texts: The choices for people, in the same order.
        span: Values that a number may have; a number that is offered has one.
        kind: How a text is asked for.
        empty_text: What an empty text stands for.
    """

    key: str
    default: T
    text: str
    choices: tuple[T, ...] = ()
    group: str = ""
    help: str = ""
    choice_texts: tuple[str, ...] = ()
    span: Span | None = None
    kind: Kind = Kind.PLAIN
    empty_text: str = ""

    def read(self, stored: object) -> T:
        """Return a stored JSON value as this setting's type.

        Raises:
            ValueError: The value is of another type, not among the choices or out of the span.
        """
        value: T = _as_type_of(self.default, stored)
        if self.choices and value not in self.choices:
            raise ValueError(f"{value!r} is not one of {', '.join(map(str, self.choices))}")
        if self.span is not None and isinstance(value, int | float):
            low, high = self.span.low, self.span.high
            # Written so that "not a number" is refused too.
            if not low <= value <= high:
                raise ValueError(f"{value!r} is not between {low:g} and {high:g}")
        return value


_TYPE_NAMES: Final = {bool: "true or false", int: "a whole number", float: "a number"}


def _as_type_of(default: Any, stored: object) -> Any:
    if isinstance(default, tuple):
        if isinstance(stored, list | tuple) and all(isinstance(item, str) for item in stored):
            return tuple(stored)
    elif isinstance(default, bool):
        if isinstance(stored, bool):
            return stored
    elif isinstance(default, int):
        if isinstance(stored, int) and not isinstance(stored, bool):
            return stored
    elif isinstance(default, float):
        if isinstance(stored, int | float) and not isinstance(stored, bool):
            return float(stored)
    elif isinstance(stored, str):
        return stored
    raise ValueError(f"{stored!r} is not {_TYPE_NAMES.get(type(default), type(default).__name__)}")
