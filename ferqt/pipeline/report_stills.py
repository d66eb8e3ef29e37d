"""Pictures for a report: the face at a moment, cut out of the session's film, with its label."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from ferqt.core.session_document import SessionDocument
from ferqt.core.types import FaceResult, Frame, FrameResult, Image
from ferqt.errors import SourceError
from ferqt.outputs.face_blur import FaceCover, cover_faces
from ferqt.outputs.overlay import OverlayOptions
from ferqt.outputs.overlay.raster import draw_overlay
from ferqt.outputs.report.options import StillWanted
from ferqt.pipeline.replay import Replay
from ferqt.pipeline.session_source import session_film
from ferqt.sources.video_file import VideoFileSource

_WIDTH: Final = 480
_ASPECT: Final = 4 / 3
_FACES_WIDE: Final = 3.0
"""A cut-out is as wide as that many faces: room for hair, shoulders and the label."""

_FACES_HIGH: Final = 2.2
_SHRUNK: Final = 1.8
"""How much smaller a page shows them."""

_JPEG_QUALITY: Final = 84
_LABEL_ONLY: Final = OverlayOptions(show_all_bars=False)


class FilmStills:
    """Reads stills of one session (a `StillReader`).

    The film is read through once for its sha256, then from the key frame before each still.

    Args:
        document: The session.
        overlay: What is drawn.
        blur: Cover all faces that were found.
        smoothed: Let labels tell the smoothed values instead of those of the frame alone.
    """

    def __init__(
        self,
        document: SessionDocument,
        overlay: OverlayOptions = _LABEL_ONLY,
        *,
        blur: bool = False,
        smoothed: bool = False,
    ) -> None:
        self._document = document
        self._overlay = overlay
        self._smoothed = smoothed
        self._replay = Replay(document)
        self._cover = FaceCover(document.table) if blur else None

    def __call__(self, wanted: Sequence[StillWanted]) -> list[bytes | None]:
        """Return a JPEG file for each still, None for a frame that cannot be decoded.

        Raises:
            OutputError: The film is gone or is another one.
            SourceError: The film cannot be opened.
        """
        found: dict[StillWanted, bytes | None] = {}
        with VideoFileSource(session_film(self._document)) as film:
            for still in sorted(wanted, key=lambda one: one.frame):
                frame = _frame_at(film, still.frame)
                found[still] = None if frame is None else self._still(frame, still.face_id)
        return [found[still] for still in wanted]

    def _still(self, frame: Frame, face_id: int) -> bytes | None:
        result = self._replay.of(frame)
        if not self._smoothed:
            told = tuple(replace(face, smoothed=face.scores) for face in result.faces)
            result = replace(result, faces=told)
        face = result.face(face_id)
        if self._cover is not None:
            covered = cover_faces(frame.image, self._cover.boxes(frame.media_time or 0.0))
            result = replace(result, frame=replace(frame, image=covered))
        if face is not None:
            result = _cut_out(result, face)
        assert result.frame is not None
        shape = result.frame.image.shape
        size = (_WIDTH, max(1, round(shape[0] * _WIDTH / shape[1])))
        smaller = shape[1] > _WIDTH
        way = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
        image: Image = np.asarray(cv2.resize(result.frame.image, size, interpolation=way), np.uint8)
        return _jpeg(draw_overlay(image, result, self._overlay, pixel_ratio=_SHRUNK))


def _frame_at(film: VideoFileSource, number: int) -> Frame | None:
    try:
        film.seek_frame(number)
        frame = next(film.frames(), None)
    except SourceError:
        return None
    return frame if frame is not None and frame.index == number else None


def _cut_out(result: FrameResult, face: FaceResult) -> FrameResult:
    """Return the part of a result around a face, with all faces whose middle lies in it."""
    frame = result.frame
    assert frame is not None
    box = face.face.box
    width = max(_FACES_WIDE * box.width, _FACES_HIGH * box.height * _ASPECT)
    width = min(width, frame.width, frame.height * _ASPECT)
    height = width / _ASPECT
    x, y = box.center
    left = round(min(max(x - width / 2, 0), frame.width - width))
    top = round(min(max(y - height / 2, 0), frame.height - height))
    right, bottom = left + round(width), top + round(height)
    image = np.ascontiguousarray(frame.image[top:bottom, left:right])
    faces = tuple(
        _moved(one, left, top)
        for one in result.faces
        if left <= one.face.box.center[0] < right and top <= one.face.box.center[1] < bottom
    )
    return replace(result, frame=replace(frame, image=image), faces=faces)


def _moved(face: FaceResult, left: int, top: int) -> FaceResult:
    box = face.face.box
    moved = replace(box, x=box.x - left, y=box.y - top)
    return replace(face, face=replace(face.face, box=moved))


def _jpeg(image: Image) -> bytes | None:
    bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    done, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    return data.tobytes() if done else None
