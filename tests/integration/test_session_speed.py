"""A long session opens while a person waits."""

import time
from pathlib import Path

import pytest

from ferqt.outputs.store.reader import open_session
from tests.helpers.sessions import hour_document, stored_session

_AT_MOST_S = 2.0


@pytest.mark.slow
def test_an_hour_with_two_faces_opens_in_less_than_two_seconds(tmp_path: Path) -> None:
    document = hour_document()
    path = stored_session(document, tmp_path / "session.db")
    # The time of this process alone: the others of a busy machine are not what is measured.
    begin = time.process_time()
    table = open_session(path).table
    took_s = time.process_time() - begin
    assert len(table) == len(document.table) > 200_000
    assert took_s < _AT_MOST_S
