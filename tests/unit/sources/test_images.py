"""Pictures of every mode come as upright RGB; folders in the order a person expects."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ferqt.errors import SourceError
from ferqt.sources.images import PicturesSource, read_picture
from tests.helpers.portraits import grace_hopper, portrait_path


def save(path: Path, picture: Image.Image, **options: object) -> Path:
    picture.save(path, **options)
    return path


def red(size: tuple[int, int] = (40, 30)) -> Image.Image:
    return Image.new("RGB", size, (200, 30, 20))


def names(source: PicturesSource) -> list[str]:
    return [frame.name for frame in source.frames()]


def test_a_portrait_is_read_as_pillow_shows_it() -> None:
    with PicturesSource(portrait_path()) as source:
        (frame,) = source.frames()
    assert frame.name == portrait_path().name
    assert (frame.index, frame.media_time) == (0, None)
    assert np.abs(frame.image.astype(int) - grace_hopper()).mean() < 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_is_shown_upright(tmp_path: Path, orientation: int) -> None:
    upright = red()
    upright.paste((20, 30, 200), (0, 0, 20, 15))
    # How a camera held in that way stores the picture, after the Exif standard's table.
    stored = {
        2: lambda p: p.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: lambda p: p.transpose(Image.Transpose.ROTATE_180),
        4: lambda p: p.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: lambda p: p.transpose(Image.Transpose.TRANSPOSE),
        6: lambda p: p.transpose(Image.Transpose.ROTATE_90),
        7: lambda p: p.transpose(Image.Transpose.TRANSVERSE),
        8: lambda p: p.transpose(Image.Transpose.ROTATE_270),
    }.get(orientation, lambda p: p)(upright)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = save(tmp_path / "photo.png", stored, exif=exif)
    assert np.array_equal(read_picture(path), np.asarray(upright))


def _gray16(path: Path) -> None:
    Image.fromarray(np.full((8, 8), 0x8000, np.uint16)).save(path)


def _float(path: Path) -> None:
    Image.fromarray(np.full((8, 8), 0.5, np.float32)).save(path)


def _palette(path: Path) -> None:
    red().quantize(4).save(path)


def _cmyk(path: Path) -> None:
    red().convert("CMYK").save(path, quality=95)


def _transparent(path: Path) -> None:
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(path)


def _half_transparent_gray(path: Path) -> None:
    Image.new("LA", (8, 8), (0, 128)).save(path)


def _bilevel(path: Path) -> None:
    Image.new("1", (8, 8), 1).save(path)


def _animated(path: Path) -> None:
    red().save(path, save_all=True, append_images=[Image.new("RGB", (40, 30), (0, 0, 255))])


MODES = {
    "16-bit gray": (_gray16, "a.png", (128, 128, 128)),
    "floating-point gray": (_float, "a.tif", (128, 128, 128)),
    "palette": (_palette, "a.png", (200, 30, 20)),
    "print colors": (_cmyk, "a.jpg", (200, 30, 20)),
    "transparent": (_transparent, "a.png", (255, 255, 255)),
    "half transparent gray": (_half_transparent_gray, "a.png", (127, 127, 127)),
    "black and white": (_bilevel, "a.png", (255, 255, 255)),
    "animation": (_animated, "a.gif", (200, 30, 20)),
}


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_becomes_rgb(tmp_path: Path, mode: str) -> None:
    make, name, color = MODES[mode]
    make(tmp_path / name)
    image = read_picture(tmp_path / name)
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    assert np.abs(image.reshape(-1, 3).astype(int) - color).max() <= 3


def _cut_off(path: Path) -> None:
    buffer = io.BytesIO()
    Image.fromarray(grace_hopper()).save(buffer, "JPEG")
    path.write_bytes(buffer.getvalue()[:9000])


def _too_wide(path: Path) -> None:
    Image.new("1", (16_400, 4)).save(path)


def _bomb(path: Path) -> None:
    Image.new("1", (16_000, 12_000)).save(path)


REFUSED = {
    "missing": (lambda path: None, "there is no such file"),
    "empty": (lambda path: path.touch(), "the file is empty"),
    "text": (lambda path: path.write_text("hello"), "it is not a picture"),
    "cut off": (_cut_off, "the picture is damaged or cut off"),
    "too wide": (_too_wide, "16400 x 4 px is too large"),
    "a decompression bomb": (_bomb, "too large"),
}


@pytest.mark.parametrize("problem", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, problem: str) -> None:
    make, reason = REFUSED[problem]
    path = tmp_path / "picture.png"
    make(path)
    with pytest.raises(SourceError) as caught:
        PicturesSource(path)
    assert caught.value.message.startswith(f"cannot open '{path}': ")
    assert reason in caught.value.message
    assert "\n" not in str(caught.value)


def test_a_folder_comes_in_natural_order_without_what_is_no_picture(tmp_path: Path) -> None:
    for name in ("img10.png", "img2.png", "IMG1.PNG", "a.jpeg", ".hidden.png"):
        save(tmp_path / name, red())
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "inside.png").mkdir()
    save(tmp_path / "inside.png" / "deep.png", red())
    with PicturesSource(tmp_path) as source:
        assert source.info.frame_count == 4
        assert names(source) == ["a.jpeg", "IMG1.PNG", "img2.png", "img10.png"]


def test_an_unreadable_picture_of_a_folder_is_passed_over_and_noted(tmp_path: Path) -> None:
    save(tmp_path / "1.png", red())
    (tmp_path / "2.png").write_text("no picture")
    save(tmp_path / "3.png", red())
    with PicturesSource(tmp_path) as source:
        assert [frame.index for frame in source.frames()] == [0, 2]
        source.seek_frame(1)
        assert names(source) == ["3.png"]
        (skipped,) = source.losses.skipped
    assert skipped[0] == "2.png"
    assert "it is not a picture" in skipped[1]


def test_stepping_through_a_folder(tmp_path: Path) -> None:
    for number in range(4):
        save(tmp_path / f"{number}.png", red())
    with PicturesSource(tmp_path) as source:
        for index, expected in ((2, "2.png"), (-3, "0.png"), (99, "3.png"), (1, "1.png")):
            source.seek_frame(index)
            assert next(source.frames()).name == expected


def test_two_runs_over_a_folder_are_stamped_equally(tmp_path: Path) -> None:
    for number in range(3):
        save(tmp_path / f"{number}.png", red())
    runs = []
    for _ in range(2):
        with PicturesSource(tmp_path) as source:
            runs.append([frame.session_ms for frame in source.frames()])
    assert runs[0] == runs[1]


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there are no pictures in it"):
        PicturesSource(tmp_path)
