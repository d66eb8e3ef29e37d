"""A film is analyzed by the window, and looked at again with what was read then."""

import csv
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument
from ferqt.core.types import FaceResult
from ferqt.outputs.store.reader import open_session
from ferqt.runtime.analysis_jobs import JobState
from tests.helpers.tour import FRAMES, Tour

_PATIENCE_S = 120.0


@pytest.fixture(scope="module")
def analyzed(open_tour: Tour) -> Iterator[Tour]:
    """The clip of two people, analyzed through the menu with the default model."""
    tour = open_tour
    tour.prepare()
    tour.window.actions_by_id["analyze_source"].trigger()
    assert tour.window.analysis.shown
    page = tour.window.analysis.page
    queue = page.queue
    tour.until(lambda: len(queue.jobs) == 1)
    queue.start()
    tour.until(lambda: queue.jobs[0].state is JobState.DONE, _PATIENCE_S, "the analysis")
    yield tour
    tour.window.parts.review.close()


@pytest.fixture
def reviewed(analyzed: Tour) -> Tour:
    """The session, open and held at its first frame."""
    tour = analyzed
    tour.prepare()
    tour.window.actions_by_id["analysis"].trigger()
    (job,) = tour.window.analysis.page.queue.jobs
    tour.window.analysis.page.session_requested.emit(job.folder / "session.db")
    tour.until(lambda: tour.window.parts.review.document is not None)
    tour.until(lambda: tour.window.timeline.state is not None)
    tour.until(lambda: tour.session.reviewing and tour.index >= 0)
    tour.go_to(0)
    return tour


def document(tour: Tour) -> SessionDocument:
    found = tour.window.parts.review.document
    assert found is not None
    return found


def test_the_session_has_every_frame_and_the_screen_shows_its_rows(reviewed: Tour) -> None:
    table = document(reviewed).table
    assert table.frame_count == FRAMES
    assert table.faces == (1, 2)
    path = reviewed.window.parts.review.path
    assert path is not None
    with (path.parent / "frames.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for frame in (0, 40, FRAMES - 1):
        reviewed.go_to(frame)
        of_frame = [row for row in rows if int(row["frame"]) == frame]
        assert [_told(face) for face in reviewed.shown.faces] == [_written(row) for row in of_frame]


def _told(face: FaceResult) -> tuple[str, str, str]:
    return str(face.face.track_id), face.scores.top, f"{face.scores.confidence:.6f}"


def _written(row: dict[str, str]) -> tuple[str, str, str]:
    return row["face_id"], row["expression"], row["confidence"]


def test_nothing_is_read_anew_while_a_session_is_open(reviewed: Tour) -> None:
    assert not reviewed.window.actions_by_id["record"].isEnabled()
    assert not reviewed.window.actions_by_id["baseline"].isEnabled()
    assert {result.model_id for result in reviewed.results} == {"live48-ferplus8"}


def test_a_click_in_the_timeline_shows_that_very_frame(reviewed: Tour) -> None:
    canvas, state = reviewed.window.timeline.canvas, reviewed.window.timeline.state
    assert state is not None
    x = canvas.width() * 2 // 3
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(x, canvas.height() // 2))
    reviewed.until(lambda: reviewed.index > 0)
    reviewed.until_still()
    assert reviewed.shown.media_time == pytest.approx(state.axis.time_of(state.index))
    assert reviewed.index == state.axis.frame_of(state.index)


def test_markers_names_and_exclusions_are_in_the_file(reviewed: Tour) -> None:
    parts = reviewed.window.parts
    reviewed.go_to(25)
    parts.markers.add(Marker.at(reviewed.shown, "smiles"))
    parts.identities.rename(1, "Grace")
    reviewed.session.playback.set_out(2.0)
    reviewed.session.playback.set_in(1.0)
    reviewed.window.actions_by_id["exclude_range"].trigger()
    reviewed.until(lambda: document(reviewed).excluded and document(reviewed).table.names)
    reviewed.until(lambda: reviewed.shown.faces[0].name == "Grace")
    path = parts.review.path
    assert path is not None
    stored = open_session(path)
    assert [(one.label, one.frame) for one in stored.markers] == [("smiles", 25)]
    assert stored.table.names[1] == "Grace"
    (part,) = stored.excluded
    assert (part.start_s, part.end_s) == pytest.approx((1.0, 2.04))
    statistics = parts.panels.figures
    reviewed.window.docking.show("figures")
    reviewed.until(lambda: statistics.statistics is not None)
    assert parts.markers.all == stored.markers


def test_another_source_closes_the_session(reviewed: Tour) -> None:
    reviewed.open(reviewed.return_clip)
    assert reviewed.window.parts.review.document is None
    assert not reviewed.window.timeline.isVisible()
    assert reviewed.window.actions_by_id["record"].isEnabled()


def test_a_session_whose_film_is_gone_can_still_be_looked_at(reviewed: Tour) -> None:
    reviewed.window.actions_by_id["close_session"].trigger()
    assert not reviewed.window.timeline.isVisible()
    moved = reviewed.clip.with_suffix(".moved")
    reviewed.clip.rename(moved)
    try:
        (job,) = reviewed.window.analysis.page.queue.jobs
        reviewed.window.parts.review.open(job.folder)
        reviewed.until(lambda: reviewed.told("The session's film is not there"))
        assert reviewed.window.timeline.isVisible()
    finally:
        moved.rename(reviewed.clip)
