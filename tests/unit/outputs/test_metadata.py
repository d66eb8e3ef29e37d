"""What `metadata.json` says of files."""

import hashlib
import json
from pathlib import Path

import pytest

from ferqt.errors import OutputError
from ferqt.outputs.metadata import fingerprint, write_metadata


def test_a_fingerprint_names_the_file_but_not_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(b"moving pictures")

    assert fingerprint(path) == {
        "name": "clip.mp4",
        "bytes": 15,
        "sha256": hashlib.sha256(b"moving pictures").hexdigest(),
    }


def test_a_file_that_vanished_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot read .* again"):
        fingerprint(tmp_path / "gone.mp4")


def test_metadata_is_readable_json_and_the_same_each_time(tmp_path: Path) -> None:
    content = {"b": [1, None], "a": "Grüße"}

    first = write_metadata(tmp_path, content).read_bytes()
    second = write_metadata(tmp_path, content).read_bytes()

    assert first == second
    assert json.loads(first) == content
    assert "Grüße".encode() in first
