"""A picture of how many pictures each class has in each part."""

from pathlib import Path
from typing import Any, Final

from ferqt.core.emotions import color_of
from ferqt.errors import OutputError
from training.datasets.base import PARTS, Dataset, Split
from training.datasets.labels import Labeling
from training.datasets.summary import EXPRESSIONS, class_counts, labelings_of

_DPI: Final = 120
_DARK, _FAINT = "#333333", "#777777"
_ROOM: Final = 1.45
"""Width of a panel in units of its longest bar, for the numbers behind the bars."""

_TITLES: Final = {"own": "by the data set's own label", "majority": "by the raters' majority"}


def write_chart(data: Dataset, path: Path) -> None:
    """Draw the classes of each part: a row of panels for each way to tell a picture's class.

    Bars are shares of the part's labeled pictures, so that parts of different sizes compare.

    Raises:
        OutputError: The file cannot be written.
    """
    # Without pyplot: no window system and no global state.
    from matplotlib.figure import Figure

    labelings = labelings_of(data)
    names = [name for name in EXPRESSIONS.names if _is_there(data, name)]
    height = 0.7 + len(labelings) * (0.8 + 0.3 * len(names))
    figure = Figure(figsize=(10.0, height), layout="constrained")
    figure.suptitle(data.id, fontsize=12, x=0.01, ha="left")
    panels = figure.subplots(len(labelings), len(PARTS), sharex=True, sharey=True, squeeze=False)
    longest = 0.0
    for row, labeling in zip(panels, labelings, strict=True):
        for axes, part in zip(row, PARTS, strict=True):
            longest = max(longest, _draw(axes, data.splits[part], labeling, names))
        row[0].set_ylabel(_TITLES[labeling], fontsize=9, color=_FAINT)
    panels[0, 0].set_xlim(0, _ROOM * max(longest, 1.0))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Without the version of matplotlib in it, the same data give the same file.
        figure.savefig(path, format="png", dpi=_DPI, metadata={"Software": None})
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}", "Check the folder.") from error


def _is_there(data: Dataset, name: str) -> bool:
    return any(
        class_counts(split, EXPRESSIONS, labeling)[name] > 0
        for split in data.splits.values()
        for labeling in labelings_of(data)
    )


def _draw(axes: Any, split: Split, labeling: Labeling, names: list[str]) -> float:
    """Draw one panel; return its longest bar in percent."""
    counts = class_counts(split, EXPRESSIONS, labeling)
    total = sum(counts.values())
    shares = [100 * counts[name] / max(total, 1) for name in names]
    places = range(len(names))
    axes.barh(places, shares, height=0.7, color=[color_of(name) for name in names])
    for place, name, share in zip(places, names, shares, strict=True):
        text = f" {counts[name]:,}  {share:.1f}%" if total else " 0"
        axes.text(share, place, text, va="center", fontsize=8, color=_DARK)
    unlabeled = len(split) - total
    rest = f", {unlabeled:,} without label" if unlabeled else ""
    axes.set_title(f"{split.name}\n{total:,} pictures{rest}", fontsize=9, loc="left")
    axes.set_yticks(places, names, fontsize=9)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.spines["left"].set_color(_FAINT)
    return max(shares)
