"""The thread that writes a recording."""

import csv
import json
import shutil
import threading
import time
from functools import partial

import av
import pytest

from ferqt.core.latest import Closed
from ferqt.core.markers import Marker
from ferqt.errors import OutputError
from ferqt.outputs.row_file import RowFile
from ferqt.pipeline.origin import Origin
from ferqt.runtime.frame_queue import FrameQueue, Gap
from ferqt.runtime.inference import ReadFrame
from ferqt.runtime.recorder import RecorderThread, RecordingEnd, RecordingPlan
from tests.helpers.recordings import CAMERA, live_result, origin, plain, recorded

FER = origin()
PIXELS = plain(0).nbytes


def read(number, read_with: Origin = FER, source_number=1, follows=True) -> ReadFrame:
    return ReadFrame(live_result(number, read_with), source_number, follows, read_with)


def rows_of(folder, name="frames.csv"):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def frames_in(folder):
    with av.open(str(folder / "video.mp4")) as container:
        return sum(1 for _ in container.decode(video=0))


def metadata_of(folder):
    return json.loads((folder / "metadata.json").read_text(encoding="utf-8"))


@pytest.fixture
def recorder(qapp, tmp_path):
    """Returns a function that starts a recording thread."""
    threads = []

    def start(painter=None, **options):
        thread = RecorderThread(RecordingPlan(tmp_path, CAMERA, painter), **options)
        threads.append(thread)
        thread.start()
        return thread

    yield start
    for thread in threads:
        thread.finish(RecordingEnd.STOPPED)
        assert thread.wait(5000), "the recorder did not end"


def finish(thread, qtbot, end=RecordingEnd.STOPPED):
    with qtbot.waitSignal(thread.ended, timeout=10_000) as caught:
        thread.finish(end)
    return caught.args[0]


class TestQueue:
    def test_a_frame_comes_with_its_rows_first_and_its_picture(self):
        queue = FrameQueue()
        assert queue.put(recorded(0, FER))
        rows, picture = queue.take(0)
        assert [row.result.frame for row in rows] == [None]
        assert picture.result.frame is not None

    def test_pictures_are_refused_when_too_many_wait_and_rows_are_not(self):
        queue = FrameQueue(limit_bytes=3 * PIXELS)
        kept = [queue.put(recorded(number, FER)) for number in range(60)]
        assert kept == [True] * 3 + [False] * 57
        rows, _ = queue.take(0)
        assert [row.result.index for row in rows] == list(range(60))
        assert all(row.result.frame is None for row in rows)
        assert queue.dropped == 57
        assert queue.gaps == (Gap(0.12, 2.36, 57),)

    def test_refusals_that_lie_apart_are_told_apart(self):
        queue = FrameQueue(limit_bytes=0)
        for number in (0, 1, 2, 3, 100):
            queue.put(recorded(number, FER))
        assert queue.gaps == (Gap(0.08, 0.12, 2), Gap(4.0, 4.0, 1))

    def test_what_waits_is_still_handed_out_after_the_end(self):
        queue = FrameQueue()
        queue.put(recorded(0, FER))
        assert queue.close()
        assert not queue.close()
        with pytest.raises(Closed):
            queue.put(recorded(1, FER))
        assert queue.take(0)[1] is not None
        with pytest.raises(Closed):
            queue.take(0)

    def test_rows_that_nobody_takes_do_not_fill_memory(self):
        queue = FrameQueue(limit_bytes=0, most_rows=50)
        for number in range(50):
            queue.put(recorded(number, FER))
        for number in (50, 51):
            with pytest.raises(Closed):
                queue.put(recorded(number, FER))
        rows, _ = queue.take(0)
        assert len(rows) == 50
        queue.take(0)
        with pytest.raises(OutputError, match="the disk took nothing"):
            queue.take(0)
        with pytest.raises(Closed):
            queue.take(0)

    def test_putting_never_waits_for_the_taker(self):
        queue = FrameQueue(limit_bytes=0)
        started = time.monotonic()
        for number in range(1000):
            queue.put(recorded(number, FER))
        assert time.monotonic() - started < 2.0


def test_every_frame_has_its_rows_and_its_picture(recorder, qtbot):
    thread = recorder()
    for number in range(30):
        thread.offer(read(number))
    summary = finish(thread, qtbot)

    assert (summary.end, summary.notice) == (RecordingEnd.STOPPED, None)
    assert summary.progress.seconds == pytest.approx(29 / 25)
    assert (summary.progress.frames, summary.progress.dropped) == (30, 0)
    assert summary.progress.bytes > 0
    assert len(rows_of(summary.folder)) == frames_in(summary.folder) == 30
    content = metadata_of(summary.folder)
    assert (content["complete"], content["ended"]) == (True, "stopped")
    assert content["frames"]["recorded"] == 30


def test_an_encoder_that_is_too_slow_is_told_and_costs_no_row(recorder, qtbot):
    held = threading.Event()

    def slow(image, result):
        held.wait(5)
        return image

    thread = recorder(slow, queue_bytes=4 * PIXELS)
    with qtbot.waitSignal(thread.frames_dropped, timeout=5000):
        for number in range(40):
            thread.offer(read(number))
    qtbot.waitUntil(lambda: thread.progress.dropped >= 30, timeout=5000)
    held.set()
    summary = finish(thread, qtbot)

    assert len(rows_of(summary.folder)) == 40
    recorded_frames = frames_in(summary.folder)
    assert recorded_frames + summary.progress.dropped == 40
    counts = metadata_of(summary.folder)["frames"]
    assert (counts["came"], counts["recorded"]) == (40, recorded_frames)
    assert counts["dropped"] == summary.progress.dropped
    assert sum(gap["frames"] for gap in counts["gaps"]) == summary.progress.dropped


def test_frames_that_were_never_looked_at_are_counted_apart(recorder, qtbot):
    thread = recorder()
    for number in (10, 11, 14, 15):
        thread.offer(read(number))
    thread.offer(read(90, follows=False))
    summary = finish(thread, qtbot)

    counts = metadata_of(summary.folder)["frames"]
    assert (counts["not_analyzed"], counts["dropped"]) == (2, 0)


def test_a_recording_holds_one_source_only(recorder, qtbot):
    thread = recorder()
    thread.offer(read(0, source_number=4))
    thread.offer(read(0, source_number=5, follows=False))
    summary = finish(thread, qtbot)
    assert len(rows_of(summary.folder)) == 1


def test_a_recording_of_nothing_leaves_nothing(recorder, qtbot, tmp_path):
    summary = finish(recorder(), qtbot)
    assert summary.folder is None
    assert list(tmp_path.iterdir()) == []


def test_markers_are_written_while_the_recording_runs(recorder, qtbot, tmp_path):
    thread = recorder()
    thread.offer(read(0))
    thread.offer(read(1))
    thread.set_markers((Marker(40, None, 1, "smile"),))

    def labels():
        return [row["label"] for path in tmp_path.glob("*") for row in rows_of(path, "events.csv")]

    qtbot.waitUntil(lambda: any(tmp_path.glob("*/events.csv")) and bool(labels()), timeout=5000)
    assert labels() == ["smile"]
    thread.set_markers((Marker(40, None, 1, "broad smile"),))
    finish(thread, qtbot)
    assert labels() == ["broad smile"]


def test_the_recording_ends_before_the_disk_is_full(recorder, qtbot):
    room = [10**12]
    thread = recorder(free_space=lambda path: room[0])
    thread.offer(read(0))
    qtbot.waitUntil(lambda: thread.progress.free_bytes == 10**12, timeout=5000)
    room[0] = 1_000_000
    with qtbot.waitSignal(thread.ended, timeout=5000) as caught:
        pass
    (summary,) = caught.args
    assert (summary.end, summary.notice) == (RecordingEnd.DISK, None)
    assert frames_in(summary.folder) == 1
    assert metadata_of(summary.folder)["ended"] == "disk"
    thread.offer(read(1))
    assert len(rows_of(summary.folder)) == 1


def test_a_disk_that_hangs_ends_the_recording_and_loses_no_row_that_came(
    recorder, qtbot, monkeypatch
):
    monkeypatch.setattr("ferqt.runtime.recorder.FrameQueue", partial(FrameQueue, most_rows=20))
    hangs = threading.Event()
    goes_on = threading.Event()

    def painter(image, result):
        hangs.set()
        assert goes_on.wait(5)
        return image

    thread = recorder(painter)
    thread.offer(read(0))
    assert hangs.wait(5)
    for number in range(1, 40):
        thread.offer(read(number))
    with qtbot.waitSignal(thread.ended, timeout=10_000) as caught:
        goes_on.set()
    (summary,) = caught.args
    assert summary.end is RecordingEnd.FAILED
    assert "the disk took nothing for so long" in summary.notice.text
    assert len(rows_of(summary.folder)) == 21
    assert metadata_of(summary.folder)["ended"] == "failed"


@pytest.mark.allow_error_logs
def test_a_recording_that_breaks_off_keeps_what_it_has(recorder, qtbot):
    def fail(image, result):
        if result.index == 5:
            raise RuntimeError("the painter broke")
        return image

    thread = recorder(fail)
    with qtbot.waitSignal(thread.ended, timeout=5000) as caught:
        for number in range(10):
            thread.offer(read(number))
    (summary,) = caught.args
    assert summary.end is RecordingEnd.FAILED
    assert "the painter broke" in summary.notice.text
    assert frames_in(summary.folder) == 5
    assert len(rows_of(summary.folder)) >= 6
    content = metadata_of(summary.folder)
    assert (content["complete"], content["ended"]) == (False, "failed")


def test_a_folder_that_cannot_be_made_is_told(qapp, qtbot, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    thread = RecorderThread(RecordingPlan(tmp_path / "file", CAMERA))
    with qtbot.waitSignal(thread.ended, timeout=5000) as caught:
        thread.start()
        thread.offer(read(0))
    (summary,) = caught.args
    assert (summary.folder, summary.end) == (None, RecordingEnd.FAILED)
    assert "cannot make the folder" in summary.notice.text
    assert thread.wait(3000)


def test_a_folder_that_is_taken_away_ends_the_recording_and_does_not_come_back(
    recorder, qtbot, tmp_path
):
    thread = recorder()
    with qtbot.waitSignal(thread.ended, timeout=5000) as caught:
        thread.offer(read(0))
        qtbot.waitUntil(lambda: any(tmp_path.glob("*/metadata.json")), timeout=5000)
        (folder,) = tmp_path.iterdir()
        shutil.rmtree(folder)
    (summary,) = caught.args
    assert summary.end is RecordingEnd.FAILED
    assert "was moved or deleted" in summary.notice.text
    assert not folder.exists()


def test_a_disk_without_any_room_is_the_reason_that_is_told(recorder, qtbot, monkeypatch, tmp_path):
    def full(self, piece):
        raise OutputError("no room left to write it", "Free some space on that disk.")

    monkeypatch.setattr(RowFile, "append", full)
    thread = recorder()
    with qtbot.waitSignal(thread.ended, timeout=5000) as caught:
        thread.offer(read(0))
        thread.offer(read(1))
    (summary,) = caught.args
    assert summary.end is RecordingEnd.FAILED
    assert summary.notice.text == "no room left to write it"
    assert not list(tmp_path.glob("*/frames*"))
