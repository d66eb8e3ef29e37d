"""Parts for pictures that their authors did not divide: by person, and alike in classes."""

from collections.abc import Mapping

import numpy as np

from training.datasets.base import PARTS, TEST, TRAIN, VALIDATION, Labels, Source, Texts


def assign_parts(source: Source, validation: float, test: float, seed: int) -> Texts:
    """Give every picture of a source a part.

    Published parts stay, whoever they show. Where the authors published only some, the missing ones
    are taken from the training part. Persons are never divided by what is dealt here: all pictures
    of a subject go to the same part; a picture whose subject is not known counts as a person of its
    own.

    Args:
        source: N pictures.
        validation: Share of the dealt pictures for validation, where none is published, 0..1.
        test: The same for the test.
        seed: Of the order in which persons are dealt.

    Returns:
        N times one of `PARTS`.
    """
    parts = source.parts.astype(f"<U{max(map(len, PARTS))}")
    shares = {VALIDATION: validation, TEST: test}
    wanted = {part: share for part, share in shares.items() if share > 0 and part not in parts}
    wanted[TRAIN] = 1.0 - sum(wanted.values())
    rows = np.flatnonzero(np.isin(parts, ["", TRAIN]) if len(wanted) > 1 else parts == "")
    if len(rows):
        parts[rows] = _deal(source, rows, wanted, seed)
    return parts


def _deal(source: Source, rows: Labels, wanted: Mapping[str, float], seed: int) -> Texts:
    """Deal persons to parts, those with the rarest of the classes left first.

    Iterative stratification (Sechidis et al. 2011) over persons instead of pictures. A person goes
    to the part whose classes come nearest to what is wanted of it, by the sum of squared
    differences in units of what is wanted, as in a chi-square test.
    """
    names = np.array([source.subjects[row] or f"#{row}" for row in rows])
    labels = source.labels[rows] - source.labels[rows].min()
    people, owner = np.unique(names, return_inverse=True)
    counts = np.zeros((len(people), int(labels.max()) + 1))
    np.add.at(counts, (owner, labels), 1)
    parts = [part for part in PARTS if part in wanted]
    shares = np.array([[wanted[part]] for part in parts])
    goal = shares * np.maximum(counts.sum(axis=0), 1)
    lacking = goal.copy()
    given = np.full(len(people), -1)
    order = np.random.default_rng(seed).permutation(len(people))
    while (left := order[given[order] < 0]).size:
        pictures = counts[left].sum(axis=0)
        rarest = int(np.argmin(np.where(pictures > 0, pictures, np.inf)))
        having = left[counts[left, rarest] > 0]
        # Who has most pictures first, so that the others can even out.
        for person in having[np.argsort(-counts[having].sum(axis=1), kind="stable")]:
            one = counts[person]
            given[person] = np.argmin(((one**2 - 2 * lacking * one) / goal).sum(axis=1))
            lacking[given[person]] -= one
    dealt: Texts = np.array(parts)[given][owner]
    return dealt
