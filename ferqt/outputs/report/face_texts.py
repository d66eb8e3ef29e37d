"""What a report says of one face."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from ferqt.core.episodes import Episode, EpisodeRule
from ferqt.core.range_statistics import ExpressionSummary, RangeStatistics
from ferqt.core.session_document import SessionDocument
from ferqt.core.time_limits import time_limits
from ferqt.core.timeline_levels import FaceLevels
from ferqt.outputs.report import figures
from ferqt.outputs.report.options import StillWanted
from ferqt.outputs.report.wording import (
    BRIEF,
    NOTHING,
    face_title,
    moment,
    number,
    percent,
    seconds,
)

_MOST_BRIEF: Final = 100
_MOST_EPISODES: Final = 40
_MOST_STILLS: Final = 8


def summary_texts(document: SessionDocument, told: RangeStatistics) -> dict[str, Any]:
    """Return the row of a face in the table of all faces."""
    assert told.face_id is not None
    times = document.table.timestamp[document.table.rows_of(told.face_id)]
    labels = document.table.labels
    most = max(told.expressions, key=lambda one: one.share)
    return {
        "title": face_title(document, told.face_id),
        "first": moment(times[0]) if len(times) else NOTHING,
        "last": moment(times[-1]) if len(times) else NOTHING,
        "seconds": seconds(told.face_s or None),
        "readings": f"{told.frames:,}",
        "most": f"{most.name}, {percent(most.share)}" if told.frames else NOTHING,
        "uncertain": percent(told.uncertain),
        "episode_count": f"{len(told.episodes):,}",
        "brief_count": f"{len(told.brief_episodes):,}",
        "distribution": figures.distribution(
            [(labels.index(one.name), one.share) for one in told.expressions]
        ),
        "shares": ", ".join(
            f"{one.name} {percent(one.share)}" for one in told.expressions if one.share > 0
        ),
        "detailed": False,
    }


def detailed_texts(
    document: SessionDocument,
    told: RangeStatistics,
    drawn: FaceLevels | None,
    at: figures.Floats | None,
    rule: EpisodeRule,
) -> dict[str, Any]:
    """Return all that is said of a face but its pictures.

    Args:
        document: The session.
        told: The face's statistics.
        drawn: What its timeline is drawn from; None for pictures, which have no times.
        at: Edges of the timeline's columns.
        rule: What an episode is.
    """
    place = {name: index for index, name in enumerate(document.table.labels.names)}
    texts: dict[str, Any] = {
        "detailed": True,
        "strip": "",
        "lanes": "",
        "brief_ticks": "",
        "timeline_text": "",
        "stills": [],
        "expressions": [_expression(one, place[one.name]) for one in told.expressions],
        "figures": _figures(told),
        "transitions": _transitions(told),
        "episode_lists": _episode_lists(document, told, place, rule),
    }
    if drawn is not None and at is not None:
        shares = ", ".join(
            f"{one.name} {percent(one.share)}" for one in told.expressions if one.share > 0
        )
        assert told.face_id is not None
        texts |= {
            "strip": figures.strip(drawn, at),
            "lanes": figures.lanes(drawn, at, [place[one.name] for one in told.expressions]),
            "brief_ticks": figures.ticks([one.peak_s for one in told.brief_episodes], at, "brief"),
            "timeline_text": f"Timeline of {face_title(document, told.face_id)} from "
            f"{moment(at[0])} to {moment(at[-1])}. Shares of time: {shares or 'none'}.",
        }
    return texts


def wanted_stills(document: SessionDocument, told: RangeStatistics) -> list[StillWanted]:
    """Return the strongest moment of each expression of a face, the strongest expressions first."""
    assert told.face_id is not None
    rows = document.table.rows_of(told.face_id)
    times, frames = document.table.timestamp[rows], document.table.frame[rows]
    best: dict[str, Episode] = {}
    for one in told.episodes:
        if one.name not in best or one.peak > best[one.name].peak:
            best[one.name] = one
    wanted = []
    for one in sorted(best.values(), key=lambda each: -each.peak)[:_MOST_STILLS]:
        frame = int(frames[int(np.abs(times - one.peak_s).argmin())])
        wanted.append(StillWanted(told.face_id, frame, one.peak_s, one.name, one.peak))
    return wanted


def still_texts(
    document: SessionDocument, wanted: Sequence[StillWanted], pictures: Mapping[StillWanted, bytes]
) -> list[dict[str, str]]:
    """Return what the template shows of the stills that could be had."""
    texts = []
    for still in wanted:
        if still in pictures:
            data = base64.b64encode(pictures[still]).decode("ascii")
            caption = f"{still.name} {percent(still.probability, 0)} at {moment(still.time_s)}"
            texts.append(
                {
                    "source": f"data:image/jpeg;base64,{data}",
                    "caption": caption,
                    "alt": f"Frame {still.frame}: {face_title(document, still.face_id)}, {caption}",
                }
            )
    return texts


def _expression(one: ExpressionSummary, index: int) -> dict[str, Any]:
    return {
        "name": one.name,
        "index": index,
        "bar": figures.share_bar(one.share, index),
        "share": percent(one.share),
        "time": seconds(one.seconds) if one.frames else NOTHING,
        "mean": percent(one.mean),
        "sd": percent(one.sd),
        "highest": percent(one.highest),
        "episodes": f"{one.episodes:,}",
        "brief": f"{one.brief:,}",
        "median": seconds(one.episode_median_s),
        "longest": seconds(one.episode_longest_s),
        "latency": seconds(one.latency_s),
    }


def _figures(told: RangeStatistics) -> list[tuple[str, str]]:
    rows = [
        ("In the picture", f"{seconds(told.face_s)} of {seconds(told.analyzed_s)} analyzed"),
        ("Uncertain", percent(told.uncertain)),
        ("Mean confidence", percent(told.confidence)),
        ("Valence, arousal", f"{number(told.valence)}, {number(told.arousal)} (coarse, −1 to 1)"),
    ]
    for name, moved in (("Blinks", told.blinks), ("Smiles", told.smiles)):
        if moved is None:
            rows.append((name, "not measured: the analysis made no blendshapes"))
        else:
            rate = "" if moved.per_minute is None else f", {moved.per_minute:.1f} a minute"
            mean = "" if moved.mean_s is None else f", {moved.mean_s:.2f} s in the mean"
            rows.append((name, f"{moved.count:,}{rate}{mean}"))
    return rows


def _transitions(told: RangeStatistics) -> list[dict[str, Any]]:
    """Return the rows of the expressions that have episodes; nothing where nothing followed."""
    seen = [place for place, one in enumerate(told.expressions) if one.episodes]
    most = int(told.transitions.max(initial=0))
    if not most:
        return []
    return [
        {
            "name": told.names[row],
            "cells": [
                {"count": count, "weight": f"{0.06 + 0.3 * count / most:.2f}"}
                for count in (int(told.transitions[row, column]) for column in seen)
            ],
        }
        for row in seen
    ]


def _episode_lists(
    document: SessionDocument, told: RangeStatistics, place: Mapping[str, int], rule: EpisodeRule
) -> list[dict[str, Any]]:
    brief = told.brief_episodes
    strongest = sorted(brief, key=lambda one: -one.peak)[:_MOST_BRIEF]
    longest = sorted(told.episodes, key=lambda one: -one.duration_s)[:_MOST_EPISODES]
    brief_text = [BRIEF, *(one.text for one in time_limits(document, rule))]
    if rule.min_duration_s > 0:
        brief_text.append(f"Episodes under {rule.min_duration_s:g} s are left out.")
    brief_text.append(_counted(len(brief), len(strongest), "strongest"))
    return [
        {
            "title": "Longest episodes",
            "text": _counted(len(told.episodes), len(longest), "longest"),
            "rows": _rows(longest, place),
        },
        {
            "title": "Brief episodes",
            "text": " ".join(brief_text),
            "rows": _rows(strongest, place),
        },
    ]


def _counted(count: int, shown: int, which: str) -> str:
    if not count:
        return "None was found."
    if shown < count:
        return f"The {shown} {which} of {count:,}, in the order of time; exports hold them all."
    return f"All {count:,}, in the order of time." if count > 1 else "There is this one."


def _rows(episodes: Sequence[Episode], place: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "start": moment(one.start_s),
            "end": moment(one.end_s),
            "name": one.name,
            "index": place[one.name],
            "length": seconds(one.duration_s),
            "frames": f"{one.frames:,}",
            "peak": percent(one.peak),
            "peak_at": moment(one.peak_s),
            "mean": percent(one.mean),
        }
        for one in sorted(episodes, key=lambda each: each.start_s)
    ]
