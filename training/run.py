"""A run's folder: the recipe's copy, the log, the progress and the checkpoint to resume from."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from ferqt.errors import FerqtError
from training.config import Recipe, recipe_from_tables

Weights = list[npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class HeadRecord:
    """What a head reaches on the validation part after an epoch, with the averaged weights.

    Attributes:
        accuracy: Share of right answers, 0..1.
        macro_f1: F1 averaged over the classes, 0..1.
        loss: Cross-entropy in nats against the true classes.
    """

    accuracy: float
    macro_f1: float
    loss: float


@dataclass(frozen=True, slots=True)
class EpochRecord:
    """One line of the log.

    Attributes:
        epoch: From 1.
        phase: From 1.
        side: Side of the pictures, px.
        loss: Mean training loss in nats, augmented pictures, smoothed targets, all heads.
        learning_rate: At the epoch's last step.
        heads: By head's id.
        seconds: Time of this epoch.
    """

    epoch: int
    phase: int
    side: int
    loss: float
    learning_rate: float
    heads: Mapping[str, HeadRecord]
    seconds: float

    def score(self, select_by: str, head: str | None = None) -> float:
        """The figure that chooses: one head's, or the mean of all; "last" lets later ones win."""
        if select_by == "last":
            return float(self.epoch)
        chosen = self.heads.values() if head is None else [self.heads[head]]
        values = [float(getattr(one, select_by)) for one in chosen]
        return sum(values) / len(values)

    def flat(self) -> dict[str, float]:
        """The record as columns; a head's figures are named `<head>.<figure>`."""
        plain = asdict(self)
        heads = plain.pop("heads")
        return plain | {
            f"{head}.{name}": value for head, row in heads.items() for name, value in row.items()
        }


@dataclass(slots=True)
class Best:
    """The best epoch of one head, in the latest phase.

    Attributes:
        epoch: From 1.
        weights: Averaged weights of the whole network, in the order of Keras's `set_weights`.
    """

    epoch: int
    weights: Weights


@dataclass(slots=True)
class Checkpoint:
    """Everything that the next epoch depends on.

    Attributes:
        state: Variables of network, optimizer and weight average, in the trainer's order.
        best: By head's id.
        history: Records of the finished epochs.
        data_sha256: Hash of the data set that was trained on.
        precision: What the network trains in, "mixed_bfloat16" or "float32".
    """

    state: Weights
    best: dict[str, Best]
    history: list[EpochRecord]
    data_sha256: str
    precision: str


class RunFolder:
    """Files of one training run under one folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.recipe_file = path / "recipe.json"
        self.log_file = path / "log.csv"
        self.progress_file = path / "progress.jsonl"
        self.tensorboard = path / "tensorboard"
        self._checkpoint_file = path / "checkpoint.npz"

    def start(self, recipe: Recipe, *, resume: bool) -> None:
        """Make the folder, or make sure that it belongs to the recipe.

        Raises:
            FerqtError: The folder holds a run and `resume` is not asked for, or another recipe.
        """
        if self._checkpoint_file.exists():
            if not resume:
                raise FerqtError(
                    f"{self.path} holds a run already",
                    "Continue it with --resume or choose another folder.",
                )
            if self.recipe() != recipe:
                raise FerqtError(
                    f"the run in {self.path} was started with another recipe",
                    "Choose another folder, or the recipe it was started with.",
                )
        self.path.mkdir(parents=True, exist_ok=True)
        self.recipe_file.write_text(json.dumps(asdict(recipe), indent=2), encoding="utf-8")

    def recipe(self) -> Recipe:
        """The recipe that the run was started with."""
        try:
            tables = json.loads(self.recipe_file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise FerqtError(f"{self.path} is no training run: {error}") from error
        return recipe_from_tables(tables, str(self.recipe_file))

    def finished_on(self) -> date:
        """Day (UTC) of the last checkpoint."""
        return datetime.fromtimestamp(self._checkpoint_file.stat().st_mtime, UTC).date()

    def save(self, checkpoint: Checkpoint) -> None:
        """Write the checkpoint; a crash in between leaves the previous one whole."""
        arrays = {f"state/{i:04d}": array for i, array in enumerate(checkpoint.state)}
        for head, best in checkpoint.best.items():
            arrays |= {f"best/{head}/{i:04d}": array for i, array in enumerate(best.weights)}
        about = {
            "history": [asdict(record) for record in checkpoint.history],
            "best_epochs": {head: best.epoch for head, best in checkpoint.best.items()},
            "data_sha256": checkpoint.data_sha256,
            "precision": checkpoint.precision,
        }
        arrays["about"] = np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)
        temporary = self._checkpoint_file.with_suffix(".partial")
        with temporary.open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
        temporary.replace(self._checkpoint_file)

    def load(self) -> Checkpoint | None:
        """Read the checkpoint; None when there is none yet.

        Raises:
            FerqtError: The file is damaged.
        """
        if not self._checkpoint_file.exists():
            return None
        try:
            with np.load(self._checkpoint_file, allow_pickle=False) as arrays:
                about = json.loads(arrays["about"].tobytes())

                def group(prefix: str) -> Weights:
                    return [
                        arrays[name] for name in sorted(arrays.files) if name.startswith(prefix)
                    ]

                return Checkpoint(
                    state=group("state/"),
                    best={
                        head: Best(epoch, group(f"best/{head}/"))
                        for head, epoch in about["best_epochs"].items()
                    },
                    history=[_record(plain) for plain in about["history"]],
                    data_sha256=about["data_sha256"],
                    precision=about["precision"],
                )
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
            raise FerqtError(
                f"cannot read {self._checkpoint_file}: {error}", "Start the run in a new folder."
            ) from error


def _record(plain: dict[str, Any]) -> EpochRecord:
    heads = {head: HeadRecord(**row) for head, row in plain["heads"].items()}
    return EpochRecord(**(plain | {"heads": heads}))
