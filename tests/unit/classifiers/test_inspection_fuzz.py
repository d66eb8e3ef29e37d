"""Whatever the bytes of a Keras file are: it passes or it is refused in one sentence."""

import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferqt.classifiers.inspection import format_of
from ferqt.classifiers.keras_classes import ANY_MODULE, CLASSES
from ferqt.classifiers.keras_config import check_config
from ferqt.classifiers.refusal import UnsafeFileError
from ferqt.errors import ModelError
from tests.helpers.hostile_models import TINY, archive_of, members, tiny_config

WORDS = st.sampled_from(
    ["class_name", "module", "registered_name", "config", "Lambda", "Dense", "os", "activation"]
)
NETWORK = json.dumps(tiny_config())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(), inner),
    max_leaves=12,
)


def refused(path: Path) -> bool:
    """Whether it is refused in one sentence with a hint; what else is raised fails the test."""
    try:
        format_of(path)
    except ModelError as error:
        if "\n" in str(error) or not error.hint:
            raise
        return True
    return False


def test_flipped_bytes_of_an_archive_are_a_refusal_or_harmless(tmp_path: Path) -> None:
    whole, path, choose, count = TINY.read_bytes(), tmp_path / "m.keras", random.Random(3), 0
    # The list of members lies at the end.
    places = [*range(4, 400), *range(len(whole) - 400, len(whole))]
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(choose.choice((1, 2, 6))):
            content[choose.choice(places)] = choose.randrange(256)
        path.write_bytes(content)
        count += refused(path)
    assert 30 < count < 300


def test_flipped_letters_of_a_network_are_a_refusal_or_harmless(tmp_path: Path) -> None:
    content, choose = members(), random.Random(4)
    text = content["config.json"]
    path = tmp_path / "m.keras"
    for _ in range(150):
        changed = bytearray(text)
        for _ in range(choose.choice((1, 3, 9))):
            changed[choose.randrange(len(changed))] = choose.randrange(256)
        archive_of(path, content | {"config.json": bytes(changed)}, zipfile.ZIP_STORED)
        refused(path)


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        inner = [one for item in value.values() for one in _objects(item)]
        return [value, *inner] if "class_name" in value else inner
    return [one for item in value for one in _objects(item)] if isinstance(value, list) else []


@given(value=VALUES, at=st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_what_passes_names_built_in_classes_alone(value: Any, at: int) -> None:
    config = json.loads(NETWORK)
    layers = config["config"]["layers"]
    layers[at % len(layers)]["config"][f"new-{at}"] = value
    try:
        check_config(json.dumps(config))
    except UnsafeFileError:
        return
    for one in _objects(config):
        assert one["class_name"] in ANY_MODULE
        assert one.get("module") is None or one["module"] in CLASSES
        assert one.get("registered_name") in (None, one["class_name"])


@given(text=st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_as_a_network_is_refused(text: str) -> None:
    with pytest.raises(UnsafeFileError):
        check_config(text)
