"""How each shipped model comes about: the recipes that lead to it, one after the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ferqt.errors import FerqtError
from training.config import load_recipe

if TYPE_CHECKING:
    from training.callbacks import Observer
    from training.datasets.base import Dataset
    from training.report import Report
    from training.run import RunFolder

_CONFIGS: Final = Path(__file__).parent / "configs"


@dataclass(frozen=True, slots=True)
class Step:
    """A recipe, and the head of it that goes on.

    Attributes:
        recipe: File in `training/configs`.
        head: Model that is exported; the next step starts from its weights.
    """

    recipe: str
    head: str


_BASE: Final = Step("live48-base.toml", "live48-fer7")

SHIPPED: Final[Mapping[str, tuple[Step, ...]]] = MappingProxyType(
    {
        "live48-ferplus8": (
            _BASE,
            Step("live48-votes8.toml", "live48-votes8"),
            Step("live48-ferplus8.toml", "live48-ferplus8"),
        ),
        "live48-fer7": (_BASE,),
        "cnn64-ck7": (Step("cnn64-ck7.toml", "cnn64-ck7"),),
    }
)
"""Steps to each shipped model, first to last."""


def reproduce(
    model_id: str,
    data: "Dataset",
    work: Path,
    models: Path,
    observers: "Callable[[RunFolder], list[Observer]]",
) -> "Report":
    """Train a shipped model from nothing, or go on where an earlier call stopped.

    Args:
        model_id: Key of `SHIPPED`.
        data: What the recipes are trained on.
        work: Folder of the runs and of the models between them.
        models: Folder that the finished model goes to.
        observers: Who is told of each run's progress.

    Returns:
        What the model reaches.

    Raises:
        FerqtError: There is no such model, or a step fails.
    """
    from training.export import export
    from training.run import RunFolder
    from training.train import train

    if model_id not in SHIPPED:
        raise FerqtError(
            f"{model_id!r} does not ship with ferqt", f"Choose one of: {', '.join(SHIPPED)}."
        )
    steps = SHIPPED[model_id]
    between = work / "models"
    weights: Path | None = None
    for step in steps:
        run = RunFolder(work / step.head)
        recipe = load_recipe(_CONFIGS / step.recipe)
        resume = run.load() is not None
        train(recipe, data, run.path, observers(run), resume=resume, weights=weights)
        if step is not steps[-1] and not (between / step.head).exists():
            export(run.path, data, between, (step.head,), test=False)
        weights = between / step.head
    return export(work / model_id, data, models, (model_id,))[0]
