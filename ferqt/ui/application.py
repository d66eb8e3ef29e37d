"""Makes the one QApplication."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication


def create_application(argv: Sequence[str]) -> QApplication:
    """Make the application object with the names by which desktops and files know ferqt."""
    QCoreApplication.setApplicationName("ferqt")
    QGuiApplication.setApplicationDisplayName("ferqt")
    QGuiApplication.setDesktopFileName("ferqt")
    return QApplication(list(argv))
