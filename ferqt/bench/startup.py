"""How long a start takes and where its time goes, measured in processes that start."""

import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from ferqt.bench.children import START, ask_child
from ferqt.bench.scenes import ONE_FACE, Setting, word_of
from ferqt.pipeline.config import PipelineConfig

_FRAMES: Final = 30
"""Frames after which the memory of such a process no longer grows."""

_FEW_FRAMES: Final = 10
"""Frames in which the default detector has had all its turns."""

_TIMEOUT_S: Final = 120.0


@dataclass(frozen=True, slots=True)
class StartFigures:
    """What lies between the beginning of a process and its first result, without a window.

    Attributes:
        runs: Number of starts; the figures are medians of them.
        steps_ms: "interpreter" up to the first line of Python, "imports", "model", "detector",
            "first_result" of a frame of 1280 x 720 px with one face.
        total_ms: All of them.
        memory_mb: Of the process after some frames; None where it is not known.
    """

    runs: int
    steps_ms: Mapping[str, float]
    total_ms: float
    memory_mb: float | None


def measure_start(config: PipelineConfig, runs: int) -> StartFigures:
    """Start the engine so many times in processes of their own.

    Raises:
        BenchError: Such a process failed.
    """
    return summary([_start(config, ONE_FACE, _FRAMES) for _ in range(runs)])


def measure_memory(config: PipelineConfig, scene: Setting | str) -> float | None:
    """Return the memory in MB of a process that has read some frames of a scene or a file.

    It has no window and nothing else to remember. None where the system does not tell.

    Raises:
        BenchError: Such a process failed.
    """
    memory: float | None = _start(config, scene, _FEW_FRAMES)["memory_mb"]
    return memory


def summary(answers: list[dict[str, Any]]) -> StartFigures:
    """Return the medians of what the processes answered."""
    steps = [answer["steps_ms"] for answer in answers]
    memory = [answer["memory_mb"] for answer in answers if answer["memory_mb"] is not None]
    return StartFigures(
        runs=len(answers),
        steps_ms=MappingProxyType(
            {name: round(statistics.median(one[name] for one in steps), 1) for name in steps[0]}
        ),
        total_ms=round(statistics.median(sum(one.values()) for one in steps), 1),
        memory_mb=round(statistics.median(memory), 1) if memory else None,
    )


def _start(config: PipelineConfig, scene: Setting | str, frames: int) -> dict[str, Any]:
    clock = repr(time.perf_counter())
    words = (clock, config.model_id, config.detector_id, str(frames), word_of(scene))
    return ask_child(START, *words, timeout_s=_TIMEOUT_S)
