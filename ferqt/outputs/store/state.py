"""How far a session is."""

from enum import StrEnum


class SessionState(StrEnum):
    """How far a session is; the words that stand in the files."""

    QUEUED = "queued"
    RUNNING = "running"
    INTERRUPTED = "interrupted"
    DONE = "done"
    FAILED = "failed"
