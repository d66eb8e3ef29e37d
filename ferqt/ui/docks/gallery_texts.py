"""How the gallery puts what it knows of a picture into words."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from ferqt.core.timecode import format_time
from ferqt.outputs.overlay import percent_text
from ferqt.ui.docks.gallery_shots import FaceTag, Shot

_MOST_FACES: Final = 8


def face_title(face_id: int, name: str) -> str:
    """Return what a face is called."""
    return name or QCoreApplication.translate("Gallery", "Face {0}").format(face_id)


def reading_text(expression: str, confidence: float, *, uncertain: bool) -> str:
    """Return what was read from a face: "happy 82%"."""
    text = f"{expression} {percent_text(confidence)}"
    if not uncertain:
        return text
    return QCoreApplication.translate("Gallery", "uncertain, perhaps {0}").format(text)


def no_face_text() -> str:
    """Return what is said of a picture in which no face was found."""
    return QCoreApplication.translate("Gallery", "no face")


def taken_text(taken_at: datetime) -> str:
    """Return when a picture was taken, in the desktop's language and this computer's zone."""
    moment = QDateTime.fromMSecsSinceEpoch(round(1000 * taken_at.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def place_text(shot: Shot) -> str:
    """Return where a picture comes from, the shortest and most telling first."""
    if shot.picture_name:
        return shot.picture_name
    if shot.media_time is not None:
        return f"{format_time(shot.media_time)} · {shot.source}"
    return f"{shot.taken_at.astimezone():%H:%M:%S} · {shot.source}"


def shot_lines(shot: Shot) -> list[str]:
    """Return what there is to say of a picture, a line for each thing."""
    faces = [
        f"{face_title(face.face_id, face.name)}: {_reading(face)}"
        for face in shot.faces[:_MOST_FACES]
    ]
    if not faces:
        faces = [no_face_text()]
    if len(shot.faces) > _MOST_FACES:
        more = len(shot.faces) - _MOST_FACES
        faces.append(QCoreApplication.translate("Gallery", "and {0} more").format(more))
    kind = (
        QCoreApplication.translate("Gallery", "Face that was cut out")
        if shot.is_face
        else QCoreApplication.translate("Gallery", "Picture")
    )
    return [shot.path.name, kind, place_text(shot), taken_text(shot.taken_at), *faces]


def _reading(face: FaceTag) -> str:
    return reading_text(face.expression, face.confidence, uncertain=face.uncertain)
