"""Films with readings drawn on them: their times, pictures and sound, on real clips."""

import resource
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

import av
import numpy as np
import pytest

from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.types import FrameResult, Image
from ferqt.errors import OutputError
from ferqt.outputs.overlay import OverlayOptions
from ferqt.pipeline.annotated_video import AnnotatedVideoOptions, annotated_video
from tests.helpers.clips import SOUND_RATE, beeps, presentation_times, write_clip
from tests.helpers.film_sessions import film_session
from tests.helpers.portraits import PlacedFace, scene

COUNT = 24
FACE = PlacedFace(160, 120, 60)
PICTURES = [scene(320, 240, [PlacedFace(150 + number, 120, 60)]) for number in range(COUNT)]
BARE = AnnotatedVideoOptions(overlay=None)


def boxes(*missing: int) -> dict[int, dict[int, tuple[float, float, float, float]]]:
    """One face in each frame of the clip but some."""
    return {
        1: {
            number: PlacedFace(150 + number, 120, 60).box
            for number in range(COUNT)
            if number not in missing
        }
    }


def clip(path: Path, **how: object) -> SessionDocument:
    write_clip(path, PICTURES, **how)  # type: ignore[arg-type]
    return film_session(path, boxes())


def pictures_of(path: Path) -> list[Image]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def sound_packets(path: Path) -> list[tuple[int | None, bytes]]:
    with av.open(str(path)) as container:
        packets = container.demux(container.streams.audio[0])
        return [(packet.pts, bytes(packet)) for packet in packets if packet.size]


def heard(path: Path) -> list[float]:
    """When the beeps of a clip begin, in s."""
    with av.open(str(path)) as container:
        track = container.streams.audio[0]
        frames = list(container.decode(track))
        start = float(frames[0].pts * frames[0].time_base)
        samples = np.concatenate([frame.to_ndarray()[0] for frame in frames])
        loud = np.flatnonzero(np.abs(samples) > 0.2) / frames[0].sample_rate + start
    return [loud[0], *loud[1:][np.diff(loud) > 0.1]]


UNEVEN = list(accumulate(Fraction(step, 120) for step in [0, 1, 9, 4, 4, 2, 17, 5] + [3, 6] * 8))

CLIPS = {
    "constant.mp4": {"fps": 25},
    "ntsc.mp4": {"fps": Fraction(24_000, 1001), "b_frames": 3},
    "variable.mp4": {"times_s": UNEVEN},
    "variable.mkv": {"times_s": UNEVEN},
    "vp9.webm": {"codec": "libvpx-vp9", "b_frames": 0},
    "turned.mp4": {"rotation": 90},
    "old.avi": {"codec": "mpeg4", "b_frames": 0},
}


@pytest.mark.parametrize("name", CLIPS)
def test_every_picture_keeps_its_time(tmp_path: Path, name: str) -> None:
    document = clip(tmp_path / name, **CLIPS[name])
    assert annotated_video(document, tmp_path / "out.mp4", BARE)
    assert presentation_times(tmp_path / "out.mp4") == presentation_times(tmp_path / name)


def test_a_film_that_does_not_begin_at_zero_begins_there(tmp_path: Path) -> None:
    document = clip(tmp_path / "clip.ts")
    annotated_video(document, tmp_path / "out.mp4", BARE)
    given = presentation_times(tmp_path / "clip.ts")
    written = presentation_times(tmp_path / "out.mp4")
    assert [time - written[0] for time in written] == [time - given[0] for time in given]
    assert written[0] < given[0]


def test_pictures_are_upright_and_as_large_as_the_film(tmp_path: Path) -> None:
    document = clip(tmp_path / "clip.mp4", rotation=90)
    annotated_video(document, tmp_path / "out.mp4", BARE)
    written = pictures_of(tmp_path / "out.mp4")
    assert written[0].shape == (240, 320, 3)
    for mine, given in zip(written, PICTURES, strict=True):
        assert np.abs(mine.astype(int) - given).mean() < 4


def test_an_odd_size_gets_one_column_and_one_row_more(tmp_path: Path) -> None:
    path = tmp_path / "odd.mkv"
    write_clip(path, [picture[:239, :319] for picture in PICTURES], codec="ffv1")
    annotated_video(film_session(path, boxes()), tmp_path / "out.mp4", BARE)
    assert pictures_of(tmp_path / "out.mp4")[0].shape == (240, 320, 3)


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv"])
def test_sound_that_fits_is_copied_packet_by_packet(tmp_path: Path, name: str) -> None:
    document = clip(tmp_path / name, sound=beeps([0.2, 0.6], 0.8))
    annotated_video(document, tmp_path / "out.mp4", BARE)
    given, written = sound_packets(tmp_path / name), sound_packets(tmp_path / "out.mp4")
    assert [data for _, data in written] == [data for _, data in given]
    if name == "clip.mp4":
        assert [pts for pts, _ in written] == [pts for pts, _ in given]
    assert heard(tmp_path / "out.mp4") == pytest.approx([0.2, 0.6], abs=0.005)


def with_sound(path: Path, codec: str) -> SessionDocument:
    """A clip with two beeps in a codec of its own."""
    silent = path.with_name("silent.mkv")
    write_clip(silent, PICTURES)
    with av.open(str(silent)) as source, av.open(str(path), "w") as container:
        picture = container.add_stream_from_template(source.streams.video[0])
        track = container.add_stream(codec, rate=SOUND_RATE, layout="mono")
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = picture
                container.mux(packet)
        frame = av.AudioFrame.from_ndarray(beeps([0.2, 0.6], 0.8)[np.newaxis], "fltp", "mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, 0, Fraction(1, SOUND_RATE)
        container.mux(track.encode(frame))
        container.mux(track.encode(None))
    return film_session(path, boxes())


@pytest.mark.parametrize(
    ("codec", "written"), [("libmp3lame", "mp3float"), ("pcm_s16le", "aac"), ("mp2", "aac")]
)
def test_other_sound_is_kept_or_converted_and_stays_in_time(
    tmp_path: Path, codec: str, written: str
) -> None:
    document = with_sound(tmp_path / "clip.mkv", codec)
    annotated_video(document, tmp_path / "out.mp4", BARE)
    with av.open(str(tmp_path / "out.mp4")) as film:
        assert film.streams.audio[0].codec_context.name == written
    assert heard(tmp_path / "out.mp4") == pytest.approx([0.2, 0.6], abs=0.005)


def test_a_part_begins_at_zero_with_its_sound(tmp_path: Path) -> None:
    document = clip(tmp_path / "clip.mp4", fps=25, sound=beeps([0.2, 0.6], 0.96))
    part = AnnotatedVideoOptions(overlay=None, part=TimeRange(0.4, 0.8))
    annotated_video(document, tmp_path / "out.mp4", part)
    assert presentation_times(tmp_path / "out.mp4") == [Fraction(n, 25) for n in range(10)]
    assert heard(tmp_path / "out.mp4") == pytest.approx([0.2], abs=0.005)
    shown = pictures_of(tmp_path / "out.mp4")[0]
    assert np.abs(shown.astype(int) - PICTURES[10]).mean() < 4


def test_readings_are_drawn_where_the_faces_are(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip.mp4", PICTURES)
    document = film_session(tmp_path / "clip.mp4", boxes(5))
    seen: list[tuple[int, list[tuple[int, str]]]] = []

    def paint(
        image: Image, result: FrameResult, options: OverlayOptions, memory: object = None
    ) -> Image:
        assert result.frame is not None
        assert options == OverlayOptions(show_pose=True)
        faces = [(face.face.track_id, face.smoothed.top) for face in result.faces]
        seen.append((result.index, faces))
        return np.full_like(image, 10 * result.index)

    wanted = OverlayOptions(show_pose=True, mirrored=True)
    options = AnnotatedVideoOptions(overlay=wanted, painter=paint)
    annotated_video(document, tmp_path / "out.mp4", options)
    assert seen == [(number, [] if number == 5 else [(1, "happy")]) for number in range(COUNT)]
    levels = [picture.mean() for picture in pictures_of(tmp_path / "out.mp4")]
    assert levels == pytest.approx([10 * number for number in range(COUNT)], abs=3)


def test_the_overlay_needs_no_painter(tmp_path: Path) -> None:
    document = clip(tmp_path / "clip.mp4")
    annotated_video(document, tmp_path / "out.mp4")
    shown = np.abs(pictures_of(tmp_path / "out.mp4")[3].astype(int) - PICTURES[3])
    assert shown[:60, :60].mean() < 4
    assert shown.max() > 100


def test_faces_are_covered_also_where_they_were_not_found(tmp_path: Path) -> None:
    write_clip(tmp_path / "clip.mp4", PICTURES)
    document = film_session(tmp_path / "clip.mp4", boxes(*range(8, 14)))
    options = AnnotatedVideoOptions(overlay=None, blur=True)
    annotated_video(document, tmp_path / "out.mp4", options)
    for number, shown in enumerate(pictures_of(tmp_path / "out.mp4")):
        change = np.abs(shown.astype(int) - PICTURES[number])
        x, y, width, height = (round(v) for v in PlacedFace(150 + number, 120, 60).box)
        assert change[y : y + height, x : x + width].mean() > 8, number
        assert change[:, :60].mean() < 3, number


@pytest.mark.parametrize("after", [0, 3])
def test_a_stopped_film_leaves_nothing_behind(tmp_path: Path, after: int) -> None:
    document = clip(tmp_path / "clip.mp4", sound=beeps([0.2], 0.8))
    done: list[int] = []
    out = tmp_path / "films" / "out.mp4"
    written = annotated_video(
        document,
        out,
        on_progress=lambda at, _total: done.append(at),
        should_stop=lambda: len(done) > after,
    )
    assert not written
    assert list(out.parent.iterdir()) == []


def test_progress_ends_with_all_pictures(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    document = clip(tmp_path / "clip.mp4")
    annotated_video(document, tmp_path / "out.mp4", BARE, on_progress=lambda *at: told.append(at))
    assert told == [(number, COUNT) for number in range(COUNT + 1)]


def test_a_failure_leaves_the_older_film_alone(tmp_path: Path) -> None:
    document = clip(tmp_path / "clip.mp4")
    out = tmp_path / "out.mp4"
    out.write_bytes(b"older")

    def paint(*_given: object) -> Image:
        raise OutputError("no")

    with pytest.raises(OutputError, match="no"):
        annotated_video(document, out, AnnotatedVideoOptions(painter=paint))
    assert out.read_bytes() == b"older"
    assert {path.name for path in tmp_path.iterdir()} == {"clip.mp4", "out.mp4"}


@pytest.mark.parametrize("room", [100, 8_000])
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, room: int) -> None:
    document = clip(tmp_path / "clip.mp4", sound=beeps([0.2], 0.8))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(OutputError, match=r"cannot write .*out\.mp4"):
            annotated_video(document, tmp_path / "out.mp4", BARE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_another_film_in_the_place_of_the_analyzed_one_is_refused(tmp_path: Path) -> None:
    document = clip(tmp_path / "clip.mp4")
    write_clip(tmp_path / "clip.mp4", PICTURES[::-1])
    with pytest.raises(OutputError, match="not the file that was analyzed"):
        annotated_video(document, tmp_path / "out.mp4")
    (tmp_path / "clip.mp4").unlink()
    with pytest.raises(OutputError, match="no longer there"):
        annotated_video(document, tmp_path / "out.mp4")


def test_the_analyzed_film_is_never_written_over(tmp_path: Path) -> None:
    document = clip(tmp_path / "clip.mp4")
    with pytest.raises(OutputError, match="is the video that was analyzed"):
        annotated_video(document, tmp_path / "clip.mp4")


def test_a_part_without_pictures_is_refused(tmp_path: Path) -> None:
    document = clip(tmp_path / "clip.mp4")
    part = AnnotatedVideoOptions(part=TimeRange(0.81, 0.82))
    with pytest.raises(OutputError, match="no picture"):
        annotated_video(document, tmp_path / "out.mp4", part)
    assert not (tmp_path / "out.mp4").exists()
