"""A recording on disk: a folder with video, rows, markers and where they come from."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ferqt import __version__
from ferqt.core.closing import Closing
from ferqt.core.markers import Marker
from ferqt.core.recording_clock import Piece, RecordingClock
from ferqt.core.types import FrameResult, Image
from ferqt.errors import OutputError
from ferqt.outputs.base import ResultSink
from ferqt.outputs.events_csv import EVENTS_NAME, write_events
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.metadata import EXPRESSIONS_NOTE, write_metadata
from ferqt.outputs.registry import FORMATS
from ferqt.pipeline.origin import Origin
from ferqt.pipeline.provenance import describe_libraries, describe_model, describe_settings
from ferqt.sources.base import SourceInfo

Painter = Callable[[Image, FrameResult], Image]
"""Draws the readings of a picture on a copy of it; both H x W x 3 RGB."""

VIDEO_NAME: Final = "video.mp4"

_SCHEMA: Final = 1
_ROWS: Final = "csv"
_MAX_TITLE: Final = 60
_MOST_ALIKE: Final = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class RecordedFrame:
    """A frame of a recording.

    Attributes:
        result: What was read.
        time_s: Its time in the recording.
        origin: What it was read with.
    """

    result: FrameResult
    time_s: float
    origin: Origin


class RecordingFolder(Closing):
    """Writes one recording.

    Used by one thread; encoding takes about as long as a frame lasts.

    Args:
        parent: Folder of all recordings; made if it is not there.
        source: What is recorded.
        clock: Gives pieces and times of markers.
        painter: Draws the overlay; None records the pictures as they are.
        started_at: When the recording began, with its time zone.

    Attributes:
        path: The recording's own folder.

    Raises:
        OutputError: The folder cannot be made, or there is no encoder.
    """

    def __init__(
        self,
        parent: Path,
        source: SourceInfo,
        clock: RecordingClock,
        painter: Painter | None,
        started_at: datetime,
    ) -> None:
        # It brings the FFmpeg libraries along.
        from ferqt.outputs.video_file_writer import VideoFileWriter

        self.path = _new_folder(parent, source.title, started_at)
        self._source = source
        self._clock = clock
        self._painter = painter
        self._started_at = started_at
        self._video = VideoFileWriter(self.path / VIDEO_NAME, source.fps)
        self._rows = _Rows(self.path)
        self._origins: list[dict[str, Any]] = []
        self._origin: Origin | None = None

    @property
    def bytes(self) -> int:
        """Size of all files so far; 0 when somebody took the folder away."""
        try:
            return sum(entry.stat().st_size for entry in self.path.iterdir())
        except OSError:
            return 0

    @property
    def pictures(self) -> int:
        """Number of pictures in the video."""
        return sum(part.frames for part in self._video.parts)

    def check_place(self) -> None:
        """Raise if somebody took the recording away while it is written.

        The system lets a program write on into files that were deleted, and nothing of that stays.

        Raises:
            OutputError: A file is not where it was made.
        """
        names = [*(rows["file"] for rows in self._rows.files), *(p.file for p in self._video.parts)]
        # A disk that was pulled out answers with all kinds of errors, which os.path takes for "no".
        if not all(os.path.exists(self.path / name) for name in names):  # noqa: PTH110
            raise OutputError(
                f"the recording's folder was moved or deleted: '{self.path}'",
                "Leave it in its place while it is recorded, and record again.",
            )

    def write_rows(self, frame: RecordedFrame) -> None:
        """Write the rows of a frame; on disk when this returns.

        Raises:
            OutputError: They cannot be written.
        """
        if frame.origin is not self._origin:
            self._origin = frame.origin
            self._note_origin(frame)
        self._rows.write(replace(frame.result, media_time=frame.time_s), frame.origin)

    def write_picture(self, frame: RecordedFrame) -> None:
        """Put the picture of a frame into the video.

        Raises:
            OutputError: It cannot be written.
        """
        assert frame.result.frame is not None
        image = frame.result.frame.image
        if self._painter is not None:
            image = self._painter(image, frame.result)
        self._video.write(image, frame.time_s)

    def write_markers(self, markers: Sequence[Marker]) -> None:
        """Write `events.csv` anew; markers from before the recording are left out.

        Raises:
            OutputError: It cannot be written.
        """
        self.check_place()
        timed = [
            (self._clock.time_of(marker.session_ms, marker.media_time), marker)
            for marker in markers
        ]
        write_events(
            self.path / EVENTS_NAME,
            [(time_s, marker) for time_s, marker in timed if time_s is not None],
        )

    def write_description(self, frames: Mapping[str, Any], *, complete: bool, ended: str) -> None:
        """Write `metadata.json` anew.

        Args:
            frames: What became of the frames, as counted by the caller.
            complete: Everything is written, and all files are closed.
            ended: Why the recording ended; "" while it runs.

        Raises:
            OutputError: It cannot be written.
        """
        self.check_place()
        write_metadata(
            self.path,
            {
                "schema": _SCHEMA,
                "program": "ferqt",
                "version": __version__,
                "note": EXPRESSIONS_NOTE,
                "recording": True,
                "complete": complete,
                "ended": ended,
                "started_at": self._started_at.isoformat(timespec="milliseconds"),
                "source": {
                    "kind": str(self._source.kind),
                    "name": self._source.title,
                    "live": self._source.live,
                    "pieces": [_described(piece) for piece in self._clock.pieces],
                },
                "video": {
                    "codec": "h264",
                    "encoder": self._video.encoder,
                    "annotated": self._painter is not None,
                    "files": [asdict(part) for part in self._video.parts],
                },
                "rows": self._rows.files,
                "frames": {"recorded": self.pictures, **frames},
                "models": self._origins,
                "libraries": describe_libraries(),
            },
        )

    def close(self) -> None:
        """Finish the files; harmless when repeated.

        Raises:
            OutputError: The end of the video cannot be written; it can be played nevertheless.
        """
        with ExitStack() as stack:
            stack.callback(self._rows.close)
            self._video.close()

    def _note_origin(self, frame: RecordedFrame) -> None:
        """Keep what changed a number from here on; names of people do not."""
        origin, other = frame.origin, frame.origin.other_card
        told = {
            "model": describe_model(origin.card, origin.runtime),
            "compared_model": other and describe_model(other, origin.other_runtime),
            "settings": describe_settings(origin.config),
        }
        if not self._origins or any(self._origins[-1][key] != told[key] for key in told):
            self._origins.append({"from_s": frame.time_s, **told})


class _Rows(Closing):
    """The tables of a recording: one for each layout of columns that came up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._layout: RowLayout | None = None
        self._sinks: dict[RowLayout, ResultSink] = {}
        self.files: list[dict[str, Any]] = []

    def write(self, result: FrameResult, origin: Origin) -> None:
        labels = origin.card.output.labels
        before = self._layout or RowLayout(labels, baseline=True, models=True)
        layout = replace(before.for_result(result), labels=labels)
        if layout not in self._sinks:
            self._sinks[layout] = self._open(layout)
        self._layout = layout
        self._sinks[layout].write(result)

    def close(self) -> None:
        for sink in self._sinks.values():
            sink.close()

    def _open(self, layout: RowLayout) -> ResultSink:
        rows = FORMATS[_ROWS]
        name = rows.file_name
        if self._sinks:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem}-{len(self._sinks) + 1}{dot}{ending}"
        self.files.append(
            {
                "file": name,
                "labels": list(layout.labels.names),
                "compared_labels": list(layout.compared.names) if layout.compared else None,
            }
        )
        return rows.open(self._folder / name, layout, False)


def _described(piece: Piece) -> dict[str, Any]:
    return {
        "from_s": piece.recording_s,
        "source_s": piece.session_ms / 1000 if piece.media_time is None else piece.media_time,
        "frame": piece.frame,
    }


def _new_folder(parent: Path, title: str, started_at: datetime) -> Path:
    """Make a folder of its own for a recording: "talk 2025-03-01 14-03-22"."""
    name = f"{_safe(title)} {started_at:%Y-%m-%d %H-%M-%S}"
    for number in range(1, _MOST_ALIKE):
        path = parent / (name if number == 1 else f"{name} ({number})")
        try:
            parent.mkdir(parents=True, exist_ok=True)
            path.mkdir()
        except FileExistsError:
            if not path.is_dir():
                break
            continue
        except OSError as error:
            raise OutputError(
                f"cannot make the folder '{path}': {error.strerror or error}",
                "Choose a folder that you may write to.",
            ) from error
        return path
    raise OutputError(f"cannot make the folder '{parent / name}'", "Choose another folder.")


def _safe(title: str) -> str:
    """Keep letters and digits of any script, and what no file system minds."""
    without_ending = re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", title)
    cleaned = re.sub(r"[^\w .-]+", "-", without_ending)[:_MAX_TITLE].strip(" -._")
    return cleaned or "recording"
