"""SIGKILLs in recording and analysis: what was written stays, and the next start goes on."""

import csv
import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from av.error import FFmpegError

from ferqt.drafts import remove_unfinished
from scripts.soak.disk_base import pictures_in
from scripts.soak.disk_writers import ROOT
from scripts.soak.part import Options, Progress, bar
from tests.helpers.clips import write_clip
from tests.helpers.command_line import PROGRAM, frames_in, run_ferqt
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import PlacedFace, scene

_KILLS: Final = 20
_FPS: Final = 25
_COUNT: Final = 300
_UNTOLD_S: Final = 0.5
"""What may be missing of the length that a recording told last: a fragment of the video, and the
pictures in the encoder of a machine that has more to do."""
_LATEST_S: Final = 6.0
_AT_END: Final = 0.3
"""Share of the analyses that are killed while their files are written."""

_FILES: Final = ("frames.csv", "metadata.json")


@dataclass(frozen=True, slots=True)
class Kill:
    """What a killed program left.

    Attributes:
        of: "recording" or "analysis".
        told: What it said last: seconds recorded, or frames analyzed.
        before: Pictures of the video, or committed frames, right before the kill.
        after: The same after it.
        problem: What broke; "" when all was well.
    """

    of: str
    told: float
    before: int
    after: int
    problem: str = ""


def run(options: Options) -> dict[str, Any]:
    """Kill recordings and analyses in turn; `options.count` is the number of both together."""
    kills = _KILLS if options.count is None else options.count
    rng = random.Random(options.seed)
    progress = Progress("kills", kills, options.every_s)
    add_tiny_model(options.folder / "data" / "models")
    os.environ["FERQT_DATA_DIR"] = str(options.folder / "data")
    clip = options.folder / "talk.mp4"
    pictures = [scene(320, 240, [PlacedFace(100 + n % 120, 120, 90)]) for n in range(_COUNT)]
    write_clip(clip, pictures, fps=_FPS)
    unbroken = options.folder / "unbroken"
    assert _resumed(clip, unbroken) == "", "the unbroken run did not end well"
    found = []
    for number in range(kills):
        if number % 2:
            found.append(_kill_analysis(clip, options.folder / f"{number}", unbroken, rng))
        else:
            found.append(_kill_recording(clip, options.folder / "recordings", rng))
        progress.tell(number + 1, found[-1].problem)
    broken = [kill for kill in found if kill.problem]
    name = "kills after which nothing was lost and the next start went on"
    return {
        "kills": [asdict(kill) for kill in found],
        "bars": [bar(name, kills - len(broken), kills, met=not broken)],
    }


def _kill_recording(clip: Path, parent: Path, rng: random.Random) -> Kill:
    """Kill a recording; the next one goes into the same folder."""
    older = set(parent.glob("*"))
    models = Path(os.environ["FERQT_DATA_DIR"]) / "models"
    words = ["-m", "tests.helpers.recording_process", str(models), str(clip), str(parent)]
    process = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told, until = 0.0, 1.0 + rng.random() * (_LATEST_S - 1.0)
    for line in process.stdout:
        told = float(line)
        if told >= until:
            break
    time.sleep(rng.random() / 5)
    (folder,) = set(parent.glob("*")) - older
    shutil.copytree(folder, copy := parent.with_name("copy"))
    process.kill()
    process.communicate()
    before, after = _pictures(copy), _pictures(folder)
    problem = _missing(folder, copy, told)
    shutil.rmtree(copy)
    remove_unfinished()
    left = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    if left:
        problem = f"unfinished: {left}"
    return Kill("recording", told, before, after, problem)


def _missing(folder: Path, copy: Path, told_s: float) -> str:
    """What a recording lost of what it had, in words."""
    video = folder / "video.mp4"
    length = _length(video)
    if _pictures(folder) < _pictures(copy) or _rows(folder) < _rows(copy):
        return "less is there than before the kill"
    if length < told_s - _UNTOLD_S:
        return f"the video has {length:.2f} of {told_s:.2f} s"
    with (folder / "frames.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if float(rows[-1]["timestamp"]) < told_s - _UNTOLD_S or None in rows[-1].values():
        return f"the table ends at {rows[-1]['timestamp']} of {told_s:.2f} s"
    if json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["complete"]:
        return "it says that it is complete"
    return ""


def _kill_analysis(clip: Path, folder: Path, unbroken: Path, rng: random.Random) -> Kill:
    """Kill an analysis, go on with it and compare its files with those of an unbroken run."""
    words = ["analyze", str(clip), "--out", str(folder), "--model", TINY_ID]
    process = subprocess.Popen(
        [*PROGRAM, *words, "--progress", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    told, at_end = 0, rng.random() < _AT_END
    until = _COUNT if at_end else rng.randrange(1, _COUNT - 60)
    for line in process.stdout:
        told = json.loads(line).get("frames", 0)
        if told >= until:
            break
    time.sleep(rng.random() / (100 if at_end else 5))
    session = folder / "session.db"
    before = frames_in(session)
    assert process.poll() is None, "it ended before it was killed"
    process.kill()
    process.communicate()
    after = frames_in(session)
    said = _resumed(clip, folder)
    problem = said and f"it does not go on: {said}"
    if after < before:
        problem = "less is there than before the kill"
    for name in _FILES:
        if not problem and (folder / name).read_bytes() != (unbroken / name).read_bytes():
            problem = f"{name} differs from that of an unbroken run"
    remove_unfinished()
    left = sorted(path.name for path in folder.iterdir())
    if not problem and left != sorted([*_FILES, session.name]):
        problem = f"left behind: {left}"
    return Kill("analysis", told, before, after, problem)


def _resumed(clip: Path, folder: Path) -> str:
    """Analyze a clip, or go on with it; what the program said against it."""
    done = run_ferqt("analyze", clip, "--out", folder, "--model", TINY_ID, "--resume")
    return done.stderr if done.returncode else ""


def _pictures(folder: Path) -> int:
    """Pictures of a recording that can be decoded; 0 while its video has no beginning."""
    try:
        return pictures_in(folder / "video.mp4")
    except (FFmpegError, OSError):
        return 0


def _rows(folder: Path) -> int:
    path = folder / "frames.csv"
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _length(video: Path) -> float:
    """Length of a video in s as another program tells it; where there is none, by its pictures."""
    probe = shutil.which("ffprobe")
    if probe is None:
        return pictures_in(video) / _FPS
    words = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(video)]
    told = subprocess.run([probe, *words], capture_output=True, text=True, check=False)
    return float(told.stdout or 0)
