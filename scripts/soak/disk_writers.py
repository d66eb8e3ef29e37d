"""Everything of the program that writes files, as the soak of full disks drives it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument
from ferqt.outputs.exports.base import ExportFormat
from ferqt.outputs.exports.registry import EXPORTS
from ferqt.outputs.snapshot import (
    describe_snapshot,
    encode_snapshot,
    read_snapshot,
    save_faces,
    save_snapshot,
)
from ferqt.outputs.store.editor import SessionEditor
from ferqt.outputs.store.library import Library
from ferqt.outputs.store.reader import open_session
from ferqt.runtime.analysis_jobs import AnalysisJob
from ferqt.runtime.analysis_queue_file import read_jobs, write_jobs
from ferqt.settings import RECENT, Settings
from scripts.soak.disk_base import Writer, told, words_of
from scripts.soak.disk_video import video_writers
from tests.helpers.models import TINY_FOLDER, TINY_ID
from tests.helpers.recordings import live_result, noise, origin
from tests.helpers.sessions import session_document, stored_session

ROOT: Final = Path(__file__).parents[2]


@dataclass
class _Screenshot:
    """A screenshot after another one, or its faces."""

    name: str
    faces: bool = False
    fails: bool = True

    def begin(self, disk: Path) -> None:
        self._save(disk)

    def write(self, disk: Path) -> str:
        return told(lambda: self._save(disk))

    def check(self, disk: Path, *, whole: bool) -> None:
        shots = sorted(disk.glob("shot*.png"))
        assert len(shots) >= (2 if whole else 1), f"{len(shots)} screenshots"
        for shot in shots:
            assert read_snapshot(shot).source_title == "demo"

    def _save(self, disk: Path) -> None:
        result = live_result(1, origin(), noise(1, 640, 480))
        assert result.frame is not None
        image = result.frame.image
        info = describe_snapshot(result, "demo", {}, with_overlay=False)
        path = disk / "shot.png"
        if not self.faces:
            path = save_snapshot(encode_snapshot(image, info), path)
        else:
            save_faces(image, info, path)


class _SettingsFile:
    """The settings, with a long list of sources."""

    name = "settings"
    fails = True

    def begin(self, disk: Path) -> None:
        assert not self._save(disk, 1)

    def write(self, disk: Path) -> str:
        return self._save(disk, 400)

    def check(self, disk: Path, *, whole: bool) -> None:
        settings = Settings.load(disk / "settings.json")
        assert not settings.notices
        assert len(settings.get(RECENT)) == (400 if whole else 1)

    def _save(self, disk: Path, sources: int) -> str:
        settings = Settings.load(disk / "settings.json")
        settings.set(RECENT, tuple(f"/films/{number}.mp4" for number in range(sources)))
        notice = settings.save()
        return "" if notice is None else words_of(notice)


class _QueueFile:
    """The queue of analyses; a failure is a line in the log, and the next change tries again."""

    name = "queue of analyses"
    fails = True

    def begin(self, disk: Path) -> None:
        write_jobs(disk / "queue.json", [_job(1)])

    def write(self, disk: Path) -> str:
        write_jobs(disk / "queue.json", map(_job, range(1, 200)))
        kept = len(read_jobs(disk / "queue.json"))
        return "" if kept == 199 else "the queue was not kept (log)"

    def check(self, disk: Path, *, whole: bool) -> None:
        assert len(read_jobs(disk / "queue.json")) == (199 if whole else 1)


class _Editor:
    """Notes, tags and markers of a session."""

    name = "notes and markers of a session"
    fails = True

    def begin(self, disk: Path) -> None:
        stored_session(session_document(3), disk / "session.db")
        with SessionEditor(disk / "session.db") as editor:
            editor.set_notes("first")

    def write(self, disk: Path) -> str:
        return told(lambda: self._edit(disk / "session.db"))

    def check(self, disk: Path, *, whole: bool) -> None:
        document = open_session(disk / "session.db")
        assert document.notes in {"first", "n" * 300_000}
        assert document.table.frame_count == 90
        if whole:
            assert len(document.notes) == 300_000

    def _edit(self, path: Path) -> None:
        with SessionEditor(path) as editor:
            editor.set_notes("n" * 300_000)
            for number in range(20):
                editor.add_marker(Marker(number, number / 10, number, "m" * 4_000))


class _Adopting:
    """A session that is copied into the library."""

    name = "session into the library"
    fails = True

    def __init__(self, source: Path) -> None:
        self._source = source

    def begin(self, disk: Path) -> None:
        Library(disk / "library").adopt(stored_session(session_document(1), disk / "one.db"))

    def write(self, disk: Path) -> str:
        return told(lambda: Library(disk / "library").adopt(self._source))

    def check(self, disk: Path, *, whole: bool) -> None:
        entries = Library(disk / "library").sessions()
        assert len(entries) == (2 if whole else 1)
        for entry in entries:
            assert open_session(entry.path).table.frame_count > 0


class _Export:
    """One kind of export, over an older file of it."""

    fails = True

    def __init__(self, kind: ExportFormat, document: SessionDocument) -> None:
        self.name = f"export {kind.id}"
        self._kind = kind
        self._document = document
        self._files: tuple[Path, ...] = ()

    def begin(self, disk: Path) -> None:
        (disk / self._kind.file_name).write_text("of before", encoding="utf-8")

    def write(self, disk: Path) -> str:
        return told(lambda: self._write(disk / self._kind.file_name))

    def check(self, disk: Path, *, whole: bool) -> None:
        if whole:
            assert all(path.stat().st_size > len("of before") for path in self._files)
        else:
            text = (disk / self._kind.file_name).read_text(encoding="utf-8")
            assert text == "of before"

    def _write(self, path: Path) -> None:
        self._files = self._kind.write(self._document, path)


class _Command:
    """A command of the program in a process of its own, whose files the disk gets.

    Args:
        name: What a person calls it.
        words: The command line after the program's name; "DISK" stands for the disk.
        places: Folders of the program that lie on the disk, as variables.
        result: File that it writes, and what it has to be in the end.
        fails: Whether a full disk may end it; False for what has to go on without the file.
    """

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        *,
        places: Mapping[str, str] | None = None,
        result: tuple[str, bytes] | None = None,
        fails: bool = True,
    ) -> None:
        self.name = name
        self._words = words
        self._places = places or {}
        self._result = result
        self.fails = fails

    def begin(self, disk: Path) -> None:
        """Nothing has to be there."""

    def write(self, disk: Path) -> str:
        def placed(text: str) -> str:
            return text.replace("DISK", str(disk))

        environment = {key: placed(value) for key, value in self._places.items()}
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *map(placed, self._words)],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        said = done.stderr.strip()
        assert "Traceback" not in said, said
        assert "\n" not in said, said
        assert bool(done.returncode) == bool(said), (done.returncode, said)
        assert self.fails or not done.returncode, said
        return said.removeprefix("ferqt: ")

    def check(self, disk: Path, *, whole: bool) -> None:
        session = disk / "out" / "session.db"
        if session.exists():
            open_session(session)
        if whole and self._result is not None:
            name, content = self._result
            found = (disk / name).read_bytes()
            assert found if not content else found == content, f"{name} differs"


def all_writers(folder: Path, clip: Path) -> tuple[Writer, ...]:
    """Return everything that writes.

    Args:
        folder: On a disk with room; the session that is adopted goes there.
        clip: A film that is analyzed.
    """
    document = session_document(20.0)
    other = stored_session(replace(document, title="other"), folder / "other.db")
    analyze = ("analyze", str(clip), "--out", "DISK/out", "--model", TINY_ID, "--resume")
    said = _Command("unbroken", analyze).write(folder)
    assert not said, said
    rows = (folder / "out" / "frames.csv").read_bytes()
    return (
        _Screenshot("screenshot"),
        _Screenshot("faces of a screenshot", faces=True),
        _SettingsFile(),
        _QueueFile(),
        _Editor(),
        _Adopting(other),
        *video_writers(clip),
        *(_Export(kind, document) for kind in EXPORTS.values()),
        *(_Command(f"analysis {n}", analyze, result=("out/frames.csv", rows)) for n in (1, 2, 3)),
        _Command("demo video", ("demo-video", "DISK/demo.mp4", "--seconds", "1")),
        _Command(
            "adding a model",
            ("models", "add", str(TINY_FOLDER / "model.tflite"), "--labels", "fer7"),
            places={"FERQT_DATA_DIR": "DISK/data"},
        ),
        _Command(
            "log file",
            ("models", "list"),
            places={"FERQT_LOG_DIR": "DISK/log", "FERQT_CACHE_DIR": "DISK/cache"},
            fails=False,
        ),
    )


def _job(number: int) -> AnalysisJob:
    return AnalysisJob(number, f"/films/{number}.mp4", "film", Path("/out"))
