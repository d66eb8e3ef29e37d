"""The work of `ferqt analyze`: sources one after the other, and what is said of each."""

import argparse
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ferqt import __version__
from ferqt.classifiers.catalog import Catalog
from ferqt.cli.console import (
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_INTERRUPTED,
    print_json,
    report,
    report_error,
)
from ferqt.cli.control import Commands
from ferqt.cli.exporting import result_names
from ferqt.cli.interrupt import InterruptRequest
from ferqt.cli.jobs import Job, plan_jobs, refuse_old_results, shown_location
from ferqt.cli.session_job import Done, SessionJob
from ferqt.cli.tellers import BarTeller, LineTeller, Teller
from ferqt.cli.wanted import Wanted
from ferqt.core.timing import short_thread_turns
from ferqt.errors import FerqtError, OutputError, SessionError, SourceError
from ferqt.paths import models_dir, user_models_dir
from ferqt.sources.base import SourceKind

_log = logging.getLogger(__name__)


def analyze_all(args: argparse.Namespace) -> int:
    """Analyze all sources; one that fails does not stop the others.

    Returns:
        The exit code: 0 all done, 1 some failed, 130 interrupted.

    Raises:
        UsageError: The arguments contradict each other or name what is not known.
        ModelError, DetectorError: No source can be analyzed with these.
    """
    catalog = Catalog((models_dir(), user_models_dir()))
    wanted = Wanted.of(args, catalog)
    jobs = plan_jobs(args.sources, args.out)
    if not wanted.overwrite:
        refuse_old_results(jobs, result_names(wanted), resume=wanted.resume)
    if args.scheduler is None:
        reports = _analyze_here(args, wanted, catalog, jobs)
    else:
        from ferqt.cli.cluster import analyze_batch

        reports = analyze_batch(args, jobs)
    return _conclude(args, wanted, jobs, reports)


def _analyze_here(
    args: argparse.Namespace, wanted: Wanted, catalog: Catalog, jobs: Sequence[Job]
) -> list[dict[str, Any]]:
    commands, interrupt = Commands(), InterruptRequest()
    if args.progress:
        commands.listen()

    def should_stop() -> bool:
        return interrupt.requested or commands.canceled

    teller: Teller = (
        LineTeller(commands, should_stop) if args.progress else BarTeller(quiet=args.json)
    )
    sessions = SessionJob(wanted, catalog, teller, should_stop)
    sources = _Sources(sessions, teller, interrupt, should_stop)
    reports: list[dict[str, Any]] = []
    with short_thread_turns():
        for job in jobs:
            if should_stop():
                break
            reports.append(sources.run(job))
    return reports


def _conclude(
    args: argparse.Namespace,
    wanted: Wanted,
    jobs: Sequence[Job],
    reports: Sequence[Mapping[str, Any]],
) -> int:
    if args.json:
        print_json(
            {
                "program": "ferqt",
                "version": __version__,
                "model": wanted.config.model_id,
                "detector": wanted.config.detector_id,
                "sources": list(reports),
            }
        )
    broken_off = any(one["status"] == "interrupted" for one in reports)
    if broken_off or len(reports) < len(jobs):
        report("interrupted", "What was analyzed is kept; --resume goes on from there.")
        return EXIT_INTERRUPTED
    return EXIT_DONE if all(one["status"] == "done" for one in reports) else EXIT_FAILED


class _Sources:
    """Analyzes one source after the other and says what came of each."""

    def __init__(
        self,
        sessions: SessionJob,
        teller: Teller,
        interrupt: InterruptRequest,
        should_stop: Callable[[], bool],
    ) -> None:
        self._should_stop = should_stop
        self._sessions = sessions
        self._teller = teller
        self._interrupt = interrupt

    def run(self, job: Job) -> dict[str, Any]:
        """Analyze a source; its failure is reported and returned.

        Raises:
            ModelError, DetectorError: Neither this nor another source can be analyzed.
        """
        result: dict[str, Any] = {"source": shown_location(job.location), "folder": str(job.folder)}
        failure: FerqtError | None = None
        try:
            with self._interrupt:
                done = self._sessions.run(job)
            result.update(_told(done))
            failure = done.failure or _passed_over(done)
        except (SourceError, OutputError, SessionError) as error:
            if self._should_stop() and isinstance(error, SourceError):
                # It was given up while it was being opened.
                result.update(status="interrupted")
            else:
                # Not the location: a URL may hold a password.
                _log.exception("the analysis into %s failed", job.folder)
                failure = error
                result.update(status="failed", error=error.message, hint=error.hint)
        except FerqtError as error:
            self._teller.end({**result, "status": "failed"}, error)
            raise
        else:
            if done.failure is not None:
                result.update(status="failed", error=done.failure.message, hint=done.failure.hint)
            self._say(done, job)
        self._teller.end(result, failure)
        if failure is not None and "error" in result:
            report_error(failure)
        return result

    def _say(self, done: Done, job: Job) -> None:
        for name, reason in done.losses.skipped:
            report(f"passed over '{name}': {reason}")
        if done.losses.lost_frames:
            report(f"damaged frames of '{done.title}': {done.losses.lost_frames} are missing")
        if done.nothing_to_do:
            self._teller.print(f"{done.title}: nothing to do, it is finished -> {job.folder}")
        else:
            self._teller.print(_summary(done, job))


def _told(done: Done) -> dict[str, Any]:
    results: Mapping[str, Any] = done.facts["results"]
    status = "failed" if done.losses.skipped else "done"
    return {
        "status": status if done.facts["complete"] else "interrupted",
        "files": [str(path) for path in done.files],
        "frames": results["frames"],
        "frames_with_faces": results["frames_with_faces"],
        "faces": results["faces"],
        "skipped": [{"name": name, "reason": reason} for name, reason in done.losses.skipped],
        "lost_frames": done.losses.lost_frames,
        "resumed_after": done.resumed_after,
    }


def _passed_over(done: Done) -> FerqtError | None:
    skipped = done.losses.skipped
    if not skipped:
        return None
    name, reason = skipped[0]
    more = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
    return SourceError(f"passed over '{name}'{more}: {reason}")


def _summary(done: Done, job: Job) -> str:
    results = done.facts["results"]
    unit = "picture" if done.kind is SourceKind.IMAGES else "frame"
    return (
        f"{done.title}: {_count(results['frames'], unit)}, {results['frames_with_faces']} with "
        f"faces, {_count(results['faces'], 'face')} -> {job.folder}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
