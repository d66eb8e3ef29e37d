"""`ferqt analyze --scheduler`: many files on the computers of a Dask cluster, a task for each.

A task runs the command `ferqt analyze` on the worker's computer, in a process of its own. Sources
and the folder of results lie where all computers find them under the same path. A worker that is
lost loses no file: Dask gives the file to another one, which goes on after the last frame on disk.
"""

import argparse
import json
import logging
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from ferqt import __version__
from ferqt.cli.console import report
from ferqt.cli.interrupt import InterruptRequest
from ferqt.cli.jobs import Job, shown_location
from ferqt.cli.progress import ProgressBar
from ferqt.errors import FerqtError, UsageError

if TYPE_CHECKING:
    from distributed import Client, Future

_log = logging.getLogger(__name__)

_CONNECT_S: Final = 15.0
_WORKERS_S: Final = 20.0
_POLL_S: Final = 0.5
_ENDING_S: Final = 30.0
"""How long an analysis that was canceled may take to commit its last rows."""

_KEPT_LINES: Final = 50
_ENDS: Final = frozenset({"done", "failed", "interrupted"})
_ATTEND: Final = "attend"
_CANCEL: Final = "cancel"

FORWARDED: Final = MappingProxyType(
    {
        "model": "--model",
        "compare": "--compare",
        "detector": "--detector",
        "start_s": "--from",
        "stop_s": "--to",
        "every": "--every",
        "smoothing_s": "--smoothing",
        "uncertain_below": "--uncertain-below",
        "blendshapes": "--blendshapes",
        "format": "--format",
        "min_duration_s": "--min-duration",
        "enter": "--enter",
        "leave": "--leave",
        "annotated": "--annotated",
        "blur": "--blur",
        "threads": "--threads",
    }
)
"""Options of `ferqt analyze` that each worker gets, by where the parser keeps their values."""

Report = dict[str, Any]


def analyze_batch(args: argparse.Namespace, jobs: Sequence[Job]) -> list[Report]:
    """Do what `ferqt analyze --scheduler` was asked for.

    Args:
        args: The command's arguments.
        jobs: Sources and folders.

    Returns:
        What came of each source.

    Raises:
        FerqtError: The cluster cannot be used.
        UsageError: The arguments contradict each other, or a source is no file or folder.
    """
    if args.progress:
        raise UsageError(
            "--progress tells of this computer alone, and --scheduler uses others",
            "Give one of them.",
        )
    interrupt = InterruptRequest()
    with interrupt, ProgressBar("analyzing", len(jobs), unit="files") as bar:
        done = 0

        def on_report(told: Report) -> None:
            nonlocal done
            done += 1
            bar.show(done)
            if "error" in told:
                report(f"'{told['source']}': {told['error']}", told.get("hint", ""))
            elif not args.json:
                bar.print(f"{told['source']}: {told['status']} -> {told['folder']}")

        return analyze_on_cluster(
            args.scheduler,
            [_shared(job) for job in jobs],
            _options(args),
            on_report,
            lambda: interrupt.requested,
        )


def _shared(job: Job) -> Job:
    """The same job as all computers find it."""
    place = Path(job.location)
    if not place.exists():
        raise UsageError(
            "a cluster analyzes files and folders, and this is none: "
            f"'{shown_location(job.location)}'",
            "Check the path, or leave out --scheduler.",
        )
    return Job(str(place.resolve()), job.folder.resolve())


def _options(args: argparse.Namespace) -> list[str]:
    # A file that is given to a second worker goes on, unless everything is to begin anew.
    options = ["--overwrite"] if args.overwrite else ["--resume"]
    for name, option in FORWARDED.items():
        value = getattr(args, name)
        if value is True:
            options.append(option)
        elif value is not None and value is not False:
            options += [option, str(value)]
    return options


def analyze_on_cluster(
    address: str,
    jobs: Sequence[Job],
    options: Sequence[str],
    on_report: Callable[[Report], None],
    should_stop: Callable[[], bool],
) -> list[Report]:
    """Analyze every source as a task of a cluster; one that fails does not stop the others.

    Args:
        address: Where the scheduler listens, as tcp://host:8786.
        jobs: Sources and folders, with absolute paths.
        options: Those of `ferqt analyze` that hold for every source.
        on_report: Called with what came of a source as soon as it is known.
        should_stop: Asked twice a second; True cancels what is not done.

    Returns:
        What came of each source, in the order of the jobs; those that were canceled before they
        began have none.

    Raises:
        FerqtError: Nobody answers at the address, no worker is there, or one runs another ferqt.
        UsageError: Dask is not installed.
    """
    client = _connected(address)
    try:
        _check_workers(client)
        with client.as_current():
            return _run_all(client, jobs, options, on_report, should_stop)
    finally:
        client.close(timeout=_CONNECT_S)


def _connected(address: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "an analysis on a cluster needs Dask", "Install it: pip install 'ferqt[cluster]'."
        ) from error
    try:
        # A client that fails to connect holds the program up when it ends.
        place = urlsplit(address)
        with socket.create_connection((place.hostname or "", place.port or 0), _CONNECT_S):
            pass
        return Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise FerqtError(
            f"no Dask scheduler answers at '{address}'",
            "Start one with 'dask scheduler', and name the address that it prints, as in "
            "tcp://host:8786.",
        ) from error


def _check_workers(client: "Client") -> None:
    try:
        client.wait_for_workers(1, timeout=_WORKERS_S)
    except TimeoutError as error:
        raise FerqtError(
            "the cluster has no worker", "Start some with 'dask worker' and the same address."
        ) from error
    versions: dict[str, str] = client.run(_version)
    for worker, version in versions.items():
        if version != __version__:
            raise FerqtError(
                f"worker {worker} runs ferqt {version}, and this is {__version__}",
                "Install the same version on all computers.",
            )


def _version() -> str:
    """The version of ferqt on a worker's computer."""
    return __version__


def _run_all(
    client: "Client",
    jobs: Sequence[Job],
    options: Sequence[str],
    on_report: Callable[[Report], None],
    should_stop: Callable[[], bool],
) -> list[Report]:
    from distributed import Event, wait

    canceled = Event(f"ferqt-cancel-{uuid4().hex}", client=client)
    futures = {
        client.submit(
            analyze_on_worker, job.location, str(job.folder), tuple(options), canceled.name,
            pure=False,
        ): job
        for job in jobs
    }  # fmt: skip
    reports: dict[Job, Report] = {}
    waiting = set(futures)
    asked = False
    while waiting:
        if should_stop() and not asked:
            asked = True
            canceled.set()
        with suppress(TimeoutError):
            wait(waiting, timeout=_POLL_S, return_when="FIRST_COMPLETED")
        for future in [one for one in waiting if one.done()]:
            waiting.discard(future)
            job = futures[future]
            reports[job] = _report_of(future, job)
            on_report(reports[job])
    return [reports[job] for job in jobs if job in reports]


def _report_of(future: "Future[Report]", job: Job) -> Report:
    if future.status == "finished":
        done: Report = future.result()
        return done
    error = future.exception()
    _log.error("the task for %s failed", job.folder, exc_info=error)
    return {
        "source": job.location,
        "folder": str(job.folder),
        "status": "failed",
        "error": f"the workers that analyzed it were lost: {type(error).__name__}",
        "hint": "Look at the workers' own messages; what was analyzed is kept for --resume.",
    }


def analyze_on_worker(
    location: str, folder: str, options: Sequence[str], cancel_name: str
) -> Report:
    """Analyze a source on this computer; the body of a task.

    The process ends itself when it can read nothing more from this one: a worker that is killed
    leaves none behind that would hold the session.

    Returns:
        What `ferqt analyze --json` says of the source.
    """
    from distributed import Event, worker_client

    command = [
        sys.executable, "-m", "ferqt", "analyze", location, "--out", folder,
        "--progress", "jsonl", *options,
    ]  # fmt: skip
    with worker_client(separate_thread=False) as client:
        canceled = Event(cancel_name, client=client)
        if canceled.is_set():
            return {"source": location, "folder": folder, "status": "interrupted"}
        return _run_process(command, location, folder, canceled.is_set)


def _run_process(
    command: Sequence[str], location: str, folder: str, canceled: Callable[[], bool]
) -> Report:
    """Run an analysis to its end; the process gets its words and tells its events by lines."""
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="backslashreplace",
    ) as process:
        assert process.stdin is not None
        events, errors = _Lines(process.stdout), _Lines(process.stderr)
        _say(process.stdin, _ATTEND)
        asked_s: float | None = None
        while not events.ended(_POLL_S):
            if asked_s is None and canceled():
                asked_s = time.monotonic()
                _say(process.stdin, _CANCEL)
            elif asked_s is not None and time.monotonic() - asked_s > _ENDING_S:
                process.kill()
        process.wait()
        errors.ended(_ENDING_S)
    came: Report = {"source": location, "folder": folder, "status": "failed"}
    told = _last_event(events.lines)
    if told is None:
        said = errors.lines[-1] if errors.lines else f"exit code {process.returncode}"
        return {**came, "error": said.removeprefix("ferqt: "), "hint": ""}
    came.update(status=told["event"], frames=told["frames"], files=told.get("files", []))
    if "message" in told:
        came.update(error=told["message"], hint=told["hint"])
    return came


def _say(pipe: IO[str], word: str) -> None:
    # A process that ended already reads nothing; its own last words tell why.
    with suppress(OSError):
        pipe.write(f"{word}\n")
        pipe.flush()


def _last_event(lines: Sequence[str]) -> Report | None:
    """The event that a source ended with."""
    for line in reversed(lines):
        try:
            event: Report = json.loads(line)
        except ValueError:
            continue
        if event.get("event") in _ENDS:
            return event
    return None


class _Lines:
    """The last lines of a pipe, read in a thread so that the process never waits for a reader."""

    def __init__(self, pipe: IO[str] | None) -> None:
        assert pipe is not None
        self.lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._thread = threading.Thread(target=self._read, args=(pipe,), daemon=True)
        self._thread.start()

    def ended(self, timeout_s: float) -> bool:
        """Wait for the pipe's end, for some time."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _read(self, pipe: IO[str]) -> None:
        for line in pipe:
            if line.strip():
                self.lines.append(line.strip())
