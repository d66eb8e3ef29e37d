import time
from functools import partial

import numpy as np
import pytest
from PIL import Image as PillowImage

from ferqt.core.latest import LatestSlot
from ferqt.errors import SourceError
from ferqt.runtime.capture import CaptureThread
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip

FPS = 25
FRAMES = 50


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    frames = [np.full((120, 160, 3), 4 * number, np.uint8) for number in range(FRAMES)]
    write_clip(path, frames, fps=FPS)
    return path


@pytest.fixture
def capture(qapp):
    """Returns a function that starts a capture thread on a location."""
    threads = []

    def start(location, **options):
        slot = LatestSlot()
        thread = CaptureThread(partial(open_source, str(location)), slot, 1, **options)
        threads.append(thread)
        thread.start()
        return thread, slot

    yield start
    for thread in threads:
        thread.stop()
        assert thread.wait(5000), "the capture thread did not stop"


def take(slot):
    shot = slot.take(3.0)
    assert shot is not None, "no frame came"
    return shot


def test_a_clip_is_played_at_its_own_pace(capture, clip):
    _, slot = capture(clip)
    first = take(slot)
    shots = [take(slot) for _ in range(20)]
    for shot in shots:
        due = first.captured_s + shot.frame.media_time - first.frame.media_time
        assert shot.captured_s >= due - 0.002
    assert shots[-1].captured_s - first.captured_s < shots[-1].frame.media_time + 0.3


def test_a_paused_clip_gives_no_frames_and_goes_on_where_it_was(capture, clip):
    thread, slot = capture(clip)
    last = take(slot)
    thread.control.set_paused(True)
    deadline = time.monotonic() + 0.3
    while time.monotonic() < deadline:
        last = slot.take(0.1) or last
    assert slot.take(0.2) is None
    thread.control.set_paused(False)
    assert take(slot).frame.index == last.frame.index + 1


def test_steps_go_frame_by_frame_both_ways(capture, clip):
    thread, slot = capture(clip)
    thread.control.set_paused(True)
    at = take(slot).frame.index
    time.sleep(0.15)
    while (shot := slot.take(0.1)) is not None:
        at = shot.frame.index
    for step in (1, 1, 1, -1, -1, 1):
        thread.control.step(step)
        at += step
        assert take(slot).frame.index == at


def test_a_seek_shows_the_frame_at_that_time_and_marks_the_cut(capture, clip):
    thread, slot = capture(clip)
    thread.control.set_paused(True)
    before = take(slot)
    time.sleep(0.15)
    slot.clear()
    thread.control.seek(30 / FPS + 0.001)
    after = take(slot)
    assert after.frame.index == 30
    assert after.cut_number > before.cut_number
    assert after.frame.session_ms > before.frame.session_ms


def test_the_end_is_told_and_a_seek_starts_again(capture, clip, qtbot):
    thread, slot = capture(clip)
    take(slot)
    with qtbot.waitSignal(thread.ended, timeout=4000):
        thread.control.seek((FRAMES - 3) / FPS + 0.001)
    thread.control.seek(0.0)
    deadline = time.monotonic() + 3
    while take(slot).frame.index > 5:
        assert time.monotonic() < deadline


def test_pictures_wait_to_be_stepped(capture, tmp_path):
    for number in range(3):
        picture = np.full((40, 60, 3), 80 * number, np.uint8)
        PillowImage.fromarray(picture).save(tmp_path / f"{number}.png")
    thread, slot = capture(tmp_path)
    assert take(slot).frame.name == "0.png"
    assert slot.take(0.3) is None
    thread.control.step(1)
    assert take(slot).frame.name == "1.png"
    thread.control.step(-1)
    assert take(slot).frame.name == "0.png"


def test_what_cannot_be_opened_is_told_in_a_sentence(qapp, qtbot, tmp_path):
    thread = CaptureThread(partial(open_source, str(tmp_path / "no.mp4")), LatestSlot(), 7)
    with qtbot.waitSignal(thread.failed, timeout=4000) as caught:
        thread.start()
    number, notice = caught.args
    assert number == 7
    assert "no.mp4" in notice.text
    assert notice.hint
    assert thread.wait(3000)


def test_a_thread_stops_soon_while_it_plays_and_while_it_is_paused(capture, clip):
    for paused in (False, True):
        thread, slot = capture(clip)
        take(slot)
        thread.control.set_paused(paused)
        started = time.monotonic()
        thread.stop()
        assert thread.wait(3000)
        assert time.monotonic() - started < 1.0


def test_a_source_waits_for_the_one_before_to_let_go(qapp, clip):
    closed_at = []
    opened_at = []

    class SlowToClose:
        def __enter__(self):
            raise SourceError("never opened")

        def __exit__(self, *_):
            return None

    def open_first():
        time.sleep(0.3)
        closed_at.append(time.monotonic())
        return SlowToClose()

    def open_second():
        opened_at.append(time.monotonic())
        raise SourceError("enough")

    first = CaptureThread(open_first, LatestSlot(), 1)
    second = CaptureThread(open_second, LatestSlot(), 2, after=first)
    first.start()
    second.start()
    assert first.wait(3000)
    assert second.wait(3000)
    assert opened_at[0] >= closed_at[0]
