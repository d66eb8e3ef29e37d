"""What the checks of model files raise."""


class UnsafeFileError(Exception):
    """Why a model file is refused, as the end of a sentence about it: "holds a link"."""
