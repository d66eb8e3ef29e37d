"""How much memory threads leave behind, and what the garbage collector passes over."""

import gc
import re
import subprocess
import sys

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ferqt.runtime.memory import collect, spare_start_up, uncollected

PROGRAM = """
import ctypes, sys, threading
from ferqt.runtime.memory import share_memory_among_threads
if sys.argv[1] == "shared":
    assert share_memory_among_threads()
all_there = threading.Barrier(9)
def work():
    kept = [bytearray(2_000) for _ in range(500)]
    all_there.wait()
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
all_there.wait()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_stats()
"""


def arenas(how: str) -> int:
    """How many arenas eight threads have used that live at the same time."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True
    )
    return len(re.findall(r"^Arena \d+:", done.stderr, re.MULTILINE))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="arenas are glibc's")
def test_threads_share_memory_instead_of_keeping_their_own() -> None:
    assert arenas("apart") > 2
    assert arenas("shared") <= 2


HOLES = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QThreadPool, QTimer
from ferqt.runtime.memory import return_free_memory
application = QCoreApplication([])
# As pictures do: blocks under the limit of the heap, with small things between them.
held = [(bytearray(100_000), bytearray(600)) for _ in range(600)]
kept = [small for _, small in held]
del held
def resident_mb():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6
before = resident_mb()
if sys.argv[1] == "returned":
    assert return_free_memory(application, 20)
QTimer.singleShot(200, application.quit)
application.exec()
QThreadPool.globalInstance().waitForDone()
print(before - resident_mb())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the heap is glibc's")
def test_what_is_free_in_the_heap_goes_back_to_the_system() -> None:
    def returned_mb(how: str) -> float:
        command = [sys.executable, "-c", HOLES, how]
        return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert returned_mb("kept") < 10
    assert returned_mb("returned") > 40


def test_the_collector_rests_while_the_window_is_made_and_works_as_soon_as_it_is_there() -> None:
    try:
        with uncollected():
            assert not gc.isenabled()
            collect()
            assert gc.isenabled()
            assert gc.get_freeze_count() > 1_000
        with pytest.raises(ValueError, match="no window"), uncollected():
            raise ValueError("no window")
        assert gc.isenabled()
    finally:
        gc.unfreeze()


class Models(QObject):
    changed = Signal(object)


def test_garbage_of_later_models_is_collected(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[int] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(1))
    models = Models()
    spare_start_up(models.changed, settled_ms=1)
    models.changed.emit("the first model")
    qtbot.waitUntil(lambda: bool(frozen), timeout=2_000)
    for _ in range(3):
        models.changed.emit("another model")
        qtbot.wait(5)
    assert len(frozen) == 1
