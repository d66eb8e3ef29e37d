"""Asks where to save what a panel shows, saves it, and tells how that went."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ferqt.core.types import Notice, Severity
from ferqt.errors import OutputError


@dataclass(frozen=True, slots=True)
class SaveTexts:
    """What is said about a file that is to be saved.

    Attributes:
        stem: Beginning of the name that is proposed; the time follows.
        title: Of the dialog.
        kinds: Kinds of file as the dialog lists them, by suffix (".csv"); the first is proposed.
        saved: What happened when it went well.
        failed: What happened when it did not.
    """

    stem: str
    title: str
    kinds: dict[str, str]
    saved: str
    failed: str


def ask_and_save(parent: QWidget, texts: SaveTexts, save: Callable[[Path], None]) -> Notice | None:
    """Ask for a file and save it.

    Args:
        parent: Over which the dialog opens.
        texts: What is said.
        save: Writes the file; raises OutputError when it cannot.

    Returns:
        What to tell the person; None when the person thought better of it.
    """
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    filters = {f"{words} (*{suffix})": suffix for suffix, words in texts.kinds.items()}
    usual = next(iter(texts.kinds))
    name, chosen = QFileDialog.getSaveFileName(
        parent, texts.title, f"{texts.stem}-{stamp}{usual}", ";;".join(filters)
    )
    if not name:
        return None
    path = Path(name)
    if not path.suffix:
        path = path.with_suffix(filters.get(chosen, usual))
    try:
        save(path)
    except OutputError as error:
        return Notice(Severity.ERROR, texts.failed, error.message, error.hint)
    return Notice(Severity.INFO, texts.saved, path.name)
