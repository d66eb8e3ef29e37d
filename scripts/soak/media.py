"""Damaged videos and pictures: each is read in full or refused with a sentence, and soon.

Each file is read in a process of its own kind: a crash, a hang and an unexpected exception are
counted, and `seed` and `number` give the same file again (see `mutate`). Every twentieth goes
through the analysis, too, as the command line runs it.
"""

import contextlib
import faulthandler
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final, TextIO

from ferqt.log import quiet_libraries, start_logging
from scripts.soak.media_mutations import mutate
from scripts.soak.media_reading import Reading, read_through
from scripts.soak.media_seeds import write_seeds
from scripts.soak.part import Options, Progress, bar

_FULL: Final = 2_000
_LIMIT_S: Final = 10.0
"""Processor time for a file: on a computer that has other work, the clock says little."""

_KILL_S: Final = 60.0
"""Time on the clock after which a process is taken to hang."""

_WORKERS: Final = 2
_MOST_MEMORY: Final = 6 << 30
"""Address space of a reading process; a bomb that wants more fails there and is counted."""

_ANALYZE_EVERY: Final = 20
_ANALYZE_AT_ONCE: Final = 25
_LOAD_S: Final = 60.0


def run(options: Options) -> dict[str, Any]:
    """Read damaged files and say what came of them."""
    wanted = options.count or _FULL
    seeds_folder, made = options.folder / "seeds", options.folder / "made"
    seeds_folder.mkdir()
    made.mkdir()
    seeds = write_seeds(seeds_folder)
    tally = _Tally()
    progress = Progress("media", wanted, options.every_s)
    for number, outcome in _outcomes(seeds, made, options.seed, wanted):
        tally.add(number, outcome)
        progress.tell(tally.tried, tally.line)
    analyzed = _analyze_some(seeds, options, wanted)
    return {
        "seeds": len(seeds),
        "seed": options.seed,
        **tally.told(),
        "analysis": analyzed,
        "bars": [
            bar("files tried", tally.tried, wanted, met=tally.tried == wanted),
            bar("crashes", len(tally.crashed), 0, met=not tally.crashed),
            bar(f"files that took over {_LIMIT_S:g} s", len(tally.hung), 0, met=not tally.hung),
            bar("unexpected exceptions", len(tally.unexpected), 0, met=not tally.unexpected),
            bar("texts on the terminal", len(tally.printed), 0, met=not tally.printed),
            bar("faults in the analysis", analyzed["faults"], [], met=not analyzed["faults"]),
        ],
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file.

    Attributes:
        name: Of the file.
        kinds: What was done to it.
        reading: What was read; None when the process crashed or hung.
        seconds: Processor time that it took.
        memory_mb: Most memory that the process held meanwhile.
        printed: What a library wrote on the terminal.
        end: How the process ended; "" while it lives.
    """

    name: str
    kinds: tuple[str, ...]
    reading: Reading | None = None
    seconds: float = 0.0
    memory_mb: int = 0
    printed: str = ""
    end: str = ""


@dataclass(slots=True)
class _Tally:
    """Counts what came of the files."""

    tried: int = 0
    read: int = 0
    damaged: int = 0
    frames: int = 0
    lost: int = 0
    slowest_s: float = 0.0
    memory_mb: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    crashed: list[dict[str, Any]] = field(default_factory=list)
    hung: list[dict[str, Any]] = field(default_factory=list)
    unexpected: list[dict[str, Any]] = field(default_factory=list)
    printed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def line(self) -> str:
        """How it stands, for the progress."""
        return (
            f"{self.read} read, {self.refused.total()} refused, {len(self.crashed)} crashed, "
            f"{len(self.hung)} hung, {len(self.unexpected)} unexpected"
        )

    def add(self, number: int, outcome: Outcome) -> None:
        """Count one."""
        self.tried += 1
        self.kinds.update(outcome.kinds)
        self.slowest_s = max(self.slowest_s, outcome.seconds)
        self.memory_mb = max(self.memory_mb, outcome.memory_mb)
        found = {"number": number, "name": outcome.name, "kinds": outcome.kinds}
        if outcome.reading is None:
            ends = self.hung if outcome.end == "hung" else self.crashed
            ends.append({**found, "end": outcome.end, "where": outcome.printed})
            return
        reading = outcome.reading
        self.frames += reading.frames
        self.lost += reading.lost
        if reading.refusal:
            self.refused[_reason(reading.refusal)] += 1
        else:
            self.read += 1
            self.damaged += reading.lost > 0
        if reading.unexpected:
            self.unexpected.append({**found, "what": reading.unexpected})
        if outcome.printed:
            self.printed.append({**found, "text": outcome.printed})
        if outcome.seconds > _LIMIT_S:
            self.hung.append({**found, "end": f"{outcome.seconds:.1f} s"})

    def told(self) -> dict[str, Any]:
        """Return the figures."""
        return {
            "tried": self.tried,
            "read": self.read,
            "read_with_losses": self.damaged,
            "frames": self.frames,
            "lost_frames": self.lost,
            "refused": self.refused.total(),
            "refused_because": dict(self.refused.most_common()),
            "slowest_s": round(self.slowest_s, 2),
            "most_memory_mb": self.memory_mb,
            "kinds": dict(self.kinds.most_common()),
            "crashed": self.crashed,
            "hung": self.hung,
            "unexpected": self.unexpected,
            "printed": self.printed,
        }


def _reason(refusal: str) -> str:
    """Return a refusal without the name of its file and its numbers."""
    reason = refusal.partition("': ")[2].partition(". ")[0]
    return "".join("#" if sign.isdigit() else sign for sign in reason)


class Worker:
    """A process that reads one file after the other, and is watched.

    Args:
        seeds: Files that are damaged.
        made: Folder for the damaged ones.
        seed: What chance begins with.
    """

    def __init__(self, seeds: Sequence[Path], made: Path, seed: int) -> None:
        self._arguments = (seeds, made, seed)
        self.number = -1
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, *self._arguments), daemon=True)
        self._process.start()
        theirs.close()
        # Loading the libraries is no file's fault.
        assert self.pipe.poll(_LOAD_S), "a reading process starts"
        self.pipe.recv()

    @property
    def pid(self) -> int:
        """Number of the process."""
        assert self._process.pid is not None
        return self._process.pid

    def give(self, number: int) -> None:
        """Let it read a file; in a new process after a crash."""
        if not self._process.is_alive():
            self._start()
        self.number = number
        self._due_s = time.monotonic() + _KILL_S
        self.pipe.send(number)

    def answer(self) -> Outcome | None:
        """Return what came of its file, None while it is at it."""
        seeds, made, seed = self._arguments
        try:
            if self.pipe.poll():
                outcome: Outcome = self.pipe.recv()
                return outcome
            if time.monotonic() < self._due_s:
                return None
            end = "hung"
            self._process.kill()
        except (EOFError, OSError):
            self._process.join()
            end = f"exit code {self._process.exitcode}"
        self._process.join()
        mutant = mutate(seeds, seed, self.number)
        texts = made / f"terminal-{self._process.pid}.txt"
        printed = texts.read_text(errors="replace")[-1500:] if texts.exists() else ""
        return Outcome(mutant.name, mutant.kinds, end=end, printed=printed)

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def _outcomes(
    seeds: Sequence[Path], made: Path, seed: int, wanted: int
) -> Iterator[tuple[int, Outcome]]:
    """Let the workers read all files; yields number and outcome as they come."""
    workers = [Worker(seeds, made, seed) for _ in range(_WORKERS)]
    waiting = iter(range(wanted))
    busy: list[Worker] = []
    try:
        for worker, number in zip(workers, waiting, strict=False):
            worker.give(number)
            busy.append(worker)
        while busy:
            wait([worker.pipe for worker in busy], timeout=0.5)
            for worker in list(busy):
                outcome = worker.answer()
                if outcome is None:
                    continue
                yield worker.number, outcome
                following = next(waiting, None)
                if following is None:
                    busy.remove(worker)
                else:
                    worker.give(following)
    finally:
        for worker in workers:
            worker.stop()


def _work(pipe: Connection, seeds: Sequence[Path], made: Path, seed: int) -> None:
    """Read files until the pipe closes; runs in a process of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    start_logging()
    place = made / f"terminal-{os.getpid()}.txt"
    # What native libraries write is not shown; the program sends it to a file, too.
    with place.open("w+", encoding="utf-8") as terminal, quiet_libraries():
        faulthandler.enable(terminal)
        sys.stdout = sys.stderr = terminal
        pipe.send("ready")
        with contextlib.suppress(EOFError):
            while True:
                number = pipe.recv()
                terminal.seek(0)
                terminal.truncate()
                pipe.send(_read_one(seeds, made, seed, number, terminal))


def _read_one(
    seeds: Sequence[Path], made: Path, seed: int, number: int, terminal: TextIO
) -> Outcome:
    mutant = mutate(seeds, seed, number)
    path = made / mutant.name
    path.write_bytes(mutant.content)
    _forget_peak()
    faulthandler.dump_traceback_later(_KILL_S - 2, file=terminal)
    began_s = time.process_time()
    reading = read_through(path, number)
    seconds = time.process_time() - began_s
    faulthandler.cancel_dump_traceback_later()
    terminal.flush()
    printed = Path(terminal.name).read_text(errors="replace")[-1500:]
    path.unlink()
    return Outcome(mutant.name, mutant.kinds, reading, seconds, _peak_mb(), printed)


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_mb() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def _analyze_some(seeds: Sequence[Path], options: Options, wanted: int) -> dict[str, Any]:
    """Run a part of the files through `ferqt analyze`, some at a time."""
    folder = options.folder / "analyzed"
    numbers = range(0, wanted, _ANALYZE_EVERY)
    states: Counter[str] = Counter()
    lost = 0
    faults: list[str] = []
    for start in range(0, len(numbers), _ANALYZE_AT_ONCE):
        some = numbers[start : start + _ANALYZE_AT_ONCE]
        results, fault = _analyze([mutate(seeds, options.seed, one) for one in some], folder)
        states.update(result["status"] for result in results)
        lost += sum(result.get("lost_frames", 0) for result in results)
        if fault:
            faults.append(f"files {some[0]} to {some[-1]} by {_ANALYZE_EVERY}: {fault}")
    return {"tried": len(numbers), **states, "lost_frames": lost, "faults": faults}


def _analyze(mutants: Sequence[Any], folder: Path) -> tuple[list[dict[str, Any]], str]:
    """Analyze files by the command line; returns what it says of each, and what is wrong."""
    sources = folder / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    for mutant in mutants:
        (sources / mutant.name).write_bytes(mutant.content)
    names = [str(sources / mutant.name) for mutant in mutants]
    command = [sys.executable, "-m", "ferqt", "analyze", *names]
    command += ["--out", str(folder / "out"), "--overwrite", "--json"]
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            timeout=_LOAD_S + _KILL_S * len(names),
        )
    except subprocess.TimeoutExpired:
        return [], "it hung"
    if done.returncode not in (0, 1):
        return [], f"exit code {done.returncode}: {done.stderr[-600:]}"
    if "Traceback" in done.stderr + done.stdout or not done.stdout:
        return [], done.stderr[-1500:]
    results: list[dict[str, Any]] = json.loads(done.stdout)["sources"]
    return results, "" if len(results) == len(names) else f"{len(results)} of {len(names)} told"
