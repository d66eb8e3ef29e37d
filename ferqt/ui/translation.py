"""Lets the window speak the person's language."""

import logging
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ferqt.paths import resources_dir

_log = logging.getLogger(__name__)

SOURCE_LANGUAGE: Final = "en"
"""The language of the texts in the program."""

TRANSLATED: Final = ("de",)
"""Languages with a translation in `resources/translations`."""


def install_language(application: QCoreApplication, choice: str) -> tuple[QTranslator, ...]:
    """Translate every text that is made from now on, Qt's own too.

    Call it before the window is built.

    Args:
        application: Keeps the translations.
        choice: "de", "en", or "system" for the first language of the system that there is.

    Returns:
        What was installed, none for English.
    """
    language = best_language(QLocale.system().uiLanguages()) if choice == "system" else choice
    QLocale.setDefault(QLocale.system() if choice == "system" else QLocale(choice))
    if language not in TRANSLATED:
        return ()
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    installed = []
    # What is installed last is asked first.
    for name, folder in (("qtbase", qt_folder), ("ferqt", str(resources_dir() / "translations"))):
        translator = QTranslator(application)
        if translator.load(f"{name}_{language}", folder):
            application.installTranslator(translator)
            installed.append(translator)
        else:
            _log.warning("the translation %s_%s is missing in %s", name, language, folder)
    return tuple(installed)


def best_language(tags: Sequence[str]) -> str:
    """Return the first of some languages that the window can speak, English if none.

    Args:
        tags: As systems list them, "de-AT" for example.
    """
    known = (SOURCE_LANGUAGE, *TRANSLATED)
    wanted = (tag.replace("_", "-").partition("-")[0].lower() for tag in tags)
    return next((language for language in wanted if language in known), SOURCE_LANGUAGE)
