"""The guide: the pages of `docs/`, read beside the window, without a network."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QImage,
    QKeySequence,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ferqt.paths import docs_dir
from ferqt.ui.icons import icon
from ferqt.ui.theme import Theme
from ferqt.ui.tokens import DARK, Tokens

_FIRST_PAGE: Final = "guide/index.md"
_SIZE: Final = QSize(800, 720)
_MARGIN_PX: Final = 20
_GAP_PX: Final = 12
_CELL_PX: Final = 6
_SETTLED_MS: Final = 150
"""A page is laid out anew once its width has stopped to change."""


class PageBrowser(QTextBrowser):
    """Shows pages of Markdown from one folder, with pictures that are never wider than it.

    Links stay within the folder; those to other places open in the desktop's browser.

    Args:
        folder: The pages.
    """

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder.resolve()
        self._tokens = DARK
        self._laid_out_px = 0
        self.setOpenLinks(False)
        # Else it would come when pictures have been fitted to the width without it.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(_MARGIN_PX)
        self.anchorClicked.connect(self._follow)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._fit)
        self.historyChanged.connect(self._dress)

    def show_page(self, page: str) -> None:
        """Show a page, given by its path in the folder."""
        self.setSource(QUrl.fromLocalFile(str(self._folder / page)))

    def set_tokens(self, tokens: Tokens) -> None:
        """Show the page in other colors."""
        self._tokens = tokens
        if not self.source().isEmpty():
            self.lay_out()

    def lay_out(self) -> None:
        """Read the page again, as colors or width have changed, and stay at the same place."""
        self._laid_out_px = self.viewport().width()
        bar = self.verticalScrollBar()
        place = bar.value() / max(1, bar.maximum())
        self.reload()
        dress(self.document(), self._tokens)
        bar.setValue(round(place * bar.maximum()))

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Read a page or a picture of the folder; nothing else is read."""
        path = self._local_path(self.source().resolved(QUrl(name)))
        if path is None:
            return None
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return path.read_text(encoding="utf-8")
        picture, ratio = QImage(str(path)), self.devicePixelRatioF()
        widest = round((self.viewport().width() - 2 * _MARGIN_PX) * ratio)
        if picture.width() > widest > 0:
            picture = picture.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(ratio)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the pictures soon."""
        super().resizeEvent(event)
        self._settled.start()

    def _dress(self) -> None:
        dress(self.document(), self._tokens)

    def _fit(self) -> None:
        if self.viewport().width() != self._laid_out_px:
            self.lay_out()

    def _follow(self, url: QUrl) -> None:
        if not url.isLocalFile():
            QDesktopServices.openUrl(url)
        elif self._local_path(url) is not None:
            self.setSource(url)
            self._show_heading(url.fragment())

    def _show_heading(self, name: str) -> None:
        """Bring a heading to the top, by the name that its link has."""
        block = self.document().begin()
        while name and block.isValid():
            if block.blockFormat().headingLevel() and heading_name(block.text()) == name:
                self.moveCursor(QTextCursor.MoveOperation.End)
                self.setTextCursor(QTextCursor(block))
                self.ensureCursorVisible()
                return
            block = block.next()

    def _local_path(self, url: QUrl) -> Path | None:
        """The file in the folder that an address means; None for any other address."""
        path = Path(url.toLocalFile()).resolve()
        return path if path.is_relative_to(self._folder) and path.is_file() else None


def dress(document: QTextDocument, tokens: Tokens) -> None:
    """Give a page the window's look: quiet lines in tables, keys that stand out, room to read."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            look = frame.format()
            look.setBorderBrush(QColor(tokens.border_strong))
            look.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
            look.setCellPadding(_CELL_PX)
            look.setTopMargin(_GAP_PX)
            look.setBottomMargin(_GAP_PX)
            frame.setFormat(look)
    ground = QTextCharFormat()
    ground.setBackground(QColor(tokens.pressed))
    block = document.begin()
    while block.isValid():
        room = QTextBlockFormat()
        room.setBottomMargin(_GAP_PX)
        if block.textList() is None and QTextCursor(block).currentTable() is None:
            QTextCursor(block).mergeBlockFormat(room)
        for start, length in _keys(block):
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(ground)
        block = block.next()
    cursor.endEditBlock()


def _keys(block: QTextBlock) -> list[tuple[int, int]]:
    """Place and length of each piece of a paragraph that is set in letters of one width."""
    found = []
    piece = block.begin()
    while not piece.atEnd():
        fragment = piece.fragment()
        if fragment.charFormat().fontFixedPitch():
            found.append((fragment.position(), fragment.length()))
        piece += 1
    return found


def heading_name(text: str) -> str:
    """Return what links call a heading: small letters, hyphens for spaces, no other signs."""
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


class GuideWindow(QDialog):
    """The guide beside the window, which can be used meanwhile.

    Args:
        theme: Gives the colors.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Guide"))
        self.browser = PageBrowser(docs_dir())
        self.browser.setAccessibleName(self.tr("Page of the guide"))
        self._buttons: list[tuple[QToolButton, str]] = []
        # The steps back and forward have to be known before a page is shown.
        back = self._button("chevron-left", self.tr("Back"), self.browser.backward)
        forward = self._button("chevron-right", self.tr("Forward"), self.browser.forward)
        back.setShortcut(QKeySequence.StandardKey.Back)
        forward.setShortcut(QKeySequence.StandardKey.Forward)
        self.browser.backwardAvailable.connect(back.setEnabled)
        self.browser.forwardAvailable.connect(forward.setEnabled)
        contents = self._button("book", self.tr("Contents"), self._show_contents)
        contents.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        line = QHBoxLayout()
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(4)
        for button in (back, forward, contents):
            line.addWidget(button)
        line.addStretch(1)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addLayout(line)
        outside.addWidget(self.browser, 1)
        self.resize(_SIZE)
        back.setEnabled(False)
        forward.setEnabled(False)
        theme.changed.connect(self._color)
        self._color(theme.tokens)
        self._show_contents()
        self.browser.setFocus()

    def _button(self, sign: str, name: str, call: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(name)
        button.setToolTip(name)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.clicked.connect(lambda _: call())
        self._buttons.append((button, sign))
        return button

    def _show_contents(self) -> None:
        self.browser.show_page(_FIRST_PAGE)

    def _color(self, tokens: Tokens) -> None:
        for button, sign in self._buttons:
            button.setIcon(icon(sign, tokens))
        self.browser.set_tokens(tokens)
