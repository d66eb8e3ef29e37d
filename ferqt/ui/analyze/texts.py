"""Words and numbers of the page of analyses."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDateTime, QLocale, Qt

from ferqt.outputs.store.state import SessionState
from ferqt.runtime.analysis_jobs import AnalysisJob, JobState
from ferqt.runtime.analysis_preset import AnalysisPreset
from ferqt.runtime.analysis_sources import Refusal

_N = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_CONTEXT: Final = "Analyses"
_MINUTE: Final = 60
_HOUR: Final = 3600

_STATES: Final[Mapping[JobState, str]] = MappingProxyType(
    {
        JobState.QUEUED: _N("Analyses", "Waiting"),
        JobState.RUNNING: _N("Analyses", "Running"),
        JobState.PAUSED: _N("Analyses", "Paused"),
        JobState.DONE: _N("Analyses", "Done"),
        JobState.FAILED: _N("Analyses", "Failed"),
        JobState.INTERRUPTED: _N("Analyses", "Interrupted"),
        JobState.CANCELED: _N("Analyses", "Canceled"),
    }
)
_REFUSALS: Final[Mapping[Refusal, str]] = MappingProxyType(
    {
        Refusal.MISSING: _N("Analyses", "It is not there."),
        Refusal.UNREADABLE: _N("Analyses", "Reading it is not permitted."),
        Refusal.UNKNOWN_KIND: _N("Analyses", "It is neither a video nor a picture."),
        Refusal.ENDLESS: _N("Analyses", "Cameras and addresses have no end. Record them first."),
        Refusal.EMPTY: _N("Analyses", "There is no video and no picture in this folder."),
        Refusal.KNOWN: _N("Analyses", "It is in the queue already."),
        Refusal.TOO_MANY: _N("Analyses", "Too many files; the rest was left out."),
    }
)

_SESSION_STATES: Final[Mapping[SessionState, str]] = MappingProxyType(
    {
        SessionState.RUNNING: _N("Analyses", "Running"),
        SessionState.INTERRUPTED: _N("Analyses", "Interrupted"),
        SessionState.DONE: _N("Analyses", "Done"),
        SessionState.FAILED: _N("Analyses", "Failed"),
    }
)


def translated(text: str) -> str:
    """Return a text of this page in the user's language."""
    return QCoreApplication.translate(_CONTEXT, text)


def state_text(job: AnalysisJob) -> str:
    """Say where a job stands."""
    if job.ending:
        return translated(_N("Analyses", "Stopping …"))
    if job.writing:
        return translated(_N("Analyses", "Writing files"))
    return translated(_STATES[job.state])


def refusal_text(reason: Refusal) -> str:
    """Say why something cannot be analyzed."""
    return translated(_REFUSALS[reason])


def problem_text(job: AnalysisJob) -> str:
    """Say why a job failed or was interrupted, and what to do; "" if it was not."""
    hint = QCoreApplication.translate("Notices", job.hint) if job.hint else ""
    head = f"{job.message[:1].upper()}{job.message[1:]}"
    return f"{head}. {hint}".strip() if head else hint


def preset_title(preset: AnalysisPreset) -> str:
    """Return the name of settings as lists show it."""
    return preset.name or translated(_N("Analyses", "Default"))


def length_text(seconds: float) -> str:
    """Return a length as "2:05" or "1:02:05"."""
    whole = round(seconds)
    minutes, rest = divmod(whole, _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def left_text(seconds: float) -> str:
    """Return how long something will take, no more exact than it is known."""
    if seconds < _MINUTE:
        return translated(_N("Analyses", "{0} s")).format(max(1, round(seconds)))
    minutes = round(seconds / _MINUTE)
    if minutes < _MINUTE:
        return translated(_N("Analyses", "{0} min")).format(minutes)
    hours, minutes = divmod(minutes, _MINUTE)
    return translated(_N("Analyses", "{0} h {1} min")).format(hours, minutes)


def pictures_text(count: int) -> str:
    """Return how many pictures there are."""
    if count == 1:
        return translated(_N("Analyses", "1 picture"))
    return translated(_N("Analyses", "{0} pictures")).format(count)


def session_state_text(state: SessionState) -> str:
    """Say how far a session is."""
    return translated(_SESSION_STATES[state])


def date_text(created: str) -> str:
    """Return when a session was begun in local time and the system's way; "" if it is not known."""
    moment = QDateTime.fromString(created, Qt.DateFormat.ISODate)
    if not moment.isValid():
        return ""
    return QLocale().toString(moment.toLocalTime(), QLocale.FormatType.ShortFormat)
