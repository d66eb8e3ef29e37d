"""`ferqt analyze` on a clip: every frame into a session and a table.

Its own lines say how far it is. The time runs from the first of them with `WARM_UP` frames to the
end of the process, so writing all files counts and loading does not, as in the other runners.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.peers.runners.loop import WARM_UP, answer, read_arguments


def main() -> None:
    """Analyze a clip."""
    args = read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "ferqt", "analyze", args.clip, "--out", folder]
        settled = _settled([*command, "--progress", "jsonl"])
        ended = time.perf_counter()
        facts = json.loads((Path(folder) / "metadata.json").read_text(encoding="utf-8"))
    results = facts["results"]
    began, before = settled or (ended, results["frames"])
    figures = {
        "first_face": None,
        "read": results["frames"],
        "with_face": results["frames_with_faces"],
        "frames": results["frames"] - before,
        "seconds": ended - began,
    }
    answer(figures, args.began, ("ai-edge-litert", "av", "numpy"))


def _settled(command: list[str]) -> tuple[float, int] | None:
    """Run the command to its end; tell when it had read some frames, and how many those were."""
    settled: tuple[float, int] | None = None
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told = json.loads(line)
            if settled is None and told["event"] == "progress" and told["frames"] >= WARM_UP:
                settled = time.perf_counter(), told["frames"]
    if process.returncode != 0:
        raise SystemExit(f"ferqt analyze ended with code {process.returncode}")
    return settled


if __name__ == "__main__":
    main()
