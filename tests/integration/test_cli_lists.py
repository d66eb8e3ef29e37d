"""The small commands: models, cameras and the demo's video."""

import json
from pathlib import Path

import av
import pytest

from tests.helpers.clips import presentation_times
from tests.helpers.command_line import run_ferqt
from tests.helpers.models import TINY_ID, Json, add_tiny_model


def _without_temperature(card: Json) -> None:
    del card["output"]["temperature"]


@pytest.fixture
def models(user_home: Path) -> Path:
    folder = user_home / "ferqt" / "data" / "models"
    add_tiny_model(folder)
    add_tiny_model(folder, "no-temperature", edit=_without_temperature)
    return folder


def test_models_are_listed_in_an_aligned_table_with_the_broken_ones(models: Path) -> None:
    ended = run_ferqt("models", "list")

    assert (ended.returncode, ended.stderr) == (0, "")
    heading, *rows = ended.stdout.splitlines()
    assert " ".join(heading.split()) == "ID NAME CLASSES INPUT ACCURACY PARAMETERS SIZE STATE"
    lines = {row.split()[0]: row for row in rows}
    assert "7 (fer7)" in lines[TINY_ID]
    assert "48 x 48 gray" in lines[TINY_ID]
    assert "output.temperature" in lines["no-temperature"]
    places = {row.index(row[heading.index("STATE") :].split()[0]) for row in rows}
    assert places == {heading.index("STATE")}


def test_models_are_listed_for_scripts(models: Path) -> None:
    entries = {one["id"]: one for one in json.loads(run_ferqt("models", "list", "--json").stdout)}

    assert entries[TINY_ID]["card"]["input"]["width"] == 48
    assert entries[TINY_ID]["problem"] is None
    assert entries["no-temperature"]["card"] is None
    assert "output.temperature" in entries["no-temperature"]["problem"]


def test_a_model_is_shown_with_all_that_its_card_says(models: Path) -> None:
    ended = run_ferqt("models", "show", TINY_ID)

    assert ended.returncode == 0
    for text in ("angry, disgust, fear", "48 x 48 px, gray", "MIT", "Limits: ", "not feelings"):
        assert text in ended.stdout
    assert json.loads(run_ferqt("models", "show", TINY_ID, "--json").stdout)["id"] == TINY_ID


def test_cameras_are_a_list_or_a_hint() -> None:
    told, listed = run_ferqt("cameras"), run_ferqt("cameras", "--json")

    assert (told.returncode, listed.returncode, listed.stderr) == (0, 0, "")
    if json.loads(listed.stdout):
        assert told.stderr == ""
    else:
        assert told.stderr == "ferqt: no camera found. Plug one in, or try 'ferqt demo'.\n"


def test_the_demo_becomes_a_video_of_30_frames_a_second(tmp_path: Path) -> None:
    path = tmp_path / "demo.mp4"

    ended = run_ferqt("demo-video", path, "--seconds", 1)

    assert (ended.returncode, ended.stdout) == (0, f"{path}: 30 frames, 1.0 s\n")
    assert [round(30 * time) for time in presentation_times(path)] == list(range(30))
    assert [float(time) for time in presentation_times(path)] == pytest.approx(
        [number / 30 for number in range(30)], abs=1e-4
    )
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (1280, 720)
        assert stream.codec_context.name in ("h264", "mpeg4")
    assert [one.name for one in tmp_path.iterdir()] == ["demo.mp4"]
