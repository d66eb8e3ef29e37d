"""Turns the rows of a stored session back into results, as the pipeline gave them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.session_document import SessionDocument
from ferqt.core.session_table import NO_FACE, SessionTable
from ferqt.core.types import (
    EmotionScores,
    FaceBox,
    FaceResult,
    Frame,
    FrameResult,
    HeadPose,
    TrackedFace,
)
from ferqt.sources.base import SourceKind

_LIVE: Final = frozenset({SourceKind.CAMERA, SourceKind.STREAM})


class Replay:
    """Tells what was read from a frame, without reading it again.

    Results are light: they have no picture, no landmarks and no times of stages. Safe to use from
    several threads at once.

    Args:
        document: The session.
    """

    def __init__(self, document: SessionDocument) -> None:
        table = document.table
        facts = document.facts
        self._table = table
        self._live = ((facts.get("source") or {}).get("kind") or "") in _LIVE
        self._every = int((facts.get("part") or {}).get("every") or 1)
        self._model = str((facts.get("model") or {}).get("id") or "")
        self._compared = str((facts.get("compared_model") or {}).get("id") or "")
        starts = np.flatnonzero(np.append(True, np.diff(table.frame) != 0)[: len(table)])
        order = np.argsort(table.frame[starts], kind="stable")
        self._starts = starts[order]
        self._ends = np.append(starts[1:], len(table))[order]
        self._frames = table.frame[self._starts]
        self._ages = _ages(table)

    @property
    def frames(self) -> npt.NDArray[np.int64]:
        """Numbers of all analyzed frames, ascending."""
        return self._frames

    def analyzed(self, frame: int) -> bool:
        """Whether a frame was analyzed."""
        place = int(np.searchsorted(self._frames, frame))
        return place < len(self._frames) and int(self._frames[place]) == frame

    def result(self, frame: int) -> FrameResult:
        """Return what was read from a frame, by its number in the source; a few µs a face.

        Where only every n-th frame was analyzed, those between have the reading of the one before
        them, and that one's index and time. What was not analyzed has no faces.
        """
        place = int(np.searchsorted(self._frames, frame, side="right")) - 1
        if place < 0 or frame - int(self._frames[place]) >= self._every:
            return FrameResult(None, frame, None, 0, (), self._model)
        return self._at(place)

    def of(self, frame: Frame) -> FrameResult:
        """Return what was read from a frame, with its picture and its own times."""
        return replace(
            self.result(frame.index),
            frame=frame,
            index=frame.index,
            media_time=frame.media_time,
            session_ms=frame.session_ms,
            name=frame.name,
        )

    def results(self) -> Iterator[FrameResult]:
        """Yield the results of all analyzed frames in their order."""
        for place in range(len(self._frames)):
            yield self._at(place)

    def _at(self, place: int) -> FrameResult:
        table = self._table
        start, end = int(self._starts[place]), int(self._ends[place])
        time_s = float(table.timestamp[start])
        name = "" if table.files is None else table.files[start]
        timed = bool(np.isfinite(time_s))
        index = int(self._frames[place])
        return FrameResult(
            frame=None,
            index=index,
            media_time=time_s if timed and not self._live else None,
            session_ms=round(time_s * 1000) if timed else index,
            faces=tuple(
                self._face(row) for row in range(start, end) if table.face_id[row] != NO_FACE
            ),
            model_id=self._model if table.models is None else table.models[start],
            name=name,
            other_model_id=(
                self._compared if table.compared_models is None else table.compared_models[start]
            ),
        )

    def _face(self, row: int) -> FaceResult:
        table = self._table
        face_id = int(table.face_id[row])
        confidence = float(table.detection_confidence[row])
        x, y, width, height = table.box[row].tolist()
        pitch, yaw, roll = table.pose[row].tolist()
        blendshapes = None if table.blendshapes is None else table.blendshapes[row]
        box = FaceBox(
            x,
            y,
            width,
            height,
            confidence=None if np.isnan(confidence) else confidence,
            blendshapes=(None if blendshapes is None or np.isnan(blendshapes[0]) else blendshapes),
            pose=None if np.isnan(pitch) else HeadPose(pitch, yaw, roll),
        )
        return FaceResult(
            TrackedFace(face_id, box, int(self._ages[row])),
            EmotionScores(table.scores[row], table.labels, bool(table.uncertain[row])),
            EmotionScores(table.smoothed[row], table.labels, bool(table.uncertain_smoothed[row])),
            table.names.get(face_id, ""),
            corrected=self._other("baseline", row),
            other=self._other("compare_scores", row),
            other_corrected=self._other("compare_baseline", row),
            other_smoothed=self._other("compare_smoothed", row),
        )

    def _other(self, kind: str, row: int) -> EmotionScores | None:
        kept = self._table.others.get(kind)
        if kept is None or np.isnan(kept.scores[row, 0]):
            return None
        return EmotionScores(kept.scores[row], kept.labels, bool(kept.uncertain[row]))


def frame_results(document: SessionDocument) -> Iterator[FrameResult]:
    """Yield the result of each analyzed frame in their order, as `Replay` tells them."""
    return Replay(document).results()


def _ages(table: SessionTable) -> npt.NDArray[np.intp]:
    """In how many frames each row's face has been seen up to there."""
    order = np.argsort(table.face_id, kind="stable")
    ids = table.face_id[order]
    firsts = np.flatnonzero(np.append(True, np.diff(ids) != 0)[: len(ids)])
    counts = np.diff(np.append(firsts, len(ids)))
    ages = np.empty(len(ids), np.intp)
    ages[order] = np.arange(len(ids)) - np.repeat(firsts, counts) + 1
    return ages
