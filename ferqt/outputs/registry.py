"""The table of formats that an analysis can write."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ferqt.errors import UsageError
from ferqt.outputs.base import OutputFormat
from ferqt.outputs.frames_csv import FramesCsv

_FORMATS: Final = (OutputFormat("csv", "Table of frames (CSV)", "frames.csv", FramesCsv),)

FORMATS: Final[Mapping[str, OutputFormat]] = MappingProxyType({one.id: one for one in _FORMATS})
"""Every format by its name on the command line."""


def formats_named(text: str) -> tuple[OutputFormat, ...]:
    """Return the formats of a list such as "csv", each once and in the order of the list.

    Raises:
        UsageError: A format is not known, or none is named.
    """
    names = dict.fromkeys(name.strip() for name in text.split(","))
    for name in names:
        if name not in FORMATS:
            raise UsageError(f"unknown format: {name!r}", f"Known: {', '.join(FORMATS)}.")
    return tuple(FORMATS[name] for name in names)
