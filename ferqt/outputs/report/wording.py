"""Numbers and sentences of a report."""

from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Any, Final

from ferqt.core.episodes import BRIEF_S, EpisodeRule
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.timecode import format_time

NOTHING: Final = "–"

BRIEF: Final = (
    f"Episodes under {BRIEF_S:g} s are called brief. The literature describes micro-expressions "
    "of up to half a second (Yan and others, Journal of Nonverbal Behavior 37, 2013); not every "
    "brief episode is one, and a single misread frame looks like one."
)


def percent(share: float | None, decimals: int = 1) -> str:
    """Return a share as text; a dash for none."""
    return NOTHING if share is None or not isfinite(share) else f"{100 * share:.{decimals}f} %"


def number(value: float | None, decimals: int = 2) -> str:
    """Return a number as text; a dash for none."""
    if value is None or not isfinite(value):
        return NOTHING
    return f"{value:.{decimals}f}".replace("-", "−")


def seconds(value: float | None) -> str:
    """Return a length of time as text; a dash for none."""
    if value is None or not isfinite(value):
        return NOTHING
    return f"{value:.2f} s" if value < 60 else format_time(value)


def moment(value: float) -> str:
    """Return a media time as text; a dash for pictures, which have none."""
    return format_time(value) if isfinite(value) else NOTHING


def span(one: TimeRange) -> str:
    """Return a stretch of time as text."""
    return f"{moment(one.start_s)} to {moment(one.end_s)}"


def face_title(document: SessionDocument, face_id: int) -> str:
    """Return what a face is called: its name with its id, or the id alone."""
    name = document.table.names.get(face_id, "")
    return f"{name} (face {face_id})" if name else f"Face {face_id}"


def rule_sentence(rule: EpisodeRule) -> str:
    """Say what an episode is."""
    values = "smoothed values" if rule.smoothed else "the values of each frame alone"
    said = (
        f"An episode begins where an expression leads with at least {percent(rule.enter, 0)} and "
        f"ends under {percent(rule.leave, 0)}, or where another one begins; it lasts at least "
        f"{rule.min_duration_s:g} s. Counted are {values}"
    )
    if rule.max_gap_s > 0:
        said += f", and breaks of up to {rule.max_gap_s:g} s are bridged"
    if not rule.count_uncertain:
        said += "; uncertain frames count as a break"
    return f"{said}."


def section(document: SessionDocument, name: str) -> Mapping[str, Any]:
    """Return a part of a session's facts, empty where it is not there."""
    found = document.facts.get(name)
    return found if isinstance(found, Mapping) else {}


def source_rows(document: SessionDocument) -> list[tuple[str, str]]:
    """Return what is known of the source, as names and values."""
    source, part = section(document, "source"), section(document, "part")
    rows = [("Source", f"{source.get('name', document.title)} ({source.get('kind', 'unknown')})")]
    if document.facts.get("started_at"):
        rows.append(("Recorded", _day_and_time(str(document.facts["started_at"]))))
    if document.created:
        rows.append(("Analysis begun", _day_and_time(document.created)))
    if source.get("width") and source.get("height"):
        rows.append(("Picture", f"{source['width']} × {source['height']} px"))
    if source.get("duration_s"):
        rows.append(("Length", moment(float(source["duration_s"]))))
    if source.get("frame_count"):
        variable = ", variable rate" if source.get("variable_frame_rate") else ""
        rate = f", {source['fps']:.6g} a second{variable}" if source.get("fps") else ""
        rows.append(("Frames", f"{source['frame_count']:,}{rate}"))
    if source.get("lost_frames"):
        rows.append(("Damaged frames", f"{source['lost_frames']:,}, left out"))
    if source.get("pictures"):
        rows.append(("Pictures", f"{len(source['pictures']):,}"))
    rows.append(("Analyzed", _part_text(part)))
    if source.get("bytes"):
        rows.append(("File", f"{source['bytes']:,} bytes"))
    if source.get("sha256"):
        rows.append(("SHA-256", str(source["sha256"])))
    if document.facts.get("complete") is False:
        rows.append(("Complete", "no: the analysis was stopped before its end"))
    return rows


def setting_rows(document: SessionDocument) -> list[tuple[str, str]]:
    """Return the settings that change what is found, as names and values."""
    settings = section(document, "settings")
    rows: list[tuple[str, str]] = []
    for name, value in settings.items():
        if isinstance(value, Mapping):
            rows += [(f"{name}: {key}", _plain(one)) for key, one in value.items()]
        elif name == "baselines":
            rows.append(("neutral baselines", f"{len(value)}" if value else "none"))
        elif name == "uncertain_below" and value is None:
            rows.append((name, "as the model’s card says"))
        else:
            rows.append((name, _plain(value)))
    return [(name.replace("_", " "), value) for name, value in rows]


def _part_text(part: Mapping[str, Any]) -> str:
    begin, end = part.get("from_s"), part.get("to_s")
    said = "all of it"
    if begin is not None or end is not None:
        said = f"from {moment(begin or 0.0)} to {'the end' if end is None else moment(end)}"
    every = part.get("every") or 1
    return said if every == 1 else f"{said}, one frame in {every}"


def _day_and_time(text: str) -> str:
    """Return a moment of ISO 8601 to the minute, with its zone."""
    try:
        moment_of = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{moment_of:%Y-%m-%d %H:%M} {moment_of.tzname() or ''}".rstrip()


def _plain(value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
