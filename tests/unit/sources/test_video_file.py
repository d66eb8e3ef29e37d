"""Videos: every frame, at its true number and time, upright, whatever the container or damage."""

import shutil
import socket
import subprocess
import wave
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np
import pytest

from ferqt.core.types import Frame
from ferqt.errors import SourceError
from ferqt.sources import video_decoder
from ferqt.sources.video_file import VideoFileSource
from tests.helpers.clips import write_clip

COUNT = 40
CONTAINERS = {
    "h264 with B-frames in MP4": ("clip.mp4", "libx264"),
    "h264 in Matroska": ("clip.mkv", "libx264"),
    "h264 in a transport stream": ("clip.ts", "libx264"),
    "h264 in Flash video": ("clip.flv", "libx264"),
    "h264 in AVI, which states no presentation times": ("clip.avi", "libx264"),
    "h264 alone, which states no times at all": ("clip.h264", "libx264"),
    "MPEG-4 with B-frames in AVI": ("mpeg4.avi", "mpeg4"),
    "VP9 in WebM": ("clip.webm", "libvpx-vp9"),
    "lossless in Matroska": ("ffv1.mkv", "ffv1"),
}


def numbered_pictures(count: int = COUNT) -> list[np.ndarray]:
    """Pictures that spell their number in six black or white bars, which no codec blurs away."""
    bits = [[number >> bit & 1 for bit in range(6)] for number in range(count)]
    bars = [np.repeat(np.uint8([40 + 170 * bit for bit in row]), 20) for row in bits]
    return [np.repeat(np.tile(row, (72, 1))[..., np.newaxis], 3, axis=2) for row in bars]


def number_shown(frame: Frame) -> int:
    bars = frame.image[10:60, 10::20].mean(axis=(0, 2))
    return sum(int(brightness > 125) << bit for bit, brightness in enumerate(bars))


def next_frame(source: VideoFileSource) -> Frame:
    return next(source.frames())


def variable_times(count: int = COUNT) -> list[Fraction]:
    """Distances of 20, 50 and 33 ms in turn."""
    steps = [Fraction((20, 50, 33)[number % 3], 1000) for number in range(count)]
    return [sum(steps[:number], Fraction(0)) for number in range(count)]


@pytest.fixture(params=CONTAINERS)
def clip(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    name, codec = CONTAINERS[request.param]
    path = tmp_path / name
    write_clip(path, numbered_pictures(), codec=codec)
    return path


def test_every_frame_comes_in_order_of_presentation(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        frames = list(source.frames())
        assert source.losses.lost_frames == 0
        assert source.info.frame_count == COUNT
    assert [frame.index for frame in frames] == list(range(COUNT))
    assert [number_shown(frame) for frame in frames] == list(range(COUNT))
    times = [frame.media_time for frame in frames]
    assert times == sorted(times)


def test_a_jump_to_any_frame_gives_the_very_same_frame(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        frames = list(source.frames())
        for number in (39, 0, 17, 5, 6, 12, 11, 24, 38, 3, 0, 1, 2, 30):
            source.seek_frame(number)
            found = next_frame(source)
            assert (found.index, found.media_time) == (number, frames[number].media_time)
            assert np.array_equal(found.image, frames[number].image)


def test_a_jump_to_a_time_gives_the_frame_on_screen_then(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        times = [frame.media_time for frame in source.frames()]
        assert all(time is not None for time in times)
        for number in (0, 13, 12, 30, 39):
            at, after = times[number], [*times, times[-1] + 1][number + 1]
            for time in (at, round(at, 6), at + 0.6 * (after - at)):
                source.seek(time)
                assert next_frame(source).index == number
        source.seek(-5)
        assert next_frame(source).index == 0
        source.seek(500)
        assert next_frame(source).index == COUNT - 1


def test_reading_goes_on_after_a_jump_and_after_the_end(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        source.seek_frame(10)
        assert [frame.index for frame in islice(source.frames(), 4)] == [10, 11, 12, 13]
        assert [frame.index for frame in source.frames()] == list(range(14, COUNT))
        assert list(source.frames()) == []
        for number in (20, 19, 18, 21):
            source.seek_frame(number)
            assert [frame.index for frame in islice(source.frames(), 1)] == [number]
        assert [frame.index for frame in islice(source.frames(), 3)] == [22, 23, 24]
        source.seek_frame(COUNT - 2)
        assert [frame.index for frame in source.frames()] == [COUNT - 2, COUNT - 1]


@pytest.mark.parametrize("name", ["vfr.mp4", "vfr.mkv", "vfr.mov"])
def test_times_of_a_variable_rate_are_the_containers(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    stated = write_clip(path, numbered_pictures(), times_s=variable_times())
    with VideoFileSource(path) as source:
        times = [frame.media_time for frame in source.frames()]
        assert source.info.variable_frame_rate is True
        assert source.info.fps == pytest.approx((COUNT - 1) / float(stated[-1]), rel=1e-3)
    assert times == pytest.approx([float(time) for time in stated], abs=1e-6)


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.ts"])
def test_times_agree_with_ffprobe(tmp_path: Path, name: str) -> None:
    ffprobe = shutil.which("ffprobe")
    if ffprobe is None:
        pytest.skip("there is no ffprobe on this computer")
    path = tmp_path / name
    write_clip(path, numbered_pictures(), times_s=variable_times())
    command = [ffprobe, "-v", "error", "-select_streams", "v", "-of", "csv=p=0"]
    entries = ["-show_entries", "frame=best_effort_timestamp_time", str(path)]
    shown = subprocess.run([*command, *entries], capture_output=True, text=True, check=True)
    probed = [float(line.strip(",")) for line in shown.stdout.split()]
    with VideoFileSource(path) as source:
        times = [frame.media_time for frame in source.frames()]
    # A transport stream's clock starts anywhere; players show its start as 0 s.
    assert times == pytest.approx([time - probed[0] for time in probed], abs=5e-4)


def test_a_constant_rate_in_rounded_times_is_not_called_variable(tmp_path: Path) -> None:
    path = tmp_path / "ntsc.mkv"
    write_clip(path, numbered_pictures(), fps=Fraction(30_000, 1001))
    with VideoFileSource(path) as source:
        assert source.info.variable_frame_rate is False
        assert source.info.fps == pytest.approx(29.97, abs=0.02)
        assert source.info.duration_s == pytest.approx(COUNT / 29.97, abs=0.01)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_recording_is_shown_upright(tmp_path: Path, rotation: int) -> None:
    picture = np.zeros((96, 160, 3), np.uint8)
    picture[:48, :80] = (230, 20, 20)
    picture[48:, 80:] = (20, 20, 230)
    path = tmp_path / "phone.mp4"
    write_clip(path, [picture] * 5, rotation=rotation)
    with VideoFileSource(path) as source:
        frame = next_frame(source)
        assert (source.info.width, source.info.height) == (160, 96)
    assert frame.image.shape == picture.shape
    assert frame.image[20, 40].tolist() == pytest.approx([230, 20, 20], abs=10)
    assert frame.image[76, 120].tolist() == pytest.approx([20, 20, 230], abs=10)


def test_sound_is_noticed(tmp_path: Path) -> None:
    silent, loud = tmp_path / "silent.mp4", tmp_path / "loud.mp4"
    write_clip(silent, numbered_pictures(5))
    with av.open(str(loud), "w") as container:
        video = container.add_stream("libx264", rate=30)
        video.width, video.height, video.pix_fmt = 128, 72, "yuv420p"
        audio = container.add_stream("aac", rate=48_000)
        for picture in numbered_pictures(5):
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        sound.sample_rate = 48_000
        container.mux(audio.encode(sound))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    with VideoFileSource(silent) as without, VideoFileSource(loud) as with_sound:
        assert not without.info.has_audio
        assert with_sound.info.has_audio


def test_a_file_too_large_to_scan_at_once_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.mkv"
    write_clip(path, numbered_pictures(), times_s=variable_times())
    with VideoFileSource(path) as source:
        scanned = [(frame.index, frame.media_time) for frame in source.frames()]
        exact = source.info
    monkeypatch.setattr(video_decoder, "_SCAN_AT_OPENING_BYTES", 0)
    with VideoFileSource(path) as source:
        assert source.info.variable_frame_rate is None
        assert source.info.frame_count == pytest.approx(COUNT, abs=2)
        assert [(frame.index, frame.media_time) for frame in source.frames()] == scanned
        assert source.info == exact
    with VideoFileSource(path) as source:
        source.seek_frame(25)
        assert source.info == exact
        assert next_frame(source).index == 25


def index_first(path: Path) -> Path:
    """Copy an MP4 with its index in front, so that a cut leaves a file that opens."""
    copy = path.with_name("index_first.mp4")
    with (
        av.open(str(path)) as source,
        av.open(str(copy), "w", options={"movflags": "+faststart"}) as target,
    ):
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return copy


def noisy_pictures() -> list[np.ndarray]:
    """Pictures that compress badly, so that a cut falls among the frames."""
    noise = np.random.default_rng(0)
    return [noise.integers(0, 255, (72, 128, 3), dtype=np.uint8) for _ in range(COUNT)]


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.ts"])
def test_a_cut_off_file_is_read_as_far_as_it_goes(tmp_path: Path, name: str) -> None:
    whole = tmp_path / name
    write_clip(whole, noisy_pictures())
    whole = index_first(whole) if name == "clip.mp4" else whole
    with VideoFileSource(whole) as source:
        expected = list(source.frames())
    cut = tmp_path / f"cut_{name}"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])
    with VideoFileSource(cut) as source:
        frames = list(source.frames())
        lost = source.losses.lost_frames
        source.seek_frame(10)
        assert np.array_equal(next_frame(source).image, expected[10].image)
        source.seek_frame(COUNT)
        assert next_frame(source).index == frames[-1].index
    assert 15 < len(frames) < COUNT
    for frame, original in zip(frames[:15], expected[:15], strict=True):
        assert (frame.index, frame.media_time) == (original.index, original.media_time)
        assert np.array_equal(frame.image, original.image)
    if name == "clip.mp4":
        assert lost == COUNT - len(frames)


def test_damage_in_the_middle_costs_its_frames_and_shifts_no_other(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, numbered_pictures())
    with av.open(str(path)) as container:
        packets = [p for p in container.demux(video=0) if p.size]
        keyframe = next(p for p in packets[1:] if p.is_keyframe)
        position, size = keyframe.pos, keyframe.size
    content = bytearray(path.read_bytes())
    content[position : position + size] = b"\xff" * size
    path.write_bytes(content)
    with VideoFileSource(path) as source:
        frames = list(source.frames())
        assert source.losses.lost_frames == COUNT - len(frames) > 0
    assert frames[-1].index == COUNT - 1
    for frame in frames:
        assert frame.media_time == pytest.approx(frame.index / 30, abs=1e-4)


def test_names_that_ffmpeg_would_read_as_protocols_or_patterns_open(tmp_path: Path) -> None:
    for name in ("take:1.mp4", "100%d.mp4", "-i.mp4", "übung ß.mp4"):
        path = tmp_path / name
        write_clip(tmp_path / "plain.mp4", numbered_pictures(3))
        (tmp_path / "plain.mp4").rename(path)
        with VideoFileSource(path) as source:
            assert source.info.title == name
            assert len(list(source.frames())) == 3


def _sound_only(path: Path) -> None:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16_000))


def _too_large(path: Path) -> None:
    write_clip(path, [np.zeros((16, 16_400, 3), np.uint8)], codec="ffv1")


REFUSED = {
    "missing": (lambda path: None, "clip.mp4", "there is no such file"),
    "a folder": (lambda path: path.mkdir(), "clip.mp4", "it is not a file"),
    "empty": (lambda path: path.touch(), "clip.mp4", "the file is empty"),
    "text": (lambda path: path.write_text("hello\n" * 99), "clip.mp4", "it is not a video"),
    "subtitles": (
        lambda path: path.write_text("1\n00:00:01,000 --> 00:00:02,000\nHi\n"),
        "clip.mp4",
        "it is not a video",
    ),
    "sound": (_sound_only, "clip.wav", "it holds no video"),
    "noise": (lambda path: path.write_bytes(bytes(range(256)) * 99), "clip.mp4", "not a video"),
    "too large": (_too_large, "clip.mkv", "16400 x 16 px is too large"),
}


@pytest.mark.parametrize("problem", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, problem: str) -> None:
    make, name, reason = REFUSED[problem]
    path = tmp_path / name
    make(path)
    with pytest.raises(SourceError) as caught:
        VideoFileSource(path)
    assert caught.value.message.startswith(f"cannot open '{path}': ")
    assert reason in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.hint


def test_a_playlist_named_like_a_video_opens_no_connection(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.3)
        path = tmp_path / "clip.mp4"
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/a.ts"
        head = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n"
        path.write_text(f"{head}{address}\n#EXT-X-ENDLIST\n")
        with pytest.raises(SourceError):
            VideoFileSource(path)
        with pytest.raises(TimeoutError):
            listener.accept()


def test_the_cover_of_a_song_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "song.mp4"
    with av.open(str(path), "w") as container:
        sound = container.add_stream("aac", rate=48_000)
        cover = container.add_stream("mjpeg", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 64, "yuvj420p"
        cover.disposition = av.stream.Disposition.attached_pic
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        silence.sample_rate = 48_000
        container.mux(sound.encode(silence))
        container.mux(sound.encode(None))
        container.mux(cover.encode(av.VideoFrame(64, 64, "yuvj420p")))
        container.mux(cover.encode(None))
    with av.open(str(path)) as container:
        assert container.streams.video, "the cover is there"
    with pytest.raises(SourceError, match="it holds no video"):
        VideoFileSource(path)


def test_frames_that_are_over_are_passed_and_the_one_on_screen_is_not(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        source.seek_frame(3)
        times = [frame.media_time for frame in islice(source.frames(), 20)]
        source.seek_frame(3)
        assert next_frame(source).index == 3
        source.pass_over((times[7] + times[8]) / 2)
        assert [frame.index for frame in islice(source.frames(), 3)] == [10, 11, 12]
        source.seek_frame(5)
        assert next_frame(source).index == 5, "a seek forgets what was to be passed over"


def test_the_last_frame_is_never_passed_over(clip: Path) -> None:
    with VideoFileSource(clip) as source:
        source.pass_over(1e6)
        assert [frame.index for frame in source.frames()] == [COUNT - 1]
