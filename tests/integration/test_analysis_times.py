"""Every frame has a row, at the time that the container states for it."""

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from ferqt.cli import build_parser, run
from ferqt.core.types import Image
from tests.helpers.clips import write_clip
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import scene

COUNT = 15
NTSC_FILM = Fraction(24_000, 1001)
UNEVEN = [Fraction(33 * n + 7 * (n * n % 5), 1000) for n in range(COUNT)]

CLIPS: dict[str, dict[str, Any]] = {
    "constant rate": {"fps": 25},
    "variable rate": {"times_s": UNEVEN},
    "23.976 frames a second": {"fps": NTSC_FILM},
    "turned by 90 degrees": {"fps": 30, "rotation": 90},
    "turned by 180 degrees, variable rate": {"times_s": UNEVEN, "rotation": 180},
    "reordered frames": {"fps": NTSC_FILM, "b_frames": 4},
    "no reordered frames": {"times_s": UNEVEN, "b_frames": 0},
}


@pytest.fixture(autouse=True)
def tiny_model(user_home: Path) -> None:
    add_tiny_model(user_home / "ferqt" / "data" / "models")


def _frames() -> Iterator[Image]:
    for step in range(COUNT):
        yield scene(192, 128, [(60 + 2 * step, 64, 50)] if 3 <= step < 9 else [])


def _pyav_times(path: Path) -> list[float]:
    """When PyAV shows each frame, told from the first, by decoding all of them."""
    with av.open(str(path)) as container:
        times = [
            (frame.pts or 0) * (frame.time_base or Fraction(1))
            for frame in container.decode(video=0)
        ]
    return [float(time - times[0]) for time in times]


def _ffprobe_count(path: Path) -> int:
    told = subprocess.run(
        [
            *("ffprobe", "-v", "error", "-select_streams", "v:0", "-count_frames"),
            *("-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", str(path)),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(told.stdout.strip().strip(","))


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "frames.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _analyzed(path: Path, folder: Path) -> list[dict[str, str]]:
    words = ["analyze", str(path), "--out", str(folder), "--model", TINY_ID]
    assert run(build_parser().parse_args([*words, "--detector", "haar"])) == 0
    return _rows(folder)


@pytest.mark.parametrize("kind", CLIPS)
def test_rows_have_the_times_at_which_pyav_shows_the_frames(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, _frames(), **CLIPS[kind])

    rows = _analyzed(path, tmp_path / "out")

    assert [int(row["frame"]) for row in rows] == list(range(COUNT))
    assert [row["timestamp"] for row in rows] == [f"{time:.6f}" for time in _pyav_times(path)]


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed here")
@pytest.mark.parametrize("kind", ["variable rate", "reordered frames"])
def test_there_are_as_many_frames_as_ffprobe_counts(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, _frames(), **CLIPS[kind])

    rows = _analyzed(path, tmp_path / "out")

    told = json.loads((tmp_path / "out" / "metadata.json").read_text(encoding="utf-8"))
    assert _ffprobe_count(path) == len({row["frame"] for row in rows}) == COUNT
    assert told["source"]["frame_count"] == told["results"]["frames"] == COUNT


def test_a_clip_without_a_face_has_a_row_for_each_frame(tmp_path: Path) -> None:
    path = tmp_path / "wall.mp4"
    write_clip(path, [scene(192, 128)] * COUNT, fps=NTSC_FILM)

    rows = _analyzed(path, tmp_path / "out")

    assert [(row["frame"], row["success"], row["face_id"]) for row in rows] == [
        (str(number), "0", "") for number in range(COUNT)
    ]
