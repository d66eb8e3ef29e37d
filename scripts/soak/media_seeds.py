"""Small real videos and pictures of many kinds, from which damaged ones are made."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PIL import Image as PillowImage

_Pixels = npt.NDArray[np.uint8]

_FRAMES: Final = 20
_SIZE: Final = (160, 120)

_CLIPS: Final = {
    "h264.mp4": ("libx264", True),
    "h264.mov": ("libx264", True),
    "h264.mkv": ("libx264", True),
    "h264.ts": ("libx264", True),
    "h264.flv": ("libx264", True),
    "h264.avi": ("libx264", False),
    "alone.h264": ("libx264", False),
    "h265.mp4": ("libx265", False),
    "mpeg4.mp4": ("mpeg4", False),
    "mpeg4.avi": ("mpeg4", False),
    "vp9.webm": ("libvpx-vp9", False),
    "vp8.webm": ("libvpx", False),
    "wmv2.asf": ("wmv2", False),
    "ffv1.mkv": ("ffv1", False),
}
"""Names of clips, their codec, and whether they have sound."""

_LONE: Final = frozenset({"libvpx-vp9", "libvpx", "wmv2", "ffv1"})
"""Codecs that get no frames out of order here."""


def write_seeds(folder: Path) -> list[Path]:
    """Write all files into a folder and return their paths, always in the same order."""
    moving = [PillowImage.fromarray(picture) for picture in _moving_pictures(_FRAMES)]
    return [*_write_clips(folder, moving), *_write_pictures(folder, moving)]


def write_few_seeds(folder: Path) -> list[Path]:
    """Write some of the files, those that are made quickly."""
    moving = [PillowImage.fromarray(picture) for picture in _moving_pictures(8)]
    few = {name: _CLIPS[name] for name in ("h264.mp4", "mpeg4.avi", "h264.mkv", "h264.ts")}
    return [*_write_clips(folder, moving, few), *_write_pictures(folder, moving)]


def _moving_pictures(count: int) -> Iterator[_Pixels]:
    """A face that moves to the right."""
    from tests.helpers.portraits import scene

    width, height = _SIZE
    for number in range(count):
        yield scene(width, height, [(50.0 + 2 * number, 60.0, 44.0)])


def _write_clips(
    folder: Path,
    pictures: list[PillowImage.Image],
    clips: Mapping[str, tuple[str, bool]] = _CLIPS,
) -> list[Path]:
    from tests.helpers.clips import beeps, write_clip

    frames = [np.asarray(picture, np.uint8) for picture in pictures]
    sound = beeps([0.1, 0.4], len(frames) / 25)
    paths = []
    for name, (codec, is_loud) in clips.items():
        path = folder / name
        write_clip(
            path,
            frames,
            fps=25,
            codec=codec,
            keyframe_every=6,
            b_frames=0 if codec in _LONE else 2,
            rotation=90 if path.suffix == ".mov" else 0,
            sound=sound if is_loud else None,
        )
        paths.append(path)
    return paths


def _write_pictures(folder: Path, moving: list[PillowImage.Image]) -> list[Path]:
    paths = []
    for name, write in _PICTURES.items():
        path = folder / name
        write(path, moving)
        paths.append(path)
    return paths


def _photo(path: Path, moving: list[PillowImage.Image]) -> None:
    exif = PillowImage.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a camera"
    moving[0].save(path, exif=exif, quality=85)


def _deep(path: Path, moving: list[PillowImage.Image]) -> None:
    gray = np.asarray(moving[0].convert("L"), np.uint16)
    PillowImage.fromarray(gray * np.uint16(257)).save(path)


def _exact(path: Path, moving: list[PillowImage.Image]) -> None:
    gray = np.asarray(moving[0].convert("L"), np.float32)
    PillowImage.fromarray(gray / np.float32(255)).save(path)


def _animation(path: Path, moving: list[PillowImage.Image]) -> None:
    moving[0].save(path, save_all=True, append_images=moving[1:4], duration=40)


def _as(mode: str, **options: Any) -> Callable[[Path, list[PillowImage.Image]], None]:
    def write(path: Path, moving: list[PillowImage.Image]) -> None:
        moving[0].convert(mode).save(path, **options)

    return write


_PICTURES: Final[Mapping[str, Callable[[Path, list[PillowImage.Image]], None]]] = {
    "photo.jpg": _photo,
    "progressive.jpg": _as("RGB", progressive=True),
    "print.jpg": _as("CMYK"),
    "plain.png": _as("RGB"),
    "deep.png": _deep,
    "palette.png": _as("P"),
    "clear.png": _as("RGBA"),
    "moving.png": _animation,
    "plain.tif": _as("RGB"),
    "lzw.tif": _as("RGB", compression="tiff_lzw"),
    "jpeg.tif": _as("RGB", compression="jpeg"),
    "deep.tif": _deep,
    "exact.tif": _exact,
    "print.tif": _as("CMYK", compression="tiff_deflate"),
    "plain.webp": _as("RGB"),
    "lossless.webp": _as("RGBA", lossless=True),
    "moving.webp": _animation,
    "plain.bmp": _as("RGB"),
    "palette.bmp": _as("P"),
    "moving.gif": _animation,
    "plain.avif": _as("RGB"),
    "plain.ppm": _as("RGB"),
    "plain.pgm": _as("L"),
}
