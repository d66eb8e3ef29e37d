"""What processes tell becomes figures."""

import json
from typing import Any

import pytest

from ferqt.bench.analysis import Line, analysis_figures
from ferqt.bench.children import BenchError
from ferqt.bench.figures import Figures
from ferqt.bench.live import LiveFigures
from ferqt.bench.machine import Load
from ferqt.bench.painting import PaintFigures
from ferqt.bench.plan import PARTS, SECONDS, Plan, parts_named
from ferqt.bench.report import Problem, Report, Row, report_json
from ferqt.bench.scenes import Setting, scene_of, word_of
from ferqt.bench.startup import summary
from ferqt.cli import build_parser
from ferqt.cli.bench_texts import report_text
from ferqt.errors import UsageError


def lines(*told: tuple[float, str, int]) -> list[Line]:
    return [Line(at, {"event": event, "frames": frames}) for at, event, frames in told]


def test_an_analysis_is_as_quick_as_it_was_once_under_way() -> None:
    told = lines(
        (1.0, "started", 0),
        (1.5, "progress", 20),
        (2.5, "progress", 80),
        (3.5, "progress", 140),
        (4.5, "writing", 140),
        (9.0, "done", 140),
    )

    found = analysis_figures(told, 30.0, 9.1)

    assert (found.frames, found.frames_per_s, found.real_time) == (140, 60.0, 2.0)
    assert found.whole_s == 9.1
    assert analysis_figures(told, None, 9.1).real_time is None


def test_an_analysis_that_says_little_is_told_as_a_whole() -> None:
    told = lines((1.0, "started", 0), (3.0, "done", 10))

    assert analysis_figures(told, 5.0, 3.1).frames_per_s == 5.0


def test_an_analysis_that_fails_says_why() -> None:
    failed = Line(2.0, {"event": "failed", "frames": 0, "message": "the disk is full"})

    with pytest.raises(BenchError, match="the disk is full"):
        analysis_figures([failed], 30.0, 2.0)
    with pytest.raises(BenchError, match="broke off"):
        analysis_figures([], 30.0, 2.0)
    with pytest.raises(BenchError, match="broke off"):
        analysis_figures(lines((1.0, "started", 0)), 30.0, 2.0)


def test_starts_are_told_by_their_medians() -> None:
    def answer(imports: float, memory: float | None) -> dict[str, Any]:
        return {"steps_ms": {"imports": imports, "model": 10.0}, "memory_mb": memory}

    found = summary([answer(500, 100), answer(90, 300), answer(100, 110)])

    assert dict(found.steps_ms) == {"imports": 100, "model": 10}
    assert (found.runs, found.total_ms, found.memory_mb) == (3, 110, 110)
    assert summary([answer(90, None)]).memory_mb is None


@pytest.mark.parametrize("scene", [Setting(640, 480, 2), "s640,480,2", "f.mp4", "a b.mp4"])
def test_scenes_and_files_go_to_processes_as_words(scene: Setting | str) -> None:
    assert scene_of(word_of(scene)) == scene


def test_parts_are_named_in_any_order_and_measured_in_one() -> None:
    assert parts_named("start, live") == ("live", "start")
    with pytest.raises(UsageError, match="unknown part: 'lives'"):
        parts_named("live,lives")


def test_the_help_names_every_part_and_the_usual_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert build_parser().parse_args(["bench"]).parts == ",".join(PARTS)
    with pytest.raises(SystemExit):
        build_parser().parse_args(["bench", "--help"])
    assert f"(default {SECONDS:g})" in capsys.readouterr().out


def test_a_quick_plan_measures_every_number_of_faces_at_one_size() -> None:
    quick, usual = Plan.quick(None, PARTS), Plan(None)

    assert [one.faces for one in quick.scenes] == [0, 1, 2, 4, 8]
    assert {one.size for one in quick.scenes} == {"1280x720"}
    assert len(usual.scenes) == 15
    # The search of the default detector has had all its turns after ten frames.
    assert quick.at_least % 10 == 0
    assert usual.at_least % 30 == 0


def live(faces: int, detector: str = "mediapipe") -> LiveFigures:
    figures = Figures(5.0, 9.0, 6.0, 30)
    stages = ("decode", "detect", "track", "crop", "classify", "smooth")
    return LiveFigures(
        model_id="some-model",
        runtime="LiteRT",
        detector_id=detector,
        size="1280x720",
        faces=faces,
        frames=30,
        load_ms={"model": 20.0, "detector": 30.0},
        stages_ms=dict.fromkeys(stages, figures) | ({"landmarks": figures} if faces else {}),
        frame_ms=figures,
        results_per_s=66.6,
        latency_ms=figures,
        paced_fps=30.0,
        dropped=0,
    )


def machine() -> dict[str, Any]:
    return {
        "processor": "A",
        "cores": 2,
        "system": "S",
        "python": "3",
        "ferqt": "1",
        "libraries": {"av": "1"},
        "threads": {"model": 1},
    }


def test_a_report_is_tables_for_people_and_plain_values_for_scripts() -> None:
    paint = PaintFigures("a scene", Figures(1.0, 2.0, 1.5, 9), Figures(3.0, 4.0, 3.5, 9), "960x540")
    report = Report(
        machine(),
        None,
        1.5,
        load=Load(0.5, 0.0),
        live=[Row(0, live(0), 100.4), Row(2, live(2), None)],
        painting=[paint, paint],
        detectors=[Row(1, live(1, "haar"), 90.0)],
        problems=[Problem("start", "it did not")],
    )

    text = report_text(report)
    told = json.loads(json.dumps(report_json(report), allow_nan=False))

    assert "the figures of a busy computer" in text
    stages = text.partition("Stages\n")[2].splitlines()
    assert stages[0].split()[:5] == ["SIZE", "FOUND", "DECODE", "DETECT", "MEAN"]
    assert stages[1].split() == (
        ["1280x720", "0", "5.0/9.0", "5.0/9.0", "6.0", "-", *["5.0/9.0"] * 4, "1.0/2.0", "3.0/4.0"]
    )
    assert "haar" in text
    assert "100 MB" in text
    assert "Models" not in text
    assert told["live"][1]["live"]["stages_ms"]["detect"] == {
        "median": 5.0,
        "p95": 9.0,
        "mean": 6.0,
        "count": 30,
    }
    assert told["load"] == {"others": 0.5, "stolen": 0.0}
    assert (told["start"], told["models"], told["problems"][0]["what"]) == (None, [], "start")


def test_painting_alone_has_a_table_of_its_own() -> None:
    paint = PaintFigures("a scene", Figures(1.0, 2.0, 1.5, 9), Figures(3.0, 4.0, 3.5, 9), "960x540")

    text = report_text(Report(machine(), None, 1.5, painting=[paint]))

    assert text.splitlines()[-1].split() == ["a", "scene", "1.0/2.0", "3.0/4.0", "960x540"]
