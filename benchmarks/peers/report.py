"""From the runs of all rounds to medians, ratios and a table."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any, Final

from benchmarks.peers.peer import LIVE, WINDOW, Peer

Runs = Mapping[str, Sequence[Mapping[str, Any]]]
"""Answers of the runners by peer, one a round, in their order."""

_HEAD: Final = (
    (
        "| program | frames a second | ferqt live is faster | frames with a face "
        "| first labeled face | ferqt's window is sooner |"
    ),
    "|---|---:|---:|---:|---:|---:|",
)
_NONE: Final = "–"


def figures(runs: Runs) -> dict[str, dict[str, Any]]:
    """Return the figures of each peer.

    Speeds are compared with ferqt's live pipeline, starts with ferqt's window, each with that of
    the same round; what is told is the median over the rounds.

    Returns:
        By peer: `frames_per_s`, `ferqt_faster` (how many times), `first_face_s`, `ferqt_sooner`
        (how many times), each None where there is none; `with_face` (share of the frames read in
        which it found a face), `rounds` and `versions`.
    """
    speeds = {peer: [_speed(run) for run in answers] for peer, answers in runs.items()}
    starts = {peer: [run["first_face_s"] for run in answers] for peer, answers in runs.items()}
    found = {}
    for peer, answers in runs.items():
        read = sum(run["read"] for run in answers)
        found[peer] = {
            "frames_per_s": _median(speeds[peer]),
            "ferqt_faster": _ratio(speeds.get(LIVE, ()), speeds[peer]),
            "first_face_s": _median(starts[peer]),
            "ferqt_sooner": _ratio(starts[peer], starts.get(WINDOW, ())),
            "with_face": sum(run["with_face"] for run in answers) / read if read else None,
            "rounds": len(answers),
            "versions": answers[0]["versions"],
        }
    return found


def table(
    peers: Sequence[Peer], measured: Mapping[str, Mapping[str, Any]], reasons: Mapping[str, str]
) -> str:
    """Return a Markdown table of all peers, and a line for each that was not measured."""
    rows = [_row(peer.name, measured[peer.id]) for peer in peers if peer.id in measured]
    missing = [
        f"{peer.name}: not measured: {why}" for peer in peers if (why := reasons.get(peer.id))
    ]
    return "\n".join([*_HEAD, *rows, *([""] if missing else []), *missing])


def _row(name: str, found: Mapping[str, Any]) -> str:
    cells = (
        name,
        _told(found["frames_per_s"], "{:.1f}"),
        _told(found["ferqt_faster"], "{:.1f} ×"),
        _told(found["with_face"], "{:.0%}"),
        _told(found["first_face_s"], "{:.2f} s"),
        _told(found["ferqt_sooner"], "{:.1f} ×"),
    )
    return "| " + " | ".join(cells) + " |"


def _told(value: float | None, form: str) -> str:
    return _NONE if value is None else form.format(value)


def _speed(run: Mapping[str, Any]) -> float | None:
    return run["frames"] / run["seconds"] if run["frames"] else None


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def _ratio(above: Sequence[float | None], below: Sequence[float | None]) -> float | None:
    """The median of the ratios of the rounds in which both are known."""
    pairs = zip(above, below, strict=False)
    return _median([a / b for a, b in pairs if a is not None and b is not None])
