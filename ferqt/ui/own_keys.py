"""Keys that mean something where the keyboard is, and only then to the window."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDockWidget,
    QWidget,
)


class OwnKeys(QObject):
    """Lets Space press a button, instead of holding the picture, and F2 edit a table's row.

    Esc in a panel outside the window does nothing, instead of ending the program.

    Qt asks the control and what is around it, up to its window, before it looks for shortcuts. A
    panel that was taken out of the window is a window of its own, so each is watched.
    """

    def watch(self, widget: QWidget) -> None:
        """Speak for the controls inside a widget."""
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Claim a key for the control that has the keyboard."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        control = QApplication.focusWidget()
        match event.key():
            case Qt.Key.Key_Space:
                owned = isinstance(control, QAbstractButton)
            case Qt.Key.Key_F2:
                owned = _can_edit(control)
            case Qt.Key.Key_Escape:
                owned = isinstance(watched, QDockWidget) and watched.isFloating()
            case _:
                owned = False
        if owned:
            event.accept()
        return owned


def _can_edit(control: QWidget | None) -> bool:
    """Whether a control is a table with something to edit in its current row."""
    if not isinstance(control, QAbstractItemView):
        return False
    current = control.currentIndex()
    columns = current.model().columnCount() if current.isValid() else 0
    return any(
        bool(current.siblingAtColumn(column).flags() & Qt.ItemFlag.ItemIsEditable)
        for column in range(columns)
    )
