"""ferqt's window, opened with the clip from a command line: when its first labeled face comes.

The window plays at the clip's own pace, so this runner tells nothing of speed. Without a display it
runs on Qt's offscreen platform.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.peers.runners.loop import answer, read_arguments

ROOT = Path(__file__).resolve().parents[3]
LIVES_S = 8.0
"""How long the window stays; its first face has to come within."""


def main() -> None:
    """Open the window on a clip."""
    args = read_arguments()
    environment = dict(os.environ)
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys():
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace.jsonl"
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "main.py", args.clip, "--trace", trace, "--exit-after", str(LIVES_S)],
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            # A first start: no settings, nothing remembered.
            env={**environment, "FERQT_CONFIG_DIR": folder},
        )
        lines = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
    answer(_figures(lines), began, ("PySide6-Essentials", "ai-edge-litert", "av"))


def _figures(lines: list[dict[str, Any]]) -> dict[str, Any]:
    program_began = next(line["clock"] for line in lines if line["event"] == "begin")
    faces = [line for line in lines if line["event"] == "first_face"]
    return {
        "first_face": program_began + faces[0]["t"] if faces else None,
        "read": 0,
        "with_face": 0,
        "frames": 0,
        "seconds": 0.0,
    }


if __name__ == "__main__":
    main()
