"""Places in a medium as people write them: "02:05.480", "83.5", "f1234"."""

import re
from dataclasses import dataclass
from typing import Final

from ferqt.errors import UsageError

_HINT: Final = "Write a time as 1:23.5 or 83.5, or a frame as f1234."
_FRAME: Final = re.compile(r"f\s*([0-9]{1,9})", re.IGNORECASE)
_TIME: Final = re.compile(r"(?:(?:([0-9]{1,4}):)?([0-9]{1,6}):)?([0-9]{1,9}(?:[.,][0-9]{0,9})?)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a medium; exactly one of the two is given.

    Attributes:
        seconds: Media time in s.
        frame: Number of a frame, from 0.
    """

    seconds: float | None = None
    frame: int | None = None


def format_time(seconds: float, decimals: int = 3) -> str:
    """Return "02:05.480", with hours only where there are some and "-" before the start.

    Args:
        seconds: Media time in s.
        decimals: Digits after the point, 0..3.
    """
    ticks = 10**decimals
    total = round(abs(seconds) * ticks)
    minutes, rest = divmod(total, 60 * ticks)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if seconds < 0 and total else ""
    head = f"{hours}:{minutes:02}" if hours else f"{minutes:02}"
    width = 3 + decimals if decimals else 2
    return f"{sign}{head}:{rest / ticks:0{width}.{decimals}f}"


def parse_place(
    text: str, *, duration_s: float | None = None, frame_count: int | None = None
) -> Place:
    """Understand a time ("1:02:03.5", "1:23.5", "83.5", also with a comma) or a frame ("f1234").

    Args:
        text: What a person typed.
        duration_s: Length of the medium in s; later times are refused. None when it is not known.
        frame_count: Number of its frames; higher numbers are refused. None when it is not known.

    Raises:
        UsageError: It is neither, or lies behind the end.
    """
    text = text.strip()
    if frame := _FRAME.fullmatch(text):
        return _frame(int(frame[1]), frame_count)
    if time := _TIME.fullmatch(text):
        hours, minutes, seconds = time.groups()
        return _time(hours, minutes, seconds, duration_s)
    raise UsageError(f"'{text}' is neither a time nor a frame", _HINT)


def _frame(number: int, count: int | None) -> Place:
    if count is not None and number >= count:
        raise UsageError(
            f"there is no frame {number}", f"The last frame is f{count - 1}; the first is f0."
        )
    return Place(frame=number)


def _time(hours: str | None, minutes: str | None, text: str, duration_s: float | None) -> Place:
    seconds = float(text.replace(",", "."))
    if (hours and int(minutes or 0) >= 60) or (minutes and seconds >= 60):
        raise UsageError("what stands after a colon goes up to 59", _HINT)
    seconds += 60 * int(minutes or 0) + 3600 * int(hours or 0)
    # What the window itself shows as the end is not refused for being rounded.
    if duration_s is not None and seconds > duration_s + 0.0005:
        raise UsageError(
            f"{format_time(seconds)} lies behind the end", f"It ends at {format_time(duration_s)}."
        )
    return Place(seconds=seconds)
