"""The timeline as a window sees it: what it is told, what it asks for."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QToolButton

from ferqt.core.episodes import EpisodeRule
from ferqt.core.markers import Marker
from ferqt.core.session_document import TimeRange
from ferqt.ui.timeline.lanes import STRIP_PX
from ferqt.ui.timeline.timeline_view import TimelineView
from ferqt.ui.timeline.tips import tip_at
from tests.helpers.paints import PaintCounter
from tests.helpers.sessions import session_document
from tests.helpers.timelines import point, turn_wheel


def message(view: TimelineView) -> str:
    return next(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def tip(view: TimelineView, place: QPoint) -> str:
    return tip_at(view.state, view.canvas.lanes, place)


def entries(view: TimelineView, place: QPoint) -> dict[str, bool]:
    return {
        action.text(): action.isEnabled()
        for action in view.menu_at(place).actions()
        if action.text()
    }


def choose(view: TimelineView, place: QPoint, text: str) -> None:
    next(one for one in view.menu_at(place).actions() if one.text().startswith(text)).trigger()


def test_without_a_session_it_says_what_to_do(qtbot, theme, tasks):
    view = TimelineView(theme, tasks)
    qtbot.addWidget(view)
    view.show()
    assert "Analyze a file" in message(view)
    view.set_position(3.0)
    view.set_range(TimeRange(1, 2))
    view.select_face(1)
    assert view.menu_at(QPoint(300, 100)) is None


def test_a_session_without_frames_says_so(qtbot, theme, tasks, minute):
    view = TimelineView(theme, tasks)
    qtbot.addWidget(view)
    view.show()
    empty = minute.table.taken(np.zeros(len(minute.table), bool))
    view.set_document(replace(minute, table=empty))
    assert "no frames" in message(view)


def test_a_session_is_prepared_in_the_background_and_what_was_set_meanwhile_holds(
    qtbot, theme, tasks, minute
):
    view = TimelineView(theme, tasks)
    qtbot.addWidget(view)
    view.show()
    with qtbot.waitSignal(view.ready):
        view.set_document(minute)
        assert "Preparing" in message(view)
        view.set_position(12.0)
        view.select_face(2)
        view.set_range(TimeRange(3, 4))
        view.set_markers([])
        view.set_excluded([TimeRange(1, 2)])
    state = view.state
    assert (state.position_s, state.face_id, state.chosen) == (12.0, 2, TimeRange(3, 4))
    assert (state.markers, state.excluded) == ((), (TimeRange(1, 2),))
    qtbot.waitUntil(lambda: not any(1 <= one.start_s < 2 for one in view.state.episodes.episodes))


def test_another_session_takes_the_place_of_one_that_is_being_prepared(qtbot, theme, tasks, minute):
    view = TimelineView(theme, tasks)
    qtbot.addWidget(view)
    other = session_document(5, faces=1)
    shown = []
    view.ready.connect(lambda: shown.append(view.state.prepared.document))
    view.set_document(minute)
    view.set_document(other)
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.wait(100)
    assert shown == [other]
    view.set_document(None)
    assert view.state is None


def test_a_session_of_many_faces_is_scrolled_to_the_selected_one(open_timeline):
    view = open_timeline(session_document(5, faces=12))
    view.resize(1000, 300)
    assert [face.face_id for face in view.state.prepared.faces] == list(range(1, 13))
    view.select_face(12)
    lanes = view.canvas.lanes
    assert lanes.strips.contains(lanes.strip(11).center())
    turn_wheel(view, lanes.strips.center(), 1)
    assert view.canvas.lanes.scroll == lanes.scroll - STRIP_PX


def test_the_moving_playhead_paints_only_what_it_covers(qtbot, view):
    drawn = PaintCounter(view.canvas)
    regions = []
    before = view.canvas.paintEvent
    view.canvas.paintEvent = lambda event: (regions.append(event.region()), before(event))[1]
    view.set_position(30.0)
    qtbot.waitUntil(lambda: drawn.count > 0)
    area = sum(rect.width() * rect.height() for region in regions for rect in region)
    assert 0 < area < 0.05 * view.canvas.width() * view.canvas.height()


def test_the_same_frame_paints_nothing(qtbot, view):
    drawn = PaintCounter(view.canvas)
    view.set_position(30.0)
    qtbot.waitUntil(lambda: drawn.count > 0)
    qtbot.wait(20)
    before = drawn.count
    view.set_position(30.01)
    qtbot.wait(20)
    assert drawn.count == before


def test_the_view_turns_a_page_when_the_playhead_leaves_it(view):
    view.canvas.set_scale(view.state.scale.showing(10, 20))
    for time_s in np.arange(10, 19.4, 0.5):
        view.set_position(time_s)
        assert view.state.scale.start_s == 10
    view.set_position(19.6)
    assert view.state.scale.start_s == pytest.approx(19.6 - 0.5, abs=0.05)


def test_the_view_stays_where_the_person_looks_while_the_film_plays(view):
    view.canvas.set_scale(view.state.scale.showing(10, 20))
    view.set_position(12)
    view.canvas.set_scale(view.state.scale.panned(20))
    for time_s in (12.5, 13.0):
        view.set_position(time_s)
    assert view.state.scale.start_s == 30
    # A jump is no playing: it is followed.
    view.set_position(50)
    assert view.state.scale.start_s <= 50 <= view.state.scale.end_s


def test_the_view_stays_when_it_is_not_to_follow(view):
    view.tools.follow.setChecked(False)
    view.canvas.set_scale(view.state.scale.showing(10, 20))
    view.set_position(40)
    assert view.state.scale.start_s == 10


def test_setting_is_not_asking(view):
    told = []
    for signal in (view.seek_requested, view.face_selected, view.range_changed):
        signal.connect(lambda *values: told.append(values))
    view.set_position(5)
    view.set_range(TimeRange(1, 2))
    view.select_face(2)
    view.set_markers([Marker(5000, 5.0, 150, "laugh")])
    view.set_excluded([])
    assert told == []
    assert view.state.face_id == 2


def test_excluding_finds_episodes_anew_without_preparing_again(qtbot, view):
    track = view.state.episodes
    gone = TimeRange(track.start_s[2] - 0.01, track.end_s[2] + 0.01)
    prepared = view.state.prepared
    view.set_excluded([gone])
    qtbot.waitUntil(lambda: view.state.episodes is not track)
    assert not any(gone.start_s < one.start_s < gone.end_s for one in view.state.episodes.episodes)
    assert view.state.prepared.faces is prepared.faces


def renamed(document, names):
    columns = {name: getattr(document.table, name) for name in type(document.table).__slots__}
    return replace(document, table=type(document.table)(**{**columns, "names": names}))


def test_names_change_without_preparing_again(view, minute):
    view.canvas.set_scale(view.state.scale.showing(10, 20))
    prepared = view.state.prepared.faces
    view.set_document(renamed(minute, {2: "Grace"}))
    assert view.state.prepared.faces is prepared
    assert view.state.scale.start_s == 10
    assert "Face 2  Grace" in tip(view, point(view, 15, "strip", 1))


def test_readings_that_were_merged_leave_the_person_where_they_are(qtbot, view, minute):
    view.canvas.set_scale(view.state.scale.showing(10, 20))
    view.set_position(12.0)
    view.set_range(TimeRange(11, 13))
    view.select_face(1)
    one = minute.table.face_id != 2
    with qtbot.waitSignal(view.ready):
        view.set_document(replace(minute, table=minute.table.taken(one)))
    # Frames that only the other face was in are gone, so this is another source's rows.
    assert view.state.scale.shows_all
    with qtbot.waitSignal(view.ready):
        view.set_document(minute)
    view.canvas.set_scale(view.state.scale.showing(10, 20))
    view.set_position(12.0)
    merged = np.where(minute.table.face_id == 2, 5, minute.table.face_id).astype(np.int32)
    columns = {name: getattr(minute.table, name) for name in type(minute.table).__slots__}
    with qtbot.waitSignal(view.ready):
        view.set_document(
            replace(minute, table=type(minute.table)(**{**columns, "face_id": merged}))
        )
    state = view.state
    assert [face.face_id for face in state.prepared.faces] == [1, 5]
    assert (state.scale.start_s, state.position_s) == (10, 12.0)


def test_another_rule_finds_other_episodes(qtbot, view):
    brief = view.state.episodes.brief.sum()
    track = view.state.episodes
    view.set_rule(EpisodeRule(min_duration_s=0.5))
    qtbot.waitUntil(lambda: view.state.episodes is not track)
    assert view.state.episodes.brief.sum() == 0 < brief


def test_ends_of_a_played_range_are_whole_frames(view):
    chosen = view.state.axis.range_between(10.0, 12.0)
    assert chosen.start_s == 10.0
    # The frame at 12 s belongs to it.
    assert chosen.end_s == pytest.approx(12 + 1 / 30)


def test_the_menu_asks_for_what_a_place_offers(view, minute):
    asked = {}
    view.marker_requested.connect(lambda time_s: asked.update(marker=time_s))
    view.exclude_requested.connect(lambda one: asked.update(exclude=one))
    view.include_requested.connect(lambda one: asked.update(include=one))
    view.statistics_requested.connect(lambda one: asked.update(statistics=one))
    place = point(view, 20)
    assert not entries(view, place)["Exclude This Range"]
    choose(view, place, "Add Marker")
    choose(view, point(view, 49.5), "Include Again")
    assert asked["marker"] == pytest.approx(20, abs=0.1)
    assert asked["include"] == minute.excluded[0]
    view.set_range(TimeRange(10, 12))
    choose(view, place, "Exclude This Range")
    choose(view, place, "Statistics of This Range")
    assert asked["exclude"] == asked["statistics"] == TimeRange(10, 12)


def test_the_menu_of_a_flag_edits_and_removes_its_marker(view, minute):
    marker = minute.markers[0]
    asked = []
    view.marker_edit_requested.connect(asked.append)
    view.marker_remove_requested.connect(asked.append)
    place = point(view, marker.time_s, "markers")
    choose(view, place, "Edit Marker")
    choose(view, place, "Remove Marker")
    assert asked == [marker, marker]


def test_the_menu_leads_to_episodes_of_the_expression_under_the_pointer(view):
    face = view.state.prepared.faces[1]
    track = view.state.prepared.episodes[2]
    reading = face.reading_at(20.0)
    name = view.state.names[reading.class_index]
    seeks = []
    view.seek_requested.connect(lambda time_s, _frame: seeks.append(time_s))
    choose(view, point(view, 20, "strip", 1), "Next Episode of")
    assert seeks == [track.after(20.0, name).start_s]
    assert view.state.face_id == 2


def test_the_menu_marks_and_clears_a_range(view):
    told = []
    view.range_changed.connect(told.append)
    choose(view, point(view, 20), "Range Begins Here")
    choose(view, point(view, 30), "Range Ends Here")
    choose(view, point(view, 30), "Clear the Range")
    assert told[1].start_s == pytest.approx(20, abs=0.1)
    assert told[1].end_s == pytest.approx(30, abs=0.15)
    assert told[2] is None


def test_tips_tell_the_reading_under_the_pointer(view, minute):
    words = tip(view, point(view, 20, "strip", 0))
    assert "frame" in words
    assert "Face 1  Ada: " in words
    assert "%" in words
    assert "the second one" in tip(view, point(view, minute.markers[0].time_s, "markers"))
    assert "Excluded" in tip(view, point(view, 49.5))
    brief = next(one for one in view.state.episodes.episodes if one.brief)
    assert "Brief episode" in tip(view, point(view, brief.start_s, "episodes"))


def test_a_face_that_is_away_is_told_as_not_seen(view):
    # Everybody is away a tenth of the way in.
    assert "not seen" in tip(view, point(view, 7.0, "strip", 0))


def test_who_cannot_see_it_is_told(view):
    assert view.canvas.accessibleName() == "Timeline"
    assert "Face 1" in view.canvas.accessibleDescription()
    for button in view.findChildren(QToolButton):
        assert button.accessibleName()
        assert button.toolTip()


def test_pictures_are_shown_by_number_without_ranges(open_timeline):
    table = session_document(2, fps=10, faces=1, gaps=False).table
    columns = {name: getattr(table, name) for name in type(table).__slots__}
    files = tuple(f"{number:03}.png" for number in table.frame)
    still = type(table)(**{**columns, "timestamp": np.full(len(table), np.nan), "files": files})
    view = open_timeline(replace(session_document(1), table=still, markers=(), excluded=()))
    seeks = []
    view.seek_requested.connect(lambda time_s, frame: seeks.append((time_s, frame)))
    view.go_to(7.2)
    assert seeks == [(7.0, 7)]
    assert list(entries(view, point(view, 3))) == ["Show All", "Zoom to Range"]
    assert "Picture 4 · 003.png" in tip(view, point(view, 3.5))


def test_a_session_without_faces_has_a_ruler_all_the_same(open_timeline):
    table = session_document(3).table
    nobody = table.taken(table.face_id < 0)
    assert len(nobody) == 0
    alone = session_document(3, faces=1, gaps=False).table
    columns = {name: getattr(alone, name) for name in type(alone).__slots__}
    view = open_timeline(
        replace(
            session_document(1),
            table=type(alone)(**{**columns, "face_id": np.zeros(len(alone), np.int32)}),
        )
    )
    assert view.state.prepared.faces == ()
    assert "frame" in tip(view, point(view, 1))
    assert not view.grab().isNull()


def test_the_theme_changes_the_colors(view, theme):
    dark = view.canvas.grab().toImage().pixelColor(view.canvas.lanes.curves.center())
    theme.choose("light")
    light = view.canvas.grab().toImage().pixelColor(view.canvas.lanes.curves.center())
    assert light.lightness() > dark.lightness()


def curve_picture(view):
    return view.canvas.grab(view.canvas.lanes.curves).toImage()


def test_curves_of_another_face_come_in_the_background(qtbot, view):
    face = view.state.prepared.faces[1]
    assert not face.curves_ready
    view.select_face(2)
    empty = curve_picture(view)
    qtbot.waitUntil(lambda: face.curves_ready)
    qtbot.waitUntil(lambda: curve_picture(view) != empty)


def test_a_wide_timeline_is_drawn_finer_when_it_rests(qtbot, view):
    view.resize(2400, 700)
    view.canvas.set_scale(view.state.scale.showing(10, 20))
    coarse = curve_picture(view)
    qtbot.waitUntil(lambda: curve_picture(view) != coarse)
    fine = curve_picture(view)
    view.canvas.set_scale(view.state.scale.panned(1))
    view.canvas.set_scale(view.state.scale.panned(-1))
    assert curve_picture(view) == fine
