"""The queue of analyses: what waits, what runs, what became of it."""

import os
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ferqt.runtime.analysis_jobs import AnalysisJob, JobList, JobState, QueueTotals, totals_of
from ferqt.runtime.analysis_preset import AnalysisPreset
from ferqt.runtime.analysis_process import (
    AnalysisProcess,
    End,
    Ending,
    Progress,
    program_command,
)
from ferqt.runtime.analysis_queue_file import QueueFile
from ferqt.runtime.analysis_sources import MediaSource
from ferqt.runtime.tasks import TaskRunner
from ferqt.runtime.wake_lock import WakeLock
from ferqt.texts import N

_MOST_LETTERS: Final = 40
_TOTALS_MS: Final = 500
_LAST_MS: Final = 4_000
"""How long all processes together may take to end when the window closes."""

_STATES: Final = {
    End.DONE: JobState.DONE,
    End.FAILED: JobState.FAILED,
    End.INTERRUPTED: JobState.INTERRUPTED,
    End.CANCELED: JobState.CANCELED,
}


def usual_most() -> int:
    """Return how many analyses run at once: each keeps about two cores busy."""
    return max(1, (os.cpu_count() or 1) // 2)


class AnalysisQueue(QObject):
    """Jobs in order, each done by a process of its own. Lives on the GUI thread.

    What is not done is kept in a file, so that a program that was closed, or that died, offers it
    again. A second program at the same time begins with an empty queue and keeps none.

    Args:
        folder: Folder of the sessions.
        tasks: Writes that file.
        new_folder: Makes the path of a new session's folder from the title of its source; one in
            `folder` if not given.
        command: Program and first arguments of the processes.
        wake_lock: Keeps the computer awake while something runs.
    """

    changed = Signal()
    """Jobs came, went, or have another order."""
    job_changed = Signal(object)
    """The `AnalysisJob` that is not as it was."""
    totals_changed = Signal(object)
    """`QueueTotals`, twice a second at most."""
    active_changed = Signal(bool)
    """Whether waiting jobs are started."""
    job_ended = Signal(object)
    """The `AnalysisJob` whose process ended; its session may have been written."""
    ran_dry = Signal(object)
    """`QueueTotals`, when all that was to be done has ended."""

    def __init__(
        self,
        folder: Path,
        tasks: TaskRunner,
        parent: QObject | None = None,
        *,
        new_folder: Callable[[str], Path] | None = None,
        command: Sequence[str] | None = None,
        wake_lock: WakeLock | None = None,
    ) -> None:
        super().__init__(parent)
        self._new_folder = new_folder or partial(_free_folder, folder)
        self._command = list(program_command() if command is None else command)
        self._wake_lock = wake_lock or WakeLock()
        self._most = usual_most()
        self._active = False
        self._closing = False
        self._jobs = JobList()
        self._processes: dict[int, AnalysisProcess] = {}
        self._file = QueueFile(folder, tasks, lambda: self._jobs.all, self)
        self._totals_timer = QTimer(self, singleShot=True, interval=_TOTALS_MS)
        self._totals_timer.timeout.connect(self._tell_totals)

    @property
    def jobs(self) -> tuple[AnalysisJob, ...]:
        """All jobs in order."""
        return self._jobs.all

    @property
    def totals(self) -> QueueTotals:
        """How far all is."""
        return totals_of(self.jobs)

    @property
    def active(self) -> bool:
        """Whether waiting jobs are started."""
        return self._active

    @property
    def most(self) -> int:
        """How many run at once."""
        return self._most

    @property
    def locations(self) -> frozenset[str]:
        """Sources that wait or run."""
        waiting = (JobState.QUEUED, JobState.RUNNING, JobState.PAUSED)
        return frozenset(job.location for job in self.jobs if job.state in waiting)

    def job(self, number: int) -> AnalysisJob | None:
        """Return a job by its id; None when it is gone."""
        return self._jobs.get(number)

    def set_most(self, most: int) -> None:
        """Let so many run at once; 0 for as many as the cores allow."""
        self._most = most if most > 0 else usual_most()
        self._start_waiting()

    def restore(self) -> int:
        """Take up what an earlier program left; returns how many jobs that are.

        Nothing is started: that is for the person to say.
        """
        kept = self._file.read()
        self._jobs.extend(kept)
        if kept:
            self._tell_list()
        return sum(job.state is not JobState.CANCELED for job in kept)

    def add(self, sources: Iterable[MediaSource], preset: AnalysisPreset) -> tuple[int, ...]:
        """Put sources at the end and return the ids of their jobs; a queue that runs begins them.

        Args:
            sources: What is to be analyzed.
            preset: What is asked of it.
        """
        numbers = self._jobs.extend(
            AnalysisJob(
                id=0,
                location=source.location,
                title=source.title,
                folder=self._new_folder(source.title),
                preset=preset,
                pictures=source.pictures,
            )
            for source in sources
        )
        if numbers:
            self._tell_list()
            self._start_waiting()
        return numbers

    def resume_session(
        self, folder: Path, location: str, title: str, preset: AnalysisPreset
    ) -> None:
        """Put a session at the head that was interrupted, and begin: it goes on where it ended."""
        for job in self.jobs:
            if job.folder == folder:
                self.retry([job.id])
                break
        else:
            job = AnalysisJob(0, location, title, folder, preset, begun=True)
            self._jobs.add(job, first=True)
            self._tell_list()
        self.start()

    def set_length(self, number: int, length_s: float | None) -> None:
        """Take in the length of a job's source in s."""
        job = self._jobs.get(number)
        if job is not None and job.length_s != length_s:
            self._change(job, length_s=length_s)

    def set_preset(self, numbers: Iterable[int], preset: AnalysisPreset) -> None:
        """Ask something else of jobs that have not begun."""
        for job in self._jobs.known(numbers):
            if job.state is JobState.QUEUED and not job.begun:
                self._change(job, preset=preset)
        self._file.write_soon()

    def start(self) -> None:
        """Begin, or go on after `pause`."""
        self._set_active(active=True)
        for number in tuple(self._processes):
            self.resume_job(number)
        self._start_waiting()

    def pause(self) -> None:
        """Hold everything that runs, and begin nothing."""
        self._set_active(active=False)
        for number in tuple(self._processes):
            self.pause_job(number)

    def pause_job(self, number: int) -> None:
        """Hold one analysis; another one that waits does not take its place."""
        if number in self._processes:
            self._processes[number].pause()

    def resume_job(self, number: int) -> None:
        """Let an analysis go on that is held."""
        if number in self._processes:
            self._processes[number].resume()

    def cancel(self, numbers: Iterable[int]) -> None:
        """Give up jobs; those that run commit what they have, then end."""
        for job in self._jobs.known(numbers):
            if job.id in self._processes:
                self._change(job, ending=True)
                self._processes[job.id].cancel()
            elif job.state is JobState.QUEUED:
                self._change(job, state=JobState.CANCELED)
        self._file.write_soon()

    def retry(self, numbers: Iterable[int]) -> None:
        """Let jobs wait again that ended without being done; they go on where they ended."""
        for job in self._jobs.known(numbers):
            if job.state.can_be_tried_again:
                self._change(job, state=JobState.QUEUED, message="", hint="")
        self._file.write_soon()
        self._start_waiting()

    def remove(self, numbers: Iterable[int]) -> None:
        """Take jobs off the list that no process works for; their sessions stay."""
        gone = [job.id for job in self._jobs.known(numbers) if not job.state.is_live]
        if gone:
            self._jobs.remove(gone)
            self._tell_list()

    def clear_done(self) -> None:
        """Take the jobs off the list that are done."""
        self.remove([job.id for job in self.jobs if job.state is JobState.DONE])

    def move(self, numbers: Iterable[int], places: int) -> None:
        """Move jobs up (negative) or down, each by so many places; they keep together."""
        if self._jobs.move(numbers, places):
            self._tell_list()

    def move_to(self, numbers: Iterable[int], row: int) -> None:
        """Move jobs so that they stand before what is in a row now."""
        if self._jobs.move_to(numbers, row):
            self._tell_list()

    def shutdown(self) -> None:
        """End all processes, which commit what they have, and keep the queue for the next start."""
        if self._closing:
            return
        self._closing = True
        processes = tuple(self._processes.values())
        for job in self.jobs:
            if job.state.is_live:
                self._jobs.put(replace(job, state=JobState.INTERRUPTED, ending=False))
        for process in processes:
            process.cancel()
        for process in processes:
            process.wait(_LAST_MS // len(processes))
        self._totals_timer.stop()
        self._file.close()
        self._wake_lock.release(wait_s=1.0)

    def _change(self, job: AnalysisJob, **values: Any) -> AnalysisJob:
        changed = replace(job, **values)
        self._jobs.put(changed)
        self.job_changed.emit(changed)
        self._tell_totals_soon()
        return changed

    def _set_active(self, *, active: bool) -> None:
        if active != self._active:
            self._active = active
            self.active_changed.emit(active)

    def _start_waiting(self) -> None:
        """Begin what waits while there is room for more."""
        if not self._active or self._closing:
            return
        for job in self.jobs:
            if len(self._processes) >= self._most:
                break
            if job.state is JobState.QUEUED:
                self._begin(job)
        if self._processes:
            self._wake_lock.acquire(N("Notices", "Videos are analyzed"))
        elif not any(job.state is JobState.QUEUED for job in self.jobs):
            self._set_active(active=False)

    def _begin(self, job: AnalysisJob) -> None:
        arguments = ["analyze", job.location, "--out", str(job.folder), "--progress", "jsonl"]
        if job.begun:
            # Where nothing was committed yet, it begins.
            arguments.append("--resume")
        preset = job.preset.for_pictures() if job.pictures else job.preset
        arguments += preset.arguments()
        process = AnalysisProcess(self._command, arguments, self)
        process.progressed.connect(partial(self._on_progress, job.id))
        process.paused_changed.connect(partial(self._on_paused, job.id))
        process.ended.connect(partial(self._on_ended, job.id))
        self._processes[job.id] = process
        self._change(job, state=JobState.RUNNING, begun=True, fps=0.0, seconds_left=None)
        self._file.write_soon()
        process.start()

    def _on_progress(self, number: int, progress: Progress) -> None:
        job = self._jobs.get(number)
        if job is not None and not self._closing:
            self._change(
                job,
                frames=progress.frames,
                total=progress.total if progress.total is not None else job.total,
                # No frames come any more while files are written.
                fps=0.0 if progress.writing else progress.fps,
                seconds_left=progress.seconds_left,
                writing=progress.writing,
            )

    def _on_paused(self, number: int, paused: bool) -> None:
        job = self._jobs.get(number)
        if job is not None and not self._closing:
            state = JobState.PAUSED if paused else JobState.RUNNING
            self._change(job, state=state, fps=0.0, seconds_left=None)

    def _on_ended(self, number: int, ending: Ending) -> None:
        process = self._processes.pop(number)
        process.deleteLater()
        job = self._jobs.get(number)
        if job is None or self._closing:
            return
        job = self._change(
            job,
            state=_STATES[ending.end],
            ending=False,
            writing="",
            fps=0.0,
            seconds_left=None,
            message=ending.message,
            hint=ending.hint,
        )
        self._file.write_soon()
        self.job_ended.emit(job)
        self._start_waiting()
        if not self._processes:
            self._wake_lock.release()
            if not any(job.state is JobState.QUEUED for job in self.jobs):
                self._set_active(active=False)
                self.ran_dry.emit(self.totals)

    def _tell_list(self) -> None:
        self.changed.emit()
        self._tell_totals_soon()
        self._file.write_soon()

    def _tell_totals_soon(self) -> None:
        if not self._totals_timer.isActive():
            self._totals_timer.start()

    def _tell_totals(self) -> None:
        self.totals_changed.emit(self.totals)


def _free_folder(folder: Path, title: str) -> Path:
    """Return the path of a folder that no other job has, with a name that tells of the source."""
    stem = re.sub(r"[^\w.-]+", "-", Path(title).stem).strip("-.")[:_MOST_LETTERS]
    return folder / f"{stem or 'source'}-{secrets.token_hex(4)}"
