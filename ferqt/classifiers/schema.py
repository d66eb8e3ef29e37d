"""Strict reading of JSON into frozen dataclasses: the annotations are the schema.

A missing key, an unknown key, a value of another type and a value that a class refuses are all
errors that say where in the document they are ("output.labels.names"). Nothing is guessed, rounded
or filled in. A field may be left out only when its class gives it a default.
"""

import dataclasses
import json
import math
import re
import stat
import types
import typing
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal, NoReturn, TypeVar

from ferqt.errors import FerqtError

T = TypeVar("T")

_NOT_IN_PATHS: Final = re.compile(r"[\\:\x00-\x1f]")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")

_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
"""Letters that are not seen but steer a terminal or the direction of a line."""

_LONGEST_TEXT: Final = 20_000
_LONGEST_LIST: Final = 10_000
_LARGEST_COUNT: Final = 1 << 53
"""Beyond it JSON's numbers are not whole in most programs."""

KIND_KEY = "kind"
"""Key that says which class of a union is meant; the classes hold its value as `kind: ClassVar`."""


class FieldError(ValueError):
    """A value that a record cannot hold.

    A dataclass raises it in `__post_init__` with one of its own fields; the reader puts the path to
    the record in front.

    Attributes:
        key: Path to the value, as "input.channels"; "" for the whole document.
        message: What is wrong with it.
    """

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}" if key else message)
        self.key = key
        self.message = message


def check_share(key: str, value: float) -> None:
    """Raise FieldError unless the value is in 0..1."""
    if not 0.0 <= value <= 1.0:
        raise FieldError(key, f"must be in 0..1, not {value}")


def check_between(key: str, low: float, high: float, *values: float) -> None:
    """Raise FieldError unless all values are in low..high."""
    for value in values:
        if not low <= value <= high:
            raise FieldError(key, f"must be in {low:g}..{high:g}, not {value}")


def check_line(key: str, value: str, most: int) -> None:
    """Raise FieldError unless the value is one line of up to `most` letters that says something."""
    if not value.strip():
        raise FieldError(key, "must not be empty")
    if len(value) > most or "\n" in value:
        raise FieldError(key, f"must be one line of up to {most} letters")


def check_count(key: str, value: int) -> None:
    """Raise FieldError if the value is negative."""
    if value < 0:
        raise FieldError(key, f"must not be negative, not {value}")


def check_sha256(key: str, value: str) -> None:
    """Raise FieldError unless the value has the form of a SHA-256."""
    if not _SHA256.fullmatch(value):
        raise FieldError(key, f"must be 64 lower-case hexadecimal digits, not {value!r}")


def check_relative_path(key: str, value: str) -> None:
    """Raise FieldError unless the value names a place inside a folder, with forward slashes."""
    path = PurePosixPath(value)
    if not path.name or path.is_absolute() or ".." in path.parts or _NOT_IN_PATHS.search(value):
        raise FieldError(key, f"must be a path inside the folder, not {value!r}")


def read_text(path: Path, most_bytes: int) -> str:
    """Return the text of a file; devices and pipes are none.

    Raises:
        FieldError: The file cannot be read, is too large, or no UTF-8 text.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FieldError("", "is no file")
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
        if len(content) > most_bytes:
            raise FieldError("", f"has more than {most_bytes} bytes")
        return content.decode("utf-8")
    except OSError as error:
        raise FieldError("", f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise FieldError("", "is no UTF-8 text") from error


def parse_json(text: str) -> object:
    """Parse JSON strictly: no key twice, no NaN or infinity.

    Raises:
        FieldError: The text is no such JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except FieldError:
        raise
    except RecursionError:
        raise FieldError("", "is nested too deeply") from None
    except ValueError as error:
        raise FieldError("", f"is no valid JSON ({error})") from error


def from_plain(kind: type[T], value: object, at: str = "") -> T:
    """Build a dataclass from parsed JSON.

    Args:
        kind: The dataclass.
        value: What `parse_json` returned.
        at: Path to the value in its document.

    Raises:
        FieldError: The value does not fit.
    """
    return typing.cast("T", _read(kind, value, at))


def to_plain(value: Any) -> Any:
    """Turn a dataclass that `from_plain` can read into what `json.dumps` takes."""
    if dataclasses.is_dataclass(value):
        kind = getattr(value, KIND_KEY, None)
        plain = {} if kind is None else {KIND_KEY: kind}
        for field in dataclasses.fields(value):
            content = getattr(value, field.name)
            if content is not None or field.default is dataclasses.MISSING:
                plain[field.name] = to_plain(content)
        return plain
    if isinstance(value, Mapping):
        return {key: to_plain(content) for key, content in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(content) for content in value]
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise FieldError("", f"has the key {twice!r} twice")
    return record


def _refuse_constant(name: str) -> NoReturn:
    raise FieldError("", f"holds {name}, which is no JSON number")


def _join(at: str, key: str) -> str:
    return f"{at}.{key}" if at and key and not key.startswith("[") else f"{at}{key}"


def _describe(value: object) -> str:
    try:
        shown = "null" if value is None else json.dumps(value)
    except RecursionError:
        return "something nested deeply"
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def _read(kind: Any, value: object, at: str) -> object:
    if dataclasses.is_dataclass(kind):
        return _read_record(kind, value, at)
    origin = typing.get_origin(kind) or kind
    return _READERS[origin](kind, value, at)


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    """Annotation of each field, and whether it must be there."""
    hints = typing.get_type_hints(kind)
    return {
        field.name: (hints[field.name], field.default is dataclasses.MISSING)
        for field in dataclasses.fields(kind)
    }


def _read_record(kind: Any, value: object, at: str) -> object:
    if not isinstance(value, dict):
        raise FieldError(at, f"must be an object, not {_describe(value)}")
    fields = _fields(kind)
    allowed = {*fields, KIND_KEY} if hasattr(kind, KIND_KEY) else set(fields)
    for key in value:
        if key not in allowed:
            raise FieldError(_join(at, key), "is not a known key")
    content = {}
    for name, (annotation, required) in fields.items():
        if name in value:
            content[name] = _read(annotation, value[name], _join(at, name))
        elif required:
            raise FieldError(_join(at, name), "is missing")
    try:
        return kind(**content)
    except FieldError as error:
        raise FieldError(_join(at, error.key), error.message) from error
    except FerqtError as error:
        raise FieldError(at, error.message) from error


def _read_union(kind: Any, value: object, at: str) -> object:
    options = [option for option in typing.get_args(kind) if option is not types.NoneType]
    if value is None and len(options) < len(typing.get_args(kind)):
        return None
    if len(options) == 1:
        return _read(options[0], value, at)
    by_kind = {option.kind: option for option in options}
    if not isinstance(value, dict):
        raise FieldError(at, f"must be an object, not {_describe(value)}")
    if KIND_KEY not in value:
        raise FieldError(_join(at, KIND_KEY), "is missing")
    name = value[KIND_KEY]
    if not isinstance(name, str) or name not in by_kind:
        known = ", ".join(sorted(by_kind))
        raise FieldError(_join(at, KIND_KEY), f"must be one of {known}, not {_describe(name)}")
    return _read(by_kind[name], value, at)


def _read_literal(kind: Any, value: object, at: str) -> object:
    for option in typing.get_args(kind):
        if type(option) is type(value) and option == value:
            return option
    known = ", ".join(json.dumps(option) for option in typing.get_args(kind))
    raise FieldError(at, f"must be {known}, not {_describe(value)}")


def _read_tuple(kind: Any, value: object, at: str) -> object:
    if not isinstance(value, list):
        raise FieldError(at, f"must be a list, not {_describe(value)}")
    if len(value) > _LONGEST_LIST:
        raise FieldError(at, f"must have up to {_LONGEST_LIST} values, not {len(value)}")
    arguments = typing.get_args(kind)
    if arguments[-1] is Ellipsis:
        arguments = (arguments[0],) * len(value)
    if len(arguments) != len(value):
        raise FieldError(at, f"must have {len(arguments)} values, not {len(value)}")
    return tuple(
        _read(argument, item, f"{at}[{index}]")
        for index, (argument, item) in enumerate(zip(arguments, value, strict=True))
    )


def _read_mapping(kind: Any, value: object, at: str) -> object:
    if not isinstance(value, dict):
        raise FieldError(at, f"must be an object, not {_describe(value)}")
    content = typing.get_args(kind)[1]
    return types.MappingProxyType(
        {key: _read(content, item, _join(at, key)) for key, item in value.items()}
    )


def _read_text(_: Any, value: object, at: str) -> object:
    if not isinstance(value, str):
        raise FieldError(at, f"must be text, not {_describe(value)}")
    if len(value) > _LONGEST_TEXT:
        raise FieldError(at, f"must have up to {_LONGEST_TEXT} letters, not {len(value)}")
    if _UNSEEN.search(value):
        raise FieldError(at, f"must not hold control characters: {_describe(value)}")
    return value


def _read_bool(_: Any, value: object, at: str) -> object:
    if not isinstance(value, bool):
        raise FieldError(at, f"must be true or false, not {_describe(value)}")
    return value


def _read_int(_: Any, value: object, at: str) -> object:
    if not isinstance(value, int) or isinstance(value, bool):
        raise FieldError(at, f"must be a whole number, not {_describe(value)}")
    if abs(value) > _LARGEST_COUNT:
        raise FieldError(at, "must be a smaller number")
    return value


def _read_float(_: Any, value: object, at: str) -> object:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise FieldError(at, f"must be a number, not {_describe(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise FieldError(at, "must be a finite number")
    return number


_READERS: Mapping[Any, Callable[[Any, object, str], object]] = types.MappingProxyType(
    {
        str: _read_text,
        bool: _read_bool,
        int: _read_int,
        float: _read_float,
        tuple: _read_tuple,
        Mapping: _read_mapping,
        Literal: _read_literal,
        types.UnionType: _read_union,
    }
)
