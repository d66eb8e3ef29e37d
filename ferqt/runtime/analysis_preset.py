"""What an analysis is asked for: model, finder, how many frames, and what is written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from ferqt.errors import SessionError
from ferqt.outputs.exports.registry import EXPORTS

REPORT_FORMAT: Final = "html"
"""Id of the report, which shows stills."""
USUAL_FORMATS: Final = ("csv",)
"""What is written beside a session when nothing else is asked for."""

_MOST_EVERY: Final = 10_000
_MOST_SMOOTHING_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class AnalysisPreset:
    """Settings of an analysis under a name.

    Attributes:
        name: What people call it; "" for the one that is always there.
        model: Id of the expression model; "" for the default one.
        detector: Id of the face detector; "" for the default one.
        every: Only frames whose number is a multiple of it are read; 1 for all.
        smoothing_s: Time in s over which readings are mixed; None for the usual one.
        uncertain_below: Share under which an expression is uncertain; None for the model's own.
        blendshapes: Whether the 52 movements of the face are kept for each frame.
        formats: Ids of the files that are written beside the session, one at least.
        annotated: Whether a video with the overlay is written.
        blur: Whether faces are blurred in that video and in reports.
        start_s: Frames before this time in s are left out; None for none.
        stop_s: Frames from this time in s on are left out; None for none.
    """

    name: str = ""
    model: str = ""
    detector: str = ""
    every: int = 1
    smoothing_s: float | None = None
    uncertain_below: float | None = None
    blendshapes: bool = False
    formats: tuple[str, ...] = USUAL_FORMATS
    annotated: bool = False
    blur: bool = False
    start_s: float | None = None
    stop_s: float | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.every <= _MOST_EVERY:
            raise ValueError(f"every is from 1 to {_MOST_EVERY}, got {self.every}")
        if self.smoothing_s is not None and not 0 <= self.smoothing_s <= _MOST_SMOOTHING_S:
            raise ValueError(f"smoothing is from 0 to {_MOST_SMOOTHING_S} s")
        if self.uncertain_below is not None and not 0 <= self.uncertain_below <= 1:
            raise ValueError("uncertain_below is from 0 to 1")

    @property
    def has_pictures(self) -> bool:
        """Whether something is written that shows faces."""
        return self.annotated or REPORT_FORMAT in self.formats

    def for_pictures(self) -> "AnalysisPreset":
        """Return the same without what tells times, which pictures do not have."""
        timeless = tuple(
            one for one in self.formats if one not in EXPORTS or not EXPORTS[one].timed
        )
        return replace(self, formats=timeless or USUAL_FORMATS, annotated=False)

    def arguments(self) -> list[str]:
        """Return what `ferqt analyze` is told."""
        told: list[str] = []
        for option, value in (
            ("--model", self.model),
            ("--detector", self.detector),
            ("--smoothing", self.smoothing_s),
            ("--uncertain-below", self.uncertain_below),
            ("--from", self.start_s),
            ("--to", self.stop_s),
        ):
            if value not in (None, ""):
                told += [option, f"{value}"]
        if self.every > 1:
            told += ["--every", f"{self.every}"]
        if self.formats and self.formats != USUAL_FORMATS:
            told += ["--format", ",".join(self.formats)]
        for option, wanted in (
            ("--blendshapes", self.blendshapes),
            ("--annotated", self.annotated),
            ("--blur", self.blur and self.has_pictures),
        ):
            if wanted:
                told.append(option)
        return told

    def to_json(self) -> dict[str, Any]:
        """Return the preset as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: object) -> "AnalysisPreset":
        """Read what `to_json` gave; what is not known is left out.

        Raises:
            ValueError: A value is none that a preset can have.
        """
        if not isinstance(stored, dict):
            raise ValueError("a preset is a JSON object")  # noqa: TRY004 - a bad file, not a bug
        values = {}
        for one in fields(cls):
            if one.name in stored:
                values[one.name] = _value(one.name, stored[one.name])
        return cls(**values)


def _value(name: str, value: object) -> Any:
    """Return a stored value as the preset has it; ValueError if it is of another type."""
    good = {
        "every": isinstance(value, int) and not isinstance(value, bool),
        "smoothing_s": value is None or isinstance(value, int | float),
        "uncertain_below": value is None or isinstance(value, int | float),
        "start_s": value is None or isinstance(value, int | float),
        "stop_s": value is None or isinstance(value, int | float),
        "blendshapes": isinstance(value, bool),
        "annotated": isinstance(value, bool),
        "blur": isinstance(value, bool),
        "formats": isinstance(value, list | tuple) and all(isinstance(one, str) for one in value),
    }.get(name, isinstance(value, str))
    if not good:
        raise ValueError(f"{name} cannot be {value!r}")
    return tuple(value) if isinstance(value, list) else value


def preset_of(facts: Mapping[str, Any], name: str = "") -> AnalysisPreset:
    """Return what a session was asked for, so that it can go on.

    Args:
        facts: What the session says of itself.
        name: Name of the settings.

    Raises:
        SessionError: It does not say it.
    """
    try:
        part, settings = facts["part"], facts["settings"]
        return AnalysisPreset(
            name=name,
            model=str(facts["model"]["id"]),
            detector=str(settings["detector"]["id"]),
            every=int(part["every"]),
            smoothing_s=settings["smoothing_s"],
            uncertain_below=settings["uncertain_below"],
            blendshapes=bool(settings["detector"].get("blendshapes", False)),
            start_s=part["from_s"],
            stop_s=part["to_s"],
        )
    except (LookupError, TypeError, ValueError) as error:
        raise SessionError(
            f"the session does not say how it was begun: {error}", "Analyze the source again."
        ) from error


def read_presets(texts: Sequence[str]) -> tuple[AnalysisPreset, ...]:
    """Return the presets that settings hold, one JSON text each; damaged ones are left out."""
    presets: dict[str, AnalysisPreset] = {}
    for text in texts:
        try:
            preset = AnalysisPreset.from_json(json.loads(text))
        except (ValueError, RecursionError):
            continue
        presets.setdefault(preset.name, preset)
    return tuple(presets.values())


def write_presets(presets: Iterable[AnalysisPreset]) -> tuple[str, ...]:
    """Return presets as settings hold them."""
    return tuple(json.dumps(preset.to_json(), ensure_ascii=False) for preset in presets)


def with_preset(
    presets: Sequence[AnalysisPreset], preset: AnalysisPreset
) -> tuple[AnalysisPreset, ...]:
    """Return the presets with one added, or in place of the one that has its name."""
    names = [known.name for known in presets]
    if preset.name not in names:
        return (*presets, preset)
    return tuple(preset if known.name == preset.name else known for known in presets)


def named(preset: AnalysisPreset, name: str) -> AnalysisPreset:
    """Return the same settings under another name."""
    return replace(preset, name=name.strip())
