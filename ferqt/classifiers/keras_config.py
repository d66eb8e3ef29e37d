"""Checks the description of a Keras network: JSON that names the classes to build.

Keras would import what it names, and build it as large as it says.
"""

import math
from collections.abc import Mapping
from typing import Final

from ferqt.classifiers.keras_classes import ACTIVATIONS, ANY_MODULE, CLASSES
from ferqt.classifiers.refusal import TOO_LARGE, UnsafeFileError
from ferqt.classifiers.schema import FieldError, parse_json

MAX_CONFIG_BYTES: Final = 8_000_000
"""Ten times that of the largest networks that Keras comes with."""

_ACTIVATION_KEYS: Final = frozenset({"activation", "recurrent_activation"})
_SHAPE_KEYS: Final = frozenset(
    {"batch_shape", "batch_input_shape", "input_shape", "output_shape", "shape", "target_shape"}
)
_SEED_KEYS: Final = frozenset({"seed", "shared_object_id"})
_LARGEST: Final = 1 << 24
"""Of a whole number; the widest layer of a usual network has some ten thousand units."""

_MOST_VALUES: Final = 1 << 26
_LONGEST_LIST: Final = 100_000
_SHOWN: Final = 80


def config_text(content: bytes) -> str:
    """Return a config as text.

    Raises:
        UnsafeFileError: It is too long, or no text.
    """
    if len(content) > MAX_CONFIG_BYTES:
        raise UnsafeFileError(f"holds a config of {len(content)} bytes", TOO_LARGE)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise UnsafeFileError("holds a config that is no UTF-8 text") from None


def check_config(text: str) -> None:
    """Refuse a config that names anything but built-in layers of sensible size.

    Raises:
        UnsafeFileError: Says why.
    """
    try:
        config = parse_json(text)
    except FieldError as error:
        raise UnsafeFileError(f"holds a config that {error.message}") from error
    if not isinstance(config, dict) or not isinstance(config.get("class_name"), str):
        raise UnsafeFileError("holds a config that describes no network")
    # The file is loaded without its optimizer, loss and metrics, which may be a user's own.
    remaining: list[object] = [{**config, "compile_config": None}]
    while remaining:
        value = remaining.pop()
        if isinstance(value, dict):
            if "class_name" in value:
                _check_object(value)
            for key, content in value.items():
                _check_entry(key, content)
            remaining.extend(value.values())
        elif isinstance(value, list):
            if len(value) > _LONGEST_LIST:
                raise UnsafeFileError(
                    f"holds a list of {len(value)} values in its config", TOO_LARGE
                )
            remaining.extend(value)


def _check_object(value: Mapping[str, object]) -> None:
    name, module = value["class_name"], value.get("module")
    if module is not None and (not isinstance(module, str) or module not in CLASSES):
        raise UnsafeFileError(f"uses {_quoted(name)} of the module {_quoted(module)}")
    known = ANY_MODULE if module is None else CLASSES[module]
    if not isinstance(name, str) or name not in known:
        raise UnsafeFileError(f"uses {_quoted(name)}, which is no built-in layer that ferqt knows")
    if value.get("registered_name") not in (None, name):
        raise UnsafeFileError(f"names the custom object {_quoted(value['registered_name'])}")


def _check_entry(key: str, content: object) -> None:
    """Check what the key says more of than the value alone."""
    if key in _ACTIVATION_KEYS and isinstance(content, str) and content not in ACTIVATIONS:
        raise UnsafeFileError(f"uses the activation {_quoted(content)}, which is not built in")
    numbers = [one for one in _items(content) if isinstance(one, int)]
    if key not in _SEED_KEYS and any(abs(number) > _LARGEST for number in numbers):
        raise UnsafeFileError(f"asks for {max(map(abs, numbers)):.3g} as {_quoted(key)}", TOO_LARGE)
    if key in _SHAPE_KEYS:
        for shape in _shapes(content):
            sides = [side for side in shape if isinstance(side, int)]
            if math.prod(max(1, abs(side)) for side in sides) > _MOST_VALUES:
                text = " x ".join(map(str, sides))
                raise UnsafeFileError(f"asks for {text} values as {_quoted(key)}", TOO_LARGE)


def _shapes(content: object) -> list[list[object]]:
    """The shape, or those of a layer that takes several tensors, as one that adds them."""
    if not isinstance(content, list):
        return []
    several = [item for item in content if isinstance(item, list)]
    return [*several, [item for item in content if not isinstance(item, list)]]


def _items(content: object) -> list[object]:
    """The value, or those of a list and the lists in it."""
    if not isinstance(content, list):
        return [content]
    found: list[object] = []
    for item in content:
        found.extend(item if isinstance(item, list) else [item])
    return found


def _quoted(value: object) -> str:
    """As Python writes it, but not endlessly."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
