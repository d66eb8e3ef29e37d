"""Watches a machine stand still: how late a clock of 2 ms comes that nothing on it can hold up.

On a virtual machine the host takes processors away for tens of milliseconds. Whatever runs then
is late through no fault of its own; `measure.py` takes that time off.

    python scripts/machine_pauses.py    prints a line a pause, until it is ended

A line has the clock (`time.perf_counter`, which all processes share on Linux) at the pause's end
and its length in ms. Where the user may (root does), the process runs at real-time priority;
without, the pauses hold what other programs took, too.
"""

import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

_TICK_S: Final = 0.002
_PAUSE_S: Final = 0.002
"""Lateness that counts as a pause."""

_REAL_TIME_PRIORITY: Final = 50


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the machine stood still.

    Attributes:
        begin: In s of `time.perf_counter`.
        end: The same.
    """

    begin: float
    end: float

    def within(self, begin: float, end: float) -> float:
        """Seconds of the pause in a span of time."""
        return max(min(self.end, end) - max(self.begin, begin), 0.0)


@contextmanager
def watched() -> Generator[list[Pause], None, None]:
    """Watch the machine in a process of its own; the list is filled when the block is left."""
    pauses: list[Pause] = []
    command = [sys.executable, __file__]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield pauses
        finally:
            process.terminate()
            said = process.communicate()[0]
            for line in said.splitlines():
                end, length_ms = map(float, line.split())
                pauses.append(Pause(end - length_ms / 1000, end))


def main() -> None:
    """Print pauses until ended."""
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(_REAL_TIME_PRIORITY))
    last = time.perf_counter()
    while True:
        time.sleep(_TICK_S)
        now = time.perf_counter()
        late = now - last - _TICK_S
        if late > _PAUSE_S:
            print(f"{now:.4f} {late * 1000:.1f}", flush=True)
        last = now


if __name__ == "__main__":
    main()
