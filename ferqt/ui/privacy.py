"""What ferqt does with pictures, and what the law says: shown at the first start and in Help."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ferqt.ui.icons import pixmap
from ferqt.ui.page import Page
from ferqt.ui.theme import Theme, strong_font, title_font
from ferqt.ui.tokens import Tokens

_WIDTH: Final = 560
_ICON_PX: Final = 24


class PrivacyText(QWidget):
    """Four short paragraphs, each with a sign."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: list[tuple[QLabel, str]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._add(
            "lock",
            self.tr("Everything stays on this computer"),
            self.tr(
                "No picture and no reading leaves it. ferqt connects to nothing but a stream whose "
                "address you give."
            ),
        )
        self._add(
            "camera",
            self.tr("Nothing begins by itself"),
            self.tr(
                "The camera is off until you open it. Nothing is recorded until you ask for it, "
                "and a red sign shows it while it lasts."
            ),
        )
        self._add(
            "face",
            self.tr("Expressions, not feelings"),
            self.tr(
                "ferqt names what a face shows. It does not know what a person feels, and it errs: "
                "accuracy differs between groups of people. Each model’s card says on what data it "
                "was measured."
            ),
        )
        self._add(
            "info",
            self.tr("Ask the people who are filmed"),
            self.tr(
                "Tell them, and let them say no. ferqt is not meant for hiring, for questioning or "
                "for finding lies. The European Union forbids emotion recognition at work and in "
                "education, except for medical or safety reasons (AI Act, article 5 (1) (f))."
            ),
        )
        theme.changed.connect(self._color)
        self._color(theme.tokens)

    def _add(self, sign: str, title: str, text: str) -> None:
        row = self._grid.rowCount()
        mark = QLabel()
        self._signs.append((mark, sign))
        heading = QLabel(title)
        heading.setFont(strong_font(self.font()))
        words = QLabel(text)
        words.setWordWrap(True)
        words.setObjectName("Muted")
        self._grid.addWidget(mark, row, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(heading, row, 1)
        self._grid.addWidget(words, row + 1, 1)
        self._grid.setRowMinimumHeight(row + 2, 12)

    def _color(self, tokens: Tokens) -> None:
        ratio = self.devicePixelRatioF()
        for label, sign in self._signs:
            label.setPixmap(pixmap(sign, tokens.accent_text, _ICON_PX, ratio))


class PrivacyPage(QScrollArea):
    """The first thing a person sees, once: what ferqt does and does not do.

    It takes the place of the start page; everything else in the window can be used.
    """

    acknowledged = Signal()
    """The person has read it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("StartPage")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        heading = QLabel(self.tr("Before you begin"))
        heading.setFont(title_font(self.font()))
        self.button = QPushButton(self.tr("Continue"))
        self.button.setDefault(True)
        self.button.clicked.connect(self.acknowledged)
        note = QLabel(self.tr("You find this again in the Help menu."))
        note.setObjectName("Muted")
        column = QWidget()
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(heading)
        lines.addSpacing(20)
        lines.addWidget(PrivacyText(theme))
        lines.addSpacing(12)
        lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addSpacing(8)
        lines.addWidget(note)
        self.setWidget(Page(column, _WIDTH))


class PrivacyDialog(QDialog):
    """The same text, opened from the Help menu."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Privacy and Law"))
        text = PrivacyText(theme)
        text.setFixedWidth(_WIDTH)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 24, 24, 16)
        outside.setSpacing(16)
        outside.addWidget(text)
        outside.addWidget(buttons)
        outside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
