"""What every file that a session is exported to has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ferqt.core.episodes import EpisodeRule
from ferqt.core.session_document import SessionDocument
from ferqt.errors import OutputError

if TYPE_CHECKING:
    from ferqt.outputs.report import ReportOptions

_RULE = EpisodeRule()


def has_times(document: SessionDocument) -> bool:
    """Whether a session's frames have times; pictures have none."""
    table = document.table
    return table.files is None and bool(np.isfinite(table.timestamp).any() or not len(table))


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a person may choose about exports; each format takes what concerns it.

    Attributes:
        rule: What makes an episode, for the formats of segments.
        blendshapes: Whether tables of frames get the 52 columns of blendshapes, if the session
            has any.
        report: Gathers what a report says beside the session, as figures of the model and stills;
            None for a report without.
    """

    rule: EpisodeRule = _RULE
    blendshapes: bool = False
    report: "Callable[[SessionDocument, EpisodeRule], ReportOptions] | None" = None


_DEFAULT = ExportOptions()

Writer = Callable[[SessionDocument, Path, ExportOptions], tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A kind of file that a session can be exported to.

    Attributes:
        id: Name on the command line.
        title: What people read.
        file_name: Usual name of the file.
        writer: Writes it, replacing an older one, and returns all files that it wrote.
        timed: Whether it tells times, which pictures do not have.
    """

    id: str
    title: str
    file_name: str
    writer: Writer
    timed: bool = False

    def write(
        self, document: SessionDocument, path: Path, options: ExportOptions = _DEFAULT
    ) -> tuple[Path, ...]:
        """Write a session, whole or not at all, and return the files: `path` and any beside it.

        An older file is replaced. Takes seconds for an hour of rows; any thread.

        Raises:
            OutputError: The session has no times and the format needs them, or the file cannot be
                written.
        """
        if self.timed and not has_times(document):
            raise OutputError(
                f"pictures have no times, and '{self.id}' tells times: '{document.title}'",
                "Choose a format with a row for each picture: csv, parquet, openface or fex.",
            )
        return self.writer(document, path, options)
