"""What else ran meanwhile is worked out and said."""

import os
from pathlib import Path

import pytest

from ferqt.bench.machine import Load, LoadWatch, load_between, load_text, resident_mb

IDLE = (0, 0, 0, 1000, 0, 0, 0, 0)


def test_own_time_is_not_that_of_others() -> None:
    # 2 s of two cores at 100 ticks a second: 1.5 s busy, 1 s of them own, 0.1 s stolen.
    later = (120, 0, 30, 1200, 30, 0, 10, 10)

    assert load_between(IDLE, later, 1.0, 100) == Load(others=0.15, stolen=0.025)


def test_own_time_that_was_counted_late_makes_no_negative_load() -> None:
    assert load_between(IDLE, (10, 0, 0, 1100, 0, 0, 0, 0), 5.0, 100) == Load(0.0, 0.0)
    assert load_between(IDLE, IDLE, 0.0, 100) == Load(0.0, 0.0)


@pytest.mark.parametrize(
    ("load", "disturbed", "said"),
    [
        (Load(0.01, 0.0), False, "1% of the processors meanwhile, too little to count"),
        (Load(0.31, 0.0), True, "31% of the processors meanwhile: these are the figures of a busy"),
        (Load(0.01, 0.2), True, "other guests of the host 20%: these are"),
        (Load(None, None), False, "not known on this system"),
    ],
)
def test_a_busy_computer_is_said_plainly(load: Load, disturbed: bool, said: str) -> None:
    assert load.disturbed is disturbed
    assert said in load_text(load)


@pytest.mark.skipif(not Path("/proc/stat").exists(), reason="Linux alone tells")
def test_this_computer_tells() -> None:
    watch = LoadWatch()
    sum(number * number for number in range(300_000))
    load = watch.load()

    assert load.others is not None
    assert 0 <= load.others <= 1
    memory = resident_mb()
    assert memory is not None
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    assert memory == pytest.approx(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, rel=0.1)
