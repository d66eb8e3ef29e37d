"""Makes the one QApplication."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ferqt.ui.translation import install_language


def create_application(argv: Sequence[str], language: str = "en") -> QApplication:
    """Make the application object with the names by which desktops and files know ferqt.

    Args:
        argv: The program's name, and arguments for Qt.
        language: What the window speaks: "en", "de", or "system" for the desktop's language.
    """
    QCoreApplication.setApplicationName("ferqt")
    QGuiApplication.setApplicationDisplayName("ferqt")
    QGuiApplication.setDesktopFileName("ferqt")
    application = QApplication(list(argv))
    install_language(application, language)
    return application
