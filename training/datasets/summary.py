"""What a data set holds, in numbers: what `prepare` says, and what its chart shows."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from ferqt.core.emotions import EMOTIONS, LABEL_SETS, LabelSet
from training.datasets.base import NO_LABEL, PARTS, Dataset, Split
from training.datasets.labels import LABELINGS, Labeling, labels_in

EXPRESSIONS: Final = LabelSet("expressions", EMOTIONS)
"""Every expression that a picture can be labeled with."""


def labelings_of(data: Dataset) -> tuple[Labeling, ...]:
    """The rules that can tell a picture's class; raters' majority only where there are raters."""
    return LABELINGS if data.votes_from else ("own",)


def class_counts(split: Split, labels: LabelSet, labeling: Labeling) -> dict[str, int]:
    """Pictures of each class of a label set, by name."""
    found = labels_in(split, labels, labeling)
    counts = np.bincount(found[found != NO_LABEL], minlength=len(labels)).tolist()
    return dict(zip(labels.names, counts, strict=True))


def summarize(data: Dataset) -> dict[str, Any]:
    """Describe a data set in values that JSON takes."""
    return {
        "id": data.id,
        "sources": list(data.sources),
        "votes_from": data.votes_from,
        "sha256": data.sha256(),
        "parts": {part: _summarize_part(data, data.splits[part]) for part in PARTS},
        "dropped": dict(data.dropped),
        "warnings": warnings_for(data),
    }


def warnings_for(data: Dataset) -> list[str]:
    """What somebody who trains on the data should know: empty classes, persons in two parts."""
    found = [f"there is no {part} part" for part in PARTS if len(data.splits[part]) == 0]
    for labeling in labelings_of(data):
        counts = {part: class_counts(data.splits[part], EXPRESSIONS, labeling) for part in PARTS}
        present = [name for name in EMOTIONS if any(one[name] for one in counts.values())]
        found += [
            f"{data.splits[part].name} has no picture of {name}{_BY[labeling]}"
            for part in PARTS
            if len(data.splits[part]) > 0
            for name in present
            if counts[part][name] == 0
        ]
    shared = subjects_in_two_parts(data)
    if shared:
        found.append(f"persons in two parts, as published: {len(shared)} ({_some(shared)})")
    return found


def subjects_in_two_parts(data: Dataset) -> list[str]:
    """Names of the persons whom several parts show; only published parts can have such."""
    parts = [set(split.subjects[split.subjects != ""].tolist()) for split in data.splits.values()]
    return sorted(name for name in set().union(*parts) if sum(name in one for one in parts) > 1)


_BY: Final[Mapping[Labeling, str]] = {"own": "", "majority": " by the raters' majority"}
_SHOWN: Final = 5


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")


def _summarize_part(data: Dataset, split: Split) -> dict[str, Any]:
    return {
        "name": split.name,
        "pictures": len(split),
        "subjects": len(np.unique(split.subjects[split.subjects != ""])),
        "by_source": {
            source: int((split.sources == index).sum()) for index, source in enumerate(data.sources)
        },
        "classes": {
            labeling: {
                labels.id: class_counts(split, labels, labeling)
                for labels in (*LABEL_SETS.values(), EXPRESSIONS)
            }
            for labeling in labelings_of(data)
        },
    }
