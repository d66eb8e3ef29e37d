"""What computer this is, what it had to do besides, and how much memory a process takes."""

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ferqt import __version__
from ferqt.core.cores import usable_cores
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.provenance import describe_libraries

_QUIET_SHARE: Final = 0.05
"""Other programs may take this share of the processors before it is said that they disturbed."""

_STEAL, _IDLE, _WAITING = 7, 3, 4
"""Places in the first line of /proc/stat."""


def describe_machine(config: PipelineConfig) -> dict[str, Any]:
    """Return what decides how quick ferqt is here, as JSON-able values."""
    return {
        "processor": processor_name(),
        "cores": usable_cores(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "ferqt": __version__,
        "libraries": describe_libraries(),
        "threads": {"model": config.threads, "landmarks": config.detector.threads},
    }


def processor_name() -> str:
    """Return what the processor calls itself."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def resident_mb() -> float | None:
    """Return the memory of this process in MB: now on Linux, the most so far on macOS.

    None where the system does not tell it without a library.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return round(pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000, 1)
    except (OSError, ValueError):
        pass
    if sys.platform == "darwin":
        import resource

        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000, 1)
    return None


@dataclass(frozen=True, slots=True)
class Load:
    """What the processors did during a measurement, as shares of all their time.

    Attributes:
        others: Taken by other programs of this computer; None where the system does not tell.
        stolen: Taken by other guests of the same host; 0 on a computer of its own.
    """

    others: float | None
    stolen: float | None

    @property
    def disturbed(self) -> bool:
        """Whether the figures are those of a computer that had more to do."""
        return (self.others or 0) + (self.stolen or 0) > _QUIET_SHARE


class LoadWatch:
    """Counts from now on what other programs do; on Linux, elsewhere it knows nothing."""

    def __init__(self) -> None:
        self._begin = _ticks()
        self._own_begin_s = _own_s()

    def load(self) -> Load:
        """Return what they did until now. Child processes count as own once they have ended."""
        begin, end = self._begin, _ticks()
        if begin is None or end is None:
            return Load(None, None)
        return load_between(begin, end, _own_s() - self._own_begin_s, os.sysconf("SC_CLK_TCK"))


def load_between(
    begin: tuple[int, ...], end: tuple[int, ...], own_s: float, ticks_per_s: int
) -> Load:
    """Work the load out of two looks at the first line of /proc/stat.

    Args:
        begin: Its first eight numbers: user, nice, system, idle, waiting, two interrupts, stolen.
        end: The same, later.
        own_s: Seconds of processor time that the measurement itself took between them.
        ticks_per_s: Unit of those numbers.
    """
    spent = [after - before for before, after in zip(begin, end, strict=True)]
    whole = sum(spent)
    if whole <= 0:
        return Load(0.0, 0.0)
    busy = whole - spent[_IDLE] - spent[_WAITING] - spent[_STEAL]
    others = max(busy - own_s * ticks_per_s, 0.0)
    return Load(round(others / whole, 3), round(spent[_STEAL] / whole, 3))


def _ticks() -> tuple[int, ...] | None:
    try:
        first = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
    except OSError:
        return None
    numbers = tuple(int(word) for word in first.split()[1:9])
    return numbers if len(numbers) == 8 else None


def _own_s() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def load_text(load: Load) -> str:
    """Say in a sentence whether something else ran meanwhile."""
    if load.others is None or load.stolen is None:
        return "What other programs did meanwhile is not known on this system."
    told = f"Other programs took {load.others:.0%} of the processors meanwhile"
    if load.stolen:
        told += f", other guests of the host {load.stolen:.0%}"
    if load.disturbed:
        return f"{told}: these are the figures of a busy computer."
    return f"{told}, too little to count."
