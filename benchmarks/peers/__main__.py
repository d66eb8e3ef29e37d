"""Compares ferqt with other programs on one clip.

    python -m benchmarks.peers --folder /tmp/peers --rounds 5 --json peers.json

The first run makes an environment for each program in the folder: minutes and gigabytes, from the
package index that pip is set to. Nothing else is fetched without --fetch. docs/peers.md explains
the figures.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from benchmarks.peers.clip import write_one_face_clip
from benchmarks.peers.peer import PEERS, NotMeasured, Peer
from benchmarks.peers.report import figures, table
from benchmarks.peers.runners.loop import FPS, WARM_UP
from ferqt import __version__
from ferqt.bench.machine import LoadWatch, load_text, processor_name
from ferqt.core.cores import usable_cores

_FRAMES: Final = 600
_SECONDS: Final = 10.0
_ROUNDS: Final = 5


def main() -> int:
    """Read the command line, measure, print a table."""
    args = _arguments()
    wanted = [peer for peer in PEERS if peer.id in args.only]
    reasons: dict[str, str] = {}
    ready = [peer for peer in wanted if _make_ready(peer, args, reasons)]
    watch = LoadWatch()
    with tempfile.TemporaryDirectory() as place:
        clip = Path(place) / "one-face.mp4"
        write_one_face_clip(clip, args.frames)
        runs = _run_all(ready, args, clip, reasons)
    load = watch.load()
    measured = figures(runs)
    machine = {
        "processor": processor_name(),
        "cores": usable_cores(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": load_text(load),
    }
    sys.stdout.write(f"{table(wanted, measured, reasons)}\n\n{machine['load']}\n")
    if args.json is not None:
        told = {
            "ferqt": __version__,
            "machine": machine,
            "read_at_most_s": args.seconds,
            "clip": {"size": "1280x720", "fps": FPS, "frames": args.frames, "faces": 1},
            "rounds": args.rounds,
            "peers": measured,
            "not_measured": reasons,
            "runs": runs,
        }
        args.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--folder", type=Path, required=True, help="where the programs' environments are or will be"
    )
    parser.add_argument(
        "--rounds", type=int, default=_ROUNDS, help=f"in each, all run in turn (default {_ROUNDS})"
    )
    parser.add_argument(
        "--frames", type=int, default=_FRAMES, help=f"length of the clip (default {_FRAMES})"
    )
    parser.add_argument(
        "--seconds",
        type=float,
        default=_SECONDS,
        help=f"how long each reads in a round, or to the clip's end (default {_SECONDS:g})",
    )
    names = [peer.id for peer in PEERS]
    parser.add_argument(
        "--only", nargs="+", choices=names, default=names, metavar="ID", help=", ".join(names)
    )
    parser.add_argument(
        "--fetch",
        action="store_true",
        help="also run programs whose weights are not at hand: they try to fetch them",
    )
    parser.add_argument("--json", type=Path, help="file for all figures")
    args = parser.parse_args()
    if args.rounds < 1 or args.frames <= WARM_UP:
        parser.error(f"at least 1 round and {WARM_UP + 1} frames")
    args.folder = args.folder.absolute()
    return args


def _make_ready(peer: Peer, args: argparse.Namespace, reasons: dict[str, str]) -> bool:
    try:
        if not args.fetch:
            peer.check(args.folder)
        if peer.environment is not None and not peer.environment.is_ready(args.folder):
            _say(f"making the environment of {peer.id} in {args.folder}: this takes minutes")
            peer.environment.make(args.folder)
    except NotMeasured as reason:
        reasons[peer.id] = str(reason)
    except subprocess.CalledProcessError:
        reasons[peer.id] = "its packages cannot be installed here; pip says why above"
    return peer.id not in reasons


def _run_all(
    peers: list[Peer], args: argparse.Namespace, clip: Path, reasons: dict[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """Run all in turn, round by round, so that a slow minute of the computer meets them all."""
    runs: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for number in range(args.rounds):
        for peer in peers:
            if peer.id in reasons:
                continue
            _say(f"round {number + 1} of {args.rounds}: {peer.id}")
            try:
                runs[peer.id].append(peer.run(args.folder, clip, args.seconds))
            except NotMeasured as reason:
                reasons[peer.id] = str(reason)
                runs.pop(peer.id, None)
    return dict(runs)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
