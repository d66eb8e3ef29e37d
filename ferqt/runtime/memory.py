"""What the system's memory is asked for, so that a program that runs for days stays small."""

import ctypes
import gc
import sys
from typing import Final

from PySide6.QtCore import Qt, QTimer, SignalInstance

_M_ARENA_MAX: Final = -8
"""`mallopt`'s name for the number of arenas, from glibc's malloc.h."""

_ARENAS: Final = 2
"""Of a day of opened streams, two leave 17 MB in the process, and sixteen 50 MB and more. Raising
it lets more threads ask for memory at the same moment."""

_SETTLED_MS: Final = 2_000
"""How long after the first model is ready all that lives long has been made, the plot too."""


def spare_start_up(model_changed: SignalInstance, settled_ms: int = _SETTLED_MS) -> None:
    """Let garbage collections pass over what start-up made: 145,000 objects, 56 to 83 ms a walk.

    Once only: what waits for the collector at that moment is never collected. Done at each change
    of the model, it kept 50 objects a change for good, and what those held.

    Args:
        model_changed: Tells when a model is ready, the first time and later.
        settled_ms: How long after that.
    """

    def on_first_model(_card: object) -> None:
        QTimer.singleShot(settled_ms, gc.freeze)

    once = Qt.ConnectionType.SingleShotConnection
    model_changed.connect(on_first_model, type=once)


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
