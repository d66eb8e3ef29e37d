"""How far a long task is: a function that is told, and a bar on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


def silent(done: int, total: int) -> None:
    """Tell nobody."""


@contextmanager
def progress_bar(title: str, unit: str) -> Iterator[Progress]:
    """Show progress and the time left on standard error; nothing where that is no terminal."""
    from tqdm import tqdm  # type: ignore[import-untyped]  # it ships no annotations

    visible = sys.stderr is not None and sys.stderr.isatty()
    with tqdm(desc=title, unit=f" {unit}", leave=False, disable=not visible) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
