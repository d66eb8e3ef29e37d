"""Keeps the queue of analyses in a file, for the next start."""

import json
import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QLockFile, QObject, QTimer

from ferqt.core.types import Notice
from ferqt.drafts import draft
from ferqt.outputs.store.kept_queue import MOST_BYTES, QUEUE_NAME
from ferqt.paths import make_folder
from ferqt.runtime.analysis_jobs import AnalysisJob, JobState
from ferqt.runtime.analysis_preset import AnalysisPreset
from ferqt.runtime.tasks import TaskRunner

_log = logging.getLogger(__name__)

_VERSION: Final = 1
_KEEP_MS: Final = 500


class QueueFile(QObject):
    """The file and the lock that makes it one program's: the first one has it.

    Args:
        folder: Folder of the sessions.
        tasks: Writes the file: with thousands of jobs that takes a moment.
        jobs: Gives the jobs as they are now.
    """

    def __init__(
        self,
        folder: Path,
        tasks: TaskRunner,
        jobs: Callable[[], tuple[AnalysisJob, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._path = folder / QUEUE_NAME
        self._tasks = tasks
        self._jobs = jobs
        self._lock: QLockFile | None = None
        self._left: tuple[AnalysisJob, ...] = ()
        self._writing = False
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._timer.timeout.connect(self._write)

    def read(self) -> tuple[AnalysisJob, ...]:
        """Return what an earlier program left; nothing while another one has the file."""
        if not self._is_own():
            return ()
        left, self._left = self._left, ()
        return left

    def write_soon(self) -> None:
        """Write the file after a burst of changes."""
        self._timer.start()

    def close(self) -> None:
        """Write the file for the last time and leave it to others."""
        self._timer.stop()
        if self._is_own():
            write_jobs(self._path, (*self._jobs(), *self._left))
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def _is_own(self) -> bool:
        if self._lock is not None:
            return True
        try:
            make_folder(self._path.parent)
        except OSError as error:
            _log.warning("there is no folder for the queue: %s", error)
            return False
        lock = QLockFile(f"{self._path}.lock")
        # A lock is stale when its program is gone, not when it is old.
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            return False
        self._lock = lock
        # Whoever had the file until now may have left something that nobody took up.
        self._left = read_jobs(self._path)
        return True

    def _write(self) -> None:
        if not self._is_own():
            return
        if self._writing:
            self._timer.start()
            return
        self._writing = True
        self._tasks.run(
            partial(write_jobs, self._path, (*self._jobs(), *self._left)),
            self._on_written,
            self._on_failed,
            title="The queue was not kept",
        )

    def _on_written(self, _answer: None) -> None:
        self._writing = False

    def _on_failed(self, _notice: Notice) -> None:
        self._writing = False


def write_jobs(path: Path, jobs: Iterable[AnalysisJob]) -> None:
    """Keep the jobs that are not done for the next start; a failure is logged."""
    kept = [_to_json(job) for job in jobs if job.state is not JobState.DONE]
    try:
        if not kept:
            path.unlink(missing_ok=True)
            return
        make_folder(path.parent)
        # One after the other: the encoder lets no other thread run before it is done.
        texts = ",\n".join(json.dumps(job, ensure_ascii=False) for job in kept)
        text = f'{{"version": {_VERSION}, "jobs": [\n{texts}\n]}}\n'
        with draft(path) as part:
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        _log.warning("the queue was not kept: %s: %s", path, error)


def read_jobs(path: Path) -> tuple[AnalysisJob, ...]:
    """Return the jobs that were kept, numbered from 1; what cannot be understood is left out."""
    try:
        if path.stat().st_size > MOST_BYTES:
            _log.warning("the queue of earlier is too large: %s", path)
            return ()
        stored = json.loads(path.read_text(encoding="utf-8"))
        entries = stored["jobs"] if stored["version"] == _VERSION else []
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, RecursionError, KeyError, TypeError) as error:
        _log.warning("the queue of earlier was not read: %s: %s", path, error)
        return ()
    jobs: list[AnalysisJob] = []
    for entry in entries:
        try:
            jobs.append(_from_json(len(jobs) + 1, entry))
        except (ValueError, KeyError, TypeError) as error:
            _log.warning("a job of the queue of earlier was not understood: %s", error)
    return tuple(jobs)


def _to_json(job: AnalysisJob) -> dict[str, Any]:
    return {
        "location": job.location,
        "title": job.title,
        "folder": str(job.folder),
        "preset": job.preset.to_json(),
        "state": str(job.state),
        "begun": job.begun,
        "pictures": job.pictures,
        "length_s": job.length_s,
        "frames": job.frames,
        "total": job.total,
        "message": job.message,
        "hint": job.hint,
    }


def _from_json(number: int, entry: dict[str, Any]) -> AnalysisJob:
    state = JobState(entry["state"])
    for name in ("location", "title", "folder", "message", "hint"):
        if not isinstance(entry[name], str):
            raise ValueError(f"{name} is no text")  # noqa: TRY004 - a bad file, not a bug
    length_s, total = entry["length_s"], entry["total"]
    return AnalysisJob(
        id=number,
        location=entry["location"],
        title=entry["title"],
        folder=Path(entry["folder"]),
        preset=AnalysisPreset.from_json(entry["preset"]),
        # Its process ended with the program, or soon after.
        state=JobState.INTERRUPTED if state.is_live else state,
        begun=bool(entry["begun"]),
        pictures=int(entry["pictures"]),
        length_s=None if length_s is None else float(length_s),
        frames=int(entry["frames"]),
        total=None if total is None else int(total),
        message=entry["message"],
        hint=entry["hint"],
    )
