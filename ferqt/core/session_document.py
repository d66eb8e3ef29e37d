"""All that is known of one analyzed source: readings, what a person added, where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ferqt.core.markers import Marker
from ferqt.core.session_table import SessionTable


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A stretch of media time in s, from `start_s` on and before `end_s`."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not self.end_s > self.start_s:
            raise ValueError(f"a range ends after its start, got {self.start_s} to {self.end_s}")


@dataclass(frozen=True, slots=True, eq=False)
class SessionDocument:
    """A session as it is looked at, reported and exported.

    Attributes:
        title: What people call it; the source's name unless they changed it.
        table: The readings.
        markers: Moments that a person marked, in the order of time.
        excluded: Stretches that statistics, reports and segments leave out.
        facts: What `metadata.json` holds, as docs/formats.md describes it.
        source: Path of the source; "" when it has none (a stream).
        notes: A person's own words.
        tags: A person's own keywords.
        created: When the analysis was begun, UTC, as ISO 8601 tells it; "" when not known.
    """

    title: str
    table: SessionTable
    markers: tuple[Marker, ...] = ()
    excluded: tuple[TimeRange, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    created: str = ""
