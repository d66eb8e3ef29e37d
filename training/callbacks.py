"""Who is told while a model trains: the log file, a program that reads progress, a person."""

import csv
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from ferqt.errors import FerqtError
from training.run import EpochRecord


class Observer(Protocol):
    """Hears of a run's progress; called in the training thread."""

    def on_step(self, epoch: int, step: int, steps: int, loss: float) -> None:
        """A step is done; `epoch` and `step` count from 1."""
        ...

    def on_epoch(self, history: Sequence[EpochRecord], epochs: int) -> None:
        """An epoch is done; `history` holds every epoch's record, also those before a resume."""
        ...


class CsvLog:
    """Writes the whole history anew after each epoch, so that a resumed run never doubles a row."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def on_step(self, epoch: int, step: int, steps: int, loss: float) -> None:
        """Nothing: the log has a row an epoch."""

    def on_epoch(self, history: Sequence[EpochRecord], epochs: int) -> None:  # noqa: ARG002
        """Write one row for each epoch."""
        rows = [record.flat() for record in history]
        with self._path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


class JsonProgress:
    """Appends one JSON object a line, for a window or a script that follows the run."""

    def __init__(self, path: Path, every_s: float = 2.0) -> None:
        self._path = path
        self._every_s = every_s
        self._last = 0.0

    def on_step(self, epoch: int, step: int, steps: int, loss: float) -> None:
        """Write a line at most every `every_s` seconds."""
        now = time.monotonic()
        if now - self._last < self._every_s:
            return
        self._last = now
        self._write({"event": "step", "epoch": epoch, "step": step, "steps": steps, "loss": loss})

    def on_epoch(self, history: Sequence[EpochRecord], epochs: int) -> None:
        """Write the epoch's record with the time left in seconds."""
        record = asdict(history[-1])
        self._write(
            {"event": "epoch", "epochs": epochs, "left_s": time_left(history, epochs), **record}
        )

    def _write(self, event: dict[str, object]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")


class ConsoleProgress:
    """Writes a line an epoch, with the time left, to standard error."""

    def on_step(self, epoch: int, step: int, steps: int, loss: float) -> None:
        """On a terminal, keep one line up to date."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\repoch {epoch}  step {step}/{steps}  loss {loss:.3f} ")
            sys.stderr.flush()

    def on_epoch(self, history: Sequence[EpochRecord], epochs: int) -> None:
        """Write the epoch's figures."""
        record, left = history[-1], time_left(history, epochs)
        start = "\r" if sys.stderr.isatty() else ""
        sys.stderr.write(
            f"{start}epoch {record.epoch}/{epochs}  {record.side} px  loss {record.loss:.3f}  "
            f"{record.seconds:.0f} s  left {left / 60:.0f} min\n"
        )
        for head, figures in record.heads.items():
            sys.stderr.write(
                f"  {head}: validation accuracy {figures.accuracy:.1%}, "
                f"macro F1 {figures.macro_f1:.1%}\n"
            )
        sys.stderr.flush()


class TensorBoardLog:
    """Writes the figures of each epoch for TensorBoard, on any backend.

    Raises:
        FerqtError: TensorBoard is not installed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            from tensorboard.summary import Writer
        except ImportError as error:
            raise FerqtError(
                "TensorBoard is not installed", "Install it with: pip install tensorboard"
            ) from error
        self._writer = Writer(str(folder))

    def on_step(self, epoch: int, step: int, steps: int, loss: float) -> None:
        """Nothing: the log has a point an epoch."""

    def on_epoch(self, history: Sequence[EpochRecord], epochs: int) -> None:  # noqa: ARG002
        """Write one point for each figure."""
        for name, value in history[-1].flat().items():
            self._writer.add_scalar(name, value, step=history[-1].epoch)
        self._writer.flush()


def time_left(history: Sequence[EpochRecord], epochs: int) -> float:
    """Seconds to the end, from the mean of the last three epochs' times."""
    recent = [record.seconds for record in history[-3:]]
    return (epochs - history[-1].epoch) * sum(recent) / len(recent)
