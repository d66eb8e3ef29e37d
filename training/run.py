"""A run's folder: the recipe's copy, the log, the progress and the checkpoint to resume from."""

import json
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
class EpochRecord:
    """One line of the log.

    Attributes:
        epoch: From 1.
        loss: Mean training loss in nats, augmented pictures, smoothed targets.
        learning_rate: At the epoch's last step.
        accuracy: On the validation part, averaged weights.
        macro_f1: On the validation part, averaged weights.
        validation_loss: Cross-entropy in nats against the data set's own labels.
        seconds: Time of this epoch.
    """

    epoch: int
    loss: float
    learning_rate: float
    accuracy: float
    macro_f1: float
    validation_loss: float
    seconds: float


@dataclass(slots=True)
class Checkpoint:
    """Everything that the next epoch depends on.

    Attributes:
        state: Variables of network, optimizer and weight average, in the trainer's order.
        best: Averaged weights of the best epoch so far.
        history: Records of the finished epochs.
        data_sha256: Hash of the data set that was trained on.
    """

    state: Weights
    best: Weights
    history: list[EpochRecord]
    data_sha256: str


class RunFolder:
    """Files of one training run under one folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.recipe_file = path / "recipe.json"
        self.log_file = path / "log.csv"
        self.progress_file = path / "progress.jsonl"
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
        arrays = {f"state_{i:04d}": array for i, array in enumerate(checkpoint.state)}
        arrays |= {f"best_{i:04d}": array for i, array in enumerate(checkpoint.best)}
        about = {
            "history": [asdict(record) for record in checkpoint.history],
            "data_sha256": checkpoint.data_sha256,
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
                names = sorted(arrays.files)
                about = json.loads(arrays["about"].tobytes())
                return Checkpoint(
                    state=[arrays[name] for name in names if name.startswith("state_")],
                    best=[arrays[name] for name in names if name.startswith("best_")],
                    history=[EpochRecord(**record) for record in about["history"]],
                    data_sha256=about["data_sha256"],
                )
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
            raise FerqtError(
                f"cannot read {self._checkpoint_file}: {error}", "Start the run in a new folder."
            ) from error
