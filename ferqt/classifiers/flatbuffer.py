"""Reads FlatBuffers of strangers: nothing is looked at before it is known to lie in the file.

LiteRT follows the offsets of a .tflite file as they are. Here each of them is checked first, in
Python, where a wrong one is an error and not a crash.
"""

import struct
from collections.abc import Iterator
from typing import Final

_OFFSET: Final = struct.Struct("<I")
_BACK: Final = struct.Struct("<i")
_SLOT: Final = struct.Struct("<H")
_WIDEST: Final = 4
"""Bytes of the widest value in a table that is checked without its layout."""


class FlatBufferError(ValueError):
    """The bytes are no FlatBuffer of the expected layout; says what is wrong, as a clause."""


class Table:
    """One table, whose fields are read by their slot.

    Args:
        content: The whole file.
        position: Where the table begins.
        name: What it is, for errors.

    Raises:
        FlatBufferError: It does not lie in the file.
    """

    __slots__ = ("_content", "_fields", "_name", "_position", "_size")

    def __init__(self, content: memoryview, position: int, name: str) -> None:
        self._content, self._position, self._name = content, position, name
        start = position - self._read(_BACK, position)
        length = self._read(_SLOT, start)
        self._size = self._read(_SLOT, start + 2)
        if length < 4 or length % 2 or self._size < 4 or position % 4:
            raise self._broken()
        self._check(start, length)
        self._check(position, self._size)
        slots = struct.unpack_from(f"<{length // 2 - 2}H", content, start + 4)
        if any(0 < offset < 4 or offset >= self._size for offset in slots):
            raise self._broken()
        self._fields = slots

    def has(self, slot: int) -> bool:
        """Whether a field is there."""
        return slot < len(self._fields) and self._fields[slot] > 0

    def highest(self) -> int:
        """Return the highest slot that is there, -1 when none is."""
        return max((slot for slot, offset in enumerate(self._fields) if offset), default=-1)

    def number(self, slot: int, kind: str, default: int = 0) -> int:
        """Return a whole number; `kind` is its letter in `struct`."""
        if not self.has(slot):
            return default
        form = struct.Struct(f"<{kind}")
        offset = self._fields[slot]
        if offset + form.size > self._size or (self._position + offset) % form.size:
            raise self._broken()
        return self._read(form, self._position + offset)

    def numbers(self, slot: int, kind: str) -> tuple[int, ...]:
        """Return a vector of numbers, empty when it is missing."""
        start, count = self.span(slot, struct.calcsize(f"<{kind}"))
        return struct.unpack_from(f"<{count}{kind}", self._content, start)

    def span(self, slot: int, item_size: int = 1) -> tuple[int, int]:
        """Return where the items of a vector begin and how many there are."""
        if not self.has(slot):
            return 0, 0
        start = self._follow(self._position + self._fields[slot])
        count = self._read(_OFFSET, start)
        if (start + 4) % item_size:
            raise self._broken()
        self._check(start + 4, count * item_size)
        return start + 4, count

    def text(self, slot: int) -> str:
        """Return a string, "" when it is missing."""
        start, count = self.span(slot)
        if not self.has(slot):
            return ""
        # The runtime takes it for a C string.
        self._check(start, count + 1)
        if self._content[start + count] != 0:
            raise self._broken()
        return bytes(self._content[start : start + count]).decode("utf-8", "replace")

    def table(self, slot: int, name: str) -> "Table | None":
        """Return a table, None when it is missing."""
        if not self.has(slot):
            return None
        return Table(self._content, self._follow(self._position + self._fields[slot]), name)

    def tables(self, slot: int, name: str, most: int) -> Iterator["Table"]:
        """Yield the tables of a vector.

        Raises:
            FlatBufferError: There are more than `most`.
        """
        start, count = self.span(slot, 4)
        if count > most:
            raise FlatBufferError(f"holds {count} {name}s, more than {most}")
        for index in range(count):
            yield Table(self._content, self._follow(start + 4 * index), f"{name} {index}")

    def check_plain(self) -> None:
        """Raise unless every field may be read as a number, whatever its layout."""
        for offset in self._fields:
            if offset:
                self._check(self._position + offset, _WIDEST)

    def _follow(self, at: int) -> int:
        if at % 4:
            raise self._broken()
        offset = self._read(_OFFSET, at)
        if offset == 0:
            raise self._broken()
        return at + offset

    def _read(self, form: struct.Struct, at: int) -> int:
        self._check(at, form.size)
        value: int = form.unpack_from(self._content, at)[0]
        return value

    def _check(self, start: int, size: int) -> None:
        if start < 0 or start + size > len(self._content):
            raise self._broken()

    def _broken(self) -> FlatBufferError:
        return FlatBufferError(f"is damaged: its {self._name} points out of the file")


def root_table(content: memoryview, name: str) -> Table:
    """Return the table that a FlatBuffer begins with.

    Raises:
        FlatBufferError: The bytes are no FlatBuffer.
    """
    if len(content) < 8:
        raise FlatBufferError("is too short")
    return Table(content, _OFFSET.unpack_from(content, 0)[0], name)
