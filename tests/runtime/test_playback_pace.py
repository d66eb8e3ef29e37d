"""Speed, loop and jumps of the capture thread, on real clips."""

import time
from functools import partial
from itertools import pairwise

import numpy as np
import pytest

from ferqt.core.latest import LatestSlot
from ferqt.runtime.capture import CaptureThread
from ferqt.runtime.playback_control import Loop
from ferqt.sources.factory import open_source
from ferqt.sources.video_file import VideoFileSource
from tests.helpers.clips import write_clip

pytestmark = pytest.mark.quiet

FPS = 25
FRAMES = 50


def grays(count):
    return [np.full((48, 64, 3), 4 * number, np.uint8) for number in range(count)]


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    write_clip(path, grays(FRAMES), fps=FPS)
    return path


@pytest.fixture(scope="module")
def uneven(tmp_path_factory):
    """A clip whose third frame is shown for 1.3 s."""
    path = tmp_path_factory.mktemp("clips") / "uneven.mp4"
    write_clip(path, grays(5), times_s=[0.0, 0.1, 0.2, 1.5, 1.6])
    return path


@pytest.fixture
def play(qapp):
    """Returns a function that starts a capture thread on an opener."""
    threads = []

    def start(opener, *, loop=None, speed=1.0, paused=False):
        slot = LatestSlot()
        opener = opener if callable(opener) else partial(open_source, str(opener))
        thread = CaptureThread(opener, slot, 1)
        thread.control.set_loop(loop)
        thread.control.set_speed(speed)
        thread.control.set_paused(paused)
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


def shots_until(slot, wanted, patience_s=4.0):
    """Everything that comes until a shot is as wanted, that one last."""
    shots, deadline = [], time.monotonic() + patience_s
    while time.monotonic() < deadline:
        shots.append(take(slot))
        if wanted(shots[-1]):
            return shots
    raise AssertionError(f"it did not come; the last was frame {shots[-1].frame.index}")


@pytest.mark.parametrize("speed", [0.5, 2.0, 4.0])
def test_the_speed_sets_the_pace_and_leaves_the_times_of_frames_alone(play, clip, speed):
    _, slot = play(clip, speed=speed)
    last = min(FRAMES - 2, round(0.4 * speed * FPS))
    shots = shots_until(slot, lambda shot: shot.frame.index >= last)
    first, final = shots[0], shots[-1]
    media_s = final.frame.media_time - first.frame.media_time
    took_s = final.captured_s - first.captured_s
    assert took_s == pytest.approx(media_s / speed, abs=0.15)
    for shot in shots:
        passed_ms = (shot.frame.media_time - first.frame.media_time) * 1000
        assert shot.frame.session_ms - first.frame.session_ms == pytest.approx(passed_ms, abs=1)


def test_another_speed_holds_at_once_also_while_a_frame_is_waited_for(play, uneven):
    thread, slot = play(uneven, speed=0.25)
    long_one = shots_until(slot, lambda shot: shot.frame.index == 2)[-1]
    time.sleep(0.05)
    thread.control.set_speed(8.0)
    assert take(slot).captured_s - long_one.captured_s < 1.0


def test_a_pause_during_a_long_frame_does_not_show_the_next_one(play, uneven):
    thread, slot = play(uneven)
    shots_until(slot, lambda shot: shot.frame.index == 2)
    thread.control.set_paused(True)
    assert slot.take(0.2) is None
    thread.control.step(1)
    assert take(slot).frame.index == 3


def test_a_loop_plays_between_its_points_both_included(play, clip):
    _, slot = play(clip, loop=Loop(0.4, 0.8), speed=2.0)
    shots = shots_until(slot, lambda shot: shot.cut_number == 3)
    in_loop = [shot.frame.index for shot in shots if shot.cut_number in (1, 2)]
    assert (min(in_loop), max(in_loop)) == (10, 20)
    assert max(shot.frame.index for shot in shots) == 20
    stamps = [shot.frame.session_ms for shot in shots]
    assert all(before < after for before, after in pairwise(stamps))


def test_the_way_back_to_the_loops_start_is_a_cut(play, clip):
    _, slot = play(clip, loop=Loop(0.0, 0.2), speed=4.0)
    shots = shots_until(slot, lambda shot: shot.cut_number == 2)
    for before, after in pairwise(shots):
        went_back = after.frame.index < before.frame.index
        assert (after.cut_number > before.cut_number) == went_back


def test_a_loop_of_uneven_frames_turns_at_its_out_point_and_not_at_a_frame(play, uneven):
    _, slot = play(uneven, loop=Loop(0.0, 0.5))
    shots = shots_until(slot, lambda shot: shot.cut_number == 1)
    before, after = shots[-2:]
    assert (before.frame.index, after.frame.index) == (2, 0)
    assert after.captured_s - before.captured_s == pytest.approx(0.3, abs=0.12)


@pytest.mark.parametrize("out_s", [None, 2.0, 99.0])
def test_a_loop_over_the_end_begins_again(play, clip, qtbot, out_s):
    thread, slot = play(clip, loop=Loop(1.6, out_s), speed=2.0)
    ended = []
    thread.ended.connect(ended.append)
    thread.control.seek(1.7)
    shots = shots_until(slot, lambda shot: shot.cut_number == 3)
    assert max(shot.frame.index for shot in shots) >= FRAMES - 2
    assert shots[-1].frame.index == 40
    assert ended == []


def test_who_seeks_behind_a_loop_sees_what_is_there(play, clip, qtbot):
    thread, slot = play(clip, loop=Loop(0.2, 0.4), speed=4.0)
    take(slot)
    with qtbot.waitSignal(thread.ended, timeout=3000):
        thread.control.seek(1.8)


def test_a_loop_that_is_let_go_plays_on(play, clip):
    thread, slot = play(clip, loop=Loop(0.2, 0.4), speed=2.0)
    shots_until(slot, lambda shot: shot.cut_number == 1)
    thread.control.set_loop(None)
    shots_until(slot, lambda shot: shot.frame.index > 15)


def test_steps_lead_out_of_a_loop(play, clip):
    thread, slot = play(clip, loop=Loop(0.2, 0.4), paused=True)
    take(slot)
    thread.control.seek(0.4)
    assert take(slot).frame.index == 10
    thread.control.step(1)
    assert take(slot).frame.index == 11


def test_a_frame_is_found_by_its_number(play, uneven):
    thread, slot = play(uneven, paused=True)
    take(slot)
    thread.control.seek_frame(3)
    assert take(slot).frame.index == 3
    thread.control.seek_frame(1000)
    assert take(slot).frame.index == 4


def test_steps_count_from_where_a_seek_leads(play, clip):
    thread, slot = play(clip, paused=True)
    take(slot)
    # Both are taken at once when the thread was busy; the control stands in for that here.
    with thread.control._condition:
        thread.control.seek(1.0)
        thread.control.step(-2)
    assert take(slot).frame.index == 23


class SlowDisk(VideoFileSource):
    """Takes longer to read a frame than the frame is shown."""

    def frames(self):
        for frame in super().frames():
            time.sleep(1.5 / FPS)
            yield frame


def test_a_clip_that_cannot_be_read_in_time_passes_frames_over_and_counts_them(play, clip):
    _, slot = play(lambda: SlowDisk(clip))
    shots = shots_until(slot, lambda shot: shot.frame.index >= 30)
    first, last = shots[0], shots[-1]
    media_s = last.frame.media_time - first.frame.media_time
    assert last.captured_s - first.captured_s < 1.3 * media_s
    passed = last.frame.index - first.frame.index + 1 - len(shots)
    assert passed > 5
    assert slot.dropped >= passed


def test_the_clock_tells_what_is_on_screen_and_stands_still_in_a_pause(play, clip):
    thread, slot = play(clip, speed=2.0)
    shot = shots_until(slot, lambda shot: shot.frame.index >= 6)[-1]
    reading = thread.clock.reading
    assert reading.running
    assert reading.media_at(shot.captured_s) == pytest.approx(shot.frame.media_time, abs=0.1)
    thread.control.set_paused(True)
    deadline = time.monotonic() + 2
    while thread.clock.reading.running:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    thread.control.seek(0.2)
    shots_until(slot, lambda shot: shot.frame.index == 5)
    assert not thread.clock.reading.running
    assert thread.clock.reading.cut == reading.cut + 1
