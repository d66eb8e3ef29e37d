"""What a part of the soak is given, and what it answers.

A part is a module of this package with one function, `run(options) -> dict`, named in
`scripts.soak.__main__.PARTS`. It runs in a process of its own. The answer is printed as JSON; its
`bars` are a list of what `bar` makes, and one that is not met makes the soak fail.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a part.

    Attributes:
        folder: An empty folder to write in, removed afterwards. Settings, models and files of the
            user are in there, too, while a part runs.
        count: How often, in what the part counts (frames, cycles, files); None for its full number.
        every_s: Seconds from one line of progress to the next.
        seed: What chance begins with, so that a run can be repeated.
    """

    folder: Path
    count: int | None = None
    every_s: float = 10.0
    seed: int = 6


def bar(name: str, measured: object, limit: object, *, met: bool) -> dict[str, Any]:
    """Return one line of a verdict.

    Args:
        name: What is asked for, as a person reads it.
        measured: What was found, with its unit in the name; plain values that JSON has.
        limit: What it must not pass, or must reach.
        met: Whether it holds.
    """
    return {"name": name, "measured": measured, "limit": limit, "met": met}


class Progress:
    """Prints a line on standard error every few seconds, and how far a part is.

    Args:
        part: Name of the part, at the begin of each line.
        wanted: Number that it counts up to.
        every_s: Seconds from one line to the next.
    """

    def __init__(self, part: str, wanted: int, every_s: float) -> None:
        self._part = part
        self._wanted = wanted
        self._every_s = every_s
        self._began_s = self._told_s = time.monotonic()

    def tell(self, done: int, text: str = "") -> bool:
        """Say how far it is if it is time to; True when a line was printed."""
        now_s = time.monotonic()
        if now_s - self._told_s < self._every_s and done < self._wanted:
            return False
        self._told_s = now_s
        spent_s = now_s - self._began_s
        line = f"{self._part}  {done:,} of {self._wanted:,}  {spent_s:,.0f} s  {text}"
        print(line.rstrip(), file=sys.stderr, flush=True)
        return True
