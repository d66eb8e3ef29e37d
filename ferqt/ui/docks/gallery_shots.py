"""The screenshots of a folder, as far as the gallery needs to know them; no Qt."""

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from typing import Final

from ferqt.errors import OutputError
from ferqt.outputs.snapshot import read_snapshot
from ferqt.outputs.snapshot_info import FaceReading, SnapshotInfo

MOST_SHOTS: Final = 10_000
"""Pictures that the gallery lists, the newest first; older ones stay in the folder."""

_FACE_OF: Final = re.compile(r"_face\d+(-\d+)?$")
"""What the name of a cut-out face has behind that of its picture; see `snapshot.save_faces`."""

Stamp = tuple[int, int]
"""Time of the last change in ns, and size in bytes: tells whether a file is still the same."""


@dataclass(frozen=True, slots=True)
class FaceTag:
    """What the gallery knows of a face.

    Attributes:
        face_id: Id of the person.
        name: Given by a person, "" if none was.
        expression: What the screen named, in its canonical form.
        confidence: Its probability, 0..1.
        uncertain: The screen called it uncertain.
    """

    face_id: int
    name: str
    expression: str
    confidence: float
    uncertain: bool


@dataclass(frozen=True, slots=True)
class Shot:
    """A screenshot, or a face that was cut out of one.

    Attributes:
        path: Its file.
        stamp: The file's stamp when it was read.
        taken_at: When the screenshot was taken.
        source: Name of the source.
        picture_name: Name of the picture in a folder of pictures, else "".
        media_time: Time in the medium in s; None without one.
        faces: By id.
        is_face: A face that was cut out.
        expressions: What its faces show.
        order: Key that sorts the newest first, and a picture before the faces cut out of it.
    """

    path: Path
    stamp: Stamp
    taken_at: datetime
    source: str
    picture_name: str
    media_time: float | None
    faces: tuple[FaceTag, ...]
    is_face: bool
    expressions: frozenset[str]
    order: tuple[float, bool, str]


@dataclass(frozen=True, slots=True)
class ShotFilter:
    """What the person wants to see.

    Attributes:
        text: Each of its words must be in the name of the source, picture, file or of a face.
        is_face: True for faces alone, False for pictures alone, None for both.
        expressions: One of them must be on a face; empty for all.
    """

    text: str = ""
    is_face: bool | None = None
    expressions: frozenset[str] = frozenset()

    def accepts(self, shot: Shot) -> bool:
        """Tell whether a screenshot is wanted."""
        if self.expressions and self.expressions.isdisjoint(shot.expressions):
            return False
        return self.accepts_any_expression(shot)

    def accepts_any_expression(self, shot: Shot) -> bool:
        """Tell whether it would be wanted whatever its faces show."""
        if self.is_face is not None and shot.is_face is not self.is_face:
            return False
        if not self.text:
            return True
        names = [shot.source, shot.picture_name, shot.path.name, *(one.name for one in shot.faces)]
        found = "\n".join(names).casefold()
        return all(word in found for word in self.text.casefold().split())


def faces_cut_from(paths: Collection[Path], shots: Iterable[Shot]) -> tuple[Path, ...]:
    """Return the files of the faces that were cut out of some pictures, without those files."""
    stems = {(path.parent, path.stem) for path in paths}
    return tuple(
        shot.path
        for shot in shots
        if shot.is_face
        and shot.path not in paths
        and (shot.path.parent, _FACE_OF.sub("", shot.path.stem)) in stems
    )


def list_pictures(folder: Path) -> dict[str, Stamp]:
    """Return the PNG files of a folder with their stamps, the newest first.

    A folder that does not exist is empty. Takes a while where there are many files or the disk is
    slow: call it off the GUI thread.

    Raises:
        OutputError: The folder cannot be read.
    """
    found: list[tuple[Stamp, str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or not entry.name.lower().endswith(".png"):
                    continue
                try:
                    status = entry.stat()
                except OSError:
                    continue  # deleted meanwhile, or a link to nowhere
                # Opening a pipe would wait for whoever writes into it.
                if S_ISREG(status.st_mode):
                    found.append(((status.st_mtime_ns, status.st_size), entry.name))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise OutputError(
            f"the folder '{folder}' cannot be read: {error.strerror or error}",
            "Choose another one in the settings.",
        ) from error
    return {name: stamp for stamp, name in sorted(found, reverse=True)}


def read_shots(folder: Path, files: Mapping[str, Stamp]) -> tuple[Shot, ...]:
    """Return those of some files that ferqt wrote; others and damaged ones are left out.

    Only the heads of the files are read. Call it off the GUI thread.
    """
    shots = []
    for name, stamp in files.items():
        path = folder / name
        try:
            shots.append(_shot(path, stamp, read_snapshot(path)))
        except OutputError:
            continue
    return tuple(shots)


def count_expressions(shots: Iterable[Shot], wanted: ShotFilter) -> dict[str, int]:
    """Return in how many screenshots each expression is, whatever expressions are wanted."""
    counts: dict[str, int] = {}
    for shot in shots:
        if wanted.accepts_any_expression(shot):
            for name in shot.expressions:
                counts[name] = counts.get(name, 0) + 1
    return counts


def nearest_folder(folder: Path) -> Path:
    """Return a folder, or the nearest one above that exists."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def _shot(path: Path, stamp: Stamp, info: SnapshotInfo) -> Shot:
    faces, is_face = _tags(info.readings), info.cut is not None
    return Shot(
        path,
        stamp,
        info.taken_at,
        info.source_title,
        info.picture_name,
        info.media_time,
        faces,
        is_face=is_face,
        expressions=frozenset(face.expression for face in faces),
        order=(-info.taken_at.timestamp(), is_face, path.name),
    )


def _tags(readings: Sequence[FaceReading]) -> tuple[FaceTag, ...]:
    return tuple(
        FaceTag(
            reading.face_id,
            reading.name,
            reading.shown,
            reading.shown_confidence,
            reading.smoothed_uncertain,
        )
        for reading in readings
    )
