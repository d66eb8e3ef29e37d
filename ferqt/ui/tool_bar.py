"""The tool bar: open, hold, save, and choose a model."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from ferqt.ui.icons import ICON_PX
from ferqt.ui.model_box import ModelBox


class MainToolBar(QToolBar):
    """The window's one tool bar.

    Where it is narrow the buttons show icons alone, so that the box of models stays in sight.
    """

    def __init__(
        self, actions: Mapping[str, QAction], cameras: QMenu, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tool_bar")
        self.setWindowTitle(self.tr("Tool Bar"))
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self._needed_px = 0
        self._signs: list[QToolButton] = []
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
            self._signs.append(tool)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self._label = QLabel(self.tr("Model"))
        self._label.setObjectName("Muted")
        self._label.setContentsMargins(0, 0, 8, 0)
        self.addWidget(self._label)
        self.model_box = ModelBox()
        self.addWidget(self.model_box)
        self._show_texts(shown=True)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Drop the buttons' texts when there is no room for them."""
        super().resizeEvent(event)
        with_texts = self.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if with_texts:
            # It depends on the language, and is known only while the texts are there.
            self._needed_px = self.sizeHint().width()
        if with_texts != (event.size().width() >= self._needed_px):
            self._show_texts(shown=not with_texts)

    def _show_texts(self, *, shown: bool) -> None:
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly
        )
        # Qt gives the style to every button.
        for tool in self._signs:
            tool.setToolButtonStyle(style.ToolButtonIconOnly)
