"""Exports sessions in the background, one file after the other."""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from ferqt.core.session_document import SessionDocument
from ferqt.core.types import Notice
from ferqt.errors import OutputError
from ferqt.outputs.exports.base import ExportFormat, ExportOptions, has_times
from ferqt.outputs.store.reader import open_session
from ferqt.runtime.tasks import TaskRunner

_MOST_LETTERS: Final = 80


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What is to be exported.

    Attributes:
        sessions: The sessions' files, each with the folder for what comes of it.
        formats: The kinds of files.
        options: What they tell.
    """

    sessions: Mapping[Path, Path]
    formats: tuple[ExportFormat, ...]
    options: ExportOptions

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that may be written."""
        return tuple(
            folder / one.file_name for folder in self.sessions.values() for one in self.formats
        )


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of it.

    Attributes:
        files: What was written.
        failures: What was not, a notice each.
        left_out: Files that pictures cannot have, because they have no times.
        canceled: Whether the person thought better of it.
    """

    files: tuple[Path, ...]
    failures: tuple[Notice, ...]
    left_out: int
    canceled: bool


def folders_for(target: Path, titles: Mapping[Path, str]) -> dict[Path, Path]:
    """Return a folder for each session: the target for one, folders in it for several.

    Args:
        target: The folder that was chosen.
        titles: What the sessions are called, by their files.
    """
    if len(titles) == 1:
        return dict.fromkeys(titles, target)
    folders: dict[Path, Path] = {}
    taken: set[str] = set()
    for path, title in titles.items():
        stem = re.sub(r"[^\w.-]+", "-", title).strip("-.")[:_MOST_LETTERS] or "session"
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        folders[path] = target / name
    return folders


def existing(files: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files that are there; looks at the disk."""
    return tuple(path for path in files if path.exists())


class SessionExport(QObject):
    """One export: reads each session, then writes its files; lives on the GUI thread.

    Between two files it can be ended. A file that cannot be written does not stop the others.
    """

    progressed = Signal(int, int, str)
    """Files that are done, all files, and the name of the one that is next."""
    ended = Signal(object)
    """`Exported`."""

    def __init__(self, wish: ExportWish, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish = wish
        self._tasks = tasks
        self._sessions = deque(wish.sessions)
        self._formats: deque[ExportFormat] = deque()
        self._document: SessionDocument | None = None
        self._folder = Path()
        self._files: list[Path] = []
        self._failures: list[Notice] = []
        self._left_out = 0
        self._done = 0
        self._canceled = False

    def start(self) -> None:
        """Begin."""
        self._next()

    def cancel(self) -> None:
        """End after the file that is being written."""
        self._canceled = True

    def _next(self) -> None:
        if self._canceled or not (self._formats or self._sessions):
            self._document = None
            outcome = Exported(
                tuple(self._files), tuple(self._failures), self._left_out, self._canceled
            )
            self.ended.emit(outcome)
        elif self._formats and self._document is not None:
            self._write(self._document, self._formats.popleft())
        else:
            self._open(self._sessions.popleft())

    def _open(self, path: Path) -> None:
        self._document = None
        self._folder = self._wish.sessions[path]
        self._tell(self._folder.name)
        shapes = self._wish.options.blendshapes
        self._tasks.run(
            partial(open_session, path, blendshapes=shapes),
            self._on_opened,
            self._on_not_opened,
            title=self.tr("The session was not exported"),
        )

    def _on_opened(self, document: SessionDocument) -> None:
        self._document = document
        timed = has_times(document)
        fitting = [one for one in self._wish.formats if timed or not one.timed]
        self._left_out += len(self._wish.formats) - len(fitting)
        self._done += len(self._wish.formats) - len(fitting)
        self._formats = deque(fitting)
        self._next()

    def _on_not_opened(self, notice: Notice) -> None:
        self._failures.append(notice)
        self._done += len(self._wish.formats)
        self._next()

    def _write(self, document: SessionDocument, one: ExportFormat) -> None:
        self._tell(one.file_name)
        self._tasks.run(
            partial(_write, document, one, self._folder, self._wish.options),
            self._on_written,
            self._on_not_written,
            title=self.tr("A file was not written"),
        )

    def _on_written(self, files: Sequence[Path]) -> None:
        self._files += files
        self._done += 1
        self._next()

    def _on_not_written(self, notice: Notice) -> None:
        self._failures.append(notice)
        self._done += 1
        self._next()

    def _tell(self, name: str) -> None:
        whole = len(self._wish.sessions) * len(self._wish.formats)
        self.progressed.emit(self._done, whole, name)


def _write(
    document: SessionDocument, one: ExportFormat, folder: Path, options: ExportOptions
) -> tuple[Path, ...]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot make the folder '{folder}': {error.strerror or error}",
            "Choose a folder that you may write to.",
        ) from error
    return one.write(document, folder / one.file_name, options)
