"""Makes the one QApplication."""

import builtins
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
    _import_as_python_does()
    QCoreApplication.setApplicationName("ferqt")
    QGuiApplication.setApplicationDisplayName("ferqt")
    QGuiApplication.setDesktopFileName("ferqt")
    application = QApplication(list(argv))
    install_language(application, language)
    return application


def _import_as_python_does() -> None:
    """Take PySide's hook off `import`.

    It reads and keeps the source of each module that is imported after Qt, whatever the thread, to
    see whether the module names PySide: a tenth of the time to the window. What it serves are
    `from __feature__ import ...` lines, which ferqt has none of.
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
