"""The jobs of the queue of analyses, and how far they are together; no Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from ferqt.runtime.analysis_preset import AnalysisPreset


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    CANCELED = "canceled"

    @property
    def is_live(self) -> bool:
        """Whether a process works for it."""
        return self in (JobState.RUNNING, JobState.PAUSED)

    @property
    def can_be_tried_again(self) -> bool:
        """Whether it ended without being done."""
        return self in (JobState.FAILED, JobState.INTERRUPTED, JobState.CANCELED)


@dataclass(frozen=True, slots=True)
class AnalysisJob:
    """A source in the queue.

    Attributes:
        id: Its number, for as long as the program runs.
        location: Path of the source.
        title: Its name.
        folder: Folder of its session.
        preset: What it is asked for.
        state: Where it stands.
        begun: Whether a process was started for it: its session may hold rows, so it goes on.
        ending: Whether it was given up and its process still commits what it has.
        pictures: Number of pictures; 0 for a video.
        length_s: Length of a video in s; None when it is not known.
        frames: Frames that were analyzed.
        total: Frames that there are; None when it is not known.
        fps: Frames a second; 0 while it is not running.
        seconds_left: Time that is left in s; None when it is not known.
        writing: Name of the file that is written after the last frame; "" before.
        message: Why it failed or was interrupted; "" if it was not.
        hint: What to do about it; may be "".
    """

    id: int
    location: str
    title: str
    folder: Path
    preset: AnalysisPreset = field(default_factory=AnalysisPreset)
    state: JobState = JobState.QUEUED
    begun: bool = False
    ending: bool = False
    pictures: int = 0
    length_s: float | None = None
    frames: int = 0
    total: int | None = None
    fps: float = 0.0
    seconds_left: float | None = None
    writing: str = ""
    message: str = ""
    hint: str = ""

    @property
    def share(self) -> float | None:
        """How much of it is done, 0..1; None when that is not known."""
        if self.state is JobState.DONE:
            return 1.0
        if self.total:
            return min(self.frames / self.total, 1.0)
        return None if self.state.is_live else 0.0


@dataclass(frozen=True, slots=True)
class QueueTotals:
    """How far the queue is.

    Attributes:
        jobs: Number of jobs.
        live: Those for which a process works.
        waiting: Those that are queued.
        done: Those that are done.
        problems: Those that failed or were interrupted.
        share: How much of all but the canceled ones is done, 0..1.
        seconds_left: Time that is left in s; None when it is not known.
    """

    jobs: int = 0
    live: int = 0
    waiting: int = 0
    done: int = 0
    problems: int = 0
    share: float = 0.0
    seconds_left: float | None = None


def totals_of(jobs: Sequence[AnalysisJob]) -> QueueTotals:
    """Add up jobs; those whose length is not known count as long as the others are on average."""
    states = [job.state for job in jobs]
    counted = [job for job in jobs if job.state is not JobState.CANCELED]
    weights = _weights(counted)
    whole = sum(weights)
    gone = sum(
        weight * (1.0 if job.state is JobState.FAILED else job.share or 0.0)
        for job, weight in zip(counted, weights, strict=True)
    )
    return QueueTotals(
        jobs=len(jobs),
        live=sum(state.is_live for state in states),
        waiting=states.count(JobState.QUEUED),
        done=states.count(JobState.DONE),
        problems=states.count(JobState.FAILED) + states.count(JobState.INTERRUPTED),
        share=gone / whole if whole else 0.0,
        seconds_left=_seconds_left(counted, weights),
    )


def _weights(jobs: Sequence[AnalysisJob]) -> list[float]:
    """Return how much work each job is, in frames or what is likely as much."""
    known = [job.total / job.length_s for job in jobs if job.total and job.length_s]
    rate = sum(known) / len(known) if known else 30.0
    weights = [_weight(job, rate) for job in jobs]
    told = [weight for weight in weights if weight is not None]
    usual = sum(told) / len(told) if told else 1.0
    return [usual if weight is None else weight for weight in weights]


def _weight(job: AnalysisJob, rate: float) -> float | None:
    if job.total:
        return float(job.total)
    if job.pictures:
        return float(job.pictures)
    return None if job.length_s is None else max(job.length_s * rate / job.preset.every, 1.0)


def _seconds_left(jobs: Sequence[AnalysisJob], weights: Sequence[float]) -> float | None:
    """Return how long what runs and waits takes at the present pace."""
    pace = sum(job.fps for job in jobs if job.state is JobState.RUNNING)
    if pace <= 0:
        return None
    left = sum(
        weight * (1.0 - (job.share or 0.0))
        for job, weight in zip(jobs, weights, strict=True)
        if job.state.is_live or job.state is JobState.QUEUED
    )
    # One long job may go on when the others are over.
    longest = max((job.seconds_left or 0.0 for job in jobs if job.state.is_live), default=0.0)
    return max(left / pace, longest)


class JobList:
    """Jobs in order, by id. Used in one thread."""

    def __init__(self) -> None:
        self._jobs: dict[int, AnalysisJob] = {}
        self._next = 1

    @property
    def all(self) -> tuple[AnalysisJob, ...]:
        """All jobs in order."""
        return tuple(self._jobs.values())

    def get(self, number: int) -> AnalysisJob | None:
        """Return a job by its id; None when it is gone."""
        return self._jobs.get(number)

    def known(self, numbers: Iterable[int]) -> list[AnalysisJob]:
        """Return the jobs with these ids that are there."""
        return [self._jobs[number] for number in tuple(numbers) if number in self._jobs]

    def add(self, job: AnalysisJob, *, first: bool = False) -> AnalysisJob:
        """Add a job at the end, or as the first one, under a new id; returns it with that."""
        job = replace(job, id=self._next)
        self._next += 1
        self._jobs = {job.id: job, **self._jobs} if first else {**self._jobs, job.id: job}
        return job

    def extend(self, jobs: Iterable[AnalysisJob]) -> tuple[int, ...]:
        """Add jobs at the end and return their new ids."""
        before = self._next
        for job in jobs:
            self._jobs[self._next] = replace(job, id=self._next)
            self._next += 1
        return tuple(range(before, self._next))

    def put(self, job: AnalysisJob) -> None:
        """Take a job in place of the one with its id."""
        self._jobs[job.id] = job

    def remove(self, numbers: Iterable[int]) -> None:
        """Take jobs off the list."""
        for number in numbers:
            del self._jobs[number]

    def move(self, numbers: Iterable[int], places: int) -> bool:
        """Move jobs up (negative) or down by so many places; they do not pass each other.

        Returns:
            Whether the order is another one now.
        """
        wanted = set(numbers)
        order = list(self._jobs)
        for _ in range(abs(places)):
            _step(order, wanted, down=places > 0)
        return self._reorder(order)

    def move_to(self, numbers: Iterable[int], row: int) -> bool:
        """Move jobs so that they stand before what is in a row now; returns as `move` does."""
        wanted = set(numbers)
        order = list(self._jobs)
        head = [number for number in order[:row] if number not in wanted]
        moved = [number for number in order if number in wanted]
        tail = [number for number in order[row:] if number not in wanted]
        return self._reorder([*head, *moved, *tail])

    def _reorder(self, order: Sequence[int]) -> bool:
        if order == list(self._jobs):
            return False
        self._jobs = {number: self._jobs[number] for number in order}
        return True


def _step(order: list[int], wanted: set[int], *, down: bool) -> None:
    """Move some numbers of a list by one place."""
    places = range(len(order) - 2, -1, -1) if down else range(1, len(order))
    for place in places:
        other = place + 1 if down else place - 1
        if order[place] in wanted and order[other] not in wanted:
            order[place], order[other] = order[other], order[place]
