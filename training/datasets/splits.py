"""Parts for pictures that their authors did not divide: by person, and alike in classes."""

import numpy as np

from training.datasets.base import PARTS, TEST, TRAIN, VALIDATION, Source, Texts


def assign_parts(source: Source, validation: float, test: float, seed: int) -> Texts:
    """Give every picture of a source a part.

    Published parts stay. A source with a published test part but without validation gives up a
    share of its training part. Persons are never divided: all pictures of a subject go to the same
    part; a picture whose subject is not known counts as a person of its own.

    Args:
        source: N pictures.
        validation: Share of the pictures for validation, 0..1.
        test: Share for the test, where none is published.
        seed: Of the order in which persons are dealt.

    Returns:
        N times one of `PARTS`.
    """
    parts = source.parts.astype("<U10")
    shares = {VALIDATION: validation, TEST: test}
    missing = [part for part in shares if not (parts == part).any()]
    open_rows = np.isin(parts, ["", TRAIN]) if missing else parts == ""
    wanted = {part: shares[part] for part in missing}
    wanted[TRAIN] = 1.0 - sum(wanted.values())
    rows = np.flatnonzero(open_rows)
    if len(rows):
        parts[rows] = _deal(source, rows, wanted, seed)
    return parts


def _deal(
    source: Source,
    rows: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    wanted: dict[str, float],
    seed: int,
) -> Texts:
    """Deal persons, those with the rarest expressions first, to the part that lacks them most.

    Iterative stratification (Sechidis et al. 2011) over persons instead of pictures.
    """
    names = np.array([source.subjects[row] or f"#{row}" for row in rows])
    labels = source.labels[rows] - source.labels[rows].min()
    classes = int(labels.max()) + 1
    sizes = np.bincount(labels, minlength=classes).astype(np.float64)
    people, owner = np.unique(names, return_inverse=True)
    counts = np.zeros((len(people), classes))
    np.add.at(counts, (owner, labels), 1)
    order = np.random.default_rng(seed).permutation(len(people))
    rarity = (counts / np.maximum(sizes, 1)).max(axis=1)
    order = order[np.argsort(-rarity[order], kind="stable")]
    parts = [part for part in PARTS if part in wanted]
    lacking = np.array([[wanted[part]] for part in parts]) * sizes[None, :]
    given = np.zeros(len(people), dtype=np.int64)
    for person in order:
        need = (lacking * (counts[person] / np.maximum(sizes, 1))).sum(axis=1)
        given[person] = int(np.argmax(need))
        lacking[given[person]] -= counts[person]
    return np.array(parts)[given][owner]
