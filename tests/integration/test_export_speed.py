"""An hour of rows is exported while a person waits."""

import time
from pathlib import Path

import pytest

from ferqt.outputs.exports.registry import EXPORTS
from ferqt.outputs.store.reader import open_session
from tests.helpers.sessions import hour_document, stored_session

_AT_MOST_S = 60.0


@pytest.mark.quiet
@pytest.mark.slow
def test_all_formats_of_an_hour_with_two_faces_take_less_than_a_minute(tmp_path: Path) -> None:
    document = open_session(stored_session(hour_document(), tmp_path / "session.db"))

    begin = time.perf_counter()
    for one in EXPORTS.values():
        one.write(document, tmp_path / one.file_name)
    took_s = time.perf_counter() - begin

    assert took_s < _AT_MOST_S
