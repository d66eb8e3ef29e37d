"""Does the program open a socket by itself? Window and commands, without any network.

Everything but cameras, addresses of streams and clusters is used, in a network namespace without
an interface where the system allows one. Linux only: it needs strace.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from scripts.soak.offline_tour import STEPS
from scripts.soak.part import Options, Progress, bar
from scripts.soak.sockets import LOCAL, Watched, alone, can_watch, watch

_ROOT: Final = Path(__file__).resolve().parents[2]
_TOUR: Final = "scripts.soak.offline_tour"
_TIMEOUT_S: Final = 900.0
_PYTHON: Final = [sys.executable, "-m"]


def commands(folder: Path) -> dict[str, Sequence[str]]:
    """Return the commands that are watched, by their names, in their order."""
    program = [*_PYTHON, "ferqt"]
    film, out = str(folder / "film.mp4"), str(folder / "results")
    model = next((_ROOT / "models").glob("*/model.keras"))
    bare = shutil.copy(model, folder / "bare.keras")
    card = json.loads((model.parent / "card.json").read_text(encoding="utf-8"))
    labels = ",".join(card["output"]["labels"]["names"])
    return {
        "window": [*_PYTHON, _TOUR, str(folder), *STEPS],
        "demo-video": [*program, "demo-video", film, "--seconds", "3"],
        "analyze": [*program, "analyze", film, "--out", out, "--annotated", "--format", "csv"],
        "sessions adopt": [*program, "sessions", "adopt", out],
        "sessions list": [*program, "sessions", "list"],
        "models list": [*program, "models", "list"],
        "models add": [*program, "models", "add", str(bare), "--labels", labels],
        "models verify": [*program, "models", "verify"],
        "cameras": [*program, "cameras"],
    }


def run(options: Options) -> dict[str, Any]:
    """Watch every command; returns figures and bars."""
    if not can_watch():
        return {"bars": [bar("programs can be watched", "no strace", "strace", met=False)]}
    wanted = commands(options.folder)
    progress = Progress("offline", len(wanted), options.every_s)
    families: Counter[str] = Counter()
    bars = []
    for number, (name, command) in enumerate(wanted.items(), start=1):
        try:
            seen = watch(command, options.folder, _TIMEOUT_S)
        except subprocess.TimeoutExpired:
            bars.append(bar(f"{name} ends", f"not in {_TIMEOUT_S:g} s", "an end", met=False))
            continue
        families.update(seen.families)
        bars += _judged(name, seen)
        progress.tell(number, name)
    return {
        "without_network": bool(alone()),
        "sockets": dict(families),
        "of_this_computer": sorted(LOCAL & families.keys()),
        "bars": bars,
    }


def _judged(name: str, seen: Watched) -> list[dict[str, Any]]:
    strange = len(seen.strange)
    told = seen.strange[0] if seen.strange else strange
    said = seen.output.strip().splitlines()
    ended = seen.code if seen.code == 0 or not said else f"{seen.code}: {said[-1]}"
    return [
        bar(f"{name}: sockets that lead elsewhere", told, 0, met=strange == 0),
        bar(f"{name}: exit code", ended, 0, met=seen.code == 0),
    ]
