"""Keeps the computer awake while something must not stop.

Linux is asked over D-Bus, Windows by its kernel call, macOS through its `caffeinate`. Each of them
forgets the wish by itself when the program dies. Where none is there, nothing happens but a line in
the log.
"""

import ctypes
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import count
from threading import Event, Thread
from typing import Any, Final

_log = logging.getLogger(__name__)

_PROGRAM: Final = "ferqt"
_ANSWER_MS: Final = 2_000
_POLL_S: Final = 0.02
_NUMBERS: Final = count()
"""Names of connections; one that was closed lives on under its name for a while."""

_ES_CONTINUOUS: Final = 0x8000_0000
_ES_SYSTEM_REQUIRED: Final = 0x0000_0001

_CAFFEINATE: Final = "/usr/bin/caffeinate"
_LOGIN_MANAGER: Final = (
    "org.freedesktop.login1",
    "/org/freedesktop/login1",
    "org.freedesktop.login1.Manager",
)
_SCREEN_SAVER: Final = (
    "org.freedesktop.ScreenSaver",
    "/org/freedesktop/ScreenSaver",
    "org.freedesktop.ScreenSaver",
)


class WakeLock:
    """Blocks sleep from `acquire` to `release`.

    Asking the system can take seconds, so a thread of its own does it and holds what it was given.
    Call the methods from one thread; none waits, but for `release` with a time.

    Args:
        hold: Blocks sleep within a `with` block and gives the names of what granted it; the
            system's own way if not given.
    """

    def __init__(
        self, hold: Callable[[str], AbstractContextManager[tuple[str, ...]]] | None = None
    ) -> None:
        self._hold = hold or _system_way()
        self._released: Event | None = None
        self._thread: Thread | None = None

    def acquire(self, reason: str) -> None:
        """Block sleep; harmless when it is blocked already.

        Args:
            reason: What for, shown by desktops that list who keeps them awake.
        """
        if self._released is not None:
            return
        self._released = Event()
        self._thread = Thread(
            target=self._run,
            args=(reason, self._released),
            name="ferqt-wake-lock",
            daemon=True,
        )
        self._thread.start()

    def release(self, wait_s: float = 0.0) -> None:
        """Let the computer sleep again; harmless when it may.

        Args:
            wait_s: Longest wait until the system was told.
        """
        if self._released is not None:
            self._released.set()
            self._released = None
        if self._thread is not None and wait_s > 0:
            self._thread.join(wait_s)

    def _run(self, reason: str, released: Event) -> None:
        try:
            with self._hold(reason) as granted:
                if granted:
                    _log.info("sleep is blocked by %s", ", ".join(granted))
                else:
                    _log.info("nothing here can block sleep")
                released.wait()
        except Exception as error:  # noqa: BLE001 - a recording goes on without it
            _log.warning("sleep is not blocked: %s", error, exc_info=error)


def _system_way() -> Callable[[str], AbstractContextManager[tuple[str, ...]]]:
    if sys.platform == "win32":
        return by_windows
    if sys.platform == "darwin":
        return by_caffeinate
    return over_dbus


@contextmanager
def over_dbus(reason: str, address: str = "") -> Iterator[tuple[str, ...]]:
    """Ask the login manager (sleep) and the desktop (idle); either may be missing.

    Args:
        reason: What for.
        address: Of a bus to ask both on; the system's and the session's if not given.
    """
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError as error:
        _log.info("Qt comes without D-Bus: %s", error)
        yield ()
        return
    bus = QDBusConnection.BusType
    with ExitStack() as stack:
        granted = []
        for kind, service, arguments in (
            (bus.SystemBus, _LOGIN_MANAGER, ["sleep:idle", _PROGRAM, reason, "block"]),
            (bus.SessionBus, _SCREEN_SAVER, [_PROGRAM, reason]),
        ):
            name = f"ferqt-wake-lock-{next(_NUMBERS)}"
            connection = QDBusConnection.connectToBus(address or kind, name)
            # The desktop takes the wish back when the connection is gone, and Python cannot send
            # the unsigned number that would take it back otherwise.
            stack.callback(QDBusConnection.disconnectFromBus, name)
            answer = _inhibited(connection, service, arguments)
            if answer is not None:
                granted.append(service[0])
                # The login manager gives a file that blocks sleep for as long as it is open.
                stack.callback(answer.clear)
            del connection
        yield tuple(granted)


def _inhibited(
    connection: Any, service: tuple[str, str, str], arguments: list[str]
) -> list[Any] | None:
    """Call `Inhibit`; returns what came back, None when it was not granted."""
    from PySide6.QtDBus import QDBusMessage

    if not connection.isConnected():
        return None
    call = QDBusMessage.createMethodCall(*service, "Inhibit")
    call.setArguments(arguments)
    # A call that blocks would hold the interpreter, and the window with it.
    pending = connection.asyncCall(call, _ANSWER_MS)
    while not pending.isFinished():
        time.sleep(_POLL_S)
    answer = pending.reply()
    if answer.type() is not QDBusMessage.MessageType.ReplyMessage:
        _log.info("%s does not block sleep: %s", service[0], answer.errorMessage())
        return None
    return list(answer.arguments())


@contextmanager
def by_windows(_reason: str) -> Iterator[tuple[str, ...]]:
    """Tell the kernel; the wish belongs to the calling thread."""
    # Not known to the checker on other systems.
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    if not kernel.SetThreadExecutionState(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED):
        yield ()
        return
    try:
        yield ("Windows",)
    finally:
        kernel.SetThreadExecutionState(_ES_CONTINUOUS)


@contextmanager
def by_caffeinate(_reason: str) -> Iterator[tuple[str, ...]]:
    """Start macOS's own program, which ends with this one."""
    try:
        process = subprocess.Popen([_CAFFEINATE, "-i", "-w", str(os.getpid())])
    except OSError as error:
        _log.info("caffeinate did not start: %s", error)
        yield ()
        return
    try:
        yield ("caffeinate",)
    finally:
        process.terminate()
        process.wait()
