"""Every model and detector is measured; one that fails does not end the run."""

from pathlib import Path

import pytest

from ferqt.bench.plan import ANALYSIS, DETECTORS, LIVE, MODELS, PAINTING, START, Plan
from ferqt.bench.run import Bench
from ferqt.bench.scenes import Setting
from ferqt.classifiers.catalog import Catalog
from ferqt.faces import registry
from ferqt.pipeline.config import PipelineConfig
from tests.helpers.models import TINY_ID, add_tiny_model

SHORT = Plan(None, seconds=0.01, at_least=2, scenes=(Setting(320, 240, 1),), frames=3)


def short(*parts: str) -> Plan:
    return Plan(None, parts, SHORT.seconds, SHORT.at_least, SHORT.scenes, SHORT.frames)


@pytest.fixture
def catalog(user_home: Path) -> Catalog:
    # Where processes of their own look for models, too.
    models = user_home / "ferqt" / "data" / "models"
    add_tiny_model(models)
    add_tiny_model(models, "was-changed")
    (models / "was-changed" / "model.tflite").write_bytes(b"other")
    return Catalog((models,))


def test_a_model_that_is_damaged_is_told_and_the_others_are_measured(catalog: Catalog) -> None:
    steps: list[int] = []
    bench = Bench(short(LIVE, MODELS), PipelineConfig(TINY_ID), catalog)

    report = bench.run(steps.append)

    assert bench.steps == 3
    assert steps == [1, 2, 3]
    (row,) = report.live
    assert (row.placed, row.live.faces, row.live.size) == (1, 1, "320x240")
    assert row.live.frames >= 2
    # The whole of a frame holds its stages.
    parts = ("detect", "track", "crop", "classify", "smooth")
    assert sum(row.live.stages_ms[part].mean for part in parts) <= row.live.frame_ms.mean
    (measured,) = report.models
    assert (measured.live.model_id, measured.live.runtime, measured.live.faces) == (
        TINY_ID,
        "LiteRT",
        1,
    )
    (problem,) = report.problems
    assert problem.what == "was-changed"
    assert "SHA-256" in problem.problem
    assert row.memory_mb is None or row.memory_mb > 50


def test_detectors_are_measured_one_by_one(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A process for each one's memory, and the import of MediaPipe's own program, take seconds.
    monkeypatch.setattr("ferqt.bench.run.measure_memory", lambda *_: None)
    quick = {name: registry.DETECTORS[name] for name in ("mediapipe", "haar")}
    monkeypatch.setattr("ferqt.bench.run.DETECTORS", quick)

    report = Bench(short(DETECTORS), PipelineConfig(TINY_ID), catalog).run(lambda _: None)

    assert [one.live.detector_id for one in report.detectors] == ["mediapipe", "haar"]
    assert [one.live.size for one in report.detectors] == ["1280x720"] * 2
    assert all(one.live.load_ms["detector"] > 0 for one in report.detectors)


def test_every_part_is_a_step_at_least(catalog: Catalog) -> None:
    plan = short(LIVE, DETECTORS, MODELS, PAINTING, START, ANALYSIS)

    assert Bench(plan, PipelineConfig(TINY_ID), catalog).steps == 1 + 4 + 2 + 3
