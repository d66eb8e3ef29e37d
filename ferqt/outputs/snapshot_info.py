"""What a screenshot says about itself, and the texts of the PNG file that say it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from ferqt.core.emotions import canonical_name

_SCHEMA: Final = 1
_MAX_FACES: Final = 1_000
_MAX_CLASSES: Final = 256
_MAX_LETTERS: Final = 4_000
_FARTHEST: Final = 1e12
_YEARS: Final = range(1971, 3000)
"""Years that every system can bring into the local time zone."""

_NOTE: Final = "Recognized facial expressions; they say what a face shows, not what a person feels."


@dataclass(frozen=True, slots=True)
class FaceReading:
    """What a screenshot says about one face.

    Probabilities go by the model's own names of its classes.

    Attributes:
        face_id: Id of the person.
        x: Left edge of the box in px of the picture; of the cut-out in a face's own file.
        y: Upper edge in px.
        width: Width in px.
        height: Height in px.
        detection_confidence: The detector's, 0..1; None when it gives none.
        expression: Leading class of this frame alone.
        confidence: Its calibrated probability, 0..1.
        uncertain: True when that lies under the model's threshold.
        scores: Calibrated probabilities of this frame alone, by class.
        smoothed: What the screen showed: smoothed over time, and corrected where a baseline is set.
        pose: Pitch, yaw and roll in degrees; None when not measured.
        name: Given by a person, "" if none was.
        smoothed_uncertain: True when the screen called it uncertain.
        corrected: `scores` after the person's neutral baseline; None without one.
        other: Probabilities of the compared model for this frame alone; None without one.
        other_corrected: The same after the baseline; None without one.
        other_smoothed: The compared model's counterpart of `smoothed`.
        disagrees: True when the two models' smoothed probabilities name different expressions.
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
    name: str = ""
    smoothed_uncertain: bool = False
    corrected: Mapping[str, float] | None = None
    other: Mapping[str, float] | None = None
    other_corrected: Mapping[str, float] | None = None
    other_smoothed: Mapping[str, float] | None = None
    disagrees: bool = False

    @property
    def shown(self) -> str:
        """Expression that the screen named, in its canonical form."""
        return canonical_name(max(self.smoothed, key=self.smoothed.__getitem__))

    @property
    def shown_confidence(self) -> float:
        """Its probability, 0..1."""
        return max(self.smoothed.values())


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a face's own picture was cut out.

    Attributes:
        picture: File name of the whole picture.
        x: Left edge in px of the whole picture.
        y: Upper edge in px.
    """

    picture: str
    x: int
    y: int


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
        readings: One a face, by id.
        picture_name: Name of the picture when the source is a folder, else "".
        with_overlay: Boxes and labels are painted into the picture.
        compared_id: Model that it was compared with, "" for none.
        compared_sha256: Hash of that model's file; "" when it was not known.
        cut: Where it was cut out; None for a whole picture.
    """

    taken_at: datetime
    software: str
    source_title: str
    media_time: float | None
    frame: int
    model_id: str
    model_sha256: str
    readings: tuple[FaceReading, ...]
    picture_name: str = ""
    with_overlay: bool = False
    compared_id: str = ""
    compared_sha256: str = ""
    cut: Cut | None = None


def shortened(text: str) -> str:
    """Return a text of any origin as one that can be written and read again."""
    # What a file name that is no text leaves behind cannot be written as UTF-8.
    return text.encode("utf-8", "backslashreplace").decode()[:_MAX_LETTERS]


def to_texts(info: SnapshotInfo) -> dict[str, str]:
    """Return the texts that say it, by their keys in the PNG file."""
    return {
        "Software": info.software,
        "Creation Time": info.taken_at.isoformat(timespec="milliseconds"),
        "Description": _NOTE,
        "ferqt:source": info.source_title,
        "ferqt:media_time": "" if info.media_time is None else f"{info.media_time:.6f}",
        "ferqt:frame": str(info.frame),
        "ferqt:picture": info.picture_name,
        "ferqt:overlay": str(int(info.with_overlay)),
        "ferqt:model": info.model_id,
        "ferqt:model_sha256": info.model_sha256,
        "ferqt:compared_model": info.compared_id,
        "ferqt:compared_model_sha256": info.compared_sha256,
        "ferqt:cut": "" if info.cut is None else _json(asdict(info.cut)),
        "ferqt:readings": _json(
            {"schema": _SCHEMA, "faces": [asdict(reading) for reading in info.readings]}
        ),
    }


def from_texts(texts: Mapping[str, str]) -> SnapshotInfo:
    """Return what the texts of a PNG file say; they may have been written by anybody.

    Raises:
        ValueError: They are not what ferqt writes.
    """
    try:
        faces = _list(_object(_parse(texts["ferqt:readings"]))["faces"], _MAX_FACES)
        media_time = texts["ferqt:media_time"]
        cut = texts.get("ferqt:cut", "")
        return SnapshotInfo(
            taken_at=_time(texts["Creation Time"]),
            software=_text(texts["Software"]),
            source_title=_text(texts["ferqt:source"]),
            media_time=_number(float(media_time)) if media_time else None,
            frame=_whole(int(texts["ferqt:frame"])),
            model_id=_text(texts["ferqt:model"]),
            model_sha256=_text(texts["ferqt:model_sha256"]),
            readings=tuple(_reading(_object(face)) for face in faces),
            picture_name=_text(texts.get("ferqt:picture", "")),
            with_overlay=texts.get("ferqt:overlay") == "1",
            compared_id=_text(texts.get("ferqt:compared_model", "")),
            compared_sha256=_text(texts.get("ferqt:compared_model_sha256", "")),
            cut=_cut(_object(_parse(cut))) if cut else None,
        )
    except (KeyError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _reading(face: dict[str, Any]) -> FaceReading:
    pose = face["pose"]
    width, height = _number(face["width"]), _number(face["height"])
    if not (width > 0 and height > 0):
        raise ValueError(f"a face of {width} x {height} px")
    return FaceReading(
        face_id=_whole(face["face_id"]),
        x=_number(face["x"]),
        y=_number(face["y"]),
        width=width,
        height=height,
        detection_confidence=_maybe_share(face["detection_confidence"]),
        expression=_text(face["expression"]),
        confidence=_share(face["confidence"]),
        uncertain=face["uncertain"] is True,
        scores=_scores(face["scores"]),
        smoothed=_scores(face["smoothed"]),
        pose=None
        if pose is None
        else {name: _number(_object(pose)[name]) for name in ("pitch", "yaw", "roll")},
        name=_text(face.get("name", "")),
        smoothed_uncertain=face.get("smoothed_uncertain") is True,
        corrected=_maybe_scores(face.get("corrected")),
        other=_maybe_scores(face.get("other")),
        other_corrected=_maybe_scores(face.get("other_corrected")),
        other_smoothed=_maybe_scores(face.get("other_smoothed")),
        disagrees=face.get("disagrees") is True,
    )


def _cut(content: dict[str, Any]) -> Cut:
    return Cut(_text(content["picture"]), _whole(content["x"]), _whole(content["y"]))


def _scores(content: object) -> dict[str, float]:
    scores = _object(content)
    if not 0 < len(scores) <= _MAX_CLASSES:
        raise ValueError(f"{len(scores)} classes")
    return {_text(name): _share(value) for name, value in scores.items()}


def _maybe_scores(content: object) -> dict[str, float] | None:
    return None if content is None else _scores(content)


def _share(content: object) -> float:
    value = _number(content)
    if not 0 <= value <= 1:
        raise ValueError(f"{value} is no probability")
    return value


def _maybe_share(content: object) -> float | None:
    return None if content is None else _share(content)


def _number(content: object) -> float:
    if isinstance(content, bool) or not isinstance(content, int | float):
        raise ValueError(f"{content!r:.40} is no number")  # noqa: TRY004 - a bad value in a file
    # Written so that "not a number" is refused too.
    if not abs(content) <= _FARTHEST:
        raise ValueError(f"{content!r:.40} is out of bounds")
    return float(content)


def _whole(content: object) -> int:
    number = _number(content)
    if number != int(number):
        raise ValueError(f"{number} is no whole number")
    return int(number)


def _text(content: object) -> str:
    if not isinstance(content, str) or len(content) > _MAX_LETTERS:
        raise ValueError(f"{content!r:.40} is no short text")
    # JSON can hold halves of letters, which nothing can show.
    return content.encode("utf-8", "replace").decode()


def _time(content: str) -> datetime:
    time = datetime.fromisoformat(content)
    if time.tzinfo is None or time.year not in _YEARS:
        raise ValueError(f"{content!r:.40} is no time with its zone")
    return time


def _object(content: object) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise ValueError(f"{content!r:.40} is no object")  # noqa: TRY004 - a bad value in a file
    return content


def _list(content: object, most: int) -> list[Any]:
    if not isinstance(content, list) or len(content) > most:
        raise ValueError(f"{content!r:.40} is no list of up to {most}")
    return content


def _parse(text: str) -> object:
    return json.loads(text)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)
