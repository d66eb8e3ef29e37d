from pathlib import Path

import cv2
import numpy as np

from ferqt.core.emotions import EMOTIONS, color_of
from tests.helpers.sources import source_of
from training.datasets.base import TEST, TRAIN, VALIDATION, VOTES, Dataset
from training.datasets.chart import write_chart
from training.datasets.merge import merge


def _data(labels: list[str], votes: np.ndarray | None = None) -> Dataset:
    """The same pictures' labels in each part."""
    rows = [EMOTIONS.index(name) for name in labels]
    parts = [part for part in (TRAIN, VALIDATION, TEST) for _ in rows]
    return merge([source_of(rows * 3, parts=parts, votes=votes)])


def _pixels(path: Path, name: str) -> int:
    """How many pixels have the color of an expression."""
    picture = cv2.imread(str(path))[..., ::-1]
    color = [int(color_of(name)[start : start + 2], 16) for start in (1, 3, 5)]
    return int((np.abs(picture.astype(int) - color).max(axis=2) < 3).sum())


def test_bars_are_as_long_as_classes_are_large_and_have_their_colors(tmp_path: Path):
    path = tmp_path / "new" / "chart.png"

    write_chart(_data(["happy"] * 8 + ["sad"] * 2), path)

    happy, sad = _pixels(path, "happy"), _pixels(path, "sad")
    assert 0.9 * 4 < happy / sad < 1.1 * 4
    assert _pixels(path, "contempt") == 0


def test_raters_get_panels_of_their_own(tmp_path: Path):
    votes = np.zeros((6, len(VOTES)))
    votes[:, EMOTIONS.index("contempt")] = 10

    write_chart(_data(["happy", "sad"], votes), tmp_path / "chart.png")

    assert _pixels(tmp_path / "chart.png", "contempt") > 0


def test_the_same_data_give_the_same_file(tmp_path: Path):
    for name in ("a.png", "b.png"):
        write_chart(_data(["happy", "fear"]), tmp_path / name)

    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
