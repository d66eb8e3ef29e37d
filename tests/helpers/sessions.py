"""Synthetic sessions of any length, for tests of what shows, counts, exports or stores them."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ferqt.core.blendshapes import BLENDSHAPES
from ferqt.core.emotions import FERPLUS8, LabelSet
from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.session_table import NO_FACE, SessionTable
from ferqt.core.types import (
    EmotionScores,
    FaceBox,
    FaceResult,
    FloatArray,
    FrameResult,
    HeadPose,
    TrackedFace,
)
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.columns import ReadingColumns
from ferqt.outputs.store.writer import SessionWriter

MODEL_ID: Final = "model"
HOUR_S: Final = 3600.0

_SMOOTHING_S: Final = 0.3
_UNCERTAIN_BELOW: Final = 0.45


def session_document(
    seconds: float = 60.0,
    *,
    fps: float = 30.0,
    faces: int = 2,
    labels: LabelSet = FERPLUS8,
    gaps: bool = True,
    blendshapes: bool = False,
    additions: bool = True,
    seed: int = 0,
) -> SessionDocument:
    """A film in which faces change their expressions every few seconds.

    Args:
        seconds: Length.
        fps: Frames a second, constant.
        faces: How many faces; ids from 1.
        labels: Classes.
        gaps: Let each face go away now and then; now and then all of them at once.
        blendshapes: With the 52 movements, some of which follow the expression.
        additions: With names, markers, an excluded range, notes and tags.
        seed: Of all that looks random; equal arguments give equal documents.
    """
    rng = np.random.default_rng(seed)
    frames = max(1, round(seconds * fps))
    parts = [_face_columns(rng, frames, fps, labels, gaps, place) for place in range(faces)]
    shown = np.stack([part["shown"] for part in parts], axis=1)
    if gaps:
        # A tenth of the way in, everybody is out of the picture for a while.
        shown[frames // 10 : frames // 10 + max(1, round(fps * min(2, seconds / 30)))] = False
    frame, face = np.nonzero(shown)
    columns = {
        name: np.stack([part[name] for part in parts], axis=1)[frame, face]
        for name in parts[0]
        if name != "shown"
    }
    empty = np.flatnonzero(~shown.any(axis=1))
    places = np.searchsorted(frame, empty)
    table = _table(frame, face + 1, columns, places, empty, fps, labels)
    if blendshapes:
        table = _with_blendshapes(table, rng)
    if not additions:
        return SessionDocument("talk.mp4", table, facts=session_facts(table, seconds, fps))
    middle = frames // 2
    marked = [
        Marker(round(middle / fps * 1000), middle / fps, middle, "question", "the second one")
    ]
    return SessionDocument(
        title="talk.mp4",
        table=_named(table, {1: "Ada"}),
        markers=tuple(marked),
        excluded=(TimeRange(seconds * 0.8, seconds * 0.85),),
        facts=session_facts(table, seconds, fps),
        source="/films/talk.mp4",
        notes="Second take.",
        tags=("pilot", "room 3"),
    )


def hour_document(*, blendshapes: bool = False) -> SessionDocument:
    """An hour of 30 frames a second with two faces: about 216,000 rows."""
    return session_document(HOUR_S, blendshapes=blendshapes)


def session_facts(table: SessionTable, seconds: float, fps: float) -> Mapping[str, Any]:
    """What `metadata.json` would hold, as far as readers of a session look at it."""
    seen = table.face_id != NO_FACE
    return MappingProxyType(
        {
            "schema": 1,
            "program": "ferqt",
            "version": "0.0.0",
            "complete": True,
            "source": {
                "kind": "video",
                "name": "talk.mp4",
                "bytes": 1000,
                "sha256": "0" * 64,
                "width": 1280,
                "height": 720,
                "fps": fps,
                "variable_frame_rate": False,
                "duration_s": seconds,
                "frame_count": table.frame_count,
                "lost_frames": 0,
                "has_audio": True,
            },
            "part": {"from_s": None, "to_s": None, "every": 1},
            "model": {
                "id": MODEL_ID,
                "name": "Model",
                "runtime": "LiteRT",
                "files": {"litert": {"name": "model.tflite", "sha256": "1" * 64}},
                "labels": {"id": table.labels.id, "names": list(table.labels.names)},
                "temperature": 1.0,
                "uncertain_below": _UNCERTAIN_BELOW,
            },
            "compared_model": None,
            "settings": {"detector": {"id": "mediapipe"}, "smoothing_s": _SMOOTHING_S},
            "results": {
                "frames": table.frame_count,
                "frames_with_faces": len(np.unique(table.frame[seen])),
                "faces": len(table.faces),
                "rows": len(table),
            },
        }
    )


def stored_session(document: SessionDocument, path: Path, *, finished: bool = True) -> Path:
    """Write a document as a session's file, quickly, and return its path."""
    layout = RowLayout(document.table.labels)
    writer = SessionWriter.create(
        path, layout, document.facts, title=document.title, source=document.source
    )
    with writer:
        with closing(sqlite3.connect(path)) as connection, connection:
            _fill(connection, layout, document)
        if finished:
            writer.finish(document.facts)
    return path


def frame_results(document: SessionDocument) -> Iterator[FrameResult]:
    """The results of which a table like the document's is made, one a frame."""
    table = document.table
    starts = np.flatnonzero(np.diff(table.frame, prepend=-1))
    for first, after in zip(starts, [*starts[1:], len(table)], strict=True):
        time_s = float(table.timestamp[first])
        faces = [row for row in range(first, after) if table.face_id[row] != NO_FACE]
        yield FrameResult(
            frame=None,
            index=int(table.frame[first]),
            media_time=None if np.isnan(time_s) else time_s,
            session_ms=0 if np.isnan(time_s) else round(time_s * 1000),
            faces=tuple(_face_result(table, row) for row in faces),
            model_id=MODEL_ID,
            name="" if table.files is None else table.files[first],
        )


def _face_columns(
    rng: np.random.Generator,
    frames: int,
    fps: float,
    labels: LabelSet,
    gaps: bool,
    place: int,
) -> dict[str, npt.NDArray[Any]]:
    """What one face shows in all frames, and in which of them it is seen."""
    count = len(labels)
    holds = rng.integers(round(fps * 0.3) + 1, round(fps * 6) + 2, size=frames // 8 + 2)
    leading = np.repeat(rng.integers(0, count, len(holds)), holds)[:frames]
    strength = np.repeat(rng.uniform(1.0, 5.0, len(holds)), holds)[:frames]
    logits = rng.normal(0, 0.4, (frames, count))
    logits[np.arange(frames), leading] += strength
    scores = _shares(logits)
    smoothed = _shares(_smooth(logits, 1 - np.exp(-1 / (fps * _SMOOTHING_S))))
    sway = _smooth(rng.normal(0, 20, (frames, 5)), 0.02)
    shown = np.ones(frames, bool)
    if gaps:
        for start in rng.integers(0, frames, max(1, frames // round(fps * 40 + 1))):
            shown[start : start + round(fps * rng.uniform(0.2, 3))] = False
    return {
        "shown": shown,
        "confidence": rng.uniform(0.6, 1.0, frames),
        "box": np.column_stack(
            (
                200 + 500 * place + sway[:, 0],
                200 + sway[:, 1],
                np.full((frames, 2), [180.5, 220.25]),
            )
        ),
        "scores": scores,
        "smoothed": smoothed,
        "pose": sway[:, 2:],
    }


def _smooth(values: npt.NDArray[np.float64], share: float) -> npt.NDArray[np.float64]:
    """A running mean of about 1 / share values, over the first axis."""
    width = max(1, round(1 / share))
    sums = np.cumsum(np.vstack((np.repeat(values[:1], width, axis=0), values)), axis=0)
    mean: npt.NDArray[np.float64] = (sums[width:] - sums[:-width]) / width
    return mean


def _shares(logits: npt.NDArray[np.float64]) -> FloatArray:
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: FloatArray = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def _table(
    frame: npt.NDArray[np.intp],
    face_id: npt.NDArray[np.intp],
    columns: Mapping[str, npt.NDArray[Any]],
    places: npt.NDArray[np.intp],
    empty: npt.NDArray[np.intp],
    fps: float,
    labels: LabelSet,
) -> SessionTable:
    spread = {name: np.insert(column, places, np.nan, axis=0) for name, column in columns.items()}
    frames = np.insert(frame, places, empty).astype(np.int64)
    return SessionTable(
        labels=labels,
        frame=frames,
        timestamp=frames / fps,
        face_id=np.insert(face_id, places, NO_FACE).astype(np.int32),
        detection_confidence=spread["confidence"],
        box=spread["box"],
        scores=spread["scores"],
        smoothed=spread["smoothed"],
        uncertain=spread["scores"].max(axis=1) < _UNCERTAIN_BELOW,
        uncertain_smoothed=spread["smoothed"].max(axis=1) < _UNCERTAIN_BELOW,
        pose=spread["pose"],
    )


def _with_blendshapes(table: SessionTable, rng: np.random.Generator) -> SessionTable:
    shapes = rng.uniform(0, 0.1, (len(table), len(BLENDSHAPES))).astype(np.float32)
    smile = np.nan_to_num(table.smoothed[:, table.labels.index("happy")])
    blink = (np.arange(len(table)) % 120 < 6).astype(np.float32) * 0.8
    for side in ("Left", "Right"):
        shapes[:, BLENDSHAPES.index(f"mouthSmile{side}")] = smile
        shapes[:, BLENDSHAPES.index(f"eyeBlink{side}")] += blink
    shapes[table.face_id == NO_FACE] = np.nan
    return _changed(table, blendshapes=shapes)


def _named(table: SessionTable, names: Mapping[int, str]) -> SessionTable:
    return _changed(table, names=MappingProxyType(dict(names)))


def _changed(table: SessionTable, **values: Any) -> SessionTable:
    given = {name: getattr(table, name) for name in SessionTable.__slots__}
    return SessionTable(**(given | values))


def _fill(connection: sqlite3.Connection, layout: RowLayout, document: SessionDocument) -> None:
    table = document.table
    seen = table.face_id != NO_FACE
    first = np.flatnonzero(np.diff(table.frame, prepend=-1))
    times = table.timestamp[first]
    connection.executemany(
        "INSERT INTO frames (frame, media_time, session_ms, file) VALUES (?, ?, ?, ?)",
        zip(
            table.frame[first].tolist(),
            [None if np.isnan(time_s) else float(time_s) for time_s in times],
            np.nan_to_num(times * 1000).round().astype(int).tolist(),
            [None] * len(first) if table.files is None else [table.files[row] for row in first],
            strict=True,
        ),
    )
    columns = ReadingColumns.of(layout).names
    keys = zip(table.frame[seen].tolist(), table.face_id[seen].tolist(), strict=True)
    values = np.column_stack(
        (
            table.detection_confidence,
            table.box,
            table.pose,
            table.scores,
            table.uncertain,
            table.smoothed,
            table.uncertain_smoothed,
        )
    )[seen].tolist()
    connection.executemany(
        f"INSERT INTO readings VALUES ({', '.join('?' * len(columns))})",
        ((*key, *row) for key, row in zip(keys, values, strict=True)),
    )
    if table.blendshapes is not None:
        keys = zip(table.frame[seen].tolist(), table.face_id[seen].tolist(), strict=True)
        shapes = table.blendshapes[seen].tolist()
        connection.executemany(
            f"INSERT INTO blendshapes VALUES ({', '.join('?' * (2 + len(BLENDSHAPES)))})",
            ((*key, *row) for key, row in zip(keys, shapes, strict=True)),
        )
    _add(connection, document)


def _add(connection: sqlite3.Connection, document: SessionDocument) -> None:
    connection.executemany(
        "INSERT INTO faces VALUES (?, ?)",
        [(face_id, document.table.names.get(face_id, "")) for face_id in document.table.faces],
    )
    connection.executemany(
        "INSERT INTO markers (label, note, media_time, session_ms, frame) VALUES (?, ?, ?, ?, ?)",
        [
            (marker.label, marker.note, marker.media_time, marker.session_ms, marker.frame)
            for marker in document.markers
        ],
    )
    connection.executemany(
        "INSERT INTO excluded VALUES (?, ?)",
        [(part.start_s, part.end_s) for part in document.excluded],
    )
    connection.executemany("INSERT INTO tags VALUES (?)", [(tag,) for tag in document.tags])
    connection.execute("UPDATE session SET notes = ?", (document.notes,))


def _face_result(table: SessionTable, row: int) -> FaceResult:
    face_id = int(table.face_id[row])
    shapes = None if table.blendshapes is None else table.blendshapes[row].copy()
    pose = None if np.isnan(table.pose[row, 0]) else HeadPose(*table.pose[row].tolist())
    confidence = float(table.detection_confidence[row])
    x, y, width, height = table.box[row].tolist()
    box = FaceBox(
        x,
        y,
        width,
        height,
        confidence=None if np.isnan(confidence) else confidence,
        blendshapes=shapes,
        pose=pose,
    )
    labels = table.labels
    return FaceResult(
        TrackedFace(face_id, box, 1),
        EmotionScores(table.scores[row].copy(), labels, bool(table.uncertain[row])),
        EmotionScores(table.smoothed[row].copy(), labels, bool(table.uncertain_smoothed[row])),
        table.names.get(face_id, ""),
    )
