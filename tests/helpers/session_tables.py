"""Sessions made of a few words: what each face shows in each frame."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ferqt.core.blendshapes import BLENDSHAPES
from ferqt.core.emotions import FERPLUS8, LabelSet
from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.session_table import NO_FACE, SessionTable

Shown = str | tuple[str, float] | Mapping[str, float] | None
"""A name means a probability of 0.8; what is left to 1 is shared by the others; None: no face."""


def session(
    times: Sequence[float],
    faces: Mapping[int, Sequence[Shown]],
    *,
    labels: LabelSet = FERPLUS8,
    smoothed: Mapping[int, Sequence[Shown]] | None = None,
    uncertain_below: float = 0.0,
    frames: Sequence[int] | None = None,
    excluded: Sequence[tuple[float, float]] = (),
    markers: Sequence[tuple[float, str]] = (),
    movements: Mapping[str, Sequence[float]] | None = None,
    facts: Mapping[str, Any] | None = None,
    title: str = "clip",
) -> SessionDocument:
    """Make a session.

    Args:
        times: Time of each frame in s; NaN for pictures.
        faces: What each face shows, an entry a frame.
        labels: The model's classes.
        smoothed: The same for the smoothed columns; as `faces` when None.
        uncertain_below: Top probabilities under it are uncertain.
        frames: Numbers of the frames; 0, 1, 2 ... when None.
        excluded: Excluded ranges in s.
        markers: Time and label of each.
        movements: Blendshapes by name, an entry a row of face 1; all others are 0.
        facts: As of `metadata.json`.
        title: What the session is called.
    """
    numbers = list(range(len(times))) if frames is None else list(frames)
    shown_smoothed = faces if smoothed is None else smoothed
    rows: list[tuple[int, float, int, Shown, Shown]] = []
    for at, (number, time) in enumerate(zip(numbers, times, strict=True)):
        seen = [
            (number, time, face_id, faces[face_id][at], shown_smoothed[face_id][at])
            for face_id in sorted(faces)
            if faces[face_id][at] is not None
        ]
        rows += seen or [(number, time, NO_FACE, None, None)]
    scores = np.array([_scores(row[3], labels) for row in rows], np.float32)
    softer = np.array([_scores(row[4], labels) for row in rows], np.float32)
    nothing = np.full((len(rows), 4), np.nan)
    with np.errstate(invalid="ignore"):
        table = SessionTable(
            labels=labels,
            frame=np.array([row[0] for row in rows], np.int64),
            timestamp=np.array([row[1] for row in rows], np.float64),
            face_id=np.array([row[2] for row in rows], np.int32),
            detection_confidence=np.full(len(rows), 0.9),
            box=nothing,
            scores=scores.reshape(-1, len(labels)),
            smoothed=softer.reshape(-1, len(labels)),
            uncertain=scores.reshape(-1, len(labels)).max(axis=1) < uncertain_below,
            uncertain_smoothed=softer.reshape(-1, len(labels)).max(axis=1) < uncertain_below,
            pose=nothing[:, :3],
            blendshapes=None if movements is None else _blendshapes(rows, movements),
        )
    return SessionDocument(
        title,
        table,
        tuple(Marker(round(time * 1000), time, 0, label) for time, label in markers),
        tuple(TimeRange(start, end) for start, end in excluded),
        facts or {},
    )


def steady(count: int, fps: float = 10.0) -> list[float]:
    """Times of frames that come at one rate."""
    return [number / fps for number in range(count)]


def hour(seed: int = 0, faces: int = 2, frames: int = 108_000) -> SessionDocument:
    """An hour at 30 frames a second: faces that drift from one expression to the next.

    Every four seconds they blink.
    """
    random = np.random.default_rng(seed)
    rows = frames * faces
    drift = random.normal(size=(frames, faces, len(FERPLUS8))).cumsum(axis=0) * 0.15
    drift = np.exp(2 * np.sin(drift)).reshape(rows, -1)
    scores = (drift / drift.sum(axis=1, keepdims=True)).astype(np.float32)
    number = np.repeat(np.arange(frames), faces)
    table = SessionTable(
        labels=FERPLUS8,
        frame=number,
        timestamp=number / 30,
        face_id=np.tile(np.arange(1, faces + 1, dtype=np.int32), frames),
        detection_confidence=np.full(rows, 0.9),
        box=np.ones((rows, 4)),
        scores=scores,
        smoothed=scores.copy(),
        uncertain=scores.max(axis=1) < 0.3,
        uncertain_smoothed=scores.max(axis=1) < 0.3,
        pose=np.zeros((rows, 3)),
        blendshapes=_blinking(number),
    )
    return SessionDocument("hour", table)


def _blinking(number: np.ndarray) -> np.ndarray:
    values = np.full((len(number), len(BLENDSHAPES)), 0.05, np.float32)
    closed = number % 120 < 5
    for side in ("Left", "Right"):
        values[closed, BLENDSHAPES.index(f"eyeBlink{side}")] = 0.8
    return values


def _scores(shown: Shown, labels: LabelSet) -> list[float]:
    if shown is None:
        return [float("nan")] * len(labels)
    if isinstance(shown, str):
        given: Mapping[str, float] = {shown: 0.8}
    elif isinstance(shown, tuple):
        given = {shown[0]: shown[1]}
    else:
        given = shown
    rest = (1 - sum(given.values())) / max(len(labels) - len(given), 1)
    return [given.get(name, rest) for name in labels.names]


def _blendshapes(
    rows: Sequence[tuple[int, float, int, Shown, Shown]], movements: Mapping[str, Sequence[float]]
) -> np.ndarray:
    values = np.full((len(rows), len(BLENDSHAPES)), np.nan, np.float32)
    own = [at for at, row in enumerate(rows) if row[2] == 1]
    values[own] = 0
    for name, column in movements.items():
        values[own, BLENDSHAPES.index(name)] = column
    return values
