"""A progress bar with the time left, on a terminal only."""

import sys

from ferqt.core.closing import Closing

_BAR = "{desc} {percentage:3.0f}% {bar} {n_fmt}/{total_fmt}{unit}, {remaining} left, {rate_fmt}"
_OPEN_END = "{desc} {n_fmt}{unit}, {elapsed}, {rate_fmt}"


class ProgressBar(Closing):
    """Shows how far a task is on standard error; silent when that is no terminal.

    Args:
        title: What is being done.
        total: How much there is to do; None when not known.
        done: What an earlier run has done.
        unit: What is counted.
    """

    def __init__(
        self, title: str, total: int | None, done: int = 0, *, unit: str = "frames"
    ) -> None:
        from tqdm import tqdm  # type: ignore[import-untyped]  # it ships no annotations

        visible = sys.stderr is not None and sys.stderr.isatty()
        self._bar = tqdm(
            desc=title,
            total=total,
            initial=done,
            unit=f" {unit}",
            bar_format=_OPEN_END if total is None else _BAR,
            dynamic_ncols=True,
            leave=False,
            disable=not visible,
            file=sys.stderr,
        )

    def show(self, done: int) -> None:
        """Move the bar to a count; a guess of the total that was low is corrected."""
        if self._bar.total is not None and done > self._bar.total:
            self._bar.total = done
        self._bar.update(done - self._bar.n)

    def print(self, line: str) -> None:
        """Print a line on standard output without tearing the bar."""
        self._bar.clear()
        print(line, flush=True)
        self._bar.refresh()

    def close(self) -> None:
        """Take the bar off the screen."""
        self._bar.close()
