"""The settings dialog, made from the table of settings."""

from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ferqt.settings import GROUPS, SETTINGS, SHORTCUTS, Setting
from ferqt.ui.dialogs.settings_controls import translated_setting
from ferqt.ui.dialogs.settings_rows import SettingRow
from ferqt.ui.dialogs.settings_shortcuts import ShortcutPage, ShortcutRow
from ferqt.ui.icons import icon
from ferqt.ui.live_settings import LiveSettings
from ferqt.ui.shortcuts import Shortcuts
from ferqt.ui.theme import Theme, title_font
from ferqt.ui.tokens import Tokens

_SIZE: Final = QSize(800, 560)
_LIST_WIDTH: Final = 184
_KEYS_AT_ONCE: Final = 4
_KEYS_GROUP: Final = SHORTCUTS.key.partition(".")[2]


class SettingsDialog(QDialog):
    """Every setting that is offered; a change is in force at once.

    It does not block the window, so that what changes can be seen.

    Args:
        live: The settings.
        shortcuts: The keys of the actions.
        theme: Gives the colors.
    """

    def __init__(
        self, live: LiveSettings, shortcuts: Shortcuts, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = live.settings
        self._shortcuts = shortcuts
        self._theme = theme
        self._pages: dict[str, _Page] = {}
        self._keys = ShortcutPage(shortcuts, theme)
        self.setWindowTitle(self.tr("Settings"))
        self._build_list()
        self._build_pages()
        self._build_layout()
        live.changed.connect(self._on_setting_changed)
        theme.changed.connect(self._color)
        self._color(theme.tokens)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.search.setFocus)
        self.show_group(GROUPS[0].id)
        self.list.setFocus()
        # What is not needed to be seen is made afterwards, little by little.
        self._builder = QTimer(self, interval=0)
        self._builder.timeout.connect(self._build_more)
        self._builder.start()

    def show_group(self, group_id: str) -> None:
        """Show a page, by the id of its group."""
        row = next(number for number, group in enumerate(GROUPS) if group.id == group_id)
        self.search.clear()
        self.list.setCurrentRow(row)
        self._refresh()

    def row(self, setting: Setting[Any]) -> SettingRow:
        """Return the row of a setting that is offered."""
        self._fill(setting.group)
        return next(row for row in self._pages[setting.group].rows if row.setting == setting)

    def key_row(self, action_id: str) -> ShortcutRow:
        """Return the row of an action's keys."""
        row = self._keys.row(action_id)
        self._show_matching()
        return row

    def _build_list(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._refresh)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setProperty("role", "pages")
        self.list.setSpacing(1)
        for group in GROUPS:
            self.list.addItem(QListWidgetItem(translated_setting(group.title)))
        self.list.currentRowChanged.connect(self._on_page_chosen)
        self.list.itemClicked.connect(lambda _: self._on_page_chosen())

    def _build_pages(self) -> None:
        column = QWidget()
        lines = QVBoxLayout(column)
        lines.setContentsMargins(24, 16, 16, 16)
        lines.setSpacing(0)
        for group in GROUPS:
            page = _Page(translated_setting(group.title))
            self._pages[group.id] = page
            lines.addWidget(page)
        self._pages[_KEYS_GROUP].add(self._keys)
        self._nothing = QLabel(self.tr("Nothing is called that. Try another word."))
        self._nothing.setObjectName("Muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines.addWidget(self._nothing)
        lines.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(column)

    def _build_layout(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.search)
        side.addWidget(self.list, 1)
        self.search.setFixedWidth(_LIST_WIDTH)
        self.list.setFixedWidth(_LIST_WIDTH)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(side)
        middle.addWidget(self._area, 1)
        self.reset_all = QPushButton(self.tr("Reset All …"))
        self.reset_all.setAutoDefault(False)
        self.reset_all.clicked.connect(self._ask_reset_all)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        # Return in a line of text must not close the dialog.
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(16, 16, 16, 16)
        outside.setSpacing(16)
        outside.addLayout(middle, 1)
        outside.addWidget(buttons)
        self.resize(_SIZE)

    def _fill(self, group_id: str) -> bool:
        """Make the rows of a page, if they are not there; tells whether there was something."""
        page = self._pages[group_id]
        if page.rows:
            return False
        for setting in SETTINGS:
            if setting.group == group_id:
                page.add_row(SettingRow(setting, self._settings, self._theme))
        return bool(page.rows)

    def _build_more(self) -> None:
        """Make one more page, or some more rows of keys."""
        if not any(self._fill(group_id) for group_id in self._pages):
            if self._keys.complete:
                self._builder.stop()
                return
            self._keys.build(_KEYS_AT_ONCE)
        if self.search.text():
            self._show_matching()

    def _refresh(self) -> None:
        self._fill(self._chosen)
        self._show_matching()
        self._area.verticalScrollBar().setValue(0)

    def _show_matching(self) -> None:
        """Show the chosen page, or from all pages what the search finds."""
        words = self.search.text().casefold().split()
        found = 0
        for group_id, page in self._pages.items():
            matching = 0
            if words or group_id == self._chosen:
                matching = page.search(words)
                if group_id == _KEYS_GROUP:
                    matching += self._keys.search(words)
            page.setVisible(matching > 0 or (not words and group_id == self._chosen))
            found += matching
        self._nothing.setVisible(bool(words) and found == 0)

    @property
    def _chosen(self) -> str:
        """Id of the page that is chosen in the list."""
        return GROUPS[max(0, self.list.currentRow())].id

    def _on_page_chosen(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self._refresh()

    def _on_setting_changed(self, setting: Setting[Any]) -> None:
        if setting.group and self._pages[setting.group].rows:
            self.row(setting).refresh()

    def _ask_reset_all(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Reset All"))
        box.setText(self.tr("Set all settings and keys back to what they were at first?"))
        box.setInformativeText(self.tr("Recent sources and the places of panels stay."))
        reset = box.addButton(self.tr("Reset"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        reset.clicked.connect(self._reset_all)
        box.finished.connect(box.deleteLater)
        box.open()

    def _reset_all(self) -> None:
        for setting in SETTINGS:
            if setting.group:
                self._settings.reset(setting)
        self._shortcuts.reset_all()

    def _color(self, tokens: Tokens) -> None:
        for number, group in enumerate(GROUPS):
            self.list.item(number).setIcon(icon(group.icon, tokens, tokens.text_muted))


class _Page(QWidget):
    """The settings of a group below its title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.rows: list[SettingRow] = []
        self._title = title.casefold()
        heading = QLabel(title)
        heading.setFont(title_font(self.font()))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 16)
        self._column.setSpacing(0)
        self._column.addWidget(heading)
        self._column.addSpacing(8)

    def add_row(self, row: SettingRow) -> None:
        """Put a setting below the others."""
        self.rows.append(row)
        self.add(row)

    def add(self, widget: QWidget) -> None:
        """Put something else below the settings."""
        self._column.addWidget(widget)

    def search(self, words: list[str]) -> int:
        """Show the rows that hold all words; returns how many those are."""
        found = 0
        for row in self.rows:
            matches = all(word in row.words or word in self._title for word in words)
            row.setVisible(matches)
            found += matches
        return found
