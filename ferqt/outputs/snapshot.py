"""Screenshots: PNG pictures that carry what was read from them."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from ferqt import __version__
from ferqt.core.types import EmotionScores, FaceResult, FrameResult, Image
from ferqt.errors import OutputError
from ferqt.outputs.png_file import read_head
from ferqt.outputs.snapshot_info import (
    Cut,
    FaceReading,
    SnapshotInfo,
    from_texts,
    shortened,
    to_texts,
)
from ferqt.outputs.whole_file import write_whole

_MAX_STEM: Final = 60
_MAX_COPIES: Final = 10_000
_FACE_MARGIN: Final = 0.3
"""Share of a face's box that is left around it, so that hair and chin are whole."""


def snapshot_name(source_title: str, result: FrameResult, taken_at: datetime | None = None) -> str:
    """Return a file name that every system takes: "talk-00h02m05.480s.png".

    Args:
        source_title: Name of the source; what no file name may hold becomes a dash.
        result: Gives the time in the medium, or the picture's name in a folder.
        taken_at: Used where the medium has no time; now if not given.
    """
    stem = _safe(re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", source_title))
    if result.name:
        moment = _safe(Path(result.name).stem)
    elif result.media_time is not None:
        milliseconds = round(result.media_time * 1000)
        seconds, milliseconds = divmod(milliseconds, 1000)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        moment = f"{hours:02}h{minutes:02}m{seconds:02}.{milliseconds:03}s"
    else:
        moment = (taken_at or _now()).strftime("%Y%m%d-%H%M%S")
    return f"{stem}-{moment}.png"


def describe_snapshot(
    result: FrameResult,
    source_title: str,
    sha256: Mapping[str, str],
    *,
    with_overlay: bool,
    taken_at: datetime | None = None,
) -> SnapshotInfo:
    """Return what a screenshot of a result says about itself.

    Args:
        result: What was read from the picture.
        source_title: Name of the source, without its folder.
        sha256: Hashes of the models' files by the models' ids, as far as they are known.
        with_overlay: Boxes and labels are painted into the picture.
        taken_at: Time of the screenshot; now if not given.
    """
    return SnapshotInfo(
        taken_at=taken_at or _now(),
        software=f"ferqt {__version__}",
        source_title=shortened(source_title),
        media_time=None if result.media_time is None else round(result.media_time, 6),
        frame=result.index,
        model_id=result.model_id,
        model_sha256=sha256.get(result.model_id, ""),
        readings=tuple(_reading(face) for face in result.faces),
        picture_name=shortened(result.name),
        with_overlay=with_overlay,
        compared_id=result.other_model_id,
        compared_sha256=sha256.get(result.other_model_id, ""),
    )


def encode_snapshot(image: Image, info: SnapshotInfo) -> bytes:
    """Return a picture with its readings as the bytes of a PNG file.

    Takes a while for large pictures: call it off the GUI thread.

    Args:
        image: H x W x 3 RGB.
        info: What the picture says about itself.
    """
    # Pillow is loaded by the first screenshot, not by the window's start.
    from PIL import Image as PillowImage
    from PIL.PngImagePlugin import PngInfo

    metadata = PngInfo()
    for key, text in to_texts(info).items():
        metadata.add_itxt(key, text)
    buffer = io.BytesIO()
    # Level 3 is three times as fast as the usual 6, for files a few percent larger.
    PillowImage.fromarray(image).save(buffer, "PNG", pnginfo=metadata, compress_level=3)
    return buffer.getvalue()


def save_snapshot(data: bytes, path: Path) -> Path:
    """Write an encoded screenshot; an older file is never overwritten.

    Args:
        data: What `encode_snapshot` returned.
        path: Where to; if the file exists, "-2", "-3" ... is put behind its name.

    Returns:
        The file that was written.

    Raises:
        OutputError: The folder cannot be written or the disk is full.
    """
    for number in range(1, _MAX_COPIES):
        free = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            write_whole(free, data, replace=False)
        except FileExistsError:
            continue
        return free
    raise OutputError(f"{path.parent} is full of files named {path.stem}", "Choose another folder.")


def save_faces(image: Image, info: SnapshotInfo, picture: Path) -> tuple[Path, ...]:
    """Write each face of a screenshot to a file of its own, "<name>_face1.png" for id 1.

    A face is cut out at the picture's own resolution with a margin around its box, and carries its
    own readings; its box is in px of the cut-out.

    Args:
        image: The whole picture without overlay, H x W x 3 RGB.
        info: What the whole picture says about itself.
        picture: The whole picture's file.

    Returns:
        The files that were written; a face outside the picture has none.

    Raises:
        OutputError: The folder cannot be written or the disk is full.
    """
    written = []
    for reading in info.readings:
        left, top, right, bottom = _cut_around(reading, image)
        if right <= left or bottom <= top:
            continue
        pixels = np.ascontiguousarray(image[top:bottom, left:right])
        own = replace(reading, x=round(reading.x - left, 2), y=round(reading.y - top, 2))
        face_info = replace(
            info, readings=(own,), with_overlay=False, cut=Cut(picture.name, left, top)
        )
        path = picture.with_name(f"{picture.stem}_face{reading.face_id}{picture.suffix}")
        written.append(save_snapshot(encode_snapshot(pixels, face_info), path))
    return tuple(written)


def read_snapshot(path: Path) -> SnapshotInfo:
    """Return what a screenshot says about itself; its pixels are not read.

    Raises:
        OutputError: The file cannot be read, or ferqt did not write it.
    """
    texts = read_head(path).texts
    try:
        return from_texts(texts)
    except ValueError as error:
        raise OutputError(
            f"'{path}' carries no readings of ferqt", "Choose a screenshot that ferqt took."
        ) from error


def _cut_around(reading: FaceReading, image: Image) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a face with its margin, inside the picture."""
    height, width = image.shape[:2]
    across, down = _FACE_MARGIN * reading.width, _FACE_MARGIN * reading.height
    return (
        max(0, round(reading.x - across)),
        max(0, round(reading.y - down)),
        min(width, round(reading.x + reading.width + across)),
        min(height, round(reading.y + reading.height + down)),
    )


def _reading(face: FaceResult) -> FaceReading:
    box, pose = face.face.box, face.face.box.pose
    return FaceReading(
        face_id=face.face.track_id,
        x=round(box.x, 2),
        y=round(box.y, 2),
        width=round(box.width, 2),
        height=round(box.height, 2),
        detection_confidence=None if box.confidence is None else round(box.confidence, 6),
        expression=face.scores.top,
        confidence=round(face.scores.confidence, 6),
        uncertain=face.scores.uncertain,
        scores=_by_name(face.scores),
        smoothed=_by_name(face.smoothed),
        pose=None
        if pose is None
        else {
            "pitch": round(pose.pitch, 2),
            "yaw": round(pose.yaw, 2),
            "roll": round(pose.roll, 2),
        },
        name=shortened(face.name),
        smoothed_uncertain=face.smoothed.uncertain,
        corrected=_maybe_by_name(face.corrected),
        other=_maybe_by_name(face.other),
        other_corrected=_maybe_by_name(face.other_corrected),
        other_smoothed=_maybe_by_name(face.other_smoothed),
        disagrees=face.disagrees,
    )


def _by_name(scores: EmotionScores) -> dict[str, float]:
    return {
        name: round(float(value), 6)
        for name, value in zip(scores.labels.names, scores.probabilities, strict=True)
    }


def _maybe_by_name(scores: EmotionScores | None) -> dict[str, float] | None:
    return None if scores is None else _by_name(scores)


def _safe(text: str) -> str:
    """Keep letters and digits of any script, dots, dashes; nothing that a file system minds."""
    cleaned = re.sub(r"[^\w.-]+", "-", text).strip("-._")[:_MAX_STEM].rstrip("-._")
    return cleaned or "picture"


def _now() -> datetime:
    return datetime.now().astimezone()
