"""Recordings as the window asks for them."""

import csv
import json
from contextlib import contextmanager
from threading import Event

import av
import pytest

from ferqt.core.markers import Marker
from ferqt.core.types import Severity
from ferqt.runtime.markers import Markers
from ferqt.runtime.recording import Recording, RecordingOptions, RecordingState
from ferqt.runtime.session import SessionState
from ferqt.runtime.wake_lock import WakeLock
from ferqt.sources.base import SourceInfo, SourceKind
from tests.helpers.recordings import CAMERA, plain
from tests.helpers.tapped_session import TappedSession

ROOMY = 10**12


class Awake:
    """Stands for the system that is asked to stay awake."""

    def __init__(self):
        self.log = []

    @contextmanager
    def hold(self, reason):
        self.log.append("held")
        yield ("test",)
        self.log.append("freed")


@pytest.fixture
def session(qapp):
    made = TappedSession()
    made.opened(CAMERA)
    return made


@pytest.fixture
def markers(qapp):
    return Markers()


@pytest.fixture
def awake():
    return Awake()


@pytest.fixture
def room():
    """Bytes free on the disk; a test may change them."""
    return [ROOMY]


@pytest.fixture
def recording(session, markers, awake, room):
    made = Recording(session, markers, WakeLock(awake.hold), lambda path: room[0])
    yield made
    made.shutdown()


@pytest.fixture
def notices(recording):
    seen = []
    recording.notice_posted.connect(seen.append)
    return seen


@pytest.fixture
def options(tmp_path):
    return RecordingOptions(tmp_path / "recordings", countdown_s=0)


def started(recording, options, qtbot):
    recording.start(options)
    qtbot.waitUntil(lambda: recording.state is RecordingState.ON, timeout=5000)


def summary_of(recording, qtbot, act):
    with qtbot.waitSignal(recording.finished, timeout=10_000) as caught:
        act()
    assert recording.state is RecordingState.OFF
    return caught.args[0]


def test_a_recording_is_started_and_stopped(recording, session, options, notices, qtbot):
    states = []
    recording.state_changed.connect(states.append)
    started(recording, options, qtbot)
    session.send(*range(10))
    summary = summary_of(recording, qtbot, recording.stop)

    assert states == [
        RecordingState.COUNTDOWN,
        RecordingState.ON,
        RecordingState.SAVING,
        RecordingState.OFF,
    ]
    assert session.tap is None
    assert summary.folder.parent == options.folder
    assert {path.name for path in summary.folder.iterdir()} == {
        "video.mp4",
        "frames.csv",
        "events.csv",
        "metadata.json",
    }
    assert notices == []


def test_it_counts_down_first_and_can_be_called_off(recording, session, tmp_path, qtbot):
    counted = []
    recording.countdown_changed.connect(counted.append)
    recording._second.setInterval(20)
    recording.start(RecordingOptions(tmp_path, countdown_s=3))
    assert (recording.state, counted) == (RecordingState.COUNTDOWN, [3])
    assert session.tap is None
    qtbot.waitUntil(lambda: recording.state is RecordingState.ON, timeout=5000)
    assert counted == [3, 2, 1]
    recording.stop()
    qtbot.waitUntil(lambda: recording.state is RecordingState.OFF, timeout=5000)

    recording.toggle(RecordingOptions(tmp_path, countdown_s=3))
    recording.toggle(RecordingOptions(tmp_path, countdown_s=3))
    assert recording.state is RecordingState.OFF
    qtbot.wait(100)
    assert recording.state is RecordingState.OFF
    assert session.tap is None


def test_it_tells_how_it_is_doing(recording, session, options, qtbot):
    recording._progress.setInterval(50)
    told = []
    recording.progress_changed.connect(told.append)
    started(recording, options, qtbot)
    session.send(*range(26))
    qtbot.waitUntil(lambda: told[-1].seconds == 1.0 and told[-1].free_bytes is not None)
    assert told[-1].frames == 26
    assert told[-1].free_bytes == ROOMY
    assert told[-1].bytes > 0


def test_too_little_room_is_told_before_anything_is_written(
    recording, session, options, room, notices, qtbot
):
    room[0] = 30_000_000
    recording.start(options)
    qtbot.waitUntil(lambda: bool(notices), timeout=5000)
    assert notices[0].severity is Severity.ERROR
    assert "30 MB" in notices[0].text
    assert recording.state is RecordingState.OFF
    assert session.tap is None
    assert list(options.folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(recording, options, notices, qtbot):
    options.folder.write_text("a file", encoding="utf-8")
    recording.start(options)
    qtbot.waitUntil(lambda: bool(notices), timeout=5000)
    assert str(options.folder) in notices[0].text
    assert recording.state is RecordingState.OFF


def test_it_ends_with_a_notice_before_the_disk_is_full(
    recording, session, options, room, notices, qtbot
):
    started(recording, options, qtbot)
    session.send(*range(5))
    qtbot.waitUntil(lambda: recording.progress.free_bytes == ROOMY, timeout=5000)

    def fill():
        room[0] = 1_000_000

    summary = summary_of(recording, qtbot, fill)
    assert summary.end == "disk"
    assert [notice.severity for notice in notices] == [Severity.WARNING]
    assert "disk" in notices[0].title
    assert session.tap is None


@pytest.mark.parametrize("how", ["closed", "another", "ended"])
def test_a_source_that_goes_away_ends_the_recording(recording, session, options, how, qtbot):
    started(recording, options, qtbot)
    session.send(0, 1)

    def go():
        if how == "closed":
            session.closed()
        elif how == "another":
            session.opened(SourceInfo(SourceKind.DEMO, "demo", "demo"))
        else:
            session.in_state(SessionState.ENDED)
            # The last frames come out of inference a moment later.
            session.send(2)

    summary = summary_of(recording, qtbot, go)
    assert summary.end == "source"
    assert summary.progress.frames == (3 if how == "ended" else 2)


def test_nothing_and_pictures_are_not_recorded(recording, session, options, notices):
    session.closed()
    recording.start(options)
    session.opened(SourceInfo(SourceKind.IMAGES, "photos", "/photos"))
    recording.start(options)
    assert recording.state is RecordingState.OFF
    assert [notice.severity for notice in notices] == [Severity.INFO] * 2


def test_a_recording_without_a_frame_says_so(recording, options, notices, qtbot):
    started(recording, options, qtbot)
    summary = summary_of(recording, qtbot, recording.stop)
    assert summary.folder is None
    assert "Nothing was recorded" in notices[0].title


def test_missing_pictures_are_told_at_once_and_at_the_end(
    recording, session, tmp_path, notices, qtbot
):
    held = Event()

    def paint(image, result):
        held.wait(3)
        return image[:100, :100]

    started(recording, RecordingOptions(tmp_path, paint, countdown_s=0), qtbot)
    session.send(*range(40), image=plain(9, 3840, 2160))
    qtbot.waitUntil(lambda: len(notices) == 1, timeout=5000)
    assert "cannot keep up" in notices[0].title
    held.set()
    summary = summary_of(recording, qtbot, recording.stop)
    assert summary.progress.dropped > 0
    assert f"{summary.progress.dropped} of 40" in notices[1].text


def test_markers_of_the_source_are_kept_when_it_closes(recording, session, markers, options, qtbot):
    session.source_changed.connect(lambda _: markers.clear())
    markers.add(Marker(40, None, 1, "early"))
    started(recording, options, qtbot)
    session.send(*range(10))
    markers.add(Marker(200, None, 5, "smile"))
    summary = summary_of(recording, qtbot, session.closed)

    with (summary.folder / "events.csv").open(encoding="utf-8", newline="") as file:
        assert [row["label"] for row in csv.DictReader(file)] == ["early", "smile"]


def test_the_computer_stays_awake_from_beginning_to_end(recording, session, options, awake, qtbot):
    started(recording, options, qtbot)
    qtbot.waitUntil(lambda: awake.log == ["held"], timeout=5000)
    session.send(0)
    summary_of(recording, qtbot, recording.stop)
    qtbot.waitUntil(lambda: awake.log == ["held", "freed"], timeout=5000)


def test_shutting_down_saves_what_is_being_recorded(recording, session, options, qtbot):
    started(recording, options, qtbot)
    session.send(*range(50))
    recording.shutdown()
    (folder,) = options.folder.iterdir()
    with av.open(str(folder / "video.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 50
    assert json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["complete"]
