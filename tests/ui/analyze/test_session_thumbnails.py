"""Small pictures of sessions on a disk that is full."""

from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ferqt.outputs.store.library import Library
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.analyze.session_thumbnails import SessionThumbnails
from tests.helpers.clips import write_clip
from tests.helpers.full_disk import room_for
from tests.helpers.sessions import session_document, stored_session


def test_a_full_disk_costs_neither_the_picture_nor_leaves_half_of_it(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.mp4"
    write_clip(clip, [np.full((480, 640, 3), 90, np.uint8)] * 10)
    library = Library(tmp_path / "library")
    document = session_document(1)
    document = type(document)(document.title, document.table, source=str(clip))
    path = stored_session(document, library.new_folder() / "session.db")
    (entry,) = library.sessions()
    before = sorted(path.parent.iterdir())
    tasks = TaskRunner(None)
    thumbnails = SessionThumbnails(tasks)
    with room_for(300), qtbot.waitSignal(thumbnails.ready, timeout=5000):
        assert thumbnails.of(entry) is None
    assert thumbnails.of(entry) is not None
    assert sorted(path.parent.iterdir()) == before
    thumbnails.forget(entry.id)
    with qtbot.waitSignal(thumbnails.ready, timeout=5000):
        assert thumbnails.of(entry) is None
    assert (path.parent / "thumbnail.jpg").stat().st_size > 300
    tasks.shutdown()
