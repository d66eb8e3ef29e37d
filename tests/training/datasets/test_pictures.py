import io
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ferqt.errors import FerqtError
from training.datasets.pictures import PictureFiles, open_place, read_picture

RAMP = np.arange(40 * 60, dtype=np.uint16).reshape(40, 60)
GRAY = (RAMP % 256).astype(np.uint8)
ORIENTATION = 0x0112


def saved(path: Path, picture: Image.Image, **options: object) -> Path:
    picture.save(path, **options)
    return path


def test_gray_stays_gray_and_color_comes_as_rgb(tmp_path: Path):
    red = np.zeros((4, 5, 3), np.uint8)
    red[..., 0] = 200

    gray = read_picture(saved(tmp_path / "gray.png", Image.fromarray(GRAY)))
    color = read_picture(saved(tmp_path / "red.png", Image.fromarray(red)))

    np.testing.assert_array_equal(gray, GRAY)
    np.testing.assert_array_equal(color, red)


@pytest.mark.parametrize("mode", ["P", "CMYK", "RGBA"])
def test_other_colors_come_as_rgb(tmp_path: Path, mode: str):
    path = saved(tmp_path / "a.tif", Image.new("RGB", (6, 4), (51, 102, 204)).convert(mode))

    assert read_picture(path)[0, 0].tolist() == [51, 102, 204]


def test_sixteen_bits_of_gray_become_eight(tmp_path: Path):
    deep = np.array([[0, 257 * 7, 65535]], dtype=np.uint16)

    picture = read_picture(saved(tmp_path / "deep.png", Image.fromarray(deep)))

    assert picture.tolist() == [[0, 7, 255]]


def test_a_picture_taken_sideways_comes_upright(tmp_path: Path):
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    path = saved(tmp_path / "a.png", Image.fromarray(GRAY), exif=exif)

    np.testing.assert_array_equal(read_picture(path), np.rot90(GRAY, -1))


def encoded(suffix: str) -> bytes:
    noise = np.random.default_rng(0).integers(0, 256, (80, 80, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, suffix)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cut.jpg", encoded("jpeg")[:900], "is damaged or cut off"),
        ("cut.png", encoded("png")[:900], "is damaged or cut off"),
        ("text.png", b"this is no picture", "is not a picture"),
        ("empty.png", b"", "is not a picture"),
    ],
)
def test_a_bad_file_is_told_by_name(tmp_path: Path, name: str, content: bytes, said: str):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(FerqtError, match=f"{name} {said}"):
        read_picture(path)


def test_a_missing_file_is_told_by_name(tmp_path: Path):
    with pytest.raises(FerqtError, match=r"cannot read .*gone\.png"):
        read_picture(tmp_path / "gone.png")


def test_a_picture_too_large_is_refused_before_it_is_decoded(tmp_path: Path):
    path = saved(tmp_path / "wide.png", Image.new("L", (4097, 1)))

    with pytest.raises(FerqtError, match=r"wide\.png has 4097 x 1 px"):
        read_picture(path)


def test_an_attack_by_size_is_refused(tmp_path: Path):
    content = bytearray(encoded("png"))
    # Width and height stand behind the signature and the header's name.
    content[16:24] = struct.pack(">II", 20_000, 20_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    path = tmp_path / "bomb.png"
    path.write_bytes(content)

    with pytest.raises(FerqtError, match=r"bomb\.png"):
        read_picture(path)


def test_a_damaged_entry_of_an_archive_is_told_by_name(tmp_path: Path):
    path = tmp_path / "faces.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("happy/a.png", encoded("png"))
    content = bytearray(path.read_bytes())
    content[200] ^= 255
    path.write_bytes(content)

    with pytest.raises(FerqtError, match=r"faces\.zip/happy/a\.png"):
        read_picture(open_place(path) / "happy" / "a.png")


def test_pictures_are_read_only_when_asked_for(tmp_path: Path):
    good = saved(tmp_path / "good.png", Image.fromarray(GRAY))
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"")

    pictures = PictureFiles([bad, good, good])

    assert len(pictures) == 3
    np.testing.assert_array_equal(pictures[-1], GRAY)
    assert len(pictures[1:]) == 2
    with pytest.raises(FerqtError, match=r"bad\.png"):
        list(pictures)


@pytest.mark.parametrize("name", ["gone", "text.zip"])
def test_what_is_neither_folder_nor_archive_is_told_by_name(tmp_path: Path, name: str):
    (tmp_path / "text.zip").write_text("no archive", encoding="ascii")

    with pytest.raises(FerqtError, match=name):
        open_place(tmp_path / name)
