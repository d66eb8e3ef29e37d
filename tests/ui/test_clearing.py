"""A window that opens clears away what an earlier program that was killed has left."""

import os
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from ferqt.outputs.store.library import Library
from ferqt.paths import cache_dir, make_folder
from ferqt.ui.main_window import MainWindow


def test_drafts_and_half_deleted_sessions_are_gone(
    qtbot: QtBot, open_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    draft = tmp_path / ".talk.mp4.0011.part"
    draft.write_bytes(b"half a film")
    make_folder(cache_dir() / "unfinished")
    (cache_dir() / "unfinished" / "4711-00.list").write_bytes(b"+" + os.fsencode(draft) + b"\0")
    session = Library().folder / ".deleted-20260101-000000-aa"
    make_folder(session)
    (session / "session.db").write_bytes(b"Ada")
    open_window()
    qtbot.waitUntil(lambda: not draft.exists() and not session.exists())
    assert list((cache_dir() / "unfinished").iterdir()) == []
