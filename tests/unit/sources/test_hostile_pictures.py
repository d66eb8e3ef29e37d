"""Pictures from strangers: read as they are meant, or refused before they can harm."""

import io
import struct
import time
import zlib

import cv2
import numpy as np
import pytest
from PIL import Image

from ferqt.errors import SourceError
from ferqt.sources.images import PicturesSource, read_picture
from tests.helpers.clips import write_clip

RED = (200, 30, 20)
HUGE = 60_000


def red(size=(40, 30)):
    return Image.new("RGB", size, RED)


def saved(kind, picture=None, **options):
    buffer = io.BytesIO()
    (picture or red()).save(buffer, kind, **options)
    return bytearray(buffer.getvalue())


def _png():
    content = saved("PNG")
    struct.pack_into(">II", content, 16, HUGE, HUGE)
    struct.pack_into(">I", content, 29, zlib.crc32(content[12:29]))
    return content


def _jpeg():
    content = saved("JPEG")
    struct.pack_into(">HH", content, content.find(b"\xff\xc0") + 5, HUGE, HUGE)
    return content


def _tiff():
    content = saved("TIFF", compression="tiff_deflate")
    (at,) = struct.unpack_from("<I", content, 4)
    for entry in range(struct.unpack_from("<H", content, at)[0]):
        place = at + 2 + 12 * entry
        if struct.unpack_from("<H", content, place)[0] in (256, 257):
            struct.pack_into("<HII", content, place + 2, 4, 1, HUGE)
    return content


def _webp():
    content = saved("WEBP", save_all=True, append_images=[Image.new("RGB", (40, 30))])
    at = content.find(b"VP8X") + 12
    content[at : at + 6] = (16_382).to_bytes(3, "little") * 2
    return content


def _bmp():
    content = saved("BMP")
    struct.pack_into("<II", content, 18, HUGE, HUGE)
    return content


def _gif():
    content = saved("GIF")
    struct.pack_into("<HH", content, 6, HUGE, HUGE)
    return content


def _ppm():
    return bytearray(b"P6\n%d %d\n255\n" % (HUGE, HUGE))


BOMBS = {"png": _png, "jpg": _jpeg, "tif": _tiff, "webp": _webp, "bmp": _bmp, "gif": _gif}
BOMBS["ppm"] = _ppm


@pytest.mark.parametrize("kind", BOMBS)
def test_a_gigantic_stated_size_is_refused_before_its_pixels(tmp_path, kind):
    path = tmp_path / f"bomb.{kind}"
    path.write_bytes(BOMBS[kind]())
    began = time.process_time()
    with pytest.raises(SourceError, match="is too large") as caught:
        read_picture(path)
    assert time.process_time() - began < 1
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kind", ["jpg", "tif", "webp", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_of_any_kind_is_shown_upright(tmp_path, kind, orientation):
    upright = red()
    upright.paste((20, 30, 200), (0, 0, 20, 15))
    held = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"photo.{kind}"
    stored = upright if held is None else upright.transpose(Image.Transpose(held))
    stored.save(path, exif=exif, quality=95)
    difference = np.abs(read_picture(path).astype(int) - np.asarray(upright))
    assert difference.mean() < 8


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("damage", ["a wrong order of bytes", "a wrong place", "noise"])
def test_damaged_exif_data_costs_no_picture(tmp_path, damage):
    exif = Image.Exif()
    exif[0x0112] = 6
    content = saved("JPEG", exif=exif)
    at = content.find(b"Exif\0\0") + 6
    change = {
        "a wrong order of bytes": (0, b"XX"),
        "a wrong place": (4, b"\xff\xff\xff\x7f"),
        "noise": (8, b"\xff" * 8),
    }
    place, data = change[damage]
    content[at + place : at + place + len(data)] = data
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    assert sorted(read_picture(path).shape) == [3, 30, 40]


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_16_bit_colors_are_brought_to_8(tmp_path, name):
    colors = np.zeros((8, 8, 3), np.uint16)
    colors[:] = (0x8000, 0, 0xFFFF)
    cv2.imwrite(str(tmp_path / name), colors)
    assert read_picture(tmp_path / name)[0, 0].tolist() == [255, 0, 128]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "TIFF"])
def test_an_animation_is_its_first_picture(tmp_path, kind):
    path = tmp_path / f"a.{kind.lower()}"
    later = [Image.new("RGB", (40, 30), (0, 0, 255)) for _ in range(3)]
    path.write_bytes(saved(kind, save_all=True, append_images=later))
    with PicturesSource(path) as source:
        (frame,) = source.frames()
    assert np.abs(frame.image.astype(int) - RED).max() <= 12


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [
        ("TIFF", "CMYK", {}),
        ("TIFF", "CMYK", {"compression": "tiff_lzw"}),
        ("JPEG", "CMYK", {"quality": 95}),
        ("PNG", "P", {}),
        ("GIF", "P", {}),
        ("BMP", "P", {}),
        ("TIFF", "P", {}),
        ("TIFF", "YCbCr", {}),
    ],
)
def test_colors_of_every_kind_become_rgb(tmp_path, kind, mode, options):
    path = tmp_path / "a.png"
    picture = red().quantize(4) if mode == "P" else red().convert(mode)
    path.write_bytes(saved(kind, picture, **options))
    assert np.abs(read_picture(path).astype(int) - RED).max() <= 12


def test_gray_of_floating_point_may_hold_what_is_no_number(tmp_path):
    values = np.full((8, 8), 0.5, np.float32)
    values[0, :3] = (np.nan, np.inf, -np.inf)
    Image.fromarray(values).save(tmp_path / "a.tif")
    assert read_picture(tmp_path / "a.tif")[0, :3, 0].tolist() == [0, 255, 0]
    Image.fromarray(np.full((8, 8), np.nan, np.float32)).save(tmp_path / "b.tif")
    assert not read_picture(tmp_path / "b.tif").any()


def test_postscript_named_like_a_picture_is_not_run(tmp_path):
    path = tmp_path / "photo.png"
    head = "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 40 30\n%%EndComments\n"
    path.write_text(f"{head}1 0 0 setrgbcolor 0 0 40 30 rectfill showpage\n%%EOF\n")
    with pytest.raises(SourceError, match="it is not a picture"):
        read_picture(path)


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.avi"])
def test_a_video_with_the_ending_of_a_picture_is_called_one(tmp_path, name):
    write_clip(tmp_path / name, [np.zeros((72, 128, 3), np.uint8)] * 2)
    path = (tmp_path / name).rename(tmp_path / "photo.jpg")
    with pytest.raises(SourceError, match="it is a video") as caught:
        PicturesSource(path)
    assert "ending of a video" in caught.value.hint


def test_another_ending_hides_no_picture(tmp_path):
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"):
        path = tmp_path / "photo.png"
        path.write_bytes(saved(kind))
        assert np.abs(read_picture(path).astype(int) - RED).max() <= 12
