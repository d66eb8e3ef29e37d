import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ferqt.errors import OutputError
from ferqt.outputs.png_file import read_head, read_pixels
from tests.helpers.portraits import eileen_collins, grace_hopper

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes = b"", *, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return struct.pack(">I", size) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int, height: int) -> bytes:
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def saved(path: Path, **texts: str) -> Path:
    metadata = PngInfo()
    for key, text in texts.items():
        metadata.add_itxt(key, text)
    metadata.add_text("Plain", "naïve")
    metadata.add_itxt("Packed", "x" * 1000, zip=True)
    Image.fromarray(eileen_collins()).save(path, pnginfo=metadata)
    return path


def test_size_and_texts_are_read(tmp_path: Path) -> None:
    head = read_head(saved(tmp_path / "a.png", Title="Übung 日本"))
    assert (head.width, head.height) == (512, 512)
    assert head.texts == {"Title": "Übung 日本", "Plain": "naïve"}


def test_pixels_come_whole_or_smaller_than_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.fromarray(grace_hopper()).save(path)
    assert np.array_equal(read_pixels(path, 600), grace_hopper())
    small = read_pixels(path, 150)
    assert small.shape == (150, 128, 3)
    # Smaller, not cut: the means of both halves stay.
    whole = grace_hopper()
    assert small[:75].mean() == pytest.approx(whole[:300].mean(), abs=1.5)
    assert small[75:].mean() == pytest.approx(whole[300:].mean(), abs=1.5)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "1"])
def test_pictures_that_other_programs_saved_again_are_rgb(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.png"
    Image.fromarray(eileen_collins()).convert(mode).save(path)
    assert read_pixels(path, 64).shape == (64, 64, 3)


def test_a_size_that_would_fill_the_memory_is_refused_before_the_pixels(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    for width, height in ((100_000, 100_000), (20_000, 10), (2**31 - 1, 2**31 - 1)):
        path.write_bytes(header(width, height) + chunk(b"IDAT", b"x"))
        for read in (read_head, lambda path: read_pixels(path, 64)):
            with pytest.raises(OutputError, match=r"bomb\.png.*too large"):
                read(path)


@pytest.mark.parametrize("side", [600, 11_000, 16_000])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_second_head_brings_no_other_size_past_the_bounds(tmp_path: Path, side: int) -> None:
    content = saved(tmp_path / "a.png").read_bytes()
    second = header(side, side)[len(SIGNATURE) :]
    (tmp_path / "a.png").write_bytes(content[:33] + second + content[33:])
    assert read_head(tmp_path / "a.png").width == 512
    with pytest.raises(OutputError, match=r"cannot read the picture '.*a\.png'"):
        read_pixels(tmp_path / "a.png", 500)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        SIGNATURE,
        SIGNATURE + chunk(b"IDAT"),
        header(4, 4)[:-2],
        header(0, 4) + chunk(b"IDAT"),
        header(4, 4),
        # A text as long as no file is, one whose checksum is wrong, one that is no UTF-8.
        header(4, 4) + chunk(b"iTXt", b"x", length=2**31 - 1),
        header(4, 4) + chunk(b"tEXt", b"a\0b")[:-1] + b"?" + chunk(b"IDAT"),
        header(4, 4) + chunk(b"iTXt", b"a\0\0\0\0\0\xff\xff") + chunk(b"IDAT"),
        header(4, 4) + 1_001 * chunk(b"junk"),
    ],
)
def test_a_damaged_head_is_told_with_the_files_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.png"
    path.write_bytes(content)
    with pytest.raises(OutputError, match=r"odd\.png"):
        read_head(path)


def test_texts_past_the_bound_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    many = b"".join(chunk(b"tEXt", b"%d\0" % number + b"x" * 1_500_000) for number in range(5))
    path.write_bytes(header(4, 4) + many + chunk(b"IDAT"))
    assert set(read_head(path).texts) == {"0", "1"}


@pytest.mark.parametrize("share", [0.3, 0.6, 0.999])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    path = saved(tmp_path / "half.png")
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(OutputError, match=r"half\.png"):
        read_pixels(path, 128)


def test_any_flipped_byte_gives_a_picture_or_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "small.png"
    Image.fromarray(eileen_collins()[::16, ::16]).save(path)
    data = path.read_bytes()
    for place in range(0, len(data), 37):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            assert read_pixels(path, 16).shape[2] == 3
        except OutputError as error:
            assert "small.png" in error.message  # noqa: PT017 - either outcome is fine


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file"):
        read_head(tmp_path / "none.png")
    with pytest.raises(OutputError, match="Is a directory"):
        read_pixels(tmp_path, 10)
