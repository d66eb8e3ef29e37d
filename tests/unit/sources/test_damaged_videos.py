"""Films that are damaged, mislabeled or made to harm: read as far as it goes, or refused."""

import time
from contextlib import suppress

import av
import numpy as np
import pytest
from PIL import Image

from ferqt.errors import SourceError
from ferqt.sources import video_decoder
from ferqt.sources.audio import AudioReader
from ferqt.sources.factory import open_source
from ferqt.sources.mp4_index import listed_samples
from ferqt.sources.thumbnails import ThumbnailReader
from ferqt.sources.video_file import VideoFileSource
from tests.helpers.clips import beeps, write_clip
from tests.helpers.damaged import spoil_key_frame, with_endless_index, write_changing

COUNT = 30
KINDS = {
    "clip.mp4": "libx264",
    "clip.mkv": "libx264",
    "clip.mov": "libx264",
    "clip.avi": "mjpeg",
    "clip.webm": "libvpx-vp9",
}


def pictures(count=COUNT, width=128, height=72):
    """Pictures that compress badly, so that no two frames have the same bytes."""
    noise = np.random.default_rng(width)
    return [noise.integers(0, 255, (height, width, 3), dtype=np.uint8) for _ in range(count)]


def write(path, count=COUNT, **options):
    codec = KINDS[path.name]
    if codec == "mjpeg":
        write_jpegs(path, count)
    else:
        write_clip(path, pictures(count), codec=codec, b_frames=0, keyframe_every=5, **options)


def write_jpegs(path, count):
    """Write a film as cheap cameras do: each frame is a JPEG picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = 128, 72, "yuvj420p"
        for picture in pictures(count):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame.reformat(format="yuvj420p")))
        container.mux(stream.encode(None))


@pytest.mark.parametrize("name", KINDS)
def test_reading_goes_on_past_damage_and_counts_what_is_lost(tmp_path, name):
    path = tmp_path / name
    write(path)
    spoil_key_frame(path)
    with VideoFileSource(path) as source:
        frames = list(source.frames())
        lost = source.losses.lost_frames
    assert 0 < lost < COUNT / 2
    assert len(frames) + lost == COUNT
    assert frames[-1].index == COUNT - 1
    for frame in frames:
        assert frame.media_time == pytest.approx(frame.index / 30, abs=2e-3)


def test_a_frame_with_a_damaged_time_takes_no_other_with_it(tmp_path):
    path = tmp_path / "clip.flv"
    write_clip(path, pictures(), b_frames=0)
    with av.open(str(path)) as container:
        tag = [packet.pos for packet in container.demux(video=0) if packet.size][10]
    content = bytearray(path.read_bytes())
    content[tag + 4 : tag + 7] = b"\x7f\xff\xff"
    path.write_bytes(content)
    with VideoFileSource(path) as source:
        times = [frame.media_time for frame in source.frames()]
        assert source.losses.lost_frames == 1
        assert source.info.duration_s == pytest.approx(COUNT / 30, abs=0.01)
        source.seek_frame(20)
        assert next(source.frames()).media_time == times[20]
    expected = [number / 30 for number in range(COUNT) if number != 10]
    assert times == pytest.approx(expected, abs=2e-3)


@pytest.mark.parametrize("name", KINDS)
def test_a_film_of_one_frame_is_shown_sought_and_seen_in_small(tmp_path, name):
    path = tmp_path / name
    write(path, count=1)
    with VideoFileSource(path) as source, ThumbnailReader(path) as small:
        assert source.info.frame_count == 1
        assert len(list(source.frames())) == 1
        for place in (-1.0, 0.0, 7.0):
            source.seek(place)
            assert [frame.index for frame in source.frames()] == [0]
            assert small.at(place) is not None


@pytest.mark.parametrize(
    "name", ["clip.mp4", "clip.mkv", "clip.mov", "clip.avi", "clip.ts", "clip.webm"]
)
def test_a_film_that_changes_its_size_is_read_with_both(tmp_path, name):
    path = tmp_path / name
    write_changing(path, pictures(10), pictures(10, 96, 96))
    sizes = [(72, 128, 3)] * 10 + [(96, 96, 3)] * 10
    with VideoFileSource(path) as source:
        assert [frame.image.shape for frame in source.frames()] == sizes
        for number in (13, 2, 19, 0):
            source.seek_frame(number)
            frame = next(source.frames())
            assert (frame.index, frame.image.shape) == (number, sizes[number])


def test_a_size_that_only_damage_can_have_costs_its_frames(tmp_path, monkeypatch):
    path = tmp_path / "clip.mp4"
    write_changing(path, pictures(10), pictures(10, 96, 96))
    monkeypatch.setattr(video_decoder, "is_too_large", lambda width, height: height > 90)
    with VideoFileSource(path) as source:
        assert [frame.index for frame in source.frames()] == list(range(10))
        assert source.losses.lost_frames == 10


@pytest.mark.parametrize(("name", "mark"), [("clip.avi", b"idx1"), ("clip.mkv", b"\x1cS\xbbk")])
def test_a_damaged_index_of_places_loses_no_frame(tmp_path, name, mark):
    path = tmp_path / name
    write(path)
    content = path.read_bytes()
    at = content.rfind(mark)
    assert at > len(content) // 2
    path.write_bytes(content[:at] + b"\x5a" * (len(content) - at))
    with VideoFileSource(path) as source:
        assert [frame.index for frame in source.frames()] == list(range(COUNT))
        for number in (20, 3, 29):
            source.seek_frame(number)
            assert next(source.frames()).index == number


@pytest.mark.parametrize("box", ["stsz", "stco", "stsc", "stts", "stss", "mdhd", "avcC"])
def test_a_damaged_table_of_an_mp4_is_read_or_refused(tmp_path, box):
    path = tmp_path / "clip.mp4"
    write(path)
    content = path.read_bytes()
    at = content.find(box.encode()) + 12
    path.write_bytes(content[:at] + b"\xa5" * 24 + content[at + 24 :])
    with suppress(SourceError), VideoFileSource(path) as source:
        read = sum(1 for _ in source.frames())
        assert read + source.losses.lost_frames >= source.info.frame_count


def test_an_index_that_lists_more_than_the_file_holds_is_refused_at_once(tmp_path):
    path = tmp_path / "clip.mp4"
    write(path)
    assert listed_samples(path) == COUNT
    path.write_bytes(with_endless_index(path.read_bytes(), 30_000_000))
    assert listed_samples(path) == 30_000_000
    began = time.process_time()
    with pytest.raises(SourceError, match="lists more frames than the file can hold"):
        VideoFileSource(path)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nclip.mp4\n", "list.m3u8"),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nclip.mp4\n", "list.mp4"),
        ("ffconcat version 1.0\nfile clip.mp4\n", "list.mp4"),
        ("ffconcat version 1.0\nfile clip.mp4\n", "list.ffconcat"),
    ],
)
def test_a_list_of_other_files_is_no_video(tmp_path, content, name):
    write(tmp_path / "clip.mp4")
    (tmp_path / name).write_text(content)
    with pytest.raises(SourceError, match="it is not a video"):
        VideoFileSource(tmp_path / name)


def test_another_ending_hides_no_video(tmp_path):
    write(tmp_path / "clip.mp4")
    for name in ("clip.avi", "clip.webm", "clip.dat"):
        with VideoFileSource((tmp_path / "clip.mp4").rename(tmp_path / name)) as source:
            assert len(list(source.frames())) == COUNT
        (tmp_path / name).rename(tmp_path / "clip.mp4")


def test_an_animation_with_the_ending_of_a_video_is_played(tmp_path):
    moving = [Image.fromarray(picture) for picture in pictures(6)]
    moving[0].save(tmp_path / "a.gif", save_all=True, append_images=moving[1:], duration=40)
    with VideoFileSource((tmp_path / "a.gif").rename(tmp_path / "a.mp4")) as source:
        assert len(list(source.frames())) == 6


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_a_picture_with_the_ending_of_a_video_is_called_one(tmp_path, kind):
    path = tmp_path / "photo.mp4"
    Image.new("RGB", (64, 48)).save(path, kind)
    with pytest.raises(SourceError, match="it is a picture"):
        open_source(str(path))


def test_damaged_sound_is_passed_over(tmp_path):
    path = tmp_path / "clip.mp4"
    write(path, sound=beeps([0.1], COUNT / 30))
    content = bytearray(path.read_bytes())
    middle = len(content) * 7 // 10
    content[middle : middle + 2000] = np.random.default_rng(1).bytes(2000)
    path.write_bytes(content)
    with AudioReader(path, rate=48_000, channels=2) as reader:
        for speed in (1.0, 2.0):
            reader.seek(0.0, speed)
            assert reader.read() is not None
            while reader.read() is not None:
                pass
