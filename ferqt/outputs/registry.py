"""The table of formats that rows can be written to while they are made.

A stored session is exported to many more: `ferqt.outputs.exports.registry`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ferqt.outputs.base import OutputFormat
from ferqt.outputs.frames_csv import FramesCsv

_FORMATS: Final = (OutputFormat("csv", "Table of frames (CSV)", "frames.csv", FramesCsv),)

FORMATS: Final[Mapping[str, OutputFormat]] = MappingProxyType({one.id: one for one in _FORMATS})
"""Every format by its name."""
