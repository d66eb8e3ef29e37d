"""What the system's memory is asked for, so that a program that runs for days stays small.

Qt is imported by what needs it: threads have to share memory before anything heavy is imported.
"""

import ctypes
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, SignalInstance

_M_ARENA_MAX: Final = -8
"""`mallopt`'s name for the number of arenas, from glibc's malloc.h."""

_ARENAS: Final = 2
"""Of a day of opened streams, two leave 17 MB in the process, and sixteen 50 MB and more. Raising
it lets more threads ask for memory at the same moment."""

_SETTLED_MS: Final = 2_000
"""How long after the first model is ready all that lives long has been made, the plot too."""

_RETURN_EVERY_MS: Final = 30_000
"""Between two times that free memory goes back. It takes 2 to 20 ms of another thread, and pages
that are needed again, some 30 MB, have to be fetched."""


def return_free_memory(owner: "QObject", every_ms: int = _RETURN_EVERY_MS) -> bool:
    """Give memory that is free back to the system now and then, in a thread of Qt's pool.

    Pictures of some MB come and go between small things that stay, so glibc's heap gets holes and
    ever more of it: 440 MB after 5,000 live frames were 470 MB after 27,000.

    Args:
        owner: Lives as long as that goes on.
        every_ms: How often.

    Returns:
        Whether there is anything to ask; see `share_memory_among_threads`.
    """
    from PySide6.QtCore import QThreadPool, QTimer

    trim = _of_glibc("malloc_trim")
    if trim is None:
        return False
    timer = QTimer(owner, interval=every_ms)
    timer.timeout.connect(lambda: QThreadPool.globalInstance().start(lambda: trim(0)))
    timer.start()
    return True


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the garbage collector still, until `collect` or the end of the context.

    Nearly all that is imported and built for the window stays, and looking through it again and
    again took 80 ms of processor time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect() -> None:
    """Let the garbage collector work from now on, and pass over what is there."""
    gc.freeze()
    gc.enable()


def spare_start_up(model_changed: "SignalInstance", settled_ms: int = _SETTLED_MS) -> None:
    """Let garbage collections pass over what start-up made: 145,000 objects, 56 to 83 ms a walk.

    Once only: what waits for the collector at that moment is never collected. Done at each change
    of the model, it kept 50 objects a change for good, and what those held.

    Args:
        model_changed: Tells when a model is ready, the first time and later.
        settled_ms: How long after that.
    """
    from PySide6.QtCore import Qt, QTimer

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
    mallopt = _of_glibc("mallopt")
    return mallopt is not None and bool(mallopt(_M_ARENA_MAX, _ARENAS))


def _of_glibc(name: str) -> Callable[..., int] | None:
    """Return a function of glibc; None on other systems, also on a Linux with another library."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), name, None)
