"""A source that was analyzed before is shown with what was read then."""

import numpy as np
import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import Frame, FrameResult
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.models import TINY_ID, add_tiny_model


class Stored:
    """Readings of an earlier analysis: none has a face, each tells who made it."""

    def __init__(self, model_id: str, damaged: int | None = None) -> None:
        self.model_id = model_id
        self.damaged = damaged

    def __call__(self, frame: Frame) -> FrameResult:
        if frame.index == self.damaged:
            raise ValueError("a row is damaged")
        return FrameResult(
            frame, frame.index, frame.media_time, frame.session_ms, (), self.model_id
        )


@pytest.fixture
def clip(tmp_path):
    path = tmp_path / "clip.mp4"
    write_clip(path, [np.full((48, 64, 3), 10 * n, np.uint8) for n in range(20)], fps=20)
    return str(path)


@pytest.fixture
def session(qapp, tmp_path):
    add_tiny_model(tmp_path / "models")
    catalog = Catalog((tmp_path / "models",))
    made = AnalysisSession(catalog, PipelineConfig(model_id=TINY_ID), open_source)
    made.seen, made.notices = [], []
    made.result_ready.connect(lambda _, samples: made.seen.extend(samples))
    made.notice_posted.connect(made.notices.append)
    yield made
    made.shutdown()


def test_stored_readings_are_shown_and_the_model_reads_nothing(session, clip, qtbot):
    tapped = []
    session.set_tap(tapped.append)
    session.start()
    session.open_stored(clip, Stored("then"))
    assert session.reviewing
    qtbot.waitUntil(lambda: session.state is SessionState.ENDED, timeout=10_000)
    qtbot.waitUntil(lambda: bool(session.seen) and session.seen[-1].index == 19, timeout=5_000)
    assert {result.model_id for result in session.seen} == {"then"}
    assert tapped == []


@pytest.mark.allow_error_logs
def test_a_reading_that_cannot_be_told_leaves_the_others(session, clip, qtbot):
    session.start()
    session.open_stored(clip, Stored("then", damaged=3))
    qtbot.waitUntil(lambda: bool(session.seen), timeout=10_000)
    session.set_paused(True)
    session.seek_frame(3)
    qtbot.waitUntil(lambda: bool(session.notices), timeout=10_000)
    session.seek_frame(4)
    qtbot.waitUntil(lambda: session.seen[-1].index == 4, timeout=10_000)
    assert 3 not in {result.index for result in session.seen}
    assert len(session.notices) == 1


def test_other_stored_readings_are_shown_for_the_frame_on_screen(session, clip, qtbot):
    session.start()
    session.open_stored(clip, Stored("then"))
    qtbot.waitUntil(lambda: bool(session.seen), timeout=10_000)
    session.set_paused(True)
    session.seek_frame(7)
    qtbot.waitUntil(lambda: session.seen[-1].index == 7, timeout=5_000)
    session.show_stored(Stored("edited"))
    qtbot.waitUntil(lambda: session.latest.model_id == "edited", timeout=5_000)
    assert session.latest.index == 7


def test_the_next_source_is_read_by_the_model_again(session, clip, qtbot):
    session.start()
    session.open_stored(clip, Stored("then"))
    qtbot.waitUntil(lambda: bool(session.seen), timeout=10_000)
    session.open_source(clip)
    assert not session.reviewing
    session.seen.clear()
    qtbot.waitUntil(lambda: bool(session.seen), timeout=20_000)
    assert {result.model_id for result in session.seen} == {TINY_ID}
