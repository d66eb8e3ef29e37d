"""What the panel of range statistics says: figures as cells, facts as lines."""

from collections.abc import Sequence
from typing import Final, overload

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from ferqt.core.episodes import Episode
from ferqt.core.movements import MovementStatistics
from ferqt.core.range_statistics import RangeStatistics
from ferqt.core.session_document import TimeRange
from ferqt.core.time_limits import Statement
from ferqt.core.timecode import format_time
from ferqt.ui.docks.statistics_chart import percent
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.timeline.figures_table import Figure
from ferqt.ui.tokens import Tokens

NONE: Final = "–"

translate = QCoreApplication.translate

Titles = Sequence[tuple[str, str]]
Rows = Sequence[Sequence[Figure]]


def expression_figures(told: RangeStatistics, tokens: Tokens) -> tuple[Titles, Rows]:
    """Return a row for each expression."""
    titles = (
        (translate("RangeStatistics", "Expression"), ""),
        (
            translate("RangeStatistics", "Share"),
            translate("RangeStatistics", "Share of the face's time in which it led"),
        ),
        (
            translate("RangeStatistics", "Time"),
            translate("RangeStatistics", "Time for which it led"),
        ),
        (
            translate("RangeStatistics", "Mean"),
            translate("RangeStatistics", "Mean probability over all the face's time"),
        ),
        (
            translate("RangeStatistics", "SD"),
            translate("RangeStatistics", "Its standard deviation"),
        ),
        (translate("RangeStatistics", "Peak"), translate("RangeStatistics", "Highest probability")),
        (
            translate("RangeStatistics", "Episodes"),
            translate("RangeStatistics", "How often it was shown, brief ones included"),
        ),
        (
            translate("RangeStatistics", "Brief"),
            translate("RangeStatistics", "Episodes shorter than 0.5 s"),
        ),
        (
            translate("RangeStatistics", "Mean length"),
            translate("RangeStatistics", "Of the episodes"),
        ),
        (
            translate("RangeStatistics", "Longest"),
            translate("RangeStatistics", "The longest episode"),
        ),
        (
            translate("RangeStatistics", "Latency"),
            translate("RangeStatistics", "Time from the start of the range to the first episode"),
        ),
    )
    ground = QColor(tokens.surface)
    rows = [
        (
            Figure(one.name, expression_color(one.name, ground)),
            Figure(percent(one.share) if one.frames else NONE),
            Figure(_seconds(one.seconds or None)),
            Figure(percent(one.mean)),
            Figure(percent(one.sd)),
            Figure(percent(one.highest)),
            Figure(f"{one.episodes:,}" if one.episodes else NONE),
            Figure(f"{one.brief:,}" if one.brief else NONE),
            Figure(_seconds(one.episode_mean_s)),
            Figure(_seconds(one.episode_longest_s)),
            Figure(_seconds(one.latency_s)),
        )
        for one in told.expressions
    ]
    return titles, rows


def transition_figures(told: RangeStatistics, tokens: Tokens) -> tuple[Titles, Rows]:
    """Return a row for each expression that an episode of another one followed."""
    text = translate("RangeStatistics", "from {0} to {1}")
    head = translate("RangeStatistics", "From, to →")
    ground = QColor(tokens.surface)
    highest = max(1, int(told.transitions.max(initial=0)))
    titles = [(head, ""), *((name, text.format("…", name)) for name in told.names)]
    rows = [
        (
            Figure(name, expression_color(name, ground)),
            *(_counted(count, count / highest, tokens) for count in counts),
        )
        for name, counts in zip(told.names, told.transitions.tolist(), strict=True)
    ]
    return titles, rows


def brief_figures(told: RangeStatistics, tokens: Tokens) -> tuple[Titles, Rows]:
    """Return a row for each brief episode."""
    titles = (
        (translate("RangeStatistics", "Begins"), ""),
        (translate("RangeStatistics", "Expression"), ""),
        (
            translate("RangeStatistics", "Length"),
            translate("RangeStatistics", "≥ where it begins or ends at an edge and may be longer"),
        ),
        (
            translate("RangeStatistics", "Frames"),
            translate("RangeStatistics", "Frames that show it; one alone is weak evidence"),
        ),
        (translate("RangeStatistics", "Peak"), translate("RangeStatistics", "Highest probability")),
        (translate("RangeStatistics", "Face"), ""),
    )
    return titles, BriefRows(told.brief_episodes, QColor(tokens.surface))


class BriefRows(Sequence[Sequence[Figure]]):
    """A row for each brief episode, made when it is looked at: an hour may have thousands."""

    def __init__(self, episodes: Sequence[Episode], ground: QColor) -> None:
        self._episodes = episodes
        self._ground = ground

    def __len__(self) -> int:
        return len(self._episodes)

    @overload
    def __getitem__(self, place: int) -> Sequence[Figure]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Figure]]: ...
    def __getitem__(self, place: int | slice) -> Sequence[Figure] | Sequence[Sequence[Figure]]:
        if isinstance(place, slice):
            return BriefRows(self._episodes[place], self._ground)
        one = self._episodes[place]
        return (
            Figure(format_time(one.start_s)),
            Figure(one.name, expression_color(one.name, self._ground)),
            Figure(("≥ " if one.cut else "") + f"{1000 * one.duration_s:.0f} ms"),
            Figure(str(one.frames)),
            Figure(percent(one.peak)),
            Figure(str(one.face_id)),
        )


def range_text(chosen: TimeRange | None) -> str:
    """Return what the figures are of."""
    if chosen is None:
        return translate("RangeStatistics", "All of the session")
    text = translate("RangeStatistics", "{0} to {1}")
    return text.format(format_time(chosen.start_s), format_time(chosen.end_s))


def facts_text(told: RangeStatistics) -> str:
    """Return the figures of the face whatever it showed, in a few lines."""
    if not told.frames:
        return translate("RangeStatistics", "This face was not seen here.")
    lines = []
    if told.face_s and told.face_id is None:
        lines.append(
            translate(
                "RangeStatistics", "A face in the picture for {0} of {1}, all faces together {2}"
            ).format(_seconds(told.with_face_s), _seconds(told.analyzed_s), _seconds(told.face_s))
        )
    elif told.face_s:
        lines.append(
            translate("RangeStatistics", "Seen for {0} of {1}, readings: {2}").format(
                _seconds(told.face_s), _seconds(told.analyzed_s), f"{told.frames:,}"
            )
        )
    else:
        lines.append(translate("RangeStatistics", "Readings: {0}").format(f"{told.frames:,}"))
    lines.append(
        translate("RangeStatistics", "Mean confidence {0}, uncertain {1}").format(
            percent(told.confidence), percent(told.uncertain)
        )
    )
    if told.valence is not None and told.arousal is not None:
        text = translate("RangeStatistics", "Mean valence {0}, arousal {1}")
        lines.append(text.format(f"{told.valence:+.2f}", f"{told.arousal:+.2f}"))
    moved = [
        text.format(found.count, _rate(found))
        for text, found in (
            (translate("RangeStatistics", "Blinks: {0} ({1} a minute)"), told.blinks),
            (translate("RangeStatistics", "smiles: {0} ({1} a minute)"), told.smiles),
        )
        if found is not None
    ]
    if moved:
        lines.append(", ".join(moved))
    return "\n".join(lines)


def limits_text(limits: Sequence[Statement]) -> str:
    """Return what the frame rate can show, in the language of the window."""
    return " ".join(translate("TimeLimits", one.template).format(**one.values) for one in limits)


def _counted(count: int, share: float, tokens: Tokens) -> Figure:
    if not count:
        return Figure(NONE)
    ground = QColor(tokens.accent)
    ground.setAlphaF(0.08 + 0.37 * share)
    return Figure(f"{count:,}", ground=ground)


def _rate(found: MovementStatistics) -> str:
    return NONE if found.per_minute is None else f"{found.per_minute:.1f}"


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return NONE
    if seconds < 60:
        return f"{seconds:.2f} s"
    return format_time(seconds, 1 if seconds < 3600 else 0)
