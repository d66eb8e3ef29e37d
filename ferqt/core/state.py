"""What a part of the pipeline remembers, as values that JSON can hold exactly.

A part that keeps something from frame to frame hands it out (`state`) and takes it back
(`restore`); a restored part goes on as if it had never stopped. Floats go through JSON exactly as
Python writes them; arrays go as the bytes of their numbers. Nothing here is ever executed.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import numpy as np

from ferqt.core.types import FaceBox, FloatArray

State = Mapping[str, Any]
"""JSON-able values; what it holds is known to the part alone that made it."""


def packed_floats(values: FloatArray) -> dict[str, Any]:
    """Return a float32 array of any shape as JSON-able values."""
    plain = np.ascontiguousarray(values, dtype="<f4")
    return {"shape": list(plain.shape), "f4": base64.b64encode(plain.tobytes()).decode("ascii")}


def unpacked_floats(state: State) -> FloatArray:
    """Return the array that `packed_floats` was given, bit by bit.

    Raises:
        ValueError: The values are not those of an array.
    """
    try:
        content = base64.b64decode(state["f4"], validate=True)
        shape = [int(length) for length in state["shape"]]
        return np.frombuffer(content, dtype="<f4").reshape(shape).astype(np.float32)
    except (KeyError, TypeError, binascii.Error) as error:
        raise ValueError("the values are not those of an array") from error


def packed_place(box: FaceBox) -> list[float | None]:
    """Return where a face is, and how sure the detector was, without landmarks and pose."""
    return [box.x, box.y, box.width, box.height, box.confidence]


def unpacked_place(values: list[Any]) -> FaceBox:
    """Return the box that `packed_place` was given."""
    x, y, width, height, confidence = values
    return FaceBox(x, y, width, height, confidence)
