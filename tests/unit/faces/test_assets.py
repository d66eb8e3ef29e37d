"""Face models are opened only when they are what the list of sources says."""

import shutil
from pathlib import Path

import pytest

from ferqt.errors import DetectorError
from ferqt.faces import assets
from ferqt.paths import resources_dir


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the resources that a test may damage."""
    for name in ("SOURCES.md", assets.LANDMARKER_BUNDLE):
        shutil.copy(resources_dir() / name, tmp_path / name)
    monkeypatch.setattr(assets, "resources_dir", lambda: tmp_path)
    return tmp_path


def test_a_whole_file_is_read() -> None:
    content = assets.read_asset(assets.LANDMARKER_BUNDLE)
    assert content == (resources_dir() / assets.LANDMARKER_BUNDLE).read_bytes()
    assert (
        len(assets.read_bundle_member(assets.LANDMARKER_BUNDLE, "face_detector.tflite")) > 100_000
    )


def test_a_damaged_file_is_refused_by_name(copied: Path) -> None:
    damaged = copied / assets.LANDMARKER_BUNDLE
    content = bytearray(damaged.read_bytes())
    content[1000] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(DetectorError, match=r"face_landmarker\.task is damaged"):
        assets.read_asset(assets.LANDMARKER_BUNDLE)


def test_a_missing_file_is_one_clear_sentence(copied: Path) -> None:
    (copied / assets.LANDMARKER_BUNDLE).unlink()
    with pytest.raises(DetectorError, match="cannot be read") as caught:
        assets.read_asset(assets.LANDMARKER_BUNDLE)
    assert caught.value.hint


def test_a_file_that_nobody_vouches_for_is_refused(copied: Path) -> None:
    (copied / "other.task").write_bytes(b"anything")
    with pytest.raises(DetectorError, match=r"no sha256 for other\.task"):
        assets.read_asset("other.task")


def test_a_missing_list_of_sources_is_one_clear_sentence(copied: Path) -> None:
    (copied / "SOURCES.md").unlink()
    with pytest.raises(DetectorError, match="cannot be read"):
        assets.read_asset(assets.LANDMARKER_BUNDLE)


def test_a_bundle_without_the_member_is_refused() -> None:
    with pytest.raises(DetectorError, match=r"holds no nothing\.tflite"):
        assets.read_bundle_member(assets.LANDMARKER_BUNDLE, "nothing.tflite")
