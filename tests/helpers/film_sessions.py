"""Sessions of short films that tests made, as an analysis would have stored them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ferqt.core.emotions import FERPLUS8
from ferqt.core.session_document import SessionDocument
from ferqt.core.session_table import NO_FACE, SessionTable
from tests.helpers.clips import presentation_times

Box = tuple[float, float, float, float]


def table_of(
    times_s: Sequence[float],
    faces: Mapping[int, Mapping[int, Box]],
    shares: Mapping[int, np.ndarray] | None = None,
    names: Mapping[int, str] | None = None,
) -> SessionTable:
    """Rows of a film.

    Args:
        times_s: When each frame is shown.
        faces: For each id the box in each frame that shows the face.
        shares: For each id frames x classes; half happy, the rest shared where it is missing.
        names: What a person called the faces.
    """
    classes = len(FERPLUS8)
    usual = np.full((len(times_s), classes), 0.4 / (classes - 1), np.float32)
    usual[:, FERPLUS8.index("happy")] = 0.6
    rows: list[tuple[int, int, Box, np.ndarray]] = []
    for frame in range(len(times_s)):
        seen = [face_id for face_id in sorted(faces) if frame in faces[face_id]]
        for face_id in seen:
            given = (shares or {}).get(face_id, usual)
            rows.append((frame, face_id, faces[face_id][frame], given[frame]))
        if not seen:
            rows.append((frame, NO_FACE, (np.nan,) * 4, np.full(classes, np.nan)))
    frame_numbers = np.array([row[0] for row in rows])
    ids = np.array([row[1] for row in rows], np.int32)
    scores = np.array([row[3] for row in rows], np.float32)
    seen_rows = ids != NO_FACE
    uncertain = seen_rows & (np.nan_to_num(scores).max(axis=1) < 0.4)
    return SessionTable(
        labels=FERPLUS8,
        frame=frame_numbers,
        timestamp=np.array(times_s, np.float64)[frame_numbers],
        face_id=ids,
        detection_confidence=np.where(seen_rows, 0.9, np.nan),
        box=np.array([row[2] for row in rows], np.float64),
        scores=scores,
        smoothed=scores.copy(),
        uncertain=uncertain,
        uncertain_smoothed=uncertain.copy(),
        pose=np.where(seen_rows[:, None], 0.0, np.nan) * np.ones((1, 3)),
        names=dict(names or {}),
    )


def facts_of(path: Path, every: int = 1, **source: Any) -> dict[str, Any]:
    """What `metadata.json` tells of a film."""
    times = presentation_times(path)
    return {
        "schema": 1,
        "program": "ferqt",
        "version": "0.0",
        "complete": True,
        "source": {
            "kind": "video",
            "name": path.name,
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "fps": float((len(times) - 1) / (times[-1] - times[0])),
            "frame_count": len(times),
            **source,
        },
        "part": {"from_s": None, "to_s": None, "every": every},
        "model": {"id": "tiny", "name": "Tiny", "labels": {"names": list(FERPLUS8.names)}},
        "settings": {},
        "results": {},
        "libraries": {},
    }


def film_session(
    path: Path, faces: Mapping[int, Mapping[int, Box]], **changes: Any
) -> SessionDocument:
    """The session of a film that lies on disk; `changes` are attributes of the document."""
    times = [float(time) for time in presentation_times(path)]
    document = SessionDocument(
        title=path.name,
        table=table_of(times, faces),
        facts=facts_of(path),
        source=str(path),
    )
    return replace(document, **changes)
