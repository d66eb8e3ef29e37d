"""Takes from a helper process what a network for faces does not need, before it opens the file.

What is taken depends on the system. Linux: the network, by a namespace of its own where the system
allows one, memory, file size and computing time; the helper ends with the program that started it,
and before others when memory runs short. macOS: file size and computing time for sure, memory as
far as the system heeds the limit. On every system Python refuses to open connections and to start
programs, and the one who waits ends a helper that takes too long; Windows has nothing beyond that.
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

MEMORY_BYTES: Final = 8_000_000_000
"""What a helper may take that runs TensorFlow; converting a usual network takes 1 GB."""

LITERT_MEMORY_BYTES: Final = 2_000_000_000
"""What a helper may take that runs LiteRT alone."""

_MOST_FILE_BYTES: Final = 2_000_000_000
_MOST_COMPUTING_S: Final = 3_600
_NEW_USER: Final = 0x1000_0000
_NEW_NETWORK: Final = 0x4000_0000
_DIE_WITH_PARENT: Final = 1
_NO_NEW_RIGHTS: Final = 38
_FORBIDDEN: Final = frozenset(
    {
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.startfile",
        "os.system",
        "pty.spawn",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.sendmsg",
        "socket.sendto",
        "subprocess.Popen",
    }
)
"""Events of Python (PEP 578) that a helper has no use for."""


def confine() -> bool:
    """Take from this process what it does not need; call it before numpy starts its threads.

    Returns:
        Whether the system cuts this process off from the network.
    """
    cut_off = False
    if sys.platform == "linux":
        cut_off = _leave_network()
        _end_with_parent()
        _end_before_others()
    if sys.platform != "win32":
        _bound_process()
    limit_memory(MEMORY_BYTES)
    sys.addaudithook(_forbid)
    return cut_off


def limit_memory(most_bytes: int) -> None:
    """Let this process have no more memory than that; what goes beyond fails in it.

    Does nothing where the system has no such limit, as Windows.
    """
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))


def _leave_network() -> bool:
    """Move to a network without any interface; some systems do not allow it."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    # Without a map this process would be nobody, and TensorFlow asks for the user's name.
    with suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True


def _end_with_parent() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_NO_NEW_RIGHTS, 1, 0, 0, 0)


def _end_before_others() -> None:
    """When memory runs out, the system shall end this process and not the person's work."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _bound_process() -> None:
    import resource

    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _MOST_FILE_BYTES),
        (resource.RLIMIT_CPU, _MOST_COMPUTING_S),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))


def _forbid(event: str, _: tuple[object, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"a helper process may not use {event}")
