"""What a person chooses for playing: speed, range and loop."""

from itertools import pairwise

import numpy as np
import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.media_clock import MediaClock
from ferqt.runtime.playback import SPEEDS, Playback, PlayRange
from ferqt.runtime.playback_control import Loop, PlaybackControl
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.readings import sample

CLIP = SourceInfo(SourceKind.VIDEO, "clip.mp4", "/clip.mp4", duration_s=20.0, seekable=True)
CAMERA = SourceInfo(SourceKind.CAMERA, "Webcam", "0", live=True)
PICTURES = SourceInfo(SourceKind.IMAGES, "faces", "/faces", frame_count=5, seekable=True)


@pytest.fixture
def control():
    return PlaybackControl()


@pytest.fixture
def playback(qapp, control):
    made = Playback()
    made.attach(control, MediaClock(), CLIP)
    return made


def test_keys_lead_through_all_speeds_and_back(playback, control):
    told = []
    playback.speed_changed.connect(told.append)
    for _ in range(12):
        playback.change_speed(1)
    assert (playback.speed, control.speed) == (4.0, 4.0)
    for _ in range(12):
        playback.change_speed(-1)
    assert control.speed == 0.25
    playback.set_speed(1.0)
    assert told == [1.25, 1.5, 2.0, 3.0, 4.0, *reversed(SPEEDS[:-1]), 1.0]


def test_a_speed_that_is_not_offered_is_refused(playback):
    with pytest.raises(ValueError, match="7"):
        playback.set_speed(7.0)


def test_points_are_marked_at_the_frame_on_screen_and_looped(playback, control):
    playback.follow(sample(3.0))
    playback.mark_in()
    playback.follow(sample(5.0))
    playback.mark_out()
    assert playback.range == PlayRange(3.0, 5.0)
    assert control.loop is None
    playback.set_looping(True)
    assert control.loop == Loop(3.0, 5.0)
    playback.clear_range()
    assert (playback.range, control.loop) == (PlayRange(), None)


def test_without_points_the_whole_medium_is_looped(playback, control):
    playback.set_looping(True)
    assert control.loop == Loop(0.0, None)


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        (("set_out", 4.0), ("set_in", 4.0), PlayRange(4.0, None)),
        (("set_out", 4.0), ("set_in", 9.0), PlayRange(9.0, None)),
        (("set_in", 4.0), ("set_out", 4.0), PlayRange(None, 4.0)),
        (("set_in", 4.0), ("set_out", 1.0), PlayRange(None, 1.0)),
    ],
)
def test_of_two_points_that_exclude_each_other_the_newer_stays(playback, first, then, kept):
    for method, at in (first, then):
        getattr(playback, method)(at)
    assert playback.range == kept


@pytest.mark.parametrize(("position", "sought"), [(1.0, [3.0]), (4.0, []), (9.0, [3.0])])
def test_a_loop_that_is_switched_on_begins_inside(playback, position, sought):
    asked = []
    playback.seek_requested.connect(asked.append)
    playback.set_in(3.0)
    playback.set_out(5.0)
    playback.follow(sample(position))
    playback.set_looping(True)
    assert asked == sought


def test_a_looped_range_that_is_moved_away_is_followed(playback):
    asked = []
    playback.seek_requested.connect(asked.append)
    playback.follow(sample(9.0))
    playback.set_looping(True)
    playback.set_out(12.0)
    playback.set_in(4.0)
    assert asked == []
    playback.set_out(6.0)
    assert asked == [4.0]


@pytest.mark.parametrize("info", [CAMERA, PICTURES], ids=["camera", "pictures"])
def test_what_has_no_timeline_is_left_alone(qapp, control, info):
    playback = Playback()
    told = []
    playback.range_changed.connect(told.append)
    playback.attach(control, MediaClock(), info)
    playback.change_speed(1)
    playback.set_looping(True)
    assert (playback.speed, control.speed, control.loop) == (1.0, 1.0, None)
    assert told == [PlayRange()], "the switch must hear that it stayed off"


def test_the_next_source_begins_at_its_own_speed_and_unmarked(playback, control):
    playback.set_speed(2.0)
    playback.set_in(3.0)
    playback.set_looping(True)
    told = []
    playback.speed_changed.connect(told.append)
    playback.range_changed.connect(told.append)
    playback.detach()
    assert told == [1.0, PlayRange()]


@pytest.fixture
def session(qapp, tmp_path):
    add_tiny_model(tmp_path / "models")
    catalog = Catalog((tmp_path / "models",))
    made = AnalysisSession(catalog, PipelineConfig(TINY_ID, detector_id="haar"), open_source)
    made.start()
    yield made
    made.shutdown()


def test_a_session_loops_jumps_to_frames_and_plays_quicker(session, tmp_path, qtbot):
    path = tmp_path / "clip.mp4"
    write_clip(path, [np.full((48, 64, 3), 4 * number, np.uint8) for number in range(50)], fps=25)
    seen = []
    session.result_ready.connect(lambda _, samples: seen.extend(samples))
    session.open_source(str(path))
    qtbot.waitUntil(lambda: session.latest is not None, timeout=10_000)
    session.playback.set_speed(2.0)
    session.playback.set_in(0.4)
    session.playback.set_out(0.8)
    session.playback.set_looping(True)
    session.seek(0.4)
    qtbot.waitUntil(lambda: session.latest.index == 10, timeout=5_000)
    seen.clear()
    qtbot.waitUntil(
        lambda: sum(a.index > b.index for a, b in pairwise(seen)) >= 2,
        timeout=5_000,
    )
    assert {result.index for result in seen} <= set(range(10, 21))
    session.playback.set_looping(False)
    qtbot.waitUntil(lambda: session.state is SessionState.ENDED, timeout=5_000)
    session.seek_frame(7)
    qtbot.waitUntil(lambda: session.latest.index == 7, timeout=5_000)
    assert session.state is SessionState.PAUSED
