"""The stored session that is looked at again: its readings, and what a person says about it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.types import Notice
from ferqt.outputs.store.names import SESSION_NAME
from ferqt.runtime.tasks import TaskRunner

if TYPE_CHECKING:
    from ferqt.outputs.store.editor import SessionEditor

_Update = Callable[[SessionDocument], SessionDocument]
"""Brings what is known of a session in line with a change that was written."""


class Review(QObject):
    """Opens a session and changes what is said about it, on disk at once.

    Lives on the GUI thread; the file is read and written in tasks, one after the other in the order
    in which they were asked for.

    Args:
        tasks: Reads and writes in the background.
    """

    opening = Signal(str)
    """Path of the session that is being read."""

    opened = Signal(object)
    """SessionDocument of another session, None when it was closed."""

    readings_changed = Signal(object)
    """SessionDocument with other faces: one was named or merged."""

    remarks_changed = Signal(object)
    """SessionDocument with other markers or excluded ranges."""

    notice_posted = Signal(object)
    """Notice: the session cannot be read, or a change not be written."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._path: Path | None = None
        self._document: SessionDocument | None = None
        self._edits = TaskRunner(self, threads=1)

    @property
    def document(self) -> SessionDocument | None:
        """The session that is open, None for none."""
        return self._document

    @property
    def path(self) -> Path | None:
        """File of the session that is open or being opened."""
        return self._path

    def open(self, place: Path) -> None:
        """Close the open session and read another; the answer comes as a signal.

        Args:
            place: A session's file, or the folder that holds it.
        """
        self.close()
        path = place / SESSION_NAME if place.is_dir() else place
        self._path = path
        self.opening.emit(str(path))

        def on_opened(document: SessionDocument) -> None:
            if path == self._path:
                self._document = document
                self.opened.emit(document)

        def on_failed(notice: Notice) -> None:
            if path == self._path:
                self._path = None
                self.opened.emit(None)
            self.notice_posted.emit(notice)

        self._tasks.run(
            partial(_read, path),
            on_opened,
            on_failed,
            title=self.tr("The session was not opened"),
        )

    def close(self) -> None:
        """Close the session; harmless when none is open. Changes on their way are written."""
        was_open = self._document is not None
        self._path = self._document = None
        if was_open:
            self.opened.emit(None)

    def add_marker(self, marker: Marker) -> None:
        """Mark a moment."""
        self._remark(lambda editor: editor.add_marker(marker))

    def change_marker(self, marker: Marker, label: str, note: str) -> None:
        """Give a marker another label and note."""
        changed = replace(marker, label=label, note=note)
        if changed != marker:
            self._remark(lambda editor: editor.change_marker(marker, changed))

    def remove_markers(self, markers: Sequence[Marker]) -> None:
        """Take markers away."""

        def remove(editor: "SessionEditor") -> None:
            for marker in markers:
                editor.remove_marker(marker)

        self._remark(remove)

    def exclude(self, part: TimeRange) -> None:
        """Leave a stretch out of statistics."""
        self._remark(lambda editor: editor.exclude(part))

    def include(self, part: TimeRange) -> None:
        """Take a stretch into statistics again."""
        self._remark(lambda editor: editor.include(part))

    def rename_face(self, face_id: int, name: str) -> None:
        """Give a face a name, or take it away with ""."""

        def rename(editor: "SessionEditor") -> _Update:
            names = editor.rename_face(face_id, name).names
            return lambda document: replace(document, table=replace(document.table, names=names))

        self._change(rename, self.readings_changed)

    def merge_faces(self, face_id: int, into: int) -> None:
        """Let a face go by the id of another, which it is in truth, in all rows."""
        path = self._path
        if path is None:
            return

        def merge(editor: "SessionEditor") -> _Update:
            editor.merge_faces(face_id, into)
            table = _read(path).table
            return lambda document: replace(document, table=table)

        self._change(merge, self.readings_changed)

    def shutdown(self) -> None:
        """Wait until every change is written."""
        self._edits.finish()

    def _remark(self, edit: "Callable[[SessionEditor], object]") -> None:
        def remark(editor: "SessionEditor") -> _Update:
            edit(editor)
            markers, excluded = editor.markers, editor.excluded
            return lambda document: replace(document, markers=markers, excluded=excluded)

        self._change(remark, self.remarks_changed)

    def _change(self, edit: "Callable[[SessionEditor], _Update]", changed: SignalInstance) -> None:
        path = self._path
        if path is None or self._document is None:
            return

        def work() -> _Update:
            from ferqt.outputs.store.editor import SessionEditor

            with SessionEditor(path) as editor:
                return edit(editor)

        def on_done(update: _Update) -> None:
            if path == self._path and self._document is not None:
                self._document = update(self._document)
                changed.emit(self._document)

        self._edits.run(
            work,
            on_done,
            self.notice_posted.emit,
            title=self.tr("The change was not written"),
        )


def _read(path: Path) -> SessionDocument:
    # What reads sessions is imported with the first one: a window starts without.
    from ferqt.outputs.store.reader import open_session

    return open_session(path)
