"""What a process holds, looked at again and again: memory, handles, threads, blocks, time."""

import statistics
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Final

import psutil  # type: ignore[import-untyped]

from scripts.soak.part import bar

MEMORY_SHARE: Final = 0.05
"""Memory may be so much more at the end than where the count began."""

_SLOWER_SHARE: Final = 0.15
"""Processor time a step may be so much more at the end; other programs move it by half of that."""

_SPARE_HANDLES: Final = 3
"""A file that is being read while the last look is taken is no leak."""

_SPARE_THREADS: Final = 2

_ONE: Final = {"frames": "frame", "cycles": "cycle", "switches": "switch"}

_END_LOOKS: Final = 5
_END_S: Final = 60.0
"""What holds at the begin and at the end is the median of so many looks at least, and of so long:
free memory goes back to the system every 30 s, and what is in use swings by a tenth between."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the process held at one moment.

    Attributes:
        done: How far the run was, in what it counts.
        spent_s: Time since the first look.
        rss_mb: Resident memory in MB of a million bytes.
        handles: Open file descriptors (handles on Windows).
        threads: Threads, also those of libraries.
        blocks: Blocks of memory that Python's objects take.
        widgets: Widgets of Qt, alive in any window.
        qt_objects: Objects below the main window.
        cpu_s: Processor time of all threads so far.
    """

    done: int
    spent_s: float
    rss_mb: float
    handles: int
    threads: int
    blocks: int
    widgets: int
    qt_objects: int
    cpu_s: float


class Watch:
    """Looks at this process.

    Args:
        window: Main window whose objects are counted; None counts none.
    """

    def __init__(self, window: Any = None) -> None:
        self._process = psutil.Process()
        self._window = window
        self._began_s = time.monotonic()
        self.looks: list[Look] = []

    def look(self, done: int) -> Look:
        """Take a look, keep it and return it; call from the GUI thread where there is one."""
        widgets, qt_objects = self._count_qt()
        times = self._process.cpu_times()
        found = Look(
            done,
            round(time.monotonic() - self._began_s, 2),
            round(self._process.memory_info().rss / 1e6, 2),
            _handles(self._process),
            self._process.num_threads(),
            # To list the objects would hold them for a moment, and LiteRT refuses to run a network
            # that someone else holds.
            sys.getallocatedblocks(),
            widgets,
            qt_objects,
            round(times.user + times.system, 2),
        )
        self.looks.append(found)
        return found

    def _count_qt(self) -> tuple[int, int]:
        if self._window is None:
            return 0, 0
        from PySide6.QtCore import QObject
        from PySide6.QtWidgets import QApplication

        return len(QApplication.allWidgets()), len(self._window.findChildren(QObject))


def settled_looks(looks: Sequence[Look], settled: int) -> list[Look]:
    """Return the looks from where the count begins: the first one at or after `settled`."""
    return [look for look in looks if look.done >= settled]


def verdict(looks: Sequence[Look], settled: int, unit: str) -> list[dict[str, Any]]:
    """Return the bars on growth and on slow-down.

    Args:
        looks: All looks, in order.
        settled: How far the run was when everything had been made that stays.
        unit: What the run counts, as "frames".
    """
    kept = settled_looks(looks, settled)
    if len(kept) < 2 * _END_LOOKS:
        wanted = 2 * _END_LOOKS
        return [bar(f"looks after {settled:,} {unit}", len(kept), wanted, met=False)]
    first, end = _usual(_first_of(kept)), _usual(_first_of(kept[::-1]))
    limit_mb = round(first.rss_mb * (1 + MEMORY_SHARE), 2)
    after = f"after {kept[0].done:,} {unit}"
    third = len(kept) // 3
    begin_ms, end_ms = cpu_ms_per_step(kept[:third]), cpu_ms_per_step(kept[-third:])
    most_ms = round(begin_ms * (1 + _SLOWER_SHARE), 3)
    return [
        bar(
            f"memory at the end, MB ({first.rss_mb} {after})",
            end.rss_mb,
            limit_mb,
            met=end.rss_mb <= limit_mb,
        ),
        bar(
            f"open files at the end ({first.handles} {after})",
            end.handles,
            first.handles + _SPARE_HANDLES,
            met=end.handles <= first.handles + _SPARE_HANDLES,
        ),
        bar(
            f"threads at the end ({first.threads} {after})",
            end.threads,
            first.threads + _SPARE_THREADS,
            met=end.threads <= first.threads + _SPARE_THREADS,
        ),
        bar(
            f"processor ms per {_ONE[unit]}, last third ({begin_ms} in the first)",
            end_ms,
            most_ms,
            met=end_ms <= most_ms,
        ),
    ]


def figures(looks: Sequence[Look], settled: int) -> dict[str, Any]:
    """Return a run's figures: its begin, its end, how memory moved, and some looks between."""
    kept = settled_looks(looks, settled) or list(looks)
    every = max(1, len(looks) // 50)
    return {
        "settled": asdict(kept[0]),
        "end": asdict(looks[-1]),
        "most_rss_mb": max(look.rss_mb for look in looks),
        "mb_per_1000": _slope([look.done / 1000 for look in kept], [look.rss_mb for look in kept]),
        "blocks_per_1000": _slope(
            [look.done / 1000 for look in kept], [float(look.blocks) for look in kept]
        ),
        "steps_per_s": round(_rate(kept), 2),
        "looks": [asdict(look) for look in looks[::every]],
    }


def cpu_ms_per_step(looks: Sequence[Look]) -> float:
    """Return the processor time that a step took in the median between looks, in ms."""
    steps = [
        (later.cpu_s - look.cpu_s) * 1000 / (later.done - look.done)
        for look, later in pairwise(looks)
        if later.done > look.done
    ]
    return round(statistics.median(steps), 3) if steps else 0.0


def thread_names() -> list[str]:
    """Return the names of the Python threads that live now, for a report."""
    return sorted(thread.name for thread in threading.enumerate())


def _first_of(looks: Sequence[Look]) -> list[Look]:
    """Return the first looks of some, at most half of them: what holds at the begin."""
    half = len(looks) // 2
    near = [look for look in looks if abs(look.spent_s - looks[0].spent_s) <= _END_S]
    return list(looks[: max(_END_LOOKS, min(len(near), half))])


def _usual(looks: Sequence[Look]) -> Look:
    """Return the median of some looks, each value by itself."""
    all_ = [asdict(look) for look in looks]
    return Look(**{name: statistics.median_high(one[name] for one in all_) for name in all_[0]})


def _slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Return the slope of the line that fits best; 0 where there is none."""
    if len(set(x)) < 2:
        return 0.0
    return round(statistics.linear_regression(x, y).slope, 4)


def _rate(looks: Sequence[Look]) -> float:
    spent_s = looks[-1].spent_s - looks[0].spent_s
    return (looks[-1].done - looks[0].done) / spent_s if spent_s > 0 else 0.0


def _handles(process: psutil.Process) -> int:
    if hasattr(process, "num_fds"):
        return int(process.num_fds())
    return int(process.num_handles())
