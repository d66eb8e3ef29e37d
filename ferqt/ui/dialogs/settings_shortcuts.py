"""The page of the settings dialog on which keys are changed."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ferqt.ui.action_table import ACTIONS, ActionSpec
from ferqt.ui.actions import action_title, translated
from ferqt.ui.dialogs.settings_rows import ResetButton
from ferqt.ui.shortcuts import Shortcuts
from ferqt.ui.theme import Theme, strong_font

KEYS_PER_ACTION: Final = 2
_KEY_WIDTH: Final = 164
_SPECS: Final = {spec.id: spec for spec in ACTIONS}


class KeyField(QKeySequenceEdit):
    """Takes the next key that is pressed; Tab goes on and Esc leaves, as everywhere."""

    chosen = Signal(str)
    """Portable text of the key; "" when it was cleared."""

    def __init__(self) -> None:
        super().__init__()
        self._pressing = False
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        self.setFixedWidth(_KEY_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keySequenceChanged.connect(self._on_changed)

    def show_key(self, key: str) -> None:
        """Show a key; nothing is told."""
        self.blockSignals(True)
        self.setKeySequence(QKeySequence(key))
        self.blockSignals(False)
        self._hint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the key."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        self._pressing = True
        super().keyPressEvent(event)
        self._pressing = False
        if not self.keySequence().isEmpty():
            self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that a key is waited for."""
        super().focusInEvent(event)
        self._mark(waiting=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Wait no longer."""
        super().focusOutEvent(event)
        self._mark(waiting=False)

    def _on_changed(self) -> None:
        # While a key is pressed the field is emptied first.
        if not self._pressing:
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def _mark(self, *, waiting: bool) -> None:
        self._hint()
        # Asked for each time: a field that goes away loses its line before the focus.
        line = self.findChild(QLineEdit)
        if line is not None:
            # Qt gives the focus to the field around the line, so `:focus` would not reach the line.
            line.setProperty("recording", waiting)
            line.style().unpolish(line)
            line.style().polish(line)

    def _hint(self) -> None:
        # Qt puts words of its own there whenever the key changes.
        line = self.findChild(QLineEdit)
        if line is not None:
            line.setPlaceholderText(self.tr("Press a key") if self.hasFocus() else "")


class ShortcutRow(QWidget):
    """One action with its keys."""

    def __init__(self, spec: ActionSpec, shortcuts: Shortcuts, theme: Theme) -> None:
        super().__init__()
        self.action_id = spec.id
        self._shortcuts = shortcuts
        title = action_title(spec)
        self.words = f"{title} {translated(spec.tip) if spec.tip else ''}".casefold()
        """What a search looks in, besides the keys."""
        self.fields = tuple(KeyField() for _ in range(KEYS_PER_ACTION))
        names = (self.tr("Key of {0}"), self.tr("Second key of {0}"))
        line = QHBoxLayout()
        line.setSpacing(8)
        name = QLabel(title)
        name.setWordWrap(True)
        line.addWidget(name, 1)
        for number, (field, told) in enumerate(zip(self.fields, names, strict=True)):
            field.setAccessibleName(told.format(title))
            field.chosen.connect(lambda key, at=number: self._on_chosen(at, key))
            line.addWidget(field)
        self._reset = ResetButton(self.tr("Reset the keys of “{0}”").format(title), theme)
        self._reset.clicked.connect(self._on_reset)
        line.addWidget(self._reset)
        self.message = QLabel()
        self.message.setObjectName("Problem")
        self.message.setWordWrap(True)
        self.message.hide()
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 2, 0, 2)
        outside.setSpacing(4)
        outside.addLayout(line)
        outside.addWidget(self.message)
        self.refresh()

    def refresh(self) -> None:
        """Show the keys in force."""
        keys = self._shortcuts.keys(self.action_id)
        for number, field in enumerate(self.fields):
            field.show_key(keys[number] if number < len(keys) else "")
        self._reset.setVisible(not self._shortcuts.is_usual(self.action_id))
        self._say("")

    def has_key(self, text: str) -> bool:
        """Tell whether one of the keys is written so."""
        return text in (key.casefold() for key in self._shortcuts.keys(self.action_id))

    def _on_chosen(self, number: int, key: str) -> None:
        keys = list(self._shortcuts.keys(self.action_id))
        keys[number : number + 1] = [key] if key else []
        self._answer(key, self._shortcuts.assign(self.action_id, keys))

    def _on_reset(self) -> None:
        usual = _SPECS[self.action_id].keys
        taken = next((key for key in usual if self._shortcuts.owner(key, self.action_id)), "")
        self._answer(taken, self._shortcuts.reset(self.action_id))
        self.fields[0].setFocus()

    def _answer(self, key: str, other: str) -> None:
        self.refresh()
        if other:
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            text = self.tr("{0} is the key of “{1}”. Take it away there first.")
            self._say(text.format(shown, action_title(_SPECS[other])))

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))


class ShortcutPage(QWidget):
    """All actions, below the menus that hold them.

    Its rows are made a few at a time, as making all at once would hold the window.
    """

    def __init__(self, shortcuts: Shortcuts, theme: Theme) -> None:
        super().__init__()
        self._shortcuts = shortcuts
        self._theme = theme
        self._words: list[str] = []
        self._waiting = list(reversed(ACTIONS))
        self._rows: dict[str, ShortcutRow] = {}
        self._headings: dict[str, tuple[QLabel, list[ShortcutRow]]] = {}
        note = QLabel(
            self.tr("Click a field and press the key. While the cursor is in a text, keys write.")
        )
        note.setObjectName("Muted")
        note.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(note)
        shortcuts.changed.connect(self._on_changed)

    @property
    def complete(self) -> bool:
        """Whether all rows are made."""
        return not self._waiting

    def build(self, count: int) -> None:
        """Make some more rows."""
        for _ in range(min(count, len(self._waiting))):
            spec = self._waiting.pop()
            menu = spec.menu.partition("/")[0]
            if menu not in self._headings:
                heading = QLabel(translated(menu))
                heading.setFont(strong_font(self.font()))
                heading.setContentsMargins(0, 16, 0, 4)
                self._column.addWidget(heading)
                heading.hide()
                self._headings[menu] = (heading, [])
            row = ShortcutRow(spec, self._shortcuts, self._theme)
            self._rows[spec.id] = row
            heading, rows = self._headings[menu]
            rows.append(row)
            self._column.addWidget(row)
            if self._matches(row):
                heading.show()
            else:
                row.hide()

    def search(self, words: list[str]) -> int:
        """Show the rows that hold all words, or one of the keys; returns how many those are."""
        self._words = words
        found = 0
        for heading, rows in self._headings.values():
            matching = 0
            for row in rows:
                matches = self._matches(row)
                row.setVisible(matches)
                matching += matches
            heading.setVisible(matching > 0)
            found += matching
        return found

    def row(self, action_id: str) -> ShortcutRow:
        """Return the row of an action."""
        self.build(len(self._waiting))
        return self._rows[action_id]

    def _matches(self, row: ShortcutRow) -> bool:
        return all(word in row.words or row.has_key(word) for word in self._words)

    def _on_changed(self, action_id: str) -> None:
        if action_id in self._rows:
            self._rows[action_id].refresh()
