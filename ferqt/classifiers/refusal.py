"""What the checks of model files raise."""

from typing import Final

TOO_LARGE: Final = "No network for faces needs that much."
"""Hint for what would take more than a computer has."""

NO_NUMBERS: Final = "Its training went wrong; choose another file."
"""Hint for weights that are NaN."""

NO_MEMORY: Final = "it needs more memory than a network for faces may take"
"""What is said of a model that ran out of memory."""

_EXHAUSTED: Final = "ResourceExhaustedError"
"""What TensorFlow raises instead of a MemoryError."""


def is_out_of_memory(error: Exception) -> bool:
    """Whether an error means that there was not enough memory."""
    return isinstance(error, MemoryError) or type(error).__name__ == _EXHAUSTED


class UnsafeFileError(Exception):
    """Why a model file is refused, as the end of a sentence about it: "holds a link".

    Attributes:
        hint: What to do about it, "" for what there is to say of all files of its kind.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
