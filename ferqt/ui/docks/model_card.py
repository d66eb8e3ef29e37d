"""A model's card: name, state, the facts one chooses by, and what can be done with it."""

from enum import StrEnum
from itertools import zip_longest
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.classifiers.catalog import CatalogEntry
from ferqt.ui.docks.model_texts import CardState, CardText, CardWriter
from ferqt.ui.docks.model_wheel import Wheel
from ferqt.ui.docks.tools import plain_tip
from ferqt.ui.icons import icon, pixmap
from ferqt.ui.theme import Theme, strong_font, tabular
from ferqt.ui.tokens import RADIUS, Tokens

_PAD: Final = 12
_SIGN_PX: Final = 16
_MORE_PX: Final = 20
_HEAD_PX: Final = 28
_MOST_LINES: Final = 5


class ModelAction(StrEnum):
    """What can be asked of a card."""

    USE = "use"
    COMPARE = "compare"
    DETAILS = "details"
    VERIFY = "verify"
    FOLDER = "folder"
    REMOVE = "remove"


_KEYS: Final = {
    (Qt.Key.Key_Return, False): ModelAction.USE,
    (Qt.Key.Key_Enter, False): ModelAction.USE,
    (Qt.Key.Key_Return, True): ModelAction.DETAILS,
    (Qt.Key.Key_Enter, True): ModelAction.DETAILS,
    (Qt.Key.Key_Delete, False): ModelAction.REMOVE,
}
"""Keys on a card, alone or with Alt."""


class ModelCardView(QFrame):
    """One card; a click or Enter uses the model, buttons and the context menu do the rest."""

    asked = Signal(object, object)
    """CatalogEntry and ModelAction."""

    def __init__(
        self,
        entry: CatalogEntry,
        state: CardState,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._entry = entry
        self._theme = theme
        self._writer = CardWriter(self)
        self._state = state
        self._over = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = _label(strong_font(self.font()))
        self._mark = _label(self.font())
        self._mark.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._mark.setWordWrap(False)
        self._sign = QLabel()
        self._wheel = Wheel(theme, self)
        self._facts = QWidget()
        self._lines = tuple(_label(tabular(self.font())) for _ in range(_MOST_LINES))
        self._problem = _label(self.font())
        self._verified = _label(self.font())
        self._use = self._button(self.tr("Use"), ModelAction.USE)
        self._compare = self._button(self.tr("Compare"), ModelAction.COMPARE)
        self._compare.setCheckable(True)
        self._compare.setToolTip(
            self.tr(
                "Let it read the same faces beside the model in use, and mark where they differ"
            )
        )
        self._details = self._button(self.tr("Details"), ModelAction.DETAILS)
        self._buttons = QWidget()
        self._more = QToolButton()
        self._more.setProperty("role", "title")
        self._more.clicked.connect(self._show_menu)
        self._build()
        theme.changed.connect(self._color)
        self.set_state(state)

    @property
    def entry(self) -> CatalogEntry:
        """The model."""
        return self._entry

    @property
    def state(self) -> CardState:
        """What it is doing."""
        return self._state

    @property
    def text(self) -> CardText:
        """What is shown."""
        return self._writer.text(self._entry, self._state)

    def set_entry(self, entry: CatalogEntry) -> None:
        """Show the same model as it is now."""
        if entry != self._entry:
            self._entry = entry
            self.set_state(self._state)

    def set_state(self, state: CardState) -> None:
        """Show what the model is doing."""
        self._state = state
        text, usable = self.text, self._entry.card is not None
        self._title.setText(text.title)
        self._mark.setText(text.mark)
        for label, words in (
            *zip_longest(self._lines, text.lines, fillvalue=""),
            (self._problem, text.problem),
            (self._verified, text.verified),
        ):
            assert isinstance(label, QLabel)
            label.setText(words)
            label.setVisible(bool(words))
        self._wheel.setVisible(state.loading or state.verifying)
        self._use.setVisible(usable and not state.active)
        self._compare.setVisible(usable and not state.active)
        self._compare.setChecked(state.compared)
        self._facts.setVisible(usable)
        self._buttons.setVisible(usable)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor
            if usable and not state.active
            else Qt.CursorShape.ArrowCursor
        )
        tip = text.problem or (self._entry.card.limits if self._entry.card else "")
        self.setToolTip(plain_tip(tip) if tip else "")
        self.setAccessibleName(text.title)
        self.setAccessibleDescription(text.spoken)
        for button, words in (
            (self._use, self.tr("Use {0}")),
            (self._compare, self.tr("Compare {0} with the model in use")),
            (self._details, self.tr("Details of {0}")),
            (self._more, self.tr("More for {0}")),
        ):
            button.setAccessibleName(words.format(text.title))
        self._color(self._theme.tokens)

    def menu(self) -> QMenu:
        """Return a menu of all that can be done now; the caller shows it."""
        usable, idle = self._entry.card is not None, not self._state.verifying
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action, text, enabled in (
            (ModelAction.USE, self.tr("Use"), usable and not self._state.active),
            (
                ModelAction.COMPARE,
                self.tr("Compare with the Model in Use"),
                usable and not self._state.active,
            ),
            (ModelAction.DETAILS, self.tr("Details …"), usable),
            (ModelAction.VERIFY, self.tr("Verify"), idle),
            (ModelAction.FOLDER, self.tr("Show Folder"), True),
            (ModelAction.REMOVE, self.tr("Remove …"), not self._entry.shipped),
        ):
            made = menu.addAction(text)
            made.setData(action)
            made.setEnabled(enabled)
            if action is ModelAction.COMPARE:
                made.setCheckable(True)
                made.setChecked(self._state.compared)
            made.triggered.connect(lambda _=False, what=action: self._ask(what))
        return menu

    def _build(self) -> None:
        facts = QVBoxLayout(self._facts)
        facts.setContentsMargins(0, 0, 0, 0)
        facts.setSpacing(4)
        for line in self._lines:
            line.setObjectName("Muted")
            facts.addWidget(line)
        for widget in (self._title, self._mark, self._sign, self._wheel, self._more):
            widget.setMinimumHeight(_HEAD_PX)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._wheel, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.setSpacing(8)
        for button in (self._use, self._compare, self._details):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, _PAD - 4, _PAD - 4, _PAD)
        column.setSpacing(4)
        column.addLayout(head)
        for label in (self._facts, self._problem, self._verified):
            column.addWidget(label)
        column.addWidget(self._buttons)

    def _button(self, text: str, action: ModelAction) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "quiet")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._ask(action))
        return button

    def _ask(self, action: ModelAction) -> None:
        # What the button shows follows from what happens, not from the click.
        self._compare.setChecked(self._state.compared)
        self.asked.emit(self._entry, action)

    def _show_menu(self) -> None:
        self.menu().popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _color(self, tokens: Tokens) -> None:
        text = self.text
        _ink(self._title, tokens.text_muted if text.problem else "")
        for widget, words, ink in (
            (self._mark, text.mark, tokens.accent_text),
            (self._problem, text.problem, tokens.warning),
            (self._verified, text.verified, tokens.danger if text.damaged else tokens.text_muted),
        ):
            # A style sheet costs half a millisecond, and most cards need none.
            if words:
                _ink(widget, ink)
        name, ink = "", ""
        if text.problem or text.damaged:
            name, ink = "warning", tokens.danger if text.damaged else tokens.warning
        elif self._state.active and not self._state.loading:
            name, ink = "check", tokens.accent_text
        self._sign.setVisible(bool(name) and not self._wheel.isVisibleTo(self))
        if name:
            self._sign.setPixmap(pixmap(name, ink, _SIGN_PX, self.devicePixelRatioF()))
        self._compare.setIcon(icon("check", tokens) if self._state.compared else QIcon())
        self._more.setIcon(icon("more", tokens, tokens.text_muted))
        self._more.setIconSize(QSize(_MORE_PX, _MORE_PX))
        self.update()

    def _use_now(self) -> None:
        if self._entry.card is not None and not self._state.active:
            self._ask(ModelAction.USE)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground, and an edge that tells what is active and what has the keyboard."""
        tokens, usable = self._theme.tokens, self._entry.card is not None
        ground = tokens.hover if self._over else tokens.surface_raised
        marked = self.hasFocus() or self._state.active or self._state.compared
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(ground if usable else tokens.surface))
        pen = QPen(QColor(tokens.accent if marked else tokens.border), 2 if self.hasFocus() else 1)
        if self._state.compared and not self._state.active:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Use, show details, remove; Up and Down go to the neighbors."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        action = _KEYS.get((Qt.Key(event.key()), alt))
        possible = {
            ModelAction.USE: self._entry.card is not None and not self._state.active,
            ModelAction.DETAILS: self._entry.card is not None,
            ModelAction.REMOVE: not self._entry.shipped,
        }
        if action is not None and possible[action]:
            self._ask(action)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Use the model that was clicked."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self._use_now()
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Show the menu at the pointer, or on the card for the keyboard."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        place = (
            event.globalPos() if by_mouse else self.mapToGlobal(QPoint(_PAD, self.height() // 2))
        )
        self.menu().popup(place)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Light up under the pointer."""
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Go dim again."""
        self._over = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that the keyboard has left."""
        super().focusOutEvent(event)
        self.update()


def _label(font: QFont) -> QLabel:
    label = QLabel()
    label.setFont(font)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _ink(widget: QWidget, color: str) -> None:
    """Color the text inside; a palette would be lost when the card moves to another window."""
    wanted = f"color: {color};" if color else ""
    if widget.styleSheet() != wanted:
        widget.setStyleSheet(wanted)
