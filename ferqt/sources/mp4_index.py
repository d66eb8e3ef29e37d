"""How much the index of an MP4 file lists, learned before FFmpeg makes room for all of it."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

_CONTAINERS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"})
_COUNT_AT: Final = {b"stsz": 8, b"stz2": 8, b"trun": 4}
"""Boxes that say how many samples there are, and where in them."""

_MOST_BOXES: Final = 100_000
"""Boxes looked at; a recording of a day in pieces of 2 s has as many."""


def listed_samples(path: Path) -> int:
    """Return how many samples the tables of a file list together; 0 for what is no MP4.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        if file.read(8)[4:] not in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"styp"):
            return 0
        return sum(_count(file, place) for place in _tables(file, path.stat().st_size))


def _tables(file: BinaryIO, size: int) -> Iterator[int]:
    """Yield where the number of samples stands in each table of a file of so many bytes."""
    spans = [(0, size)]
    for _ in range(_MOST_BOXES):
        while spans and spans[-1][0] + 8 > spans[-1][1]:
            spans.pop()
        if not spans:
            return
        at, end = spans.pop()
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8).ljust(8, b"\0"))
        head = 8
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8).ljust(8, b"\0"))
            head = 16
        if length < head:
            # 0 is a box to the end of what holds it; anything else is damage.
            length = end - at
        spans.append((at + length, end))
        if kind in _CONTAINERS:
            spans.append((at + head, min(at + length, end)))
        elif kind in _COUNT_AT:
            yield at + head + _COUNT_AT[kind]


def _count(file: BinaryIO, place: int) -> int:
    file.seek(place)
    return int.from_bytes(file.read(4))
