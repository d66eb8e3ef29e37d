"""Notices under the tool bar: they tell what happened and leave the window usable."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QCoreApplication, QEasingCurve, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.types import Notice, Severity
from ferqt.ui.icons import icon, pixmap
from ferqt.ui.theme import Theme, strong_font
from ferqt.ui.tokens import Tokens

_MOST_SHOWN: Final = 3
_NEWS_MS: Final = 6_000
_SLIDE_MS: Final = 140
_ICON_PX: Final = 20
_UNBOUNDED: Final = 16_777_215
"""Qt's own QWIDGETSIZE_MAX."""


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """What a notice offers to do.

    Attributes:
        text: On the button.
        call: Called on the GUI thread; the notice is then gone.
    """

    text: str
    call: Callable[[], None]


class NoticeBar(QWidget):
    """The newest notices, one under the other.

    A notice that comes again while it is shown is counted, not repeated. Those that only inform go
    by themselves, the others stay until they are dismissed.

    Args:
        theme: Gives the colors.
        news_ms: How long a notice that only informs stays.
    """

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, news_ms: int = _NEWS_MS
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._news_ms = news_ms
        self._rows: list[_Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 0, 12, 8)
        self._layout.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._slide = QPropertyAnimation(self, b"maximumHeight", self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._on_slid)
        self.hide()
        theme.changed.connect(self._on_theme_changed)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is shown, the newest first."""
        return tuple(row.notice for row in self._rows)

    def post(self, notice: Notice, action: NoticeAction | None = None) -> None:
        """Show a notice above the others."""
        notice = _translated(notice)
        for row in self._rows:
            if row.notice == notice:
                row.count_again()
                return
        row = _Row(notice, action, self._theme.tokens, self)
        row.timer.setInterval(self._news_ms)
        row.dismissed.clicked.connect(lambda: self._remove(row))
        row.timer.timeout.connect(lambda: self._remove(row))
        if row.offered is not None and action is not None:
            row.offered.clicked.connect(lambda: self._follow(row, action))
        if notice.severity is Severity.INFO:
            row.timer.start()
        self._rows.insert(0, row)
        self._layout.insertWidget(0, row)
        for old in self._rows[_MOST_SHOWN:]:
            self._remove(old)
        if not self.isVisible():
            self._slide_in()

    def clear(self) -> None:
        """Dismiss all."""
        for row in tuple(self._rows):
            self._remove(row)

    def _follow(self, row: "_Row", action: NoticeAction) -> None:
        self._remove(row)
        action.call()

    def _remove(self, row: "_Row") -> None:
        if row not in self._rows:
            return
        self._rows.remove(row)
        row.timer.stop()
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        if not self._rows:
            self._slide.stop()
            self.hide()

    def _slide_in(self) -> None:
        self.setMaximumHeight(0)
        self.show()
        self._slide.setStartValue(0)
        self._slide.setEndValue(self.sizeHint().height())
        self._slide.start()

    def _on_slid(self) -> None:
        self.setMaximumHeight(_UNBOUNDED)

    def _on_theme_changed(self, tokens: Tokens) -> None:
        for row in self._rows:
            row.color(tokens)


class _Row(QFrame):
    """One notice."""

    def __init__(
        self, notice: Notice, action: NoticeAction | None, tokens: Tokens, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.notice = notice
        self._count = 1
        self.setObjectName("Notice")
        self.setProperty("severity", notice.severity.value)
        self._sign = QLabel()
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(strong_font(self.font()))
        self._title.setWordWrap(True)
        self._text = QLabel(_sentences(notice))
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setVisible(bool(self._text.text()))
        self.dismissed = QToolButton()
        self.dismissed.setToolTip(self.tr("Dismiss"))
        self.dismissed.setAccessibleName(self.tr("Dismiss this notice"))
        self.offered: QPushButton | None = None
        self.timer = QTimer(self, singleShot=True)
        self._build(action)
        self._tell()
        self.color(tokens)

    def count_again(self) -> None:
        """Say that the same has happened once more."""
        self._count += 1
        self._tell()
        if self.notice.severity is Severity.INFO:
            self.timer.start()

    def color(self, tokens: Tokens) -> None:
        """Take on the colors of a theme."""
        ink = {
            Severity.INFO: tokens.accent_text,
            Severity.WARNING: tokens.warning,
            Severity.ERROR: tokens.danger,
        }[self.notice.severity]
        name = self.notice.severity.value
        self._sign.setPixmap(pixmap(name, ink, _ICON_PX, self.devicePixelRatioF()))
        self.dismissed.setIcon(icon("close", tokens))

    def _build(self, action: NoticeAction | None) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._title)
        texts.addWidget(self._text)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(12)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        if self.notice.details:
            copy = _quiet_button(self.tr("Copy details"))
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.notice.details))
            line.addWidget(copy, 0, Qt.AlignmentFlag.AlignVCenter)
        if action is not None:
            self.offered = _quiet_button(action.text)
            line.addWidget(self.offered, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.dismissed, 0, Qt.AlignmentFlag.AlignVCenter)

    def _tell(self) -> None:
        counted = f"  × {self._count}" if self._count > 1 else ""
        self._title.setText(self.notice.title + counted)
        self.setAccessibleName(f"{self.notice.severity}: {self.notice.title}")
        self.setAccessibleDescription(_sentences(self.notice))


def _quiet_button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "quiet")
    return button


def _translated(notice: Notice) -> Notice:
    """Return a notice with those of its texts translated that parts without Qt have marked."""
    title, hint = (
        QCoreApplication.translate("Notices", text) if text else ""
        for text in (notice.title, notice.hint)
    )
    return replace(notice, title=title, hint=hint)


def _sentences(notice: Notice) -> str:
    """Put text and hint together as sentences."""
    text = notice.text.strip()
    if text:
        # Messages begin in lower case; file names and ids stay as they are.
        if text.partition(" ")[0].isalpha():
            text = text[0].upper() + text[1:]
        if text[-1] not in ".!?…" and notice.hint:
            text += "."
    return f"{text} {notice.hint}".strip()
