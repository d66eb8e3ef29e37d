"""The soak's mutations of models: each ends as one of the ways that are counted."""

import random
import sys
from pathlib import Path

import pytest

from scripts.soak.hostile import _elsewhere, _mutated, _mutations
from scripts.soak.part import Progress


@pytest.mark.skipif(sys.platform == "win32", reason="the soak forks")
def test_a_short_run_counts_every_mutation(tmp_path: Path) -> None:
    found = _mutations(tmp_path, 16, random.Random(1), Progress("hostile", 16, 60.0))
    assert {name: counts.total() for name, counts in found.items()} == dict.fromkeys(found, 4)
    assert len(found) == 4


def test_mutations_differ_and_can_be_repeated() -> None:
    whole = bytes(1_000)
    some = [_mutated(whole, random.Random(seed)) for seed in range(20)]
    assert some == [_mutated(whole, random.Random(seed)) for seed in range(20)]
    assert len(set(some)) > 15


@pytest.mark.skipif(sys.platform == "win32", reason="the soak forks")
def test_a_crash_elsewhere_is_told_by_its_signal(tmp_path: Path) -> None:
    import os

    def crash(_: Path) -> None:
        os.kill(os.getpid(), 9)

    def refuse(_: Path) -> None:
        raise ValueError

    assert _elsewhere(crash, tmp_path) == "the other process crashed (SIGKILL)"
    assert _elsewhere(refuse, tmp_path) == "refused in the other process"
    assert _elsewhere(lambda _: None, tmp_path) == "harmless"
