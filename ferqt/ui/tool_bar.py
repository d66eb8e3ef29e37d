"""The tool bar: open, hold, save, and choose a model."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from ferqt.ui.icons import ICON_PX
from ferqt.ui.model_box import ModelBox

_NARROW_PX: Final = 960
"""Under this width the buttons show icons alone, so that the box of models stays in sight."""


class MainToolBar(QToolBar):
    """The window's one tool bar."""

    def __init__(
        self, actions: Mapping[str, QAction], cameras: QMenu, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tool_bar")
        self.setWindowTitle(self.tr("Tool Bar"))
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for name, text in (
            ("open", self.tr("Open")),
            ("camera", self.tr("Camera")),
            ("demo", self.tr("Demo")),
        ):
            actions[name].setIconText(text)
            self.addAction(actions[name])
        button = self.widgetForAction(actions["camera"])
        assert isinstance(button, QToolButton)
        button.setMenu(cameras)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.addSeparator()
        actions["shot"].setIconText(self.tr("Shot"))
        self.addAction(actions["pause"])
        self.addAction(actions["record"])
        self.addAction(actions["shot"])
        self.addSeparator()
        for name in ("bars", "landmarks", "pose"):
            self.addAction(actions[name])
            tool = self.widgetForAction(actions[name])
            assert isinstance(tool, QToolButton)
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self._label = QLabel(self.tr("Model"))
        self._label.setObjectName("Muted")
        self._label.setContentsMargins(0, 0, 8, 0)
        self.addWidget(self._label)
        self.model_box = ModelBox()
        self.addWidget(self.model_box)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Drop the buttons' texts when there is no room for them."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW_PX
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if narrow
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        if style != self.toolButtonStyle():
            self.setToolButtonStyle(style)
