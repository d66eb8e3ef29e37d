"""What a model's report holds, and its form as JSON."""

from dataclasses import asdict, dataclass
from typing import Any

from ferqt.classifiers.card import ModelCard
from training.adjust import Adjustment
from training.evaluate import Evaluation, evaluation_json
from training.formats import FormatRecord
from training.run import EpochRecord


@dataclass(frozen=True, slots=True)
class History:
    """How a model was trained.

    Attributes:
        head: Id of its head.
        best_epoch: The exported epoch, from 1.
        records: One an epoch.
        loss_weight: Sum of all heads' weights in the training loss.
    """

    head: str
    best_epoch: int
    records: tuple[EpochRecord, ...]
    loss_weight: float


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of a model.

    Attributes:
        card: Its card.
        evaluations: At least one set of pictures, the one to quote last.
        history: None when the model is measured without its run.
        adjustment: None when the recipe does not ask for one, or without the run.
        formats: Its other files.
    """

    card: ModelCard
    evaluations: tuple[Evaluation, ...]
    history: History | None = None
    adjustment: Adjustment | None = None
    formats: tuple[FormatRecord, ...] = ()

    @property
    def quoted(self) -> Evaluation:
        """The evaluation whose figures stand for the model."""
        return self.evaluations[-1]


def report_json(report: Report) -> dict[str, Any]:
    """The report as JSON holds it; what is not known is null."""
    card, history, adjustment = report.card, report.history, report.adjustment
    return {
        "model": card.id,
        "architecture": card.architecture,
        "parameters": card.parameters,
        "evaluations": [evaluation_json(one) for one in report.evaluations],
        "history": None if history is None else _history_json(history),
        "adjustment": None if adjustment is None else asdict(adjustment),
        "formats": [asdict(one) for one in report.formats],
    }


def _history_json(history: History) -> dict[str, Any]:
    return {
        "head": history.head,
        "best_epoch": history.best_epoch,
        "epochs": [
            {
                "epoch": record.epoch,
                "phase": record.phase,
                "side": record.side,
                "training_loss": record.loss / history.loss_weight,
                "validation": asdict(record.heads[history.head]),
                "learning_rate": record.learning_rate,
                "seconds": record.seconds,
            }
            for record in history.records
        ],
    }
