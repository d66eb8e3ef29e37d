from pathlib import Path

import numpy as np
import pytest

from ferqt.errors import FerqtError
from tests.helpers.models import Json, add_tiny_model
from training.answers import open_model
from training.compare import HEAD, cells, compare, comparison_page, summary
from training.datasets.base import TEST, Dataset


def renamed(*names: str):
    """An edit of the card that calls the seven answers otherwise."""

    def edit(card: Json) -> None:
        card["output"]["labels"] = {"id": "mine", "names": list(names)}
        card["output"]["temperature"] = 1.7

    return edit


def test_models_are_measured_on_the_same_pictures(data: Dataset, tmp_path: Path):
    one, two = (open_model(add_tiny_model(tmp_path, name)) for name in ("one", "two"))

    found = compare([one, two], data, data.splits[TEST])

    first, second = found.rows
    assert (found.dataset, found.labeling, found.n) == ("fer2013/private", "own", 14)
    assert not found.restricted
    assert (first.model, second.model) == ("one", "two")
    assert first.accuracy == second.accuracy
    assert first.runtime == "LiteRT"
    assert 0 < first.face_ms < 500
    assert first.size_bytes == (tmp_path / "one" / "model.tflite").stat().st_size
    assert first.accuracy_interval.low <= first.accuracy <= first.accuracy_interval.high


def test_different_label_sets_are_held_to_their_common_classes(data: Dataset, tmp_path: Path):
    """The second model calls its seventh answer contempt, which FER2013 does not have."""
    one = open_model(add_tiny_model(tmp_path, "one"))
    other = renamed("angry", "disgust", "fear", "happy", "sad", "surprise", "contempt")
    two = open_model(add_tiny_model(tmp_path, "two", edit=other))

    found = compare([one, two], data, data.splits[TEST])

    assert found.restricted
    assert found.classes == ("happy", "sad", "angry", "fear", "disgust", "surprise")
    assert found.n == 12
    # The same network and the same six answers of it: only the temperature differs.
    first, second = found.rows
    assert (first.accuracy, first.macro_f1) == (second.accuracy, second.macro_f1)
    assert first.ece != second.ece
    assert "happy, sad, angry, fear, disgust, surprise" in summary(found)


def test_models_without_common_classes_are_refused(data: Dataset, tmp_path: Path):
    one = open_model(add_tiny_model(tmp_path, "one"))
    two = open_model(add_tiny_model(tmp_path, "two", edit=renamed(*"abcdefg")))

    with pytest.raises(FerqtError, match="one, two share fewer than two classes"):
        compare([one, two], data, data.splits[TEST])


def test_the_table_is_the_same_as_text_and_as_a_page(data: Dataset, tmp_path: Path):
    model = open_model(add_tiny_model(tmp_path, "one"))
    found = compare([model], data, data.splits[TEST])

    page = comparison_page(found)

    shown = cells(found.rows[0])
    assert len(shown) == len(HEAD)
    assert all(f"<td>{cell}</td>" in page for cell in shown)
    assert "n = 14" in page
    assert np.isclose(float(shown[HEAD.index("ms a face")]), found.rows[0].face_ms, atol=0.01)
