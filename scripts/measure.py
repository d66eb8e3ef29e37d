"""Measures start-up and live speed in the real window; prints the figures that README quotes.

    python scripts/measure.py start     seconds to the window and to the first labeled face (demo)
    python scripts/measure.py live      results a second with one face at 1280 x 720, GUI stalls
    python scripts/measure.py docks     the same with two faces and all panels open, at 30 and at 60
                                        frames a second; needs a screen of 1920 x 1080

All start `main.py` as a user does, on the display that is set (`QT_QPA_PLATFORM=offscreen` needs
none), and read what it writes with `--trace`. Nothing else should run meanwhile. Times in which the
whole machine stood still (`machine_pauses.py`) are taken off a stall and told as `machine`.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scripts.machine_pauses import Pause, watched

ROOT = Path(__file__).resolve().parent.parent
SETTLING_S = 5.0
"""The first seconds are start-up and no measure of live speed."""

DOCKS_SETTLING_S = 12.0
"""The same where all panels are open."""


def write_one_face_clip(path: Path, seconds: float, fps: int) -> None:
    """Encode a real portrait that moves slowly over a 1280 x 720 picture, faster than real time."""
    import av
    import matplotlib as mpl
    import numpy as np
    from PIL import Image

    file = Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"
    portrait = Image.open(file).convert("RGB").resize((512, 600))
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        for number in range(round(seconds * fps)):
            picture = Image.new("RGB", (1280, 720), (70, 80, 90))
            drift = np.sin(2 * np.pi * number / (4 * fps))
            picture.paste(portrait, (384 + round(250 * drift), 80))
            frame = av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def run_window(source: str, seconds: float, layout: Path | None = None) -> list[dict[str, Any]]:
    """Run the window on a source and return the trace's lines.

    Args:
        source: What is opened.
        seconds: How long the window lives.
        layout: Folder of settings to begin with; None for a first start.
    """
    with tempfile.TemporaryDirectory() as folder:
        if layout is not None:
            shutil.copytree(layout, folder, dirs_exist_ok=True)
        trace = Path(folder) / "trace.jsonl"
        command = [sys.executable, str(ROOT / "main.py"), source, "--trace", str(trace)]
        # Where bytecode is not written, every start compiles what has changed: no user's does.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        began = time.perf_counter()
        with watched() as pauses:
            subprocess.run(
                [*command, "--exit-after", str(seconds)],
                check=True,
                stderr=subprocess.DEVNULL,
                env={**environment, "FERQT_CONFIG_DIR": folder},
            )
        lines = [json.loads(line) for line in trace.read_text(encoding="utf-8").splitlines()]
        print(f"  process lived {time.perf_counter() - began:.1f} s", file=sys.stderr)
        return [_without_pauses(line, lines[0]["clock"], pauses) for line in lines]


def _without_pauses(line: dict[str, Any], began: float, pauses: list[Pause]) -> dict[str, Any]:
    """A stall less the time in which the machine stood still, which becomes `machine_ms`."""
    if line["event"] != "stall":
        return line
    end = began + line["t"]
    machine_s = sum(pause.within(end - line["late_ms"] / 1000, end) for pause in pauses)
    machine_ms = round(min(machine_s * 1000, line["late_ms"]), 1)
    return {**line, "late_ms": round(line["late_ms"] - machine_ms, 1), "machine_ms": machine_ms}


def first(lines: list[dict[str, Any]], event: str) -> float:
    """Seconds from the program's begin to the first line of a kind."""
    return float(next(line["t"] for line in lines if line["event"] == event))


def measure_start(runs: int) -> dict[str, Any]:
    """Median seconds to the window, the model and the first labeled face."""
    # The first start fills the disk's cache, and writes bytecode.
    traces = [run_window("demo", 6.0) for _ in range(runs + 1)][1:]
    events = ("window_shown", "model_ready", "first_face")
    return {
        "runs": runs,
        **{f"{event}_s": statistics.median(first(t, event) for t in traces) for event in events},
    }


def measure_live(seconds: float, fps: int) -> dict[str, Any]:
    """Results a second, latency, stages and stalls with one face at 1280 x 720.

    Decoding a film of 120 frames a second takes a third of a core from all else.
    """
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "one-face.mp4"
        write_one_face_clip(clip, seconds + SETTLING_S + 5, fps)
        lines = run_window(str(clip), seconds + SETTLING_S)
    begin = first(lines, "first_face") + SETTLING_S
    stats = [line for line in lines if line["event"] == "stats" and line["t"] >= begin]
    stages = stats[0]["stages_ms"]
    return {
        "source_fps": fps,
        "seconds": seconds,
        "faces": statistics.median(line["faces"] for line in stats),
        "results_per_s": statistics.median(line["fps_out"] for line in stats),
        "frames_per_s": statistics.median(line["fps_in"] for line in stats),
        "latency_ms": statistics.median(line["latency_ms"] for line in stats),
        "stages_ms": {
            name: statistics.median(line["stages_ms"][name] for line in stats) for name in stages
        },
        "stalls": stall_figures([line for line in lines if line["t"] >= begin]),
    }


def measure_docks(seconds: float, fps: int) -> dict[str, Any]:
    """Pictures painted a second and GUI stalls with two faces at 1280 x 720 and all panels open.

    `busy` is processor time of the GUI thread itself: it hardly depends on what else runs.
    """
    from scripts.all_docks import write_two_faces_clip

    with tempfile.TemporaryDirectory() as folder:
        clip, layout = Path(folder) / "two-faces.mp4", Path(folder) / "settings"
        layout.mkdir()
        write_two_faces_clip(clip, seconds + DOCKS_SETTLING_S + 5, fps)
        # In a process of its own: the program may have only one application object.
        lay_out = [sys.executable, str(ROOT / "scripts" / "all_docks.py"), str(layout)]
        subprocess.run(lay_out, check=True, stderr=subprocess.DEVNULL)
        lines = run_window(str(clip), seconds + DOCKS_SETTLING_S, layout)
    begin = first(lines, "first_face")
    settled = [line for line in lines if line["t"] >= DOCKS_SETTLING_S]
    stats = [line for line in settled if line["event"] == "stats"]
    lived_s = stats[-1]["t"] - stats[0]["t"]
    return {
        "source_fps": fps,
        "seconds": round(lived_s, 1),
        "painted_per_s": round(sum(line["painted"] for line in stats[1:]) / lived_s, 1),
        "frames_per_s": statistics.median(line["fps_in"] for line in stats),
        "results_per_s": statistics.median(line["fps_out"] for line in stats),
        "stalls": stall_figures(settled),
        "stalls_before": stall_figures([line for line in lines if line["t"] < DOCKS_SETTLING_S]),
        "first_face_s": begin,
    }


def stall_figures(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """How often and how long the GUI thread did not answer, by a timer of 5 ms."""
    ticks = sum(line["ticks"] for line in lines if line["event"] == "stats")
    stalls = [line for line in lines if line["event"] == "stall"]
    late = sorted(line["late_ms"] for line in stalls)
    # Those that are not told were less than 16 ms late.
    p99 = late[-round(0.01 * ticks) - 1] if len(late) > round(0.01 * ticks) else 16.0
    return {
        "ticks": ticks,
        "p99_at_most_ms": max(p99, 16.0),
        "over_16_ms": sum(ms > 16 for ms in late),
        "over_50_ms": sum(ms > 50 for ms in late),
        "worst_ms": late[-1] if late else 0.0,
        "worst_busy_ms": max((line["busy_ms"] for line in stalls), default=0.0),
        "machine": {
            "worst_ms": max((line["machine_ms"] for line in stalls), default=0.0),
            "sum_ms": round(sum(line["machine_ms"] for line in stalls), 1),
        },
    }


def main() -> None:
    """Read the command line, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=("start", "live", "docks"))
    parser.add_argument("--runs", type=int, default=5, help="starts to take the median of")
    parser.add_argument("--seconds", type=float, default=30.0, help="length of a live measure")
    args = parser.parse_args()
    if args.what == "start":
        found: Any = measure_start(args.runs)
    elif args.what == "live":
        found = [measure_live(args.seconds, fps) for fps in (60, 120)]
    else:
        found = [measure_docks(args.seconds, fps) for fps in (30, 60)]
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
