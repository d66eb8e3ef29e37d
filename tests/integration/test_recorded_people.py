"""Who a person says that a face is, while a recording runs: its rows say what the screen said."""

import csv
from dataclasses import replace

import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.outputs.overlay import Canvas, OverlayOptions, Text, build_overlay
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.markers import Markers
from ferqt.runtime.recording import Recording, RecordingOptions, RecordingState
from ferqt.runtime.session import AnalysisSession
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.overlays import measure
from tests.helpers.portraits import PlacedFace, scene


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A person who leaves and comes back elsewhere, beside one who stays."""
    path = tmp_path_factory.mktemp("clips") / "returns.mp4"
    stays = PlacedFace(380, 135, 90, "collins")
    both = scene(480, 270, [PlacedFace(120, 135, 90), stays])
    one = scene(480, 270, [stays])
    again = scene(480, 270, [PlacedFace(200, 135, 90), stays])
    write_clip(path, [both] * 8 + [one] * 10 + [again] * 14, fps=20)
    return path


@pytest.fixture
def session(qapp, tmp_path):
    add_tiny_model(tmp_path / "models")
    config = PipelineConfig(TINY_ID, lost_after_s=0.3)
    made = AnalysisSession(Catalog((tmp_path / "models",)), config, open_source)
    made.start()
    yield made
    made.shutdown()


@pytest.fixture
def recording(session):
    made = Recording(session, Markers())
    yield made
    made.shutdown()


@pytest.fixture
def shown(session):
    """What the screen shows: every result that came to it, by the number of its frame."""
    results = {}

    def note(newest, samples):
        for one in (*samples, newest):
            # A picture that has been on screen for a tenth of a second is read again when who is
            # who has changed; a recording keeps what was read of a frame when it came.
            results.setdefault(one.index, one)

    session.result_ready.connect(note)
    return results


def names_on_screen(result):
    """The names and numbers that labels say, from the left."""
    options, canvas = OverlayOptions(show_all_bars=False), Canvas(1280, 720)
    texts = [
        one for one in build_overlay(result, options, canvas, measure) if isinstance(one, Text)
    ]
    said = {face.name or str(face.face.track_id) for face in result.faces}
    return sorted(text.text for text in texts if text.text in said)


def ids(result):
    """Numbers of the faces of a result."""
    return {face.face.track_id for face in result.faces}


def test_rows_of_a_merged_and_named_face_are_those_of_the_screen(
    session, recording, shown, clip, tmp_path, qtbot
):
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: session.latest is not None, timeout=20_000)
    # Slow enough that a busy machine reads a frame at least every 0.3 s of the film, after which
    # faces are lost, and that the picture of the merge is read again.
    session.playback.set_speed(0.25)
    session.set_paused(True)
    # From elsewhere, so that the first frame is that of the seek: once it is here, no reading from
    # before the recording is still on its way.
    for index in (5, 0):
        session.seek_frame(index)
        qtbot.waitUntil(lambda index=index: session.latest.index == index, timeout=20_000)
    first = ids(session.latest)
    assert len(first) == 2
    recording.start(RecordingOptions(tmp_path / "out", countdown_s=0))
    qtbot.waitUntil(lambda: recording.state is RecordingState.ON, timeout=5000)
    shown.clear()
    with qtbot.waitSignal(recording.finished, timeout=30_000) as caught:
        session.set_paused(False)
        qtbot.waitUntil(lambda: bool(ids(session.latest) - first), timeout=20_000)
        (came,) = ids(session.latest) - first
        (gone,) = first - ids(session.latest)
        session.merge_faces(came, gone)
        session.rename_face(gone, "Anna")

    with (caught.args[0].folder / "frames.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["face_id"]]
    compared = [row for row in rows if int(row["frame"]) in shown]
    assert len(compared) >= 0.9 * len(rows)
    for row in compared:
        face = shown[int(row["frame"])].face(int(row["face_id"]))
        assert face is not None
        assert row["face_label"] == face.name
        for name in face.smoothed.labels.names:
            wanted = face.smoothed.probability(name)
            assert float(row[f"{name}_smoothed"]) == pytest.approx(wanted, abs=1e-6)
    last = [row for row in compared if row["frame"] == compared[-1]["frame"]]
    # Samples have no picture; the overlay asks it for its size.
    said = names_on_screen(replace(shown[int(last[0]["frame"])], frame=session.latest.frame))
    assert said == sorted(row["face_label"] or row["face_id"] for row in last)
    assert "Anna" in said
    told = [(int(row["face_id"]), row["face_label"]) for row in compared]
    # Rows from before stay as they were; from the merge on there is no third face.
    assert {face_id for face_id, _ in told} == {*first, came}
    merged = told.index((gone, "Anna"))
    assert {face_id for face_id, _ in told[merged:]} == first
    assert (came, "") in told[:merged]
