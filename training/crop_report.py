"""What was measured about a data set's crops, as JSON, as a table and as a drawing."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt.classifiers.card import AlignedCrop, BoxCrop
from training.crops import (
    BOX_CROPS,
    DATA_SET,
    POINTS,
    FacePlaces,
    compare_crops,
    measure_crop,
    sample,
)
from training.datasets.base import Source
from training.progress import Progress, silent

LIVE: Final = "live crop"
"""What the program shows a network that was trained on the data set."""

_COLORS: Final = ("#0072B2", "#0072B2", "#D55E00")
_GRAY: Final = "#999999"
_DPI: Final = 110


@dataclass(frozen=True, slots=True)
class CropReport:
    """Where faces lie in a data set's crops, and in live crops of the same faces.

    Attributes:
        source: Id of the data set.
        declared: The crop that its importer declares and models' cards carry.
        measured: On the data set's crops.
        live: By way to crop, "data set" first; empty when not compared.
    """

    source: str
    declared: AlignedCrop | BoxCrop
    measured: FacePlaces
    live: Mapping[str, FacePlaces]

    def as_json(self) -> dict[str, object]:
        """Everything as JSON takes it, places as shares of the side."""
        return {
            "source": self.source,
            "declared": _crop_json(self.declared),
            "measured": self.measured.as_json(),
            "suggested": _crop_json(self.measured.crop()),
            "live": {name: places.as_json() for name, places in self.live.items()},
        }

    def lines(self) -> Iterator[str]:
        """Medians and, in brackets, quartiles as tables for a terminal."""
        yield from _table(self.source, self.measured)
        suggested = self.measured.crop()
        yield f"  suggested crop: eyes {suggested.eyes}, mouth {suggested.mouth}"
        if isinstance(self.declared, AlignedCrop):
            yield (
                f"  declared crop:  eyes {self.declared.eyes}, mouth {self.declared.mouth}; "
                f"medians lie up to {self.measured.distance(self.declared):.3f} away"
            )
        for name, places in self.live.items():
            yield from _table(name, places)


def report_crop(
    source: Source, limit: int = 400, *, compare: bool = False, progress: Progress = silent
) -> CropReport:
    """Measure a data set's crops.

    Args:
        source: The data set.
        limit: Most pictures to search; one takes about 20 ms.
        compare: Measure live crops of the same faces, too; takes a third of a second a picture.
        progress: Told how many pictures are done; starts over where live crops are measured.

    Raises:
        FerqtError: No face was found.
    """
    ways = {**BOX_CROPS, LIVE: source.crop}
    return CropReport(
        source=source.id,
        declared=source.crop,
        measured=measure_crop(source, limit, progress=progress),
        live=compare_crops(sample(source, limit), ways, progress=progress) if compare else {},
    )


def write_places(report: CropReport, path: Path) -> None:
    """Draw where eyes and mouth lie in each kind of crop, a panel each; no picture is shown.

    Every face is a dot; crosses mark the medians of the data set, in all panels; the rectangle is
    the median one around the face mesh.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    kinds = report.live or {DATA_SET: report.measured}
    wanted = next(iter(kinds.values())).median()
    figure = Figure(figsize=(3.1 * len(kinds), 3.6), layout="constrained")
    for axes, (name, places) in zip(
        np.atleast_1d(figure.subplots(1, len(kinds))), kinds.items(), strict=True
    ):
        left, upper, right, lower = places.median_box()
        axes.add_patch(
            Rectangle((left, upper), right - left, lower - upper, fill=False, color=_GRAY)
        )
        for points, color in zip(places.points.swapaxes(0, 1), _COLORS, strict=True):
            axes.scatter(*points.T, s=4, color=color, alpha=0.25, linewidths=0)
        axes.scatter(*wanted.T, marker="+", s=140, color="black", linewidths=1.4)
        off = np.abs(places.median() - wanted).max()
        title = report.source if name == DATA_SET else f"{name}: off by {off:.3f}"
        axes.set_title(f"{title}\n{len(places)} faces", fontsize=9)
        _frame(axes)
    # Without the version of matplotlib in it, the same figures give the same file.
    figure.savefig(path, dpi=_DPI, metadata={"Software": None})


def _frame(axes: Any) -> None:
    """The crop's square, 0 to 1 with y down, in a little room for what lies beyond."""
    axes.set(xlim=(-0.05, 1.05), ylim=(1.08, -0.05), aspect="equal")
    axes.set_xticks((0, 0.5, 1))
    axes.set_yticks((0, 0.5, 1))
    axes.tick_params(labelsize=8)
    axes.grid(alpha=0.2)


def _table(title: str, places: FacePlaces) -> Iterator[str]:
    yield f"{title}: {len(places)} faces of {places.tried} pictures"
    low, high = places.quartiles()
    for name, median, first, third in zip(POINTS, places.median(), low, high, strict=True):
        x, y = (f"{median[axis]:.3f} ({first[axis]:.3f} to {third[axis]:.3f})" for axis in (0, 1))
        yield f"  {name:<18}x {x}   y {y}"
    box = " ".join(f"{edge:.3f}" for edge in places.median_box())
    yield f"  {'face mesh':<18}left, upper, right, lower edge {box}"


def _crop_json(crop: AlignedCrop | BoxCrop) -> dict[str, object]:
    return {"kind": crop.kind, **asdict(crop)}
