"""The verifier of LiteRT files lets whole ones pass and never does anything but refuse others."""

import random
import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferqt.classifiers.flatbuffer import FlatBufferError, Table, root_table
from ferqt.classifiers.inspection import format_of
from ferqt.classifiers.litert_check import check_litert
from ferqt.classifiers.litert_ops import ALLOWED, CUSTOM, operation_name
from ferqt.classifiers.refusal import UnsafeFileError
from ferqt.errors import ModelError
from ferqt.paths import models_dir, resources_dir
from tests.helpers.hostile_litert import changed
from tests.helpers.models import TINY_FOLDER

TINY = (TINY_FOLDER / "model.tflite").read_bytes()
MUTATIONS = 600


def refused(content: bytes) -> bool:
    """Whether the verifier refuses it; what else it raises fails the test."""
    try:
        check_litert(content)
    except UnsafeFileError as error:
        return bool(str(error))
    return False


@pytest.mark.parametrize("path", sorted(models_dir().glob("*/*.tflite")), ids=str)
def test_the_models_that_ship_pass(path: Path) -> None:
    assert format_of(path) == "litert"


def test_mediapipes_networks_pass() -> None:
    """Files of another maker's converter, one of them of half precision."""
    found = 0
    with zipfile.ZipFile(resources_dir() / "face_landmarker.task") as bundle:
        for name in bundle.namelist():
            if name.endswith(".tflite"):
                check_litert(bundle.read(name))
                found += 1
    assert found == 3


def test_a_file_that_was_written_anew_passes() -> None:
    check_litert(changed(lambda _: None))


def test_every_allowed_operation_is_known_to_litert_by_that_number() -> None:
    from ai_edge_litert.schema_py_generated import BuiltinOperator

    numbers = {name: value for name, value in vars(BuiltinOperator).items() if name.isupper()}
    assert {name: numbers[name] for name in ALLOWED.values()} == {
        name: number for number, name in ALLOWED.items()
    }
    assert numbers["CUSTOM"] == CUSTOM
    assert operation_name(numbers["WHILE"]) == "WHILE"
    assert operation_name(-1) == "number -1"


def test_any_flipped_bytes_are_refused_or_harmless_to_the_verifier() -> None:
    """Seeded; a traceback of another kind than a refusal fails the test."""
    choose = random.Random(6)
    count = 0
    for _ in range(MUTATIONS):
        content = bytearray(TINY)
        for _ in range(choose.choice((1, 1, 2, 8))):
            content[choose.randrange(8, len(content))] = choose.choice((0, 1, 127, 128, 255))
        count += refused(bytes(content))
    assert MUTATIONS * 0.1 < count < MUTATIONS


@given(cut=st.integers(8, len(TINY) - 1))
@settings(max_examples=60, deadline=None)
def test_a_file_cut_anywhere_in_its_tables_is_refused(cut: int) -> None:
    refused(TINY[:cut])


@given(content=st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_bytes_that_only_begin_as_a_model_are_refused(content: bytes) -> None:
    assert refused(content[:4].ljust(4, b"\1") + b"TFL3" + content[4:])


@given(content=st.binary(max_size=120), at=st.integers(-10, 130))
@settings(max_examples=150, deadline=None)
def test_a_table_never_reads_beside_the_file(content: bytes, at: int) -> None:
    with suppress(FlatBufferError):
        table = Table(memoryview(content), at, "table")
        for slot in range(3):
            table.text(slot)
            table.numbers(slot, "q")
            table.number(slot, "I")
            list(table.tables(slot, "table", 5))


@given(content=st.binary(max_size=64))
@settings(max_examples=60, deadline=None)
def test_a_root_lies_in_the_file_or_is_refused(content: bytes) -> None:
    with suppress(FlatBufferError):
        root_table(memoryview(content), "model")


def test_a_mutated_file_that_ships_never_brings_more_than_a_refusal(tmp_path: Path) -> None:
    """Through the door that the window uses, in this process."""
    path = tmp_path / "model.tflite"
    whole = next(iter(sorted(models_dir().glob("*/*.tflite")))).read_bytes()
    choose, count = random.Random(7), 0
    # The tables lie at both ends, the weights between them.
    places = [*range(8, 1_000), *range(len(whole) - 10_000, len(whole))]
    for _ in range(25):
        content = bytearray(whole)
        for _ in range(20):
            content[choose.choice(places)] = choose.randrange(256)
        path.write_bytes(content)
        try:
            format_of(path)
        except ModelError:
            count += 1
    assert count > 10


def test_a_bundle_is_no_model(tmp_path: Path) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("model.tflite", TINY)
    path = tmp_path / "model.task"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ModelError, match="unexpected file"):
        format_of(path)
