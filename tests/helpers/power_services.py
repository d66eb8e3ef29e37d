"""What a desktop answers when it is asked to stay awake, on a D-Bus of its own."""

import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from PySide6.QtCore import ClassInfo, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusUnixFileDescriptor

_NUMBERS = count()
_KEPT: list[QObject] = []
"""A connection ends in a thread of Qt's some time later and asks its objects there, in Python, so
they live as long as the tests."""

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>
</policy></busconfig>"""


@ClassInfo({"D-Bus Interface": "org.freedesktop.ScreenSaver"})
class ScreenSaver(QObject):
    """Grants every wish.

    Attributes:
        wishes: Program and reason of each.
    """

    def __init__(self) -> None:
        super().__init__()
        self.wishes: list[tuple[str, ...]] = []

    @Slot(str, str, result="uint")
    def Inhibit(self, program: str, reason: str) -> int:  # noqa: N802 - the service's name
        self.wishes.append((program, reason))
        return 7


@ClassInfo({"D-Bus Interface": "org.freedesktop.login1.Manager"})
class LoginManager(QObject):
    """Grants every wish with a file, as systemd does.

    Attributes:
        wishes: The four arguments of each.
    """

    def __init__(self) -> None:
        super().__init__()
        self.wishes: list[tuple[str, ...]] = []
        self._read_ends: list[int] = []

    @Slot(str, str, str, str, result="QDBusUnixFileDescriptor")
    def Inhibit(  # noqa: N802 - the service's name
        self, what: str, who: str, why: str, mode: str
    ) -> QDBusUnixFileDescriptor:
        self.wishes.append((what, who, why, mode))
        read_end, write_end = os.pipe()
        self._read_ends.append(read_end)
        # Qt hands out a copy.
        answer = QDBusUnixFileDescriptor(write_end)
        os.close(write_end)
        return answer

    @property
    def held(self) -> int:
        """Number of wishes whose file is still open somewhere."""
        ended, _, _ = select.select(self._read_ends, [], [], 0)
        return len(self._read_ends) - len(ended)

    def close(self) -> None:
        for read_end in self._read_ends:
            os.close(read_end)


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """Run a D-Bus of its own and give its address; RuntimeError where none is installed."""
    program = shutil.which("dbus-daemon")
    if program is None:
        raise RuntimeError("dbus-daemon is not installed")
    config = folder / "bus.conf"
    config.write_text(_CONFIG.format(folder=folder), encoding="utf-8")
    daemon = subprocess.Popen(
        [program, f"--config-file={config}", "--print-address=1", "--nofork"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
    finally:
        daemon.terminate()
        daemon.communicate()


@contextmanager
def power_services(address: str) -> Iterator[tuple[ScreenSaver, LoginManager]]:
    """Offer both services on a bus; they answer while events are processed."""
    name = f"ferqt-test-power-{next(_NUMBERS)}"
    bus = QDBusConnection.connectToBus(address, name)
    screen_saver, login_manager = ScreenSaver(), LoginManager()
    exported = QDBusConnection.RegisterOption.ExportAllSlots
    services = {
        "/org/freedesktop/ScreenSaver": screen_saver,
        "/org/freedesktop/login1": login_manager,
    }
    _KEPT.extend(services.values())
    for path, service in services.items():
        assert bus.registerObject(path, service, exported)
        assert bus.registerService(path.strip("/").replace("/", "."))
    try:
        yield screen_saver, login_manager
    finally:
        del bus
        QDBusConnection.disconnectFromBus(name)
        login_manager.close()
