"""A clock of the day that jumps back and forth while the program analyzes, watches and records."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from tests.helpers.clips import write_clip
from tests.helpers.command_line import PROGRAM
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import PlacedFace, scene

_SHIM: Final = Path(__file__).with_name("jumping_clock.c")
_COUNT: Final = 600
_DROPS: Final = 4
_FILES: Final = ("frames.csv", "metadata.json")


def jump(folder: Path, seed: int) -> dict[str, Any]:
    """Analyze a film, and drop cameras that are recorded, under a clock that jumps by days.

    Returns:
        What broke; nothing is tried where no C compiler is, and the answer says so.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        return {"tried": False, "problems": []}
    folder.mkdir(parents=True)
    shim = folder / "jumping_clock.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", shim, _SHIM, "-ldl"], check=True)
    add_tiny_model(folder / "data" / "models")
    straight = {**os.environ, "FERQT_DATA_DIR": str(folder / "data")}
    jumping = {**straight, "LD_PRELOAD": str(shim)}
    clip = folder / "talk.mp4"
    pictures = [scene(320, 240, [PlacedFace(100 + n % 120, 120, 90)]) for n in range(_COUNT)]
    write_clip(clip, pictures, fps=25)
    problems = []
    for name, environment in (("straight", straight), ("jumping", jumping)):
        words = ["analyze", str(clip), "--out", str(folder / name), "--model", TINY_ID]
        done = subprocess.run(
            [*PROGRAM, *words], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            problems.append(f"analysis: {done.stderr}")
    problems += [
        f"{name} differs from that of a clock that goes straight"
        for name in _FILES
        if (folder / "straight" / name).read_bytes() != (folder / "jumping" / name).read_bytes()
    ]
    words = ["-m", "scripts.soak.camera_drops", str(folder / "recordings"), str(_DROPS), str(seed)]
    done = subprocess.run(
        [sys.executable, *words], env=jumping, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        problems.append(f"cameras: exit code {done.returncode}")
    else:
        problems += [
            problem for one in json.loads(done.stdout).values() for problem in one["problems"]
        ]
    return {"tried": True, "problems": problems}
