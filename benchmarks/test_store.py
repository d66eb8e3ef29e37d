"""The session store: rows appended as an analysis appends them, and an hour opened."""

from itertools import count
from pathlib import Path

import pytest

from benchmarks.scenes import Benchmark
from ferqt.core.session_document import SessionDocument
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.reader import open_session
from ferqt.outputs.store.writer import SessionWriter
from tests.helpers.sessions import (
    frame_results,
    hour_document,
    session_document,
    stored_session,
)


@pytest.fixture(scope="module")
def minute() -> SessionDocument:
    """A minute of two faces."""
    return session_document(60)


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an hour of two faces."""
    return stored_session(hour_document(), tmp_path_factory.mktemp("hour") / "session.db")


def test_append_a_minute(benchmark: Benchmark, minute: SessionDocument, tmp_path: Path) -> None:
    """A minute of results into a new session, committed once."""
    results, numbers = list(frame_results(minute)), count()
    layout = RowLayout(minute.table.labels)

    def append() -> None:
        path = tmp_path / str(next(numbers)) / "session.db"
        with SessionWriter.create(path, layout, minute.facts) as writer:
            for result in results:
                writer.write(result)
            writer.commit({})

    benchmark.extra_info["rows"] = sum(len(result.faces) for result in results)
    benchmark.pedantic(append, rounds=5, warmup_rounds=1)


def test_open_an_hour(benchmark: Benchmark, hour: Path) -> None:
    """From the file to a table in memory."""
    document = benchmark.pedantic(open_session, args=(hour,), rounds=3, warmup_rounds=1)
    benchmark.extra_info["rows"] = len(document.table)
    assert document.table.frame_count == 3600 * 30
