"""Frames are read into memory once and go round as one film."""

from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ferqt.bench.clip import check_source, read_clip, scene_clip
from ferqt.bench.scenes import Setting
from ferqt.errors import SourceError, UsageError


def test_a_scene_is_encoded_read_back_and_removed(tmp_path: Path) -> None:
    clip = scene_clip(Setting(320, 240, 1), 4, tmp_path)

    assert (len(clip.frames), clip.size, clip.fps, clip.pictures) == (4, "320x240", 30, False)
    # Opening has decoded the first one.
    assert len(clip.decode_ms) == 3
    assert list(tmp_path.iterdir()) == []


def test_frames_go_forth_and_back_without_a_jump(tmp_path: Path) -> None:
    clip = scene_clip(Setting(64, 48, 0), 3, tmp_path)

    shown = list(islice(clip.endless(), 9))

    order = [next(n for n, one in enumerate(clip.frames) if one.image is f.image) for f in shown]
    assert order == [0, 1, 2, 1, 0, 1, 2, 1, 0]
    assert [frame.index for frame in shown] == list(range(9))
    assert all(a.session_ms < b.session_ms for a, b in pairwise(shown))


def test_pictures_are_no_film(tmp_path: Path) -> None:
    for number in range(3):
        Image.fromarray(np.full((24, 32, 3), number, np.uint8)).save(tmp_path / f"{number}.png")

    clip = read_clip(str(tmp_path), 2)

    assert (len(clip.frames), len(clip.decode_ms), clip.pictures) == (2, 1, True)


def test_a_lone_picture_takes_the_time_of_its_opening(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (600, 800, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")

    (spent_ms,) = read_clip(str(tmp_path / "a.png"), 5).decode_ms

    # Nobody decodes a megabyte of noise in less.
    assert spent_ms > 0.5


@pytest.mark.parametrize("location", ["0", "demo", "http://me:secret@host/a"])
def test_what_is_no_file_is_refused_without_its_password(location: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_source(location)

    assert "secret" not in str(refused.value)


def test_a_file_that_cannot_be_read_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("words")

    with pytest.raises(SourceError, match=r"a\.mp4"):
        check_source(str(tmp_path / "a.mp4"))
