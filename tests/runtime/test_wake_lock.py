"""The computer stays awake while something must not stop."""

import logging
import shutil
import sys
import time
from contextlib import contextmanager
from functools import partial
from itertools import count

import pytest
from PySide6.QtDBus import QDBusConnection

from ferqt.runtime import wake_lock
from ferqt.runtime.wake_lock import WakeLock, over_dbus
from tests.helpers.power_services import power_services, private_bus

_NUMBERS = count()

needs_dbus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None or not sys.platform.startswith("linux"),
    reason="dbus-daemon is not installed",
)


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, logger="ferqt")
    return caplog


@pytest.fixture
def bus(qapp, tmp_path):
    with private_bus(tmp_path) as address:
        yield address


@needs_dbus
def test_login_manager_and_desktop_are_asked_and_freed_again(bus, qtbot, log):
    with power_services(bus) as (screen_saver, login_manager):
        lock = WakeLock(partial(over_dbus, address=bus))
        lock.acquire("recording")
        qtbot.waitUntil(lambda: "sleep is blocked by" in log.text, timeout=5000)
        assert login_manager.wishes == [("sleep:idle", "ferqt", "recording", "block")]
        assert screen_saver.wishes == [("ferqt", "recording")]
        assert login_manager.held == 1
        assert _connections(bus) == 3
        lock.release(wait_s=2.0)
        qtbot.waitUntil(lambda: login_manager.held == 0, timeout=3000)
        qtbot.waitUntil(lambda: _connections(bus) == 1, timeout=3000)


@needs_dbus
def test_it_can_be_acquired_again_and_twice_counts_once(bus, qtbot):
    with power_services(bus) as (screen_saver, _):
        lock = WakeLock(partial(over_dbus, address=bus))
        for wishes in (1, 2):
            lock.acquire("recording")
            lock.acquire("recording")
            qtbot.waitUntil(lambda wanted=wishes: len(screen_saver.wishes) == wanted, timeout=5000)
            lock.release()
            lock.release(wait_s=2.0)


@needs_dbus
def test_a_bus_without_such_services_is_no_failure(bus, qtbot, log):
    lock = WakeLock(partial(over_dbus, address=bus))
    lock.acquire("recording")
    qtbot.waitUntil(lambda: "nothing here can block sleep" in log.text, timeout=5000)
    lock.release(wait_s=2.0)


def test_no_bus_at_all_is_no_failure(qapp, qtbot, log, tmp_path):
    lock = WakeLock(partial(over_dbus, address=f"unix:path={tmp_path / 'none'}"))
    lock.acquire("recording")
    qtbot.waitUntil(lambda: "nothing here can block sleep" in log.text, timeout=5000)
    lock.release(wait_s=2.0)


def test_a_way_that_fails_is_logged_and_harmless(log):
    @contextmanager
    def broken(reason):
        raise RuntimeError("no power")
        yield ()

    lock = WakeLock(broken)
    lock.acquire("recording")
    lock.release(wait_s=2.0)
    assert "sleep is not blocked: no power" in log.text


def test_windows_is_told_and_told_back_in_one_thread(monkeypatch):
    calls = []

    class Kernel:
        @staticmethod
        def SetThreadExecutionState(flags):  # noqa: N802 - Windows' name
            calls.append(flags)
            return 1

    class Dll:
        kernel32 = Kernel

    monkeypatch.setattr(wake_lock.ctypes, "windll", Dll, raising=False)
    with wake_lock.by_windows("recording") as granted:
        assert granted == ("Windows",)
        assert calls == [0x80000001]
    assert calls == [0x80000001, 0x80000000]


def test_macs_own_program_runs_for_as_long_as_it_is_held(monkeypatch, tmp_path):
    program = tmp_path / "caffeinate"
    # Moved into place, so that what is there is whole.
    script = f'echo "$@" > {tmp_path}/part\nmv {tmp_path}/part {tmp_path}/told\nexec sleep 60\n'
    program.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(wake_lock, "_CAFFEINATE", str(program))
    with wake_lock.by_caffeinate("recording") as granted:
        assert granted == ("caffeinate",)
        wait_until((tmp_path / "told").exists)
    assert (tmp_path / "told").read_text(encoding="utf-8").split()[:2] == ["-i", "-w"]


def test_a_mac_without_that_program_is_no_failure(monkeypatch, tmp_path):
    monkeypatch.setattr(wake_lock, "_CAFFEINATE", str(tmp_path / "none"))
    with wake_lock.by_caffeinate("recording") as granted:
        assert granted == ()


def wait_until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def _connections(address):
    """Connections to the bus beside the bus itself."""
    name = f"ferqt-test-count-{next(_NUMBERS)}"
    bus = QDBusConnection.connectToBus(address, name)
    names = bus.interface().registeredServiceNames().value()
    del bus
    QDBusConnection.disconnectFromBus(name)
    return sum(name.startswith(":") for name in names) - 1
