"""Runs the parts of the soak, each in a process of its own, and prints their figures as JSON.

    python -m scripts.soak                            all parts, in full: takes hours
    python -m scripts.soak frames --count 12000       one part, shortened
    python -m scripts.soak sources models --json FILE  the answer into a file, too

No screen is needed, settings and files of the user are neither read nor changed, and nothing else
should run meanwhile. Progress goes to standard error. Exit code 1 says that a bar was missed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from scripts.soak.part import Options, bar

PARTS: Final = {
    "frames": "scripts.soak.frames",
    "sources": "scripts.soak.sources",
    "models": "scripts.soak.models",
    "hostile": "scripts.soak.hostile",
    "media": "scripts.soak.media",
    "devices": "scripts.soak.devices",
    "kills": "scripts.soak.kills",
    "offline": "scripts.soak.offline",
}
"""Modules by the name of their part, in the order in which they run."""

COMMAND: Final = (sys.executable, "-m", "scripts.soak")
"""Runs this program again, for a single part."""

_HERE: Final = "FERQT_SOAK_HERE"
"""Set in the process that runs a single part."""


def main() -> int:
    """Read the command line, run the parts; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--count", type=int, help="how often, instead of a part's full number")
    parser.add_argument("--every", type=float, default=10.0, help="seconds between progress lines")
    parser.add_argument("--seed", type=int, default=6, help="what chance begins with")
    parser.add_argument("--json", type=Path, help="file that gets the figures, too")
    args = parser.parse_args()
    unknown = sorted(set(args.parts) - set(PARTS))
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}; parts are {', '.join(PARTS)}")
    if os.environ.get(_HERE):
        found = _run_here(args)
    else:
        found = {name: _run_apart(name, args) for name in args.parts or PARTS}
    text = json.dumps(found, indent=2)
    if args.json is not None:
        args.json.write_text(text + "\n", encoding="utf-8")
    print(text)
    missed = [line["name"] for part in found.values() for line in part["bars"] if not line["met"]]
    for name in missed:
        print(f"missed: {name}", file=sys.stderr)
    return 1 if missed else 0


def _run_apart(name: str, args: argparse.Namespace) -> dict[str, Any]:
    """Run a part in a process of its own, whose settings, models and files are its own, too."""
    with tempfile.TemporaryDirectory(prefix="ferqt-soak-") as scratch:
        folder = Path(scratch)
        answer = folder / "answer.json"
        command = [*COMMAND, name, "--json", str(answer)]
        command += ["--every", str(args.every), "--seed", str(args.seed)]
        if args.count is not None:
            command += ["--count", str(args.count)]
        done = subprocess.run(
            command, check=False, env=_own_places(folder), stdout=subprocess.DEVNULL
        )
        if not answer.exists():
            ended = f"exit code {done.returncode}"
            return {"bars": [bar(f"{name} runs to its end", ended, "an answer", met=False)]}
        found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))[name]
        return found


def _own_places(folder: Path) -> dict[str, str]:
    """Return an environment in which all that the program keeps lies in a folder."""
    home = folder / "home"
    places = {"CONFIG": "config", "DATA": "data", "CACHE": "cache", "LOG": "log"}
    for place in places.values():
        (home / place).mkdir(parents=True, exist_ok=True)
    return {
        "QT_QPA_PLATFORM": "offscreen",
        **os.environ,
        **{f"FERQT_{name}_DIR": str(home / place) for name, place in places.items()},
        "HOME": str(home),
        _HERE: str(folder),
    }


def _run_here(args: argparse.Namespace) -> dict[str, Any]:
    """Run the one part that this process is for."""
    name = args.parts[0]
    folder = Path(os.environ[_HERE]) / "work"
    folder.mkdir()
    options = Options(folder, args.count, args.every, args.seed)
    return {name: import_module(PARTS[name]).run(options)}


if __name__ == "__main__":
    sys.exit(main())
