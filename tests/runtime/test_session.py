from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as PillowImage

from ferqt.classifiers.catalog import Catalog
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import PlacedFace, scene

OTHER_ID = "tiny-other"


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Two seconds of one real face that moves to the right."""
    path = tmp_path_factory.mktemp("clips") / "face.mp4"
    frames = [scene(640, 360, [PlacedFace(200 + 3 * n, 180, 140)]) for n in range(50)]
    write_clip(path, frames, fps=25)
    return path


@pytest.fixture
def session(qapp, tmp_path):
    models = tmp_path / "models"
    add_tiny_model(models)
    add_tiny_model(models, OTHER_ID)
    made = AnalysisSession(Catalog((models,)), PipelineConfig(model_id=TINY_ID), open_source)
    made.start()
    yield made
    made.shutdown()


@pytest.fixture
def results(session):
    """Every light sample that the session handed out, in order."""
    seen = []
    session.result_ready.connect(lambda _, samples: seen.extend(samples))
    return seen


@pytest.fixture
def notices(session):
    seen = []
    session.notice_posted.connect(seen.append)
    return seen


def test_faces_of_a_clip_are_read_while_it_plays(session, results, clip, qtbot):
    session.open_source(str(clip))
    assert session.state is SessionState.OPENING
    qtbot.waitUntil(lambda: session.state is SessionState.ENDED, timeout=20_000)
    qtbot.waitUntil(lambda: bool(results) and results[-1].index >= 48, timeout=5_000)
    indices = [result.index for result in results]
    assert indices == sorted(set(indices))
    assert all(result.frame is None for result in results)
    with_face = [result for result in results if result.faces]
    assert len(with_face) >= 0.9 * len(results)
    assert {face.face.track_id for result in with_face for face in result.faces} == {1}
    assert session.latest.frame is not None


def test_a_paused_clip_is_stepped_and_sought_frame_by_frame(session, results, clip, qtbot):
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: len(results) >= 3, timeout=10_000)
    session.set_paused(True)
    assert session.state is SessionState.PAUSED
    session.seek(1.0)
    qtbot.waitUntil(lambda: session.latest.index == 25, timeout=5_000)
    session.step(1)
    qtbot.waitUntil(lambda: session.latest.index == 26, timeout=5_000)
    session.step(-1)
    qtbot.waitUntil(lambda: session.latest.index == 25, timeout=5_000)
    session.seek_by(0.2)
    qtbot.waitUntil(lambda: session.latest.index == 30, timeout=5_000)
    assert session.state is SessionState.PAUSED


def test_an_ended_clip_starts_again(session, results, clip, qtbot):
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: len(results) >= 1, timeout=10_000)
    session.seek(10.0)
    qtbot.waitUntil(lambda: session.state is SessionState.ENDED, timeout=10_000)
    results.clear()
    session.toggle_pause()
    assert session.state is SessionState.RUNNING
    qtbot.waitUntil(lambda: bool(results) and results[-1].index < 20, timeout=5_000)


def test_a_model_is_switched_while_the_clip_runs(session, results, qtbot):
    session.open_source("demo")
    qtbot.waitUntil(lambda: any(result.faces for result in results), timeout=20_000)
    with qtbot.waitSignal(session.model_changed, timeout=10_000) as caught:
        session.next_model(1)
    assert caught.args[0].id == OTHER_ID
    qtbot.waitUntil(lambda: results[-1].model_id == OTHER_ID, timeout=5_000)
    ids = [result.model_id for result in results]
    assert ids == sorted(ids, key=lambda id_: id_ == OTHER_ID)
    assert session.state is SessionState.RUNNING


def test_a_paused_picture_is_read_again_by_the_new_model(session, results, clip, qtbot):
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: len(results) >= 3, timeout=10_000)
    session.set_paused(True)
    qtbot.wait(300)
    index = session.latest.index
    session.select_model(OTHER_ID)
    qtbot.waitUntil(lambda: session.latest.model_id == OTHER_ID, timeout=5_000)
    assert session.latest.index == index


def test_an_unknown_or_damaged_model_leaves_the_old_one_answering(session, results, notices, qtbot):
    session.open_source("demo")
    qtbot.waitUntil(lambda: bool(results), timeout=20_000)
    session.select_model("no-such")
    assert "no-such" in notices[-1].text
    damaged = session.catalog.entry(OTHER_ID)
    (damaged.folder / damaged.card.files.litert.path).write_bytes(b"not a model")
    session.select_model(OTHER_ID)
    qtbot.waitUntil(lambda: len(notices) == 2, timeout=10_000)
    results.clear()
    qtbot.waitUntil(lambda: len(results) > 3, timeout=5_000)
    assert {result.model_id for result in results} == {TINY_ID}


def test_another_detector_takes_over_and_an_unknown_one_does_not(session, results, notices, qtbot):
    session.open_source("demo")
    qtbot.waitUntil(lambda: any(result.faces for result in results), timeout=20_000)
    with qtbot.waitSignal(session.config_changed, timeout=10_000):
        session.set_config(replace(session.config, detector_id="opencv-dnn"))
    results.clear()
    qtbot.waitUntil(lambda: any(result.faces for result in results), timeout=20_000)
    session.set_config(replace(session.config, detector_id="no-such"))
    qtbot.waitUntil(lambda: bool(notices), timeout=5_000)
    assert session.config.detector_id == "opencv-dnn"


def test_a_source_that_cannot_be_opened_leaves_the_session_usable(
    session, notices, clip, results, tmp_path, qtbot
):
    text = tmp_path / "text.mp4"
    text.write_text("hello")
    for location in (str(tmp_path / "no.mp4"), str(text)):
        session.open_source(location)
        qtbot.waitUntil(lambda: session.state is SessionState.IDLE, timeout=5_000)
    assert len(notices) == 2
    assert all(notice.text and "Traceback" not in notice.text for notice in notices)
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: bool(results), timeout=20_000)


def test_ids_start_over_with_another_source(session, results, clip, qtbot):
    for _ in range(2):
        results.clear()
        session.open_source(str(clip))
        qtbot.waitUntil(lambda: any(result.faces for result in results), timeout=20_000)
        first = next(result for result in results if result.faces)
        assert first.faces[0].face.track_id == 1


def test_each_picture_of_a_folder_is_read_anew(session, results, tmp_path, qtbot):
    """A near face, then two small ones elsewhere: ids start over, and no one is missed."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    placed = ([PlacedFace(300, 300, 260)], [PlacedFace(900, 200, 44), PlacedFace(400, 500, 44)])
    for number, faces in enumerate(placed):
        PillowImage.fromarray(scene(1280, 720, faces)).save(folder / f"{number}.png")
    session.open_source(str(folder))
    qtbot.waitUntil(lambda: len(results) == 1, timeout=20_000)
    session.step(1)
    qtbot.waitUntil(lambda: len(results) == 2, timeout=20_000)
    ids = [[face.face.track_id for face in result.faces] for result in results]
    assert ids == [[1], [1, 2]]


def test_closing_hands_out_nothing_of_the_old_source(session, results, qtbot):
    session.open_source("demo")
    qtbot.waitUntil(lambda: len(results) > 2, timeout=20_000)
    session.close_source()
    results.clear()
    qtbot.wait(300)
    assert results == []
    assert session.latest is None
    assert session.source_info is None


def test_the_stats_tell_rates_and_latency(session, results, clip, qtbot):
    stats = []
    session.stats_changed.connect(stats.append)
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: session.state is SessionState.ENDED, timeout=20_000)
    running = [told for told in stats if told.fps_out > 0]
    assert running
    assert max(told.fps_in for told in running) == pytest.approx(25, rel=0.3)
    assert all(told.latency_ms >= 0 for told in stats)
    assert stats[-1].dropped + len(results) <= 50


def test_a_hundred_sources_in_a_row_leave_no_thread_behind(session, qtbot, tmp_path):
    clip = tmp_path / "short.mp4"
    write_clip(clip, [np.zeros((48, 64, 3), np.uint8)] * 3)
    for _ in range(100):
        session.open_source(str(clip))
    session.close_source()
    qtbot.waitUntil(lambda: not session._leaving, timeout=20_000)
