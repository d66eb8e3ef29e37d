"""Videos on a disk that is full: recordings and films with readings drawn on them."""

import csv
import json
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt

from ferqt.outputs.video_file_writer import VideoFileWriter
from ferqt.pipeline.annotated_video import annotated_video
from ferqt.runtime.inference import ReadFrame
from ferqt.runtime.recorder import RecorderThread, RecordingEnd, RecordingPlan, RecordingSummary
from scripts.soak.disk_base import Writer, pictures_in, told, words_of
from tests.helpers.film_sessions import film_session
from tests.helpers.recordings import CAMERA, live_result, noise, origin

_ENOUGH: Final = 10**12
_FRAMES: Final = 50
_IN_FLIGHT: Final = 12
"""Pictures that a video may lose: a quarter of a second of them, and those in the encoder."""


def video_writers(clip: Path) -> tuple[Writer, ...]:
    """Return all that writes videos.

    Args:
        clip: A film that readings are drawn on.
    """
    return (_Recording(), _Video(), _AnnotatedVideo(clip))


class _Recording:
    """A recording by the program's own thread."""

    name = "recording"
    fails = True

    def begin(self, disk: Path) -> None:
        assert not self.write(disk)

    def write(self, disk: Path) -> str:
        summaries: list[RecordingSummary] = []
        thread = RecorderThread(RecordingPlan(disk, CAMERA), lambda _: _ENOUGH)
        thread.ended.connect(summaries.append, Qt.ConnectionType.DirectConnection)
        thread.start()
        read_with = origin()
        for number in range(_FRAMES):
            result = live_result(number, read_with, noise(number))
            thread.offer(ReadFrame(result, 1, number > 0, read_with))
        thread.finish(RecordingEnd.STOPPED)
        assert thread.wait(30_000), "the recording does not end"
        (summary,) = summaries
        return "" if summary.notice is None else words_of(summary.notice)

    def check(self, disk: Path, *, whole: bool) -> None:
        folders = [path for path in disk.iterdir() if path.is_dir()]
        complete = 0
        for folder in folders:
            _check_table(folder / "frames.csv")
            video, description = folder / "video.mp4", folder / "metadata.json"
            if description.exists():
                complete += bool(json.loads(description.read_text(encoding="utf-8"))["complete"])
            if video.exists() and video.stat().st_size:
                assert pictures_in(video) > 0
        assert complete >= (2 if whole else 1), f"{complete} recordings are complete"


class _Video:
    """The video of a recording, frame by frame."""

    name = "video of a recording"
    fails = True

    def __init__(self) -> None:
        self._written: dict[Path, int] = {}

    def begin(self, disk: Path) -> None:
        self._written.clear()
        assert not self.write(disk)

    def write(self, disk: Path) -> str:
        path = disk / f"video {len(self._written)}.mp4"
        writer = VideoFileWriter(path)
        said = told(lambda: self._fill(writer))
        said = told(writer.close) or said
        self._written[path] = writer.parts[0].frames if writer.parts else 0
        return said

    def check(self, disk: Path, *, whole: bool) -> None:
        assert all(path.parent == disk for path in self._written)
        last = list(self._written.values())[-1]
        assert not whole or last == _FRAMES
        for path, frames in self._written.items():
            if frames > _IN_FLIGHT:
                assert pictures_in(path) >= frames - _IN_FLIGHT

    def _fill(self, writer: VideoFileWriter) -> None:
        for number in range(_FRAMES):
            writer.write(noise(number), number / 25)


class _AnnotatedVideo:
    """A film with the readings drawn on it."""

    name = "annotated video"
    fails = True

    def __init__(self, clip: Path) -> None:
        self._document = film_session(clip, {})

    def begin(self, disk: Path) -> None:
        (disk / "film.mp4").write_text("of before", encoding="utf-8")

    def write(self, disk: Path) -> str:
        return told(lambda: annotated_video(self._document, disk / "film.mp4"))

    def check(self, disk: Path, *, whole: bool) -> None:
        if whole:
            assert pictures_in(disk / "film.mp4") > 0
        else:
            assert (disk / "film.mp4").read_text(encoding="utf-8") == "of before"


def _check_table(path: Path) -> None:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            widths = {len(row) for row in csv.reader(file)}
        assert len(widths) == 1, f"a row of {path} is cut"
