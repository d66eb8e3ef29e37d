"""What a person says of faces and models while a source runs: it holds from the next frame on."""

import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.emotions import CK7
from ferqt.core.people import People
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime import calibration, face_book
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import PlacedFace, portrait_path, scene

OTHER_ID, BROKEN_ID = "tiny-other", "tiny-broken"


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Two real faces for 1.4 s."""
    path = tmp_path_factory.mktemp("clips") / "faces.mp4"
    both = scene(480, 270, [PlacedFace(130, 135, 90), PlacedFace(350, 135, 90, "collins")])
    write_clip(path, [both] * 35, fps=25)
    return path


@pytest.fixture
def session(qapp, tmp_path, monkeypatch):
    # A second of a neutral face is as good as five to what is held here.
    monkeypatch.setattr(
        face_book,
        "BaselineCollector",
        lambda parent: calibration.BaselineCollector(3000, 0.4, parent),
    )
    models = tmp_path / "models"
    add_tiny_model(models)
    add_tiny_model(
        models,
        OTHER_ID,
        edit=lambda card: card["output"].update(labels={"id": "ck7", "names": list(CK7.names)}),
    )
    broken = add_tiny_model(models, BROKEN_ID, keras=False)
    (broken / "model.tflite").write_bytes(b"nothing")
    made = AnalysisSession(Catalog((models,)), PipelineConfig(model_id=TINY_ID), open_source)
    made.start()
    yield made
    made.shutdown()


@pytest.fixture
def results(session):
    seen = []
    session.result_ready.connect(lambda _, samples: seen.extend(samples))
    return seen


@pytest.fixture
def notices(session):
    seen = []
    session.notice_posted.connect(seen.append)
    return seen


@pytest.fixture
def playing(session, results, clip, qtbot):
    """The session while it plays the clip again and again, both faces found."""

    def play_on(state):
        if state is SessionState.ENDED:
            session.set_paused(False)

    session.state_changed.connect(play_on)
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: bool(results) and len(results[-1].faces) == 2, timeout=20_000)
    return session


def shown(results, track_id):
    """The newest reading of a face."""
    faces = (result.face(track_id) for result in reversed(results))
    return next(face for face in faces if face is not None)


def test_a_name_shows_on_the_next_frames_and_on_one_that_stands_still(playing, results, qtbot):
    playing.rename_face(1, "Anna")
    qtbot.waitUntil(lambda: shown(results, 1).name == "Anna", timeout=5000)
    playing.set_paused(True)
    qtbot.wait(100)
    playing.rename_face(1, "Berta")
    qtbot.waitUntil(lambda: shown(results, 1).name == "Berta", timeout=5000)
    assert playing.config.people == People({1: "Berta"})
    assert {face.face.track_id for result in results for face in result.faces} == {1, 2}


def test_faces_seen_together_are_not_merged(playing, notices):
    playing.merge_faces(2, 1)
    assert playing.config.people == People()
    assert "at the same time" in notices[0].text
    playing.merge_faces(1, 1)
    assert "the same already" in notices[1].text


def test_a_face_can_be_merged_with_one_that_left(playing, results, qtbot):
    playing.rename_face(9, "Anna")
    playing.merge_faces(2, 9)
    qtbot.waitUntil(lambda: results[-1].face(9) is not None, timeout=5000)
    assert shown(results, 9).name == "Anna"
    assert results[-1].face(2) is None


def test_a_neutral_face_is_learned_shown_moved_and_forgotten(playing, results, qtbot):
    told = []
    playing.baseline_progress.connect(lambda *progress: told.append(progress))
    playing.start_baseline(2)
    qtbot.waitUntil(lambda: (2, 1.0) in told, timeout=5000)
    qtbot.waitUntil(lambda: shown(results, 2).corrected is not None, timeout=5000)
    assert shown(results, 2).corrected.top == "neutral"
    assert shown(results, 1).corrected is None
    playing.merge_faces(2, 9)
    qtbot.waitUntil(lambda: results[-1].face(9) is not None, timeout=5000)
    assert shown(results, 9).corrected is not None
    playing.clear_baseline(2)
    qtbot.waitUntil(lambda: shown(results, 9).corrected is None, timeout=5000)
    assert not playing.config.baselines


def test_a_picture_that_stands_still_is_no_neutral_face(playing, notices):
    playing.set_paused(True)
    playing.start_baseline(1)
    assert "stands still" in notices[0].text


def test_another_source_begins_with_nobody_known(playing, results, clip, qtbot):
    told = []
    playing.rename_face(1, "Anna")
    playing.start_baseline(1)
    playing.baseline_progress.connect(lambda *progress: told.append(progress))
    qtbot.waitUntil(lambda: (1, 1.0) in told, timeout=5000)
    playing.start_baseline(2)
    results.clear()
    playing.open_source(str(clip))
    assert told[-1] == (2, -1.0)
    assert playing.config.people == People()
    assert not playing.config.baselines
    qtbot.waitUntil(lambda: sum(bool(result.faces) for result in results) > 3, timeout=20_000)
    assert {face.name for result in results for face in result.faces} == {""}
    assert {face.corrected for result in results for face in result.faces} == {None}


def test_faces_of_pictures_cannot_be_named(session, results, notices, tmp_path, qtbot):
    (tmp_path / "one.jpg").write_bytes(portrait_path().read_bytes())
    session.open_source(str(tmp_path / "one.jpg"))
    qtbot.waitUntil(lambda: bool(results), timeout=20_000)
    session.rename_face(1, "Grace")
    session.merge_faces(2, 1)
    session.start_baseline(1)
    assert len(notices) == 3
    assert session.config.people == People()


def test_without_a_source_there_is_nobody_to_name(session, notices):
    session.rename_face(1, "Anna")
    session.merge_faces(2, 1)
    session.start_baseline(1)
    session.clear_baseline(1)
    assert session.config.people == People()
    assert notices == []


def test_a_second_model_is_compared_and_left(playing, results, qtbot):
    cards, loading = [], []
    playing.compare_changed.connect(cards.append)
    playing.compare_loading.connect(loading.append)
    playing.compare_with(OTHER_ID)
    qtbot.waitUntil(lambda: results[-1].other_model_id == OTHER_ID, timeout=10_000)
    assert shown(results, 1).other.labels == CK7
    qtbot.waitUntil(lambda: bool(cards), timeout=5000)
    assert playing.compared_card.id == OTHER_ID
    assert loading[0] == OTHER_ID
    assert loading[-1] == ""
    playing.compare_with("")
    qtbot.waitUntil(lambda: results[-1].other_model_id == "", timeout=5000)
    qtbot.waitUntil(lambda: len(cards) == 2, timeout=5000)
    assert [card and card.id for card in cards] == [OTHER_ID, None]
    assert {result.model_id for result in results} == {TINY_ID}


def test_selecting_the_compared_model_makes_both_change_places(playing, results, qtbot):
    playing.compare_with(OTHER_ID)
    qtbot.waitUntil(lambda: results[-1].other_model_id == OTHER_ID, timeout=10_000)
    playing.select_model(OTHER_ID)
    qtbot.waitUntil(lambda: results[-1].model_id == OTHER_ID, timeout=10_000)
    assert results[-1].other_model_id == TINY_ID
    qtbot.waitUntil(lambda: playing.card.id == OTHER_ID, timeout=5000)
    assert playing.compared_card.id == TINY_ID


def test_a_model_is_not_compared_with_itself_or_one_that_is_not_there(playing, notices):
    playing.compare_with(TINY_ID)
    playing.compare_with("no-such")
    assert [notice.title for notice in notices] == ["The model is not compared"] * 2
    assert playing.config.compare_id == ""


@pytest.mark.allow_error_logs
def test_a_second_model_that_cannot_be_loaded_leaves_the_first_answering(
    playing, results, notices, qtbot
):
    loading = []
    playing.compare_loading.connect(loading.append)
    playing.compare_with(BROKEN_ID)
    playing.rename_face(1, "Anna")
    qtbot.waitUntil(lambda: bool(notices), timeout=10_000)
    assert loading[-1] == ""
    assert playing.config.compare_id == ""
    qtbot.waitUntil(lambda: shown(results, 1).name == "Anna", timeout=5000)
    assert results[-1].model_id == TINY_ID
    assert playing.state is SessionState.RUNNING


def test_a_model_that_is_refused_when_loaded_takes_no_other_wish_along(
    playing, results, notices, qtbot
):
    """As when its files change between the check and the load."""
    playing.set_config(PipelineConfig(TINY_ID, compare_id="gone", smoothing_s=1.5))
    playing.rename_face(1, "Anna")
    qtbot.waitUntil(lambda: bool(notices), timeout=10_000)
    qtbot.waitUntil(lambda: shown(results, 1).name == "Anna", timeout=5000)
    assert playing.config == PipelineConfig(TINY_ID, smoothing_s=1.5, people=People({1: "Anna"}))


def test_another_model_says_that_it_never_saw_the_neutral_face(playing, results, notices, qtbot):
    playing.start_baseline(1)
    qtbot.waitUntil(lambda: shown(results, 1).corrected is not None, timeout=5000)
    playing.select_model(OTHER_ID)
    qtbot.waitUntil(lambda: bool(notices), timeout=10_000)
    assert "taken anew" in notices[0].title
    qtbot.waitUntil(lambda: results[-1].model_id == OTHER_ID, timeout=5000)
    qtbot.waitUntil(lambda: shown(results, 1).corrected is None, timeout=5000)
    playing.select_model(TINY_ID)
    qtbot.waitUntil(lambda: shown(results, 1).corrected is not None, timeout=10_000)


def test_of_many_wishes_the_newest_model_answers(playing, results, qtbot):
    for _ in range(5):
        playing.select_model(OTHER_ID)
        playing.select_model(TINY_ID)
    playing.select_model(OTHER_ID)
    qtbot.waitUntil(lambda: results[-1].model_id == OTHER_ID, timeout=10_000)
    qtbot.wait(200)
    assert results[-1].model_id == playing.card.id == OTHER_ID
