"""Damage of many kinds to media files, each reproducible from two numbers."""

import random
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_EXTREMES: Final = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF)

_BOXES: Final = (
    b"ftyp moov mvhd trak tkhd edts elst mdhd hdlr stbl stsd avc1 avcC hvcC stts ctts stss stsc "
    b"stsz stco mdat esds ispe pixi av1C iloc iinf meta"
)
_CHUNKS: Final = (
    b"avih strh strf idx1 movi 00dc 01wb IHDR PLTE IDAT acTL fcTL fdAT tRNS Exif JFIF VP8X VP8L "
    b"ANIM ANMF ALPH RIFF GIF89a NETSCAPE BM"
)
_ELEMENTS: Final = (b"\x1aE\xdf\xa3", b"\x15I\xa9f", b"\x16T\xaek", b"\x1fC\xb6u", b"\x1cS\xbbk")
_MARKERS: Final = (b"\xff\xc0", b"\xff\xc2", b"\xff\xda", b"\x00\x00\x01\x67", b"FLV")
_MARKS: Final = (*_BOXES.split(), *_CHUNKS.split(), *_ELEMENTS, *_MARKERS)
"""Marks in front of numbers that readers believe: boxes, chunks, elements and markers."""

_SUFFIXES: Final = (".mp4", ".mkv", ".avi", ".mov", ".webm", ".gif", ".png", ".jpg", ".tif", ".bmp")

_PNG: Final = b"\x89PNG\r\n\x1a\n"

_Damage = Callable[[bytearray, random.Random, bytes], bytearray]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A damaged file.

    Attributes:
        name: Its name, with the ending it shall have.
        kinds: What was done to it.
        content: Its bytes.
    """

    name: str
    kinds: tuple[str, ...]
    content: bytes


def mutate(seeds: Sequence[Path], seed: int, number: int) -> Mutant:
    """Return a damaged copy of one of some files; equal arguments give the same."""
    chance = random.Random(f"{seed}-{number}")
    origin = seeds[number % len(seeds)]
    other = chance.choice(seeds).read_bytes()
    content = bytearray(origin.read_bytes())
    kinds = tuple(chance.choices(list(_DAMAGES), k=chance.choice((1, 1, 2))))
    for kind in kinds:
        content = _DAMAGES[kind](content, chance, other)
    if content.startswith(_PNG) and chance.random() < 0.5:
        # Else the check sum of a block refuses what its reader shall meet.
        content = _with_true_checks(content)
    suffix = origin.suffix
    if chance.random() < 0.06:
        kinds, suffix = (*kinds, "mislabeled"), chance.choice(_SUFFIXES)
    return Mutant(f"{number:05d}-{origin.stem}{suffix}", kinds, bytes(content))


def _flip_bits(content: bytearray, chance: random.Random, _other: bytes) -> bytearray:
    for _ in range(chance.choice((1, 4, 16, 64, 256))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return content


def _flip_head(content: bytearray, chance: random.Random, _other: bytes) -> bytearray:
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(min(256, len(content)))] ^= 1 << chance.randrange(8)
    return content


def _block(content: bytearray, chance: random.Random) -> slice:
    start = chance.randrange(len(content))
    return slice(start, min(len(content), start + 1 + chance.randrange(1 + len(content) // 4)))


def _zero(content: bytearray, chance: random.Random, _other: bytes) -> bytearray:
    block = _block(content, chance)
    content[block] = bytes(block.stop - block.start)
    return content


def _scramble(content: bytearray, chance: random.Random, _other: bytes) -> bytearray:
    block = _block(content, chance)
    content[block] = chance.randbytes(block.stop - block.start)
    return content


def _drop(content: bytearray, chance: random.Random, _other: bytes) -> bytearray:
    del content[_block(content, chance)]
    return content or bytearray(1)


def _repeat(content: bytearray, chance: random.Random, _other: bytes) -> bytearray:
    block = _block(content, chance)
    content[block.stop : block.stop] = content[block] * chance.randint(1, 3)
    return content


def _cut_off(content: bytearray, chance: random.Random, _other: bytes) -> bytearray:
    return content[: chance.randint(1, len(content))]


def _splice(content: bytearray, chance: random.Random, other: bytes) -> bytearray:
    head = content[: chance.randint(1, len(content))]
    return head + other[chance.randrange(len(other)) :]


def _overwrite(content: bytearray, at: int, chance: random.Random) -> None:
    width = chance.choice(("B", "H", "I", "I", "Q"))
    order = chance.choice("<>")
    value = chance.choice((*_EXTREMES, chance.getrandbits(32)))
    packed = struct.pack(f"{order}{width}", value % (1 << 8 * struct.calcsize(f"<{width}")))
    content[at : at + len(packed)] = packed[: max(0, len(content) - at)]


def _edit_numbers(content: bytearray, chance: random.Random, _other: bytes) -> bytearray:
    """Put extreme numbers where headers and, at the end of some files, indexes lie."""
    for _ in range(chance.randint(1, 4)):
        reach = min(1024, len(content))
        at = chance.randrange(reach)
        _overwrite(content, chance.choice((at, len(content) - 1 - at)), chance)
    return content


def _edit_fields(content: bytearray, chance: random.Random, _other: bytes) -> bytearray:
    """Put extreme numbers behind the marks of the format."""
    places = [place for mark in _MARKS if (place := content.find(mark)) >= 0]
    for _ in range(chance.randint(1, 3) if places else 0):
        at = chance.choice(places) + 4 * chance.randint(-1, 8)
        _overwrite(content, min(max(at, 0), len(content) - 1), chance)
    return content


_DAMAGES: Final[Mapping[str, _Damage]] = {
    "flipped bits": _flip_bits,
    "flipped bits in the head": _flip_head,
    "zeros": _zero,
    "noise": _scramble,
    "a hole": _drop,
    "a block repeated": _repeat,
    "cut off": _cut_off,
    "spliced": _splice,
    "numbers of the header": _edit_numbers,
    "numbers behind marks": _edit_fields,
}


def _with_true_checks(content: bytearray) -> bytearray:
    """Give the blocks of a PNG file the check sums of what they hold now."""
    at = len(_PNG)
    while at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        end = at + 8 + length
        if end + 4 > len(content):
            break
        struct.pack_into(">I", content, end, zlib.crc32(content[at + 4 : end]))
        at = end + 4
    return content
