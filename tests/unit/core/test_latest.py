import threading
import time

import pytest

from ferqt.core.latest import Closed, LatestSlot, Mailbox


def test_a_new_item_replaces_one_that_waits_and_is_counted():
    slot: LatestSlot[int] = LatestSlot()
    for number in range(5):
        slot.put(number)
    assert slot.take(0) == 4
    assert slot.dropped == 4


def test_take_returns_none_when_nothing_comes_in_time():
    slot: LatestSlot[int] = LatestSlot()
    started = time.monotonic()
    assert slot.take(0.05) is None
    assert time.monotonic() - started >= 0.05


def test_the_last_item_is_handed_out_after_close():
    slot: LatestSlot[str] = LatestSlot()
    slot.put("last")
    slot.close()
    assert slot.take() == "last"
    with pytest.raises(Closed):
        slot.take()


def test_close_wakes_a_waiting_taker():
    slot: LatestSlot[int] = LatestSlot()
    seen: list[str] = []

    def wait() -> None:
        try:
            slot.take()
        except Closed:
            seen.append("closed")

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.02)
    slot.close()
    thread.join(1)
    assert seen == ["closed"]


def test_a_closed_slot_refuses_items():
    slot: LatestSlot[int] = LatestSlot()
    slot.close()
    assert slot.put(1) is False


def test_clear_does_not_count_as_dropped():
    slot: LatestSlot[int] = LatestSlot()
    slot.put(1)
    slot.clear()
    assert slot.take(0) is None
    assert slot.dropped == 0


def test_what_the_producer_passes_over_counts_as_dropped():
    slot = LatestSlot()
    slot.put("a")
    slot.count_dropped(3)
    slot.put("b")
    assert slot.dropped == 4


def test_nothing_is_lost_or_doubled_between_a_quick_producer_and_a_slow_consumer():
    slot: LatestSlot[int] = LatestSlot()
    taken: list[int] = []

    def consume() -> None:
        try:
            while True:
                item = slot.take()
                if item is not None:
                    taken.append(item)
        except Closed:
            return

    thread = threading.Thread(target=consume)
    thread.start()
    for number in range(2000):
        slot.put(number)
    slot.close()
    thread.join(5)
    assert taken == sorted(set(taken))
    assert taken[-1] == 1999
    assert len(taken) + slot.dropped == 2000


def test_the_bell_rings_once_for_many_results():
    box: Mailbox[int, int] = Mailbox(lambda item: -item)
    assert [box.post(number) for number in (1, 2, 3)] == [True, False, False]
    assert box.collect() == (3, [-1, -2, -3])
    assert box.collect() == (None, [])
    assert box.post(4) is True


def test_a_box_that_nobody_empties_stays_bounded():
    box: Mailbox[int, int] = Mailbox(lambda item: item, limit=10)
    for number in range(1000):
        box.post(number)
    newest, samples = box.collect()
    assert newest == 999
    assert samples == list(range(990, 1000))
