"""The one exception type whose text is meant for the person at the screen."""


class FerqtError(Exception):
    """A failure that a person can understand and act on.

    Raise it with what failed and the value that failed, and a hint on what to do. The boundary of a
    thread or of a command line catches it once and shows `message` and `hint`; the log gets the
    traceback.

    Attributes:
        message: What failed and which value, one clause without a final period.
        hint: What to do about it, one sentence; empty when there is nothing to advise.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}. {hint}" if hint else message)
        self.message = message
        self.hint = hint


class SourceError(FerqtError):
    """A camera, file, folder or stream cannot be opened or read."""


class ModelError(FerqtError):
    """A model file or its card cannot be used."""


class DetectorError(FerqtError):
    """A face detector cannot be built or its files are damaged."""


class OutputError(FerqtError):
    """A result cannot be written."""


class SessionError(FerqtError):
    """A stored session cannot be read or changed."""


class UsageError(FerqtError):
    """A command line argument or setting is not understood."""
