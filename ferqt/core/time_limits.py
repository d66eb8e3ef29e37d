"""What the frame rate of a session can and cannot show, in sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ferqt.core.episodes import BRIEF_S, EpisodeRule
from ferqt.core.session_document import SessionDocument
from ferqt.texts import N

_UNEVEN: Final = 1.5
"""Frame rates are told to vary when the longest step is so many times the usual one."""

_FEW_BRIEF_S: Final = 0.1
"""From this step on, much of what counts as brief may fall into a single frame."""

_BLINK_STEP_S: Final = 0.05
"""A blink covers the eyes for about a tenth of a second: two steps."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with numbers in it, ready to be translated.

    Attributes:
        template: English, with named places; translated in the context "TimeLimits".
        values: What belongs into the places, as text.
    """

    template: str
    values: Mapping[str, str]

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class FrameSteps:
    """How far apart the analyzed frames of a session are.

    Attributes:
        median_s: The usual step.
        longest_s: The longest.
    """

    median_s: float
    longest_s: float

    @classmethod
    def of(cls, document: SessionDocument) -> "FrameSteps | None":
        """Measure a session; None for pictures and for fewer than two frames."""
        times = np.unique(document.table.timestamp)
        steps = np.diff(times[np.isfinite(times)])
        return cls(float(np.median(steps)), float(steps.max())) if len(steps) else None


def time_limits(
    document: SessionDocument, rule: EpisodeRule | None = None
) -> tuple[Statement, ...]:
    """Return what begin, end and length of episodes are worth, the most important first.

    A frame shows a moment. What was seen in n frames in a row, a step apart, lasted more than n-1
    and less than n+1 steps. Anything of two steps or longer is in two frames at least; anything
    shorter than one step may lie between two frames.

    Args:
        document: The session.
        rule: How its episodes were found, the default rule when None.
    """
    steps = FrameSteps.of(document)
    if steps is None:
        return (
            Statement(
                N(
                    "TimeLimits",
                    "Without frames that follow each other in time there are no episodes.",
                ),
                {},
            ),
        )
    smoothed = rule is not None and rule.smoothed
    return (
        *_of_steps(steps),
        *(_of_smoothing(document) if smoothed else ()),
        *_of_blinks(document, steps),
    )


def _of_steps(steps: FrameSteps) -> Iterator[Statement]:
    step, twice = steps.median_s, 2 * steps.median_s
    yield Statement(
        N(
            "TimeLimits",
            "At {rate} analyzed frames a second one comes every {step} ms: begin and end of an "
            "episode are known to ±{step} ms.",
        ),
        {"rate": _number(1 / step), "step": _milliseconds(step)},
    )
    if steps.longest_s > _UNEVEN * step:
        yield Statement(
            N("TimeLimits", "The frames come unevenly, {longest} ms apart at most."),
            {"longest": _milliseconds(steps.longest_s)},
        )
    yield Statement(
        N(
            "TimeLimits",
            "What lasts less than {twice} ms may show in a single frame, what lasts less than "
            "{step} ms in none.",
        ),
        {"twice": _milliseconds(twice), "step": _milliseconds(step)},
    )
    if twice > BRIEF_S:
        yield Statement(
            N(
                "TimeLimits",
                "This is too slow for brief expressions (under {brief} s): they are seen by chance "
                "and cannot be told from longer ones.",
            ),
            {"brief": _number(BRIEF_S)},
        )
    elif step >= _FEW_BRIEF_S:
        yield Statement(
            N(
                "TimeLimits",
                "Of brief expressions (under {brief} s) only those of {twice} s or more are sure "
                "to be in two frames.",
            ),
            {"brief": _number(BRIEF_S), "twice": _number(twice)},
        )


def _of_smoothing(document: SessionDocument) -> Iterator[Statement]:
    settings = document.facts.get("settings") or {}
    constant = settings.get("smoothing_s")
    if constant is None:
        yield Statement(
            N("TimeLimits", "Smoothed values lag behind: most brief expressions are lost."), {}
        )
    elif constant > 0:
        yield Statement(
            N(
                "TimeLimits",
                "Smoothed values lag {lag} s behind: most brief expressions are lost.",
            ),
            {"lag": _number(constant)},
        )


def _of_blinks(document: SessionDocument, steps: FrameSteps) -> Iterator[Statement]:
    if document.table.blendshapes is not None and steps.median_s > _BLINK_STEP_S + 1e-3:
        yield Statement(
            N("TimeLimits", "A blink takes 0.1 to 0.4 s: at this rate some are missed."), {}
        )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f}"


def _number(value: float) -> str:
    return f"{value:.3g}"
