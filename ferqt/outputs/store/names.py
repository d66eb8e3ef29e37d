"""Names of files, for those who look for a session and need none of what reads it."""

from typing import Final

SESSION_NAME: Final = "session.db"
"""The file of a session in its folder."""
