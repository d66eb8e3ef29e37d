"""Videos that are written while they happen."""

import resource
import signal
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from ferqt.core.types import Image
from ferqt.errors import OutputError
from ferqt.outputs.video_file_writer import VideoFileWriter
from tests.helpers.clips import presentation_times
from tests.helpers.portraits import grace_hopper


def plain(level: int, width: int = 160, height: int = 120) -> Image:
    return np.full((height, width, 3), level, np.uint8)


def noise(number: int) -> Image:
    return np.random.default_rng(number).integers(0, 256, (240, 320, 3), dtype=np.uint8)


def write_seconds(writer: VideoFileWriter, seconds: int) -> None:
    for number in range(30 * seconds):
        writer.write(noise(number), number / 30)


def pictures_of(path: Path) -> list[Image]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def boxes(path: Path) -> list[str]:
    """Names of the boxes that an MP4 file consists of."""
    content, names, at = path.read_bytes(), [], 0
    while at < len(content):
        names.append(content[at + 4 : at + 8].decode("ascii"))
        at += int.from_bytes(content[at : at + 4], "big")
    assert at == len(content), "the file ends within a box"
    return names


def test_each_picture_keeps_its_own_time(tmp_path: Path) -> None:
    times = [0.0, 1 / 60, 0.05, 0.5, 0.533367, 2.0, 2.041, 2.042, 7.25]
    with VideoFileWriter(tmp_path / "video.mp4") as writer:
        for number, time_s in enumerate(times):
            writer.write(plain(20 * number), time_s)

    written = presentation_times(tmp_path / "video.mp4")
    assert all(
        abs(a - Fraction(b)) <= Fraction(1, 180_000) for a, b in zip(written, times, strict=True)
    )
    levels = [picture.mean() for picture in pictures_of(tmp_path / "video.mp4")]
    assert levels == pytest.approx([20 * number for number in range(len(times))], abs=4)


def test_colors_and_shapes_come_back(tmp_path: Path) -> None:
    image = np.ascontiguousarray(grace_hopper()[:600, :512])
    with VideoFileWriter(tmp_path / "video.mp4") as writer:
        for number in range(5):
            writer.write(image, number / 25)

    error = pictures_of(tmp_path / "video.mp4")[-1].astype(int) - image
    assert np.abs(error).mean() < 4
    assert np.abs(error.mean(axis=(0, 1))).max() < 2


def test_pictures_of_odd_size_keep_every_pixel(tmp_path: Path) -> None:
    image = plain(60, 161, 121)
    image[-1] = image[:, -1] = 200
    with VideoFileWriter(tmp_path / "video.mp4") as writer:
        writer.write(image, 0.0)

    (picture,) = pictures_of(tmp_path / "video.mp4")
    assert picture.shape == (122, 162, 3)
    assert picture[60, 160].mean() == pytest.approx(200, abs=25)
    assert picture[120, 80].mean() == pytest.approx(200, abs=25)
    assert writer.parts[0].width == 161


def test_a_change_of_size_begins_another_file(tmp_path: Path) -> None:
    with VideoFileWriter(tmp_path / "video.mp4") as writer:
        writer.write(plain(10), 0.0)
        writer.write(plain(10), 0.04)
        writer.write(plain(90, 64, 48), 0.08)
        writer.write(plain(90, 64, 48), 0.5)

    first, second = writer.parts
    assert (first.file, first.frames, first.begins_s, first.ends_s) == ("video.mp4", 2, 0.0, 0.04)
    assert (second.file, second.width, second.height) == ("video-2.mp4", 64, 48)
    assert (second.begins_s, second.ends_s) == (0.08, 0.5)
    assert presentation_times(tmp_path / "video-2.mp4") == [0, Fraction("0.42")]


def test_there_is_a_picture_to_jump_to_every_second(tmp_path: Path) -> None:
    with VideoFileWriter(tmp_path / "video.mp4") as writer:
        for number in range(20):
            writer.write(plain(100 + number % 2), number / 4)

    with av.open(str(tmp_path / "video.mp4")) as container:
        keys = [frame.time for frame in container.decode(video=0) if frame.key_frame]
    assert keys == [0, 1, 2, 3, 4]


def test_a_closed_file_is_an_ordinary_mp4_with_one_index(tmp_path: Path) -> None:
    with VideoFileWriter(tmp_path / "video.mp4") as writer:
        write_seconds(writer, 2)

    names = boxes(tmp_path / "video.mp4")
    assert names.count("moov") == 1
    assert "moof" not in names


def test_a_file_that_was_never_closed_holds_all_but_its_last_moment(tmp_path: Path) -> None:
    writer = VideoFileWriter(tmp_path / "video.mp4")
    write_seconds(writer, 3)
    left = tmp_path / "left.mp4"
    left.write_bytes((tmp_path / "video.mp4").read_bytes())
    writer.close()

    assert len(pictures_of(left)) >= 90 - 8 - 3


def test_a_full_disk_leaves_what_was_written_before(tmp_path: Path) -> None:
    path = tmp_path / "video.mp4"
    writer = VideoFileWriter(path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, hard))
    try:
        with pytest.raises(OutputError, match=r"cannot write .*video\.mp4"):
            write_seconds(writer, 10)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    writer.close()

    assert "moof" in boxes(path)
    kept = len(pictures_of(path))
    assert writer.parts[0].frames - 12 <= kept <= writer.parts[0].frames


def test_a_video_that_is_there_already_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "video.mp4").write_text("precious", encoding="utf-8")

    with pytest.raises(OutputError, match=r"there already|cannot write"):
        VideoFileWriter(tmp_path / "video.mp4").write(plain(1), 0.0)
    assert (tmp_path / "video.mp4").read_text(encoding="utf-8") == "precious"


def test_a_missing_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    writer = VideoFileWriter(tmp_path / "nowhere" / "video.mp4")
    with pytest.raises(OutputError, match=r"cannot write .*video\.mp4"):
        writer.write(plain(1), 0.0)
    writer.close()
