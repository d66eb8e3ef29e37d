"""A film may pick its decoder only among those that are looked after."""

from pathlib import Path

import av
import numpy as np
import pytest

from ferqt.errors import SourceError
from ferqt.sources.decoders import ALLOWED, DECODERS
from ferqt.sources.video_file import VideoFileSource
from tests.helpers.clips import write_clip

_FORMAT_AT = 24
"""Where the code of the codec stands behind "strf" in an AVI file."""


def asking_for(path: Path, code: bytes) -> Path:
    """An AVI film of flat pictures that says it was written by another codec."""
    with av.open(str(path), "w", format="avi") as container:
        stream = container.add_stream("rawvideo", 25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "bgr24"
        for _ in range(5):
            picture = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 90, np.uint8), "bgr24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    content = bytearray(path.read_bytes())
    place = content.find(b"strf") + _FORMAT_AT
    content[place : place + 4] = code
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("code", [b"FLIC", b"SMKA", b"TSCC"])
def test_a_film_that_asks_for_a_forgotten_codec_is_refused_in_one_sentence(
    tmp_path: Path, code: bytes
) -> None:
    path = asking_for(tmp_path / "holiday.avi", code)
    with pytest.raises(SourceError) as caught:
        VideoFileSource(path)
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_a_codec_of_a_stranger_is_not_even_tried_while_a_file_is_looked_at(tmp_path: Path) -> None:
    path = asking_for(tmp_path / "holiday.avi", b"FLIC")
    options = {"codec_whitelist": ALLOWED}
    with av.open(str(path)) as free, av.open(str(path), options=options) as bound:
        assert free.streams.video[0].codec_context.name == "flic"
        assert free.streams.video[0].pix_fmt
        assert not bound.streams.video[0].pix_fmt


@pytest.mark.parametrize("codec", ["libx264", "mpeg4", "libvpx-vp9", "ffv1"])
def test_what_cameras_and_archives_write_is_read(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "film.mkv"
    write_clip(path, [np.full((48, 64, 3), 90, np.uint8)] * 3, codec=codec, b_frames=0)
    with VideoFileSource(path) as source:
        assert len(list(source.frames())) == 3


def test_every_name_is_one_of_ffmpegs() -> None:
    assert {name for name in DECODERS if name not in av.codecs_available} == set()
    assert ALLOWED.split(",") == sorted(DECODERS)
