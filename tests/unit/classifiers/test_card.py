"""Cards say everything, and what they say wrong is told by file and key."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ferqt.classifiers.card import (
    AlignedCrop,
    BoxCrop,
    ModelCard,
    card_from_json,
    card_to_json,
    read_card,
    write_card,
)
from ferqt.errors import ModelError
from tests.helpers.models import TINY_FOLDER

Json = dict[str, Any]

FULL: Json = {
    "schema": 1,
    "id": "full-7",
    "name": "Full",
    "architecture": "net",
    "parameters": 12,
    "files": {
        "keras": {"path": "model.keras", "sha256": "a" * 64},
        "litert": {"path": "sub/model.tflite", "sha256": "b" * 64, "precision": "float32"},
    },
    "input": {
        "height": 48,
        "width": 48,
        "channels": 1,
        "color": "gray",
        "value_range": [0, 255],
        "resize": "area",
        "crop": {
            "kind": "aligned",
            "eyes": [[0.32, 0.4], [0.68, 0.4]],
            "mouth": [0.5, 0.79],
            "margin": 0.0,
        },
    },
    "output": {
        "labels": {"id": "custom", "names": ["happy", "sad"]},
        "activation": "softmax",
        "temperature": 1.5,
        "uncertain_below": 0.4,
    },
    "training": {
        "datasets": ["fer2013"],
        "split_sha256": "c" * 64,
        "seed": 1,
        "config": "recipe",
        "keras": "3.15.1",
        "date": "2026-01-31",
    },
    "metrics": [
        {
            "dataset": "fer2013/private",
            "n": 4,
            "accuracy": 0.75,
            "macro_f1": 0.7,
            "ece": 0.1,
            "per_class": {"sad": {"precision": 1.0, "recall": 0.5, "f1": 0.66, "support": 2}},
            "confusion": [[2, 0], [1, 1]],
        }
    ],
    "licence": "MIT",
    "data_licence": "research",
    "intended_use": "study",
    "limits": "many",
}


def edited(path: str, change: Callable[[Any, Any], None]) -> str:
    """The full card's text with a change at a path such as "metrics.0.per_class"."""
    document = json.loads(json.dumps(FULL))
    *parents, last = path.split(".")
    place = document
    for key in parents:
        place = place[int(key) if isinstance(place, list) else key]
    change(place, last)
    return json.dumps(document)


def with_value(path: str, value: object) -> str:
    def set_value(place: Any, key: str) -> None:
        place[int(key) if isinstance(place, list) else key] = value

    return edited(path, set_value)


def required_keys(value: Any = FULL, at: str = "") -> Iterator[str]:
    """Every key of the full card, but for the files, of which one suffices."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, content in items:
        path = f"{at}.{key}" if at else str(key)
        if isinstance(value, dict) and path not in {
            "files.keras",
            "files.litert",
            "metrics.0.per_class.sad",
        }:
            yield path
        if isinstance(content, dict | list):
            yield from required_keys(content, path)


def shown(path: str) -> str:
    return path.replace(".0", "[0]")


def test_a_card_survives_writing_and_reading(tmp_path: Path) -> None:
    card = card_from_json(json.dumps(FULL))
    write_card(card, tmp_path / "card.json")
    assert read_card(tmp_path / "card.json") == card
    assert json.loads(card_to_json(card)) == FULL
    assert [path.name for path in tmp_path.iterdir()] == ["card.json"]


def test_the_card_of_a_real_model_is_read() -> None:
    card = read_card(TINY_FOLDER / "card.json")
    assert card.output.labels.names[3] == "happy"
    assert isinstance(card.input.crop, AlignedCrop)
    assert card.input.value_range == (0.0, 255.0)


@pytest.mark.parametrize("path", list(required_keys()))
def test_a_missing_key_is_named(path: str) -> None:
    text = edited(path, lambda place, key: place.pop(key))
    with pytest.raises(ModelError) as caught:
        card_from_json(text, "models/full-7/card.json")
    assert caught.value.message == f"model card models/full-7/card.json: {shown(path)}: is missing"


@pytest.mark.parametrize("path", [path for path in required_keys() if path != "training"])
@pytest.mark.parametrize("value", [None, True, "1", {"x": 1}])
def test_a_value_of_another_type_is_refused_where_it_stands(path: str, value: object) -> None:
    text = with_value(path, value)
    try:
        card = card_from_json(text)
    except ModelError as error:
        key = error.message.removeprefix("model card card.json: ").split(": ")[0]
        assert key.startswith(shown(path))
    else:
        # What is left is of the right type: texts and lists that may be any or empty.
        assert json.loads(card_to_json(card)) == json.loads(text)


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("schema", 2, "schema"),
        ("id", "../evil", "id"),
        ("id", "Upper", "id"),
        ("name", " ", "name"),
        ("parameters", -1, "parameters"),
        ("files", {}, "files"),
        ("files.keras.path", "/etc/passwd", "files.keras.path"),
        ("files.keras.path", "../model.keras", "files.keras.path"),
        ("files.keras.path", "a/../../b", "files.keras.path"),
        ("files.keras.path", "C:\\model.keras", "files.keras.path"),
        ("files.keras.path", "", "files.keras.path"),
        ("files.litert.sha256", "B" * 64, "files.litert.sha256"),
        ("files.litert.sha256", "b" * 63, "files.litert.sha256"),
        ("files.litert.precision", "float64", "files.litert.precision"),
        ("input.height", 0, "input.height"),
        ("input.width", 100_000, "input.width"),
        ("input.channels", 3, "input.channels"),
        ("input.color", "rgb", "input.channels"),
        ("input.color", "bgr", "input.color"),
        ("input.value_range", [255, 0], "input.value_range"),
        ("input.value_range", [0, 1, 2], "input.value_range"),
        ("input.resize", "nearest", "input.resize"),
        ("input.crop.kind", "oval", "input.crop.kind"),
        ("input.crop.kind", "box", "input.crop.eyes"),
        ("input.crop.margin", 9.0, "input.crop.margin"),
        ("input.crop.eyes", [[0.7, 0.4], [0.3, 0.4]], "input.crop.eyes"),
        ("input.crop.eyes.1", [0.7], "input.crop.eyes[1]"),
        ("output.labels.names", ["happy", "happy"], "output.labels"),
        ("output.labels.names", ["happy"], "output.labels"),
        ("output.labels.names", ["Happiness", "sad"], "output.labels.names"),
        ("output.labels.id", "fer7", "output.labels.names"),
        ("output.activation", "relu", "output.activation"),
        ("output.temperature", 0, "output.temperature"),
        ("output.uncertain_below", 1.5, "output.uncertain_below"),
        ("training.date", "yesterday", "training.date"),
        ("training.seed", 1.0, "training.seed"),
        ("training.split_sha256", "", "training.split_sha256"),
        ("metrics.0.accuracy", 75, "metrics[0].accuracy"),
        ("metrics.0.n", -4, "metrics[0].n"),
        ("metrics.0.per_class", {"joy": {}}, "metrics[0].per_class.joy.precision"),
        ("metrics.0.confusion", [[1, 2]], "metrics[0].confusion"),
        ("metrics.0.confusion", [[1, 2], [3]], "metrics[0].confusion"),
        ("metrics.0.extra", 1, "metrics[0].extra"),
        ("input.crop.tilt", 1, "input.crop.tilt"),
        ("extra", 1, "extra"),
    ],
)
def test_a_bad_value_is_refused_where_it_stands(path: str, value: object, key: str) -> None:
    with pytest.raises(ModelError) as caught:
        card_from_json(with_value(path, value))
    assert caught.value.message.startswith(f"model card card.json: {key}: ")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "no valid JSON"),
        ("{", "no valid JSON"),
        ("[]", "must be an object"),
        ('{"schema": 1, "schema": 1}', "'schema' twice"),
        ('{"schema": NaN}', "NaN"),
        ('{"schema": -Infinity}', "Infinity"),
        ("[" * 100_000, "nested too deeply"),
        (json.dumps(FULL).replace("1.5", "1e999"), "output.temperature: must be a finite number"),
        (json.dumps(FULL).replace("1.5", "1" * 400), "output.temperature: must be a finite"),
    ],
)
def test_what_is_no_strict_json_is_refused(text: str, part: str) -> None:
    with pytest.raises(ModelError, match="model card ") as caught:
        card_from_json(text)
    assert part in caught.value.message


def test_a_huge_file_is_not_read_as_a_card(tmp_path: Path) -> None:
    path = tmp_path / "card.json"
    path.write_bytes(b" " * 1_000_001)
    with pytest.raises(ModelError, match="more than 1000000 bytes"):
        read_card(path)


def test_a_missing_or_binary_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_card(tmp_path / "card.json")
    (tmp_path / "card.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(ModelError, match="no UTF-8"):
        read_card(tmp_path / "card.json")


def test_a_model_of_unknown_making_and_one_file_has_a_card_too() -> None:
    document: Json = json.loads(json.dumps(FULL))
    del document["files"]["litert"]
    document |= {"training": None, "metrics": []}
    document["input"]["crop"] = {"kind": "box", "margin": 0.1}
    card = card_from_json(json.dumps(document))
    assert card.training is None
    assert card.files.litert is None
    assert card.input.crop == BoxCrop(margin=0.1)
    assert json.loads(card_to_json(card)) == document


def test_cards_made_in_code_obey_the_same_rules() -> None:
    card = card_from_json(json.dumps(FULL))
    fields = {name: getattr(card, name) for name in ModelCard.__dataclass_fields__}
    with pytest.raises(ValueError, match="id"):
        ModelCard(**(fields | {"id": "no/slash"}))
