"""`ferqt demo-video`: the demo as a video file, to try the analysis on."""

import argparse
import errno
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from ferqt.cli.base import Command, file_path, positive_seconds
from ferqt.cli.console import EXIT_DONE, print_json
from ferqt.drafts import draft
from ferqt.errors import OutputError, UsageError

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.video.stream import VideoStream

    from ferqt.core.types import Image

_FPS: Final = 30
_SECONDS: Final = 20.0

_ENCODERS: Final = (("libx264", {"crf": "18", "preset": "veryfast"}), ("mpeg4", {"qscale": "3"}))
"""Encoders by preference; FFmpeg builds without GPL parts have no libx264."""


def encode_demo(path: Path, seconds: float) -> int:
    """Encode the demo as an MP4 of 30 frames a second.

    Args:
        path: File to write. It appears under this name only when it is whole.
        seconds: Length.

    Returns:
        The number of frames.

    Raises:
        OutputError: The file cannot be written, or this FFmpeg has no encoder for it.
    """
    from fractions import Fraction

    import av

    from ferqt.sources.demo import render_demo

    count = max(1, round(seconds * _FPS))
    try:
        with draft(path) as part, av.open(str(part), "w", format="mp4") as container:
            stream: VideoStream | None = None
            for number in range(count):
                picture = render_demo(number / _FPS)
                if stream is None:
                    stream = _add_stream(container, picture)
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                frame.pts, frame.time_base = number, Fraction(1, _FPS)
                container.mux(stream.encode(frame))
            assert stream is not None
            container.mux(stream.encode(None))
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise OutputError(
            f"cannot write the video: '{path}' ({error.strerror or error})",
            "Free some space on that disk."
            if full
            else "Choose a folder that exists and that you may write to.",
        ) from error
    return count


def _add_stream(container: "OutputContainer", picture: "Image") -> "VideoStream":
    import av

    for name, options in _ENCODERS:
        if name in av.codecs_available:
            stream = cast("VideoStream", container.add_stream(name, _FPS, dict(options)))
            stream.height, stream.width = picture.shape[:2]
            stream.pix_fmt = "yuv420p"
            return stream
    names = " or ".join(name for name, _ in _ENCODERS)
    raise OutputError(f"this FFmpeg cannot encode {names}", "Install the usual PyAV wheel.")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=file_path, help="MP4 file to write")
    parser.add_argument(
        "--seconds",
        type=positive_seconds,
        default=_SECONDS,
        help=f"length of the video (default {_SECONDS:g})",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace FILE if it is there")
    parser.add_argument("--json", action="store_true", help="print a JSON summary")


def _run(args: argparse.Namespace) -> int:
    path: Path = args.file
    if path.suffix.lower() != ".mp4":
        raise UsageError(f"the demo is written as MP4: '{path}'", "Name a file that ends in .mp4.")
    if path.is_dir():
        raise UsageError(f"that is a folder: '{path}'", "Name a file that ends in .mp4.")
    if path.exists() and not args.overwrite:
        raise UsageError(f"there is a file already: '{path}'", "Give --overwrite to replace it.")
    count = encode_demo(path, args.seconds)
    if args.json:
        print_json({"file": str(path), "frames": count, "fps": _FPS, "bytes": path.stat().st_size})
    else:
        print(f"{path}: {count} frames, {count / _FPS:.1f} s")
    return EXIT_DONE


DEMO_VIDEO = Command(
    name="demo-video",
    summary="write the demo as a video file",
    description=(
        "Write the built-in demo, a portrait that moves, turns, leaves and comes back, as a video "
        f"of {_FPS} frames a second."
    ),
    examples=(
        ("ferqt demo-video demo.mp4", f"{_SECONDS:g} seconds of it"),
        ("ferqt demo-video demo.mp4 --seconds 5", "a short one"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
