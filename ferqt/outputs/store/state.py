"""How far a session is."""

from enum import StrEnum


class SessionState(StrEnum):
    """How far a session is; the words that stand in the files.

    A file says RUNNING until its writer says otherwise. Where no living program writes it, that
    means INTERRUPTED: its writer died.
    """

    RUNNING = "running"
    INTERRUPTED = "interrupted"
    DONE = "done"
    FAILED = "failed"
