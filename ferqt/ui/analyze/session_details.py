"""What is known of the chosen session, with what a person writes about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCompleter,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ferqt.outputs.store.entry import LibraryEntry
from ferqt.settings import DETECTOR
from ferqt.ui.analyze.texts import date_text, length_text, session_state_text
from ferqt.ui.dialogs.settings_controls import translated_setting
from ferqt.ui.docks.tools import ElidedLabel, empty_label
from ferqt.ui.theme import tabular

_TYPING_MS: Final = 1_000
_NOTES_PX: Final = 72
_MAX_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class _Words:
    """What is stored of a session, or was told last."""

    title: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""


class SessionDetails(QWidget):
    """Title, tags and notes, which can be changed, above the facts.

    What is typed is told when the person leaves the line or pauses.
    """

    title_changed = Signal(str, str)
    """Id of a session and its new title."""
    tags_changed = Signal(str, object)
    """Id of a session and its new tags, a tuple."""
    notes_changed = Signal(str, str)
    """Id of a session and its new notes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: LibraryEntry | None = None
        self._known = _Words()
        self._missing = False
        self._model_names: Mapping[str, str] = {}
        self.title = QLineEdit()
        self.title.setMaxLength(_MAX_TITLE)
        self.title.setAccessibleName(self.tr("Title"))
        self.title.setToolTip(self.title.accessibleName())
        self.title.editingFinished.connect(self._tell_title)
        self.tags = QLineEdit()
        self.tags.setAccessibleName(self.tr("Tags, with commas between them"))
        self.tags.setPlaceholderText(self.tr("Tags, with commas"))
        self.tags.editingFinished.connect(self._tell_tags)
        self._known_tags = QStringListModel(self)
        self._completer = _TagCompleter(self._known_tags, self)
        self.tags.setCompleter(self._completer)
        self.notes = _Notes()
        self.notes.setAccessibleName(self.tr("Notes"))
        self.notes.setPlaceholderText(self.tr("Notes"))
        self.notes.setMinimumHeight(_NOTES_PX)
        self.notes.left.connect(self._tell_notes)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._tell_notes)
        self.notes.textChanged.connect(self._typing.start)
        self._make_layout()
        self.show_entries(())

    def set_known_tags(self, tags: Sequence[str]) -> None:
        """Offer the tags that there are while one is typed."""
        self._known_tags.setStringList(list(tags))

    def set_model_names(self, names: Mapping[str, str]) -> None:
        """Say what models are called, by id."""
        self._model_names = dict(names)

    def show_entries(self, entries: Sequence[LibraryEntry]) -> None:
        """Show the chosen session; of none or several, only how many there are."""
        entry = entries[0] if len(entries) == 1 else None
        same = entry is not None and self._entry is not None and entry.id == self._entry.id
        if not same:
            self.flush()
        self._entry = entry
        if entry is None:
            self._empty.setText(self._empty_text(len(entries)))
            self._pages.setCurrentWidget(self._empty)
            return
        self._pages.setCurrentWidget(self._scroll)
        self._fill(entry, same=same)

    def show_missing(self, session: str, missing: bool) -> None:
        """Say whether the source of a session is gone, if that session is still shown."""
        if self._entry is not None and self._entry.id == session:
            self._missing = missing
            self._show_problem(self._entry)

    def flush(self) -> None:
        """Tell what was typed and not told yet."""
        self._tell_title()
        self._tell_tags()
        self._tell_notes()

    def _make_layout(self) -> None:
        self._facts: dict[str, QLabel] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, text in (
            ("source", self.tr("Source")),
            ("folder", self.tr("In")),
            ("created", self.tr("Analyzed")),
            ("length", self.tr("Length")),
            ("frames", self.tr("Frames")),
            ("faces", self.tr("Faces")),
            ("model", self.tr("Model")),
            ("detector", self.tr("Faces found by")),
            ("state", self.tr("State")),
        ):
            label = QLabel(text)
            label.setObjectName("Muted")
            value = ElidedLabel()
            value.setFont(tabular(self.font()))
            value.setAccessibleName(text)
            self._facts[name] = value
            form.addRow(label, value)
        self._problem = QLabel()
        self._problem.setObjectName("Problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 4, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.tags)
        column.addWidget(self.notes, 1)
        column.addWidget(self._problem)
        column.addLayout(form)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self._empty = empty_label("")
        self._empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self._empty)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self._pages)

    def _fill(self, entry: LibraryEntry, *, same: bool) -> None:
        # What a person types now is newer than what was stored.
        known = self._known if same else _Words()
        if not (same and self.title.hasFocus()):
            known = replace(known, title=entry.title)
            self.title.setText(entry.title)
            self.title.setCursorPosition(0)
        if not (same and self.tags.hasFocus()):
            known = replace(known, tags=entry.tags)
            self.tags.setText(", ".join(entry.tags))
        if not (same and (self.notes.hasFocus() or self._typing.isActive())):
            known = replace(known, notes=entry.notes)
            self.notes.setPlainText(entry.notes)
            self._typing.stop()
        self._known = known
        for line in (self.title, self.tags, self.notes):
            line.setEnabled(not entry.missing and bool(entry.session_id))
        for name, text in self._fact_texts(entry).items():
            self._facts[name].setText(text)
        if not same:
            self._missing = False
        self._show_problem(entry)

    def _show_problem(self, entry: LibraryEntry) -> None:
        gone = self.tr("The source is no longer in its place.") if self._missing else ""
        self._problem.setText(entry.problem or gone)
        self._problem.setVisible(bool(self._problem.text()))

    def _fact_texts(self, entry: LibraryEntry) -> dict[str, str]:
        file = bool(entry.source) and "://" not in entry.source
        detector = entry.settings.get("detector")
        return {
            "source": Path(entry.source).name if file else entry.source,
            "folder": str(Path(entry.source).parent) if file else "",
            "created": date_text(entry.created),
            "length": "" if entry.duration_s is None else length_text(entry.duration_s),
            "frames": f"{entry.frames:,}",
            "faces": f"{entry.faces:,}",
            "model": self._model_names.get(entry.model_id, entry.model_id),
            "detector": _detector_name(detector) if isinstance(detector, Mapping) else "",
            "state": session_state_text(entry.state),
        }

    def _empty_text(self, chosen: int) -> str:
        if chosen:
            return self.tr("{0} sessions are chosen.\nCompare, export or delete them.").format(
                chosen
            )
        return self.tr("Choose a session to see what is known of it.")

    def _tell_title(self) -> None:
        title = self.title.text().strip()
        if self._entry is not None and title and title != self._known.title:
            self._known = replace(self._known, title=title)
            self.title_changed.emit(self._entry.id, title)

    def _tell_tags(self) -> None:
        tags = _tags_in(self.tags.text())
        if self._entry is not None and tags != self._known.tags:
            self._known = replace(self._known, tags=tags)
            self.tags_changed.emit(self._entry.id, tags)

    def _tell_notes(self) -> None:
        self._typing.stop()
        notes = self.notes.toPlainText()
        if self._entry is not None and notes != self._known.notes:
            self._known = replace(self._known, notes=notes)
            self.notes_changed.emit(self._entry.id, notes)


def _detector_name(detector: Mapping[str, object]) -> str:
    """Return what the settings call a detector; its id if they do not know it."""
    detector_id = str(detector.get("id", ""))
    names = dict(zip(DETECTOR.choices, DETECTOR.choice_texts, strict=True))
    return translated_setting(names[detector_id]) if detector_id in names else detector_id


def _tags_in(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (tag.strip() for tag in text.split(","))))


class _Notes(QPlainTextEdit):
    """Several lines; Tab leaves them."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the person is done."""
        super().focusOutEvent(event)
        self.left.emit()


class _TagCompleter(QCompleter):
    """Completes the tag behind the last comma."""

    def __init__(self, tags: QStringListModel, parent: QWidget) -> None:
        super().__init__(tags, parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._head = ""

    def splitPath(self, path: str) -> list[str]:  # noqa: N802 - Qt's name
        """Look for the last tag alone."""
        head, comma, last = path.rpartition(",")
        self._head = f"{head}{comma} " if comma else ""
        return [last.strip()]

    def pathFromIndex(self, index: object) -> str:  # noqa: N802 - Qt's name
        """Put the tag that was chosen behind the others."""
        return f"{self._head}{super().pathFromIndex(index)}"  # type: ignore[arg-type]
