"""What ferqt is, what it does not do, and under which license."""

import platform
from typing import Final

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ferqt import __version__
from ferqt.ui.icons import program_icon
from ferqt.ui.theme import title_font

_ICON_PX: Final = 64
_TEXT_WIDTH: Final = 440


class AboutDialog(QDialog):
    """Version, purpose, and the limits that people should know."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About ferqt"))
        mark = QLabel()
        mark.setPixmap(program_icon().pixmap(QSize(_ICON_PX, _ICON_PX)))
        name = QLabel("ferqt")
        name.setFont(title_font(self.font()))
        version = QLabel(self.tr("Version {0}, MIT license").format(__version__))
        version.setObjectName("Muted")
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(name)
        texts.addWidget(version)
        texts.addWidget(self._made_with())
        for paragraph in (
            self.tr(
                "ferqt shows which facial expressions appear in a picture. It recognizes "
                "expressions; it does not read feelings."
            ),
            self.tr(
                "Everything is computed on this computer. No picture leaves it, and nothing is "
                "recorded unless you ask for it."
            ),
            self.tr(
                "Tell the people who are filmed. It is not meant for judging people at work, at "
                "school, in hiring or in questioning. Help has a page on privacy and law, and the "
                "licenses of everything that ferqt is made of."
            ),
        ):
            label = QLabel(paragraph)
            label.setWordWrap(True)
            label.setFixedWidth(_TEXT_WIDTH)
            texts.addSpacing(8)
            texts.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(20)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 24, 24, 16)
        outside.setSpacing(16)
        outside.addLayout(line)
        outside.addWidget(buttons)
        outside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _made_with(self) -> QLabel:
        """Return the line that a report of an error should hold."""
        label = QLabel(
            self.tr("Python {0}, Qt {1}, {2}").format(
                platform.python_version(), qVersion(), platform.platform(terse=True)
            )
        )
        label.setObjectName("Muted")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label
