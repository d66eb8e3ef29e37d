"""The tap that gets every frame which inference reads."""

import time
from functools import partial

import numpy as np
import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.latest import LatestSlot, Mailbox
from ferqt.core.types import Frame
from ferqt.pipeline.build import build_pipeline, reconfigure
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.capture import Shot
from ferqt.runtime.inference import Delivery, InferenceThread
from tests.helpers.models import TINY_ID, add_tiny_model

OTHER_ID = "tiny-other"
_STILL_MS = 300
"""Longer than the thread waits for a frame before it reads the last one again."""


class Line:
    """An inference thread with what goes in and comes out of it."""

    def __init__(self, models):
        catalog = Catalog((models,))
        self.slot = LatestSlot()
        self.thread = InferenceThread(
            self.slot,
            Mailbox(Delivery.light),
            PipelineConfig(model_id=TINY_ID, detector_id="haar"),
            partial(build_pipeline, catalog=catalog),
            partial(reconfigure, catalog=catalog),
        )
        self.tapped = []
        self.sent = 0
        self._answers = 0

    def answers(self):
        """How often a frame was read so far; takes the answers out of the thread's mailbox."""
        self._answers += len(self.thread._mailbox.collect()[1])
        return self._answers

    def tap(self, read):
        self.tapped.append(read)

    def send(self, source_number=1, cut_number=0):
        """Send a frame and wait until it was taken out of the slot."""
        frame = Frame(np.zeros((48, 64, 3), np.uint8), self.sent, None, 40 * self.sent)
        self.sent += 1
        self.slot.put(Shot(frame, source_number, cut_number, time.monotonic()))


@pytest.fixture
def line(qapp, tmp_path):
    add_tiny_model(tmp_path)
    add_tiny_model(tmp_path, OTHER_ID)
    made = Line(tmp_path)
    made.thread.start()
    yield made
    made.slot.close()
    assert made.thread.wait(5000)


def test_the_tap_gets_each_frame_once_and_whole(line, qtbot):
    line.thread.set_tap(line.tap)
    for number in range(5):
        line.send()
        qtbot.waitUntil(lambda wanted=number + 1: len(line.tapped) == wanted, timeout=5000)
    assert [read.result.index for read in line.tapped] == list(range(5))
    assert all(read.result.frame is not None for read in line.tapped)
    assert [read.follows for read in line.tapped] == [False, True, True, True, True]
    assert {read.origin.card.id for read in line.tapped} == {TINY_ID}


def test_the_tap_is_told_of_cuts_and_other_sources(line, qtbot):
    line.thread.set_tap(line.tap)
    for number, (source, cut) in enumerate(((1, 0), (1, 0), (1, 1), (2, 0), (2, 0))):
        line.send(source, cut)
        qtbot.waitUntil(lambda wanted=number + 1: len(line.tapped) == wanted, timeout=5000)
    assert [read.follows for read in line.tapped] == [False, True, False, False, True]
    assert [read.source_number for read in line.tapped] == [1, 1, 1, 2, 2]


def test_a_picture_that_is_read_again_by_another_model_does_not_come_twice(line, qtbot):
    line.thread.set_tap(line.tap)
    line.send()
    qtbot.waitUntil(lambda: len(line.tapped) == 1, timeout=5000)
    with qtbot.waitSignal(line.thread.ready, timeout=5000):
        line.thread._mailbox.collect()
        line.thread.configure(PipelineConfig(model_id=OTHER_ID, detector_id="haar"))
    line.send()
    qtbot.waitUntil(lambda: len(line.tapped) == 2, timeout=5000)
    assert [read.result.index for read in line.tapped] == [0, 1]
    assert [read.origin.card.id for read in line.tapped] == [TINY_ID, OTHER_ID]


def test_a_frame_after_other_settings_is_read_with_them_and_once(line, qtbot):
    line.thread.set_tap(line.tap)
    line.send()
    qtbot.waitUntil(lambda: len(line.tapped) == 1, timeout=5000)
    for number in range(8):
        wanted = (OTHER_ID, TINY_ID)[number % 2]
        # Meanwhile the thread waits for a frame.
        line.thread.configure(PipelineConfig(model_id=wanted, detector_id="haar"))
        line.send()
        qtbot.waitUntil(lambda count=number + 2: len(line.tapped) == count, timeout=5000)
        assert line.tapped[-1].origin.card.id == wanted
    qtbot.wait(_STILL_MS)
    assert line.answers() == 1 + 8


def test_a_picture_is_not_read_again_where_the_settings_are_those_in_force(line, qtbot):
    line.send()
    qtbot.wait(_STILL_MS)
    qtbot.waitUntil(lambda: line.answers() == 1, timeout=5000)
    with qtbot.waitSignal(line.thread.configured, timeout=5000):
        line.thread.configure(PipelineConfig(model_id=TINY_ID, detector_id="haar"))
    qtbot.wait(_STILL_MS)
    assert line.answers() == 1
    line.thread.configure(PipelineConfig(model_id=OTHER_ID, detector_id="haar"))
    qtbot.waitUntil(lambda: line.answers() == 2, timeout=5000)


def test_a_tap_that_was_taken_off_gets_nothing_more(line, qtbot):
    line.thread.set_tap(line.tap)
    line.send()
    qtbot.waitUntil(lambda: len(line.tapped) == 1, timeout=5000)
    line.thread.set_tap(None)
    with qtbot.waitSignal(line.thread.ready, timeout=5000):
        line.thread._mailbox.collect()
        line.send()
    assert len(line.tapped) == 1


@pytest.mark.allow_error_logs
def test_a_tap_that_fails_leaves_the_picture_running(line, qtbot, caplog):
    def fail(read):
        raise RuntimeError("no more")

    line.thread.set_tap(fail)
    for _ in range(2):
        with qtbot.waitSignal(line.thread.ready, timeout=5000):
            line.thread._mailbox.collect()
            line.send()
    assert caplog.text.count("the tap failed") == 1
