"""The process whose start is measured: from the interpreter to the first result, and on for memory.

    python -m ferqt.bench.start_child CLOCK MODEL DETECTOR FRAMES SCENE

CLOCK is what `time.perf_counter()`, which all processes of a computer share, said when the process
was begun. Its first line reads the clock, so it imports in functions.
"""

import time

_BEGAN_S = time.perf_counter()

# Known to checkers under any import: `typing` is a part of what is measured.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ferqt.pipeline.pipeline import Pipeline


def main(arguments: list[str]) -> int:
    """Start as the engine does without a window, and print one JSON line.

    It has the steps in ms, the faces of the first result, and the memory in MB after some more.
    """
    clock, model_id, detector_id, count, scene = arguments
    stamps = [float(clock), _BEGAN_S]
    from itertools import pairwise

    from ai_edge_litert import interpreter  # noqa: F401 - a part of what is measured

    from ferqt.classifiers.catalog import Catalog, load_classifier
    from ferqt.faces.registry import build_detector
    from ferqt.paths import models_dir, user_models_dir
    from ferqt.pipeline.config import PipelineConfig
    from ferqt.pipeline.pipeline import Pipeline

    stamps.append(time.perf_counter())
    config = PipelineConfig(model_id, detector_id)
    catalog = Catalog((models_dir(), user_models_dir()))
    classifier = load_classifier(catalog.entry(model_id), threads=config.threads)
    stamps.append(time.perf_counter())
    detector = build_detector(detector_id, config.detector)
    stamps.append(time.perf_counter())
    pipeline = Pipeline(config, detector, classifier)
    answer = _run(pipeline, int(count), scene)
    names = ("interpreter", "imports", "model", "detector")
    steps_s = [end - begin for begin, end in pairwise(stamps)]
    steps = {name: 1000 * spent for name, spent in zip(names, steps_s, strict=True)}
    steps["first_result"] = answer.pop("first_result")

    import json
    import sys

    told = {"steps_ms": {name: round(spent, 1) for name, spent in steps.items()}, **answer}
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _run(pipeline: "Pipeline", count: int, scene: str) -> "dict[str, Any]":
    """Read the first frames of a scene; drawing or decoding them is no part of what is measured."""
    from contextlib import closing

    from ferqt.bench.clip import first_frames
    from ferqt.bench.machine import resident_mb
    from ferqt.bench.scenes import scene_of

    faces, first_ms = 0, 0.0
    with closing(pipeline):
        for number, frame in enumerate(first_frames(scene_of(scene), count)):
            before = time.perf_counter()
            result = pipeline.process(frame)
            if number == 0:
                first_ms = 1000 * (time.perf_counter() - before)
                faces = len(result.faces)
        return {"first_result": first_ms, "faces": faces, "memory_mb": resident_mb()}


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
