"""Thumbnails: the key frame before a moment, small, upright, and no more of them than fit."""

import numpy as np
import pytest

from ferqt.errors import SourceError
from ferqt.sources import thumbnails
from ferqt.sources.thumbnails import HEIGHT, WIDTH, ThumbnailReader
from tests.helpers.clips import write_clip

FPS = 25
KEY_EVERY = 10


@pytest.fixture(scope="module", params=["clip.mp4", "clip.mkv", "clip.ts"])
def clip(request, tmp_path_factory):
    """Two seconds that grow brighter, a key frame every 0.4 s."""
    path = tmp_path_factory.mktemp("clips") / request.param
    frames = [np.full((360, 640, 3), 4 * number, np.uint8) for number in range(50)]
    write_clip(path, frames, fps=FPS, keyframe_every=KEY_EVERY)
    return path


@pytest.mark.parametrize("time_s", [0.0, 0.39, 0.41, 1.0, 1.99, 50.0])
def test_a_moment_is_shown_by_the_key_frame_before_it(clip, time_s):
    frame = min(int(time_s * FPS), 49) // KEY_EVERY * KEY_EVERY
    with ThumbnailReader(clip) as reader:
        image = reader.at(time_s)
    assert image is not None
    assert image.shape == (HEIGHT, WIDTH, 3)
    assert image.mean() == pytest.approx(4 * frame, abs=6)


def test_what_was_shown_is_not_decoded_again(clip, monkeypatch):
    decoded = []
    decode = ThumbnailReader._decode
    monkeypatch.setattr(
        ThumbnailReader, "_decode", lambda self, packet: decoded.append(1) or decode(self, packet)
    )
    with ThumbnailReader(clip) as reader:
        first = reader.at(0.5)
        assert reader.at(0.75) is first
        assert reader.at(0.1) is not first
        assert reader.at(0.6) is first
    assert len(decoded) == 2


def test_only_so_many_are_kept(clip, monkeypatch):
    monkeypatch.setattr(thumbnails, "_KEPT", 2)
    with ThumbnailReader(clip) as reader:
        for time_s in (0.0, 0.5, 0.9, 1.3, 1.7):
            assert reader.at(time_s) is not None
            assert len(reader._kept) <= 2


def test_a_turned_video_gives_upright_thumbnails(tmp_path):
    path = tmp_path / "phone.mp4"
    frame = np.zeros((320, 180, 3), np.uint8)
    frame[:160] = 200
    write_clip(path, [frame] * 3, rotation=90)
    with ThumbnailReader(path) as reader:
        image = reader.at(0.0)
    assert image.shape == (HEIGHT, round(HEIGHT * 180 / 320), 3)
    assert image[:40].mean() > 150
    assert image[-40:].mean() < 50


def test_what_is_no_video_is_refused(tmp_path):
    path = tmp_path / "notes.mp4"
    path.write_text("not a video")
    with pytest.raises(SourceError, match=r"notes\.mp4"):
        ThumbnailReader(path)
