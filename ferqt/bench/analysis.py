"""How quick an analysis of a file is: the command that the window runs for it, in its process."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ferqt.bench.children import BenchError, child, program_command
from ferqt.bench.figures import rate
from ferqt.pipeline.config import PipelineConfig

_OVER: Final = frozenset({"done", "failed", "interrupted"})


@dataclass(frozen=True, slots=True)
class AnalysisFigures:
    """What an analysis took.

    Attributes:
        frames: Frames that were read.
        frames_per_s: Frames a second once it was under way.
        real_time: How many times quicker than the film plays; None for pictures.
        whole_s: The whole command in s, with its start and the writing of its files.
    """

    frames: int
    frames_per_s: float
    real_time: float | None
    whole_s: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line that an analysis printed.

    Attributes:
        at_s: When it came, in s since the command began.
        said: What it says; docs/analyze.md describes it.
    """

    at_s: float
    said: Mapping[str, Any]


def measure_analysis(
    path: Path, config: PipelineConfig, folder: Path, fps: float | None, longest_s: float
) -> AnalysisFigures:
    """Analyze a file as `ferqt analyze` does, and cancel it when it takes long.

    Args:
        path: A video, a picture or a folder of pictures.
        config: Model and detector.
        folder: Where the results go.
        fps: Frames a second of the film; None for pictures.
        longest_s: Time after which enough frames were read.

    Raises:
        BenchError: The analysis failed.
        KeyboardInterrupt: Ctrl+C; the process has ended then.
    """
    command = [*program_command(), "analyze", str(path), "--out", str(folder)]
    command += ["--model", config.model_id, "--detector", config.detector_id]
    lines: list[Line] = []
    began = time.perf_counter()
    with child([*command, "--progress", "jsonl"]) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        canceled = False
        for text in process.stdout:
            lines.append(Line(time.perf_counter() - began, json.loads(text)))
            if lines[-1].at_s - lines[0].at_s > longest_s and not canceled:
                canceled = True
                process.stdin.write("cancel\n")
                process.stdin.flush()
        process.wait()
    return analysis_figures(lines, fps, time.perf_counter() - began)


def analysis_figures(lines: Sequence[Line], fps: float | None, whole_s: float) -> AnalysisFigures:
    """Work the figures out of what an analysis printed.

    Args:
        lines: What it printed.
        fps: Frames a second of the film; None for pictures.
        whole_s: How long the command ran.

    Raises:
        BenchError: It did not come to an end, or failed.
    """
    last = lines[-1] if lines else None
    if last is None or last.said["event"] not in _OVER or last.said["event"] == "failed":
        reason = "it broke off" if last is None else last.said.get("message", "it broke off")
        raise BenchError(f"the analysis failed: {reason}")
    # From the first frames on: what comes before is start-up, what comes after the last is files.
    reading = [line for line in lines if line.said["frames"] > 0]
    if not reading:
        return AnalysisFigures(0, 0.0, None, round(whole_s, 2))
    begin = reading[0]
    end = next(line for line in reading if line.said["frames"] == reading[-1].said["frames"])
    frames_per_s = rate(end.said["frames"] - begin.said["frames"], end.at_s - begin.at_s)
    if frames_per_s == 0:
        frames_per_s = rate(end.said["frames"], end.at_s - lines[0].at_s)
    return AnalysisFigures(
        frames=end.said["frames"],
        frames_per_s=frames_per_s,
        real_time=None if fps is None else round(frames_per_s / fps, 2),
        whole_s=round(whole_s, 2),
    )
