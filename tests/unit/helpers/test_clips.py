from fractions import Fraction

import av
import numpy as np
import pytest

from tests.helpers.clips import write_clip
from tests.helpers.portraits import scene

FRAMES = [scene(160, 120, [(30 + 8 * step, 60, 40)]) for step in range(14)]
UNEVEN_S = [0.0, 0.04, 0.05, 0.2, 0.21, 0.5, 0.6, 0.9, 0.933, 1.0, 1.5, 1.51, 1.52, 3.0]


def _decoded(path):
    with av.open(str(path)) as container:
        return list(container.decode(video=0))


@pytest.mark.parametrize(
    ("name", "codec"),
    [("c.mp4", "libx264"), ("c.mkv", "libx264"), ("c.mp4", "mpeg4"), ("c.webm", "libvpx-vp9")],
)
def test_uneven_times_come_back_to_the_millisecond(tmp_path, name, codec):
    times = write_clip(tmp_path / name, FRAMES, times_s=UNEVEN_S, codec=codec)
    assert [round(float(time), 3) for time in times] == UNEVEN_S
    assert [frame.pts * frame.time_base for frame in _decoded(tmp_path / name)] == times


def test_constant_rate_is_exact_in_mp4(tmp_path):
    times = write_clip(tmp_path / "c.mp4", FRAMES, fps=25)
    assert times == [Fraction(number, 25) for number in range(len(FRAMES))]


def test_frames_are_stored_out_of_order_when_asked(tmp_path):
    write_clip(tmp_path / "c.mp4", FRAMES, b_frames=2)
    with av.open(str(tmp_path / "c.mp4")) as container:
        stored = [packet.pts for packet in container.demux(video=0) if packet.pts is not None]
    assert stored != sorted(stored)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_turning_the_stored_picture_clockwise_shows_the_frames_as_given(tmp_path, rotation):
    write_clip(tmp_path / "c.mp4", FRAMES, rotation=rotation)
    stored = _decoded(tmp_path / "c.mp4")[5]
    assert stored.rotation % 360 == -rotation % 360
    shown = np.rot90(stored.to_ndarray(format="rgb24"), -rotation // 90)
    assert np.abs(shown.astype(int) - FRAMES[5]).mean() < 4


def test_lossless_codec_keeps_every_pixel(tmp_path):
    write_clip(tmp_path / "c.mkv", FRAMES, codec="ffv1")
    pixels = [frame.to_ndarray(format="rgb24") for frame in _decoded(tmp_path / "c.mkv")]
    assert np.array_equal(pixels, FRAMES)
