"""What all runners do alike: read the clip frame by frame, count faces, take the time.

Needs the standard library alone, so that every environment can import it.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any

FPS = 30
"""Frames a second of the clip."""

WARM_UP = 10
"""Frames at the beginning that do not count: networks and caches settle."""


def read_arguments() -> argparse.Namespace:
    """Return `clip`, `seconds` (to read at most), and `began`, the clock at the process's begin."""
    parser = argparse.ArgumentParser()
    parser.add_argument("clip")
    parser.add_argument("--seconds", type=float, required=True)
    # All processes of a computer share this clock.
    parser.add_argument("--began", type=float, required=True)
    return parser.parse_args()


def opencv_frames(clip: str) -> Iterator[Any]:
    """Yield the frames of a clip as OpenCV reads them: uint8 H x W x 3 BGR."""
    import cv2

    capture = cv2.VideoCapture(clip)
    try:
        while True:
            good, frame = capture.read()
            if not good:
                return
            yield frame
    finally:
        capture.release()


def timed(
    frames: Iterable[Any],
    count_faces: Callable[[Any], int],
    most_s: float,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Any]:
    """Read frames one after the other, to the end or for some time, and return the figures.

    Args:
        frames: The clip; decoding it counts.
        count_faces: Reads a frame and returns how many faces got a label.
        most_s: Time after which no further frame is read, without the first `WARM_UP` frames.
        clock: Tells the time in s.

    Returns:
        `first_face` (clock after the first frame with a labeled face, or None), `read` (all
        frames), `with_face` (those with at least one), `frames` and `seconds` (those after the
        first `WARM_UP`, and what they took).
    """
    first_face: float | None = None
    settled = now = 0.0
    read = with_face = 0
    for frame in frames:
        faces = count_faces(frame)
        now = clock()
        read += 1
        if faces:
            with_face += 1
            first_face = now if first_face is None else first_face
        if read == WARM_UP:
            settled = now
        if read > WARM_UP and now - settled >= most_s:
            break
    counted = max(read - WARM_UP, 0)
    return {
        "first_face": first_face,
        "read": read,
        "with_face": with_face,
        "frames": counted,
        "seconds": now - settled if counted else 0.0,
    }


def answer(figures: dict[str, Any], began: float, packages: Iterable[str]) -> None:
    """Print the figures as one JSON line, the last one, with the versions of some packages."""
    first_face = figures.pop("first_face")
    told = {
        **figures,
        "first_face_s": None if first_face is None else first_face - began,
        "versions": {name: _version(name) for name in packages},
    }
    sys.stdout.write("\n" + json.dumps(told) + "\n")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
