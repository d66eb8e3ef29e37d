"""The sound of a film, packet by packet, on the clock of its pictures."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from ferqt.core.closing import Closing
from ferqt.sources.video_container import can_decode, open_container, packets_until_damage

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet


class FilmSound(Closing):
    """Hands out the packets of all sound tracks that can be decoded, in the order of the file.

    Used in one thread.

    Args:
        path: The film.
        start_s: Media time that becomes 0.
        stop_s: Packets from this media time on are left out; None for the end.

    Attributes:
        tracks: The tracks; empty for a silent film.

    Raises:
        SourceError: The file cannot be opened.
    """

    def __init__(self, path: Path, start_s: float = 0.0, stop_s: float | None = None) -> None:
        self._container = open_container(path.absolute(), f"cannot read the sound of '{path.name}'")
        # As in the timeline of the pictures: a start before 0 s is padding.
        zero_s = Fraction(max(self._container.start_time or 0, 0), 10**6)
        self._begins_s = zero_s + Fraction(start_s)
        self._ends_s = None if stop_s is None else zero_s + Fraction(stop_s)
        self._from_start = start_s <= 0
        self.tracks: tuple[AudioStream, ...] = tuple(
            track
            for track in self._container.streams.audio
            if can_decode(track) and track.time_base
        )
        self._packets = self._read()
        self._next = next(self._packets, None)

    def until(self, time_s: float) -> "Iterator[tuple[Packet[AudioStream], int]]":
        """Yield the packets that are not yet taken and begin before a time, with their shift.

        Args:
            time_s: On the new clock; infinite for all that is left.

        Yields:
            A packet with its own times, and the ticks to take from them.
        """
        while self._next is not None:
            packet, shift = self._next
            assert packet.dts is not None
            if (packet.dts - shift) * float(packet.time_base) >= time_s:
                return
            yield self._next
            self._next = next(self._packets, None)

    def close(self) -> None:
        """Close the file; harmless when repeated."""
        self._packets = iter(())
        self._next = None
        self._container.close()

    def _read(self) -> "Iterator[tuple[Packet[AudioStream], int]]":
        if not self.tracks:
            return
        # Damage ends the sound where it ends in a player.
        for packet in packets_until_damage(self._container, *self.tracks):
            if packet.dts is None or packet.size == 0:
                continue
            if self._ends_s is not None and self._time(packet) >= self._ends_s:
                if len(self.tracks) == 1:
                    return
                continue
            if self._from_start or self._time(packet) >= self._begins_s:
                yield packet, round(self._begins_s / packet.time_base)

    @staticmethod
    def _time(packet: "Packet[AudioStream]") -> Fraction:
        tick = packet.dts if packet.pts is None else packet.pts
        return Fraction(tick or 0) * packet.time_base
