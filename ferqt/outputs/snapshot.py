"""Screenshots: PNG pictures that carry what was read from them."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from PIL import Image as PillowImage
from PIL import UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from ferqt import __version__
from ferqt.core.types import FaceResult, FrameResult, Image
from ferqt.errors import OutputError
from ferqt.outputs.whole_file import write_whole

_SCHEMA: Final = 1
_MAX_STEM: Final = 60
_MAX_COPIES: Final = 10_000
_NOTE: Final = "Recognized facial expressions; they say what a face shows, not what a person feels."


class HashedFile(Protocol):
    """A model's file, as its card names it."""

    @property
    def sha256(self) -> str:
        """Hash of the file."""
        ...


class ModelFiles(Protocol):
    """The files of a model."""

    @property
    def keras(self) -> HashedFile | None:
        """The Keras file."""
        ...

    @property
    def litert(self) -> HashedFile | None:
        """The LiteRT file, which runs when there is one."""
        ...


class ModelOrigin(Protocol):
    """What a screenshot needs to know of a model card."""

    @property
    def id(self) -> str:
        """Id of the model."""
        ...

    @property
    def files(self) -> ModelFiles:
        """The model's files."""
        ...


@dataclass(frozen=True, slots=True)
class FaceReading:
    """What a screenshot says about one face.

    Attributes:
        face_id: Track id.
        x: Left edge of the box in px of the picture.
        y: Upper edge in px.
        width: Width in px.
        height: Height in px.
        detection_confidence: The detector's, 0..1; None when it gives none.
        expression: Leading class of this frame alone.
        confidence: Its calibrated probability, 0..1.
        uncertain: True when that lies under the model's threshold.
        scores: Calibrated probabilities of this frame alone, by class.
        smoothed: The same, smoothed over time: what the screen showed.
        pose: Pitch, yaw and roll in degrees; None when not measured.
    """

    face_id: int
    x: float
    y: float
    width: float
    height: float
    detection_confidence: float | None
    expression: str
    confidence: float
    uncertain: bool
    scores: Mapping[str, float]
    smoothed: Mapping[str, float]
    pose: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """What a screenshot says about itself.

    Attributes:
        taken_at: When it was taken, with its time zone.
        software: Program and version that took it.
        source_title: Name of the source.
        media_time: Time in the medium in s; None for a camera, stream or picture.
        frame: Number of the frame in its source.
        model_id: Model that gave the readings.
        model_sha256: Hash of its file; "" when it was not known.
        readings: One a face, by track id.
    """

    taken_at: datetime
    software: str
    source_title: str
    media_time: float | None
    frame: int
    model_id: str
    model_sha256: str
    readings: tuple[FaceReading, ...]


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


def write_snapshot(
    image: Image,
    path: Path,
    result: FrameResult,
    source_title: str,
    card: ModelOrigin | None,
    taken_at: datetime | None = None,
) -> Path:
    """Write a picture with its readings; an older file is never overwritten.

    Takes a while for large pictures: call it off the GUI thread.

    Args:
        image: H x W x 3 RGB, with or without the overlay.
        path: Where to; if the file exists, "-2", "-3" ... is put behind its name.
        result: What was read from the picture.
        source_title: Name of the source, without its folder.
        card: Card of the model that answered; its hash is left out when it is not the one of
            `result`, as just after a switch.
        taken_at: Time of the screenshot; now if not given.

    Returns:
        The file that was written.

    Raises:
        OutputError: The folder cannot be written or the disk is full.
    """
    sha256 = ""
    if card is not None and card.id == result.model_id:
        file = card.files.litert or card.files.keras
        sha256 = file.sha256 if file is not None else ""
    texts = {
        "Software": f"ferqt {__version__}",
        "Creation Time": (taken_at or _now()).isoformat(timespec="milliseconds"),
        "Description": _NOTE,
        "ferqt:source": source_title,
        "ferqt:media_time": "" if result.media_time is None else f"{result.media_time:.6f}",
        "ferqt:frame": str(result.index),
        "ferqt:model": result.model_id,
        "ferqt:model_sha256": sha256,
        "ferqt:readings": _readings_json(result),
    }
    metadata = PngInfo()
    for key, text in texts.items():
        metadata.add_itxt(key, text)
    buffer = io.BytesIO()
    # Level 3 is three times as fast as the usual 6, for files a few percent larger.
    PillowImage.fromarray(image).save(buffer, "PNG", pnginfo=metadata, compress_level=3)
    return _write_beside_others(path, buffer.getvalue())


def read_snapshot(path: Path) -> SnapshotInfo:
    """Return what a screenshot says about itself.

    Raises:
        OutputError: The file cannot be read, or ferqt did not write it.
    """
    try:
        with PillowImage.open(path, formats=["PNG"]) as picture:
            # Text chunks may also stand behind the pixels.
            picture.load()
            texts: dict[str, str] = dict(getattr(picture, "text", {}))
    except (OSError, UnidentifiedImageError, ValueError) as error:
        raise OutputError(f"cannot read the screenshot {path}: {error}") from error
    try:
        content = json.loads(texts["ferqt:readings"])
        readings = tuple(FaceReading(**face) for face in content["faces"])
        media_time = texts["ferqt:media_time"]
        return SnapshotInfo(
            datetime.fromisoformat(texts["Creation Time"]),
            texts["Software"],
            texts["ferqt:source"],
            float(media_time) if media_time else None,
            int(texts["ferqt:frame"]),
            texts["ferqt:model"],
            texts["ferqt:model_sha256"],
            readings,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise OutputError(
            f"{path} carries no readings of ferqt", "Choose a screenshot that ferqt took."
        ) from error


def _write_beside_others(path: Path, data: bytes) -> Path:
    for number in range(1, _MAX_COPIES):
        free = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        try:
            write_whole(free, data, replace=False)
        except FileExistsError:
            continue
        return free
    raise OutputError(f"{path.parent} is full of files named {path.stem}", "Choose another folder.")


def _readings_json(result: FrameResult) -> str:
    faces = [asdict(_reading(face)) for face in result.faces]
    return json.dumps({"schema": _SCHEMA, "faces": faces}, ensure_ascii=False)


def _reading(face: FaceResult) -> FaceReading:
    box, pose = face.face.box, face.face.box.pose
    names = face.scores.labels.names

    def by_name(probabilities: Any) -> dict[str, float]:
        return {
            name: round(float(value), 6) for name, value in zip(names, probabilities, strict=True)
        }

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
        scores=by_name(face.scores.probabilities),
        smoothed=by_name(face.smoothed.probabilities),
        pose=None
        if pose is None
        else {
            "pitch": round(pose.pitch, 2),
            "yaw": round(pose.yaw, 2),
            "roll": round(pose.roll, 2),
        },
    )


def _safe(text: str) -> str:
    """Keep letters and digits of any script, dots, dashes; nothing that a file system minds."""
    cleaned = re.sub(r"[^\w.-]+", "-", text).strip("-._")[:_MAX_STEM].rstrip("-._")
    return cleaned or "picture"


def _now() -> datetime:
    return datetime.now().astimezone()
