"""The page of figures is filled in from what `ferqt bench --json` prints."""

from pathlib import Path
from typing import Any

from scripts.performance_page import PAGE, TABLES, draw, fill

FIGURES = {"median": 5.0, "p95": 9.0, "mean": 6.0, "count": 30}


def row(size: str, faces: int) -> dict[str, Any]:
    stages = dict.fromkeys(("decode", "detect", "track", "crop", "classify", "smooth"), FIGURES)
    live = {
        "model_id": "some-model",
        "detector_id": "haar",
        "size": size,
        "faces": faces,
        "load_ms": {"model": 20.0, "detector": 30.0},
        "stages_ms": stages | ({"landmarks": FIGURES} if faces else {}),
        "frame_ms": FIGURES | {"mean": 40.0},
        "results_per_s": 66.6,
        "latency_ms": FIGURES,
    }
    return {"placed": faces, "live": live, "memory_mb": 190.2}


TOLD: dict[str, Any] = {
    "machine": {
        "processor": "Some CPU",
        "cores": 2,
        "system": "S",
        "ferqt": "1",
        "python": "3",
        "libraries": {"av": "1"},
    },
    "load": {"others": 0.02, "stolen": 0.0},
    "live": [row("1280x720", 0), row("1280x720", 4)],
    "painting": [],
    "detectors": [row("1280x720", 1)],
    "models": [row("1280x720", 1)],
    "start": {"steps_ms": {"first_result": 90.0}, "total_ms": 700.0, "memory_mb": None},
    "analysis": {"frames": 600, "frames_per_s": 100.4, "real_time": 3.35, "whole_s": 8.0},
}


def test_every_figure_of_the_page_comes_from_the_run() -> None:
    page = PAGE.read_text(encoding="utf-8")

    filled = fill(page, TOLD)

    for name in TABLES:
        assert f"<!-- bench: {name} -->\n<!-- end -->" not in page, name
        between = filled.partition(f"<!-- bench: {name} -->\n")[2].partition("<!-- end -->")[0]
        assert between == f"{TABLES[name](TOLD)}\n"
    assert "| 1280 × 720 | 4 | 67 | 40.0 | 5.0 / 9.0 | 190 MB |" in filled
    assert "| `haar` | 67 | 40.0 | 5.0 / 9.0 | 6.0 | 30 | 190 MB |" in filled
    assert "100 frames a second" in filled
    # What a person wrote stays, and so does a page that is filled again.
    assert "## What does not pay" in filled
    assert fill(filled, TOLD) == filled


def test_the_curves_are_drawn(tmp_path: Path) -> None:
    draw(TOLD, tmp_path / "curves.png")

    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")
