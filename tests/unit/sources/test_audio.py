"""The sound of a file: at its media time, at any rate, from any place."""

import numpy as np
import pytest

from ferqt.errors import SourceError
from ferqt.sources.audio import AudioReader
from ferqt.sources.video_file import VideoFileSource
from tests.helpers.clips import beeps, write_clip

BEEPS_S = (0.5, 1.1, 1.6)
LENGTH_S = 2.0
RATE = 48_000


def write(path, **options):
    pictures = [np.full((48, 64, 3), 4 * number, np.uint8) for number in range(50)]
    write_clip(path, pictures, fps=25, **options)
    return path


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return write(tmp_path_factory.mktemp("clips") / "beeps.mp4", sound=beeps(BEEPS_S, LENGTH_S))


def tones(reader, speed=1.0):
    """Media times at which tones begin in all that is left to read."""
    found = []
    last = -1.0
    while (chunk := reader.read()) is not None:
        assert chunk.samples.dtype == np.float32
        for place in np.flatnonzero(np.abs(chunk.samples[:, 0]) > 0.1):
            media_s = chunk.media_s + place / RATE * speed
            if media_s - last > 0.1:
                found.append(media_s)
            last = media_s
    return found


@pytest.mark.parametrize("name", ["beeps.mp4", "beeps.mkv", "beeps.ts"])
@pytest.mark.parametrize("channels", [1, 2])
def test_sound_has_the_times_of_its_pictures(tmp_path, name, channels):
    # A transport stream does not begin at 0 s; both must take the same moment for 0.
    path = write(tmp_path / name, sound=beeps(BEEPS_S, LENGTH_S))
    with VideoFileSource(path) as source, AudioReader(path, rate=RATE, channels=channels) as reader:
        assert source.info.has_audio
        assert next(source.frames()).media_time == pytest.approx(0.0, abs=0.05)
        assert tones(reader) == pytest.approx(list(BEEPS_S), abs=0.03)


@pytest.mark.parametrize("speed", [0.25, 0.5, 0.75, 1.5, 2.0, 4.0])
def test_another_speed_stretches_time_and_not_pitch(clip, speed):
    with AudioReader(clip, rate=RATE, channels=1) as reader:
        reader.seek(0.4, speed)
        samples = np.concatenate([chunk.samples[:, 0] for chunk in iter(reader.read, None)])
        assert len(samples) / RATE == pytest.approx((LENGTH_S - 0.4) / speed, abs=0.15)
        strongest = np.abs(np.fft.rfft(samples)).argmax() / (len(samples) / RATE)
        assert strongest == pytest.approx(1000, abs=60)
        reader.seek(0.4, speed)
        assert tones(reader, speed) == pytest.approx(list(BEEPS_S), abs=0.04)


def test_reading_begins_to_the_sample_where_it_was_sought(clip):
    with AudioReader(clip, rate=RATE, channels=2) as reader:
        for place in (1.3, 0.0, 0.777):
            reader.seek(place)
            chunk = reader.read()
            assert chunk is not None
            assert chunk.media_s == pytest.approx(place, abs=1 / RATE)
            assert chunk.samples.shape[1] == 2
        reader.seek(60.0)
        assert reader.read() is None


def test_a_file_without_sound_is_refused_by_name(tmp_path):
    path = write(tmp_path / "silent.mp4")
    with pytest.raises(SourceError, match=r"silent\.mp4"):
        AudioReader(path, rate=RATE, channels=2)
    with VideoFileSource(path) as source:
        assert not source.info.has_audio
