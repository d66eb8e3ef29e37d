"""What the system's memory is asked for, so that a program that runs for days stays small."""

import ctypes
import sys
from typing import Final

_M_ARENA_MAX: Final = -8
"""`mallopt`'s name for the number of arenas, from glibc's malloc.h."""

_ARENAS: Final = 2
"""Of a day of opened streams, two leave 17 MB in the process, and sixteen 50 MB and more. Raising
it lets more threads ask for memory at the same moment."""


def share_memory_among_threads() -> bool:
    """Let all threads take memory from a few arenas; call it before the first thread starts.

    By itself glibc gives threads arenas of their own, eight for each core, and what a thread has
    used stays there for that arena alone. Each source that is opened brings threads of its own, so
    memory grew with every one until all arenas had been through it.

    Returns:
        Whether there was anything to ask: other systems than Linux with glibc know no arenas.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_M_ARENA_MAX, _ARENAS))
