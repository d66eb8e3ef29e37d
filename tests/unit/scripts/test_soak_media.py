"""A sample of damaged media files, and that the soak sees what it looks for."""

import os
import signal
import time

import pytest

from scripts.soak import media
from scripts.soak.media_mutations import mutate
from scripts.soak.media_reading import read_through
from scripts.soak.media_seeds import write_few_seeds

SAMPLE = 60
SEED = 2


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    return write_few_seeds(tmp_path_factory.mktemp("seeds"))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_a_sample_of_damaged_files_is_read_or_refused_with_a_sentence(seeds, tmp_path):
    unexpected = {}
    read = refused = 0
    for number in range(SAMPLE):
        mutant = mutate(seeds, SEED, number)
        path = tmp_path / mutant.name
        path.write_bytes(mutant.content)
        began_s = time.process_time()
        reading = read_through(path, number)
        assert time.process_time() - began_s < 10, mutant
        read += reading.frames > 0
        refused += bool(reading.refusal)
        if reading.unexpected:
            unexpected[mutant.name] = (mutant.kinds, reading.unexpected)
    assert unexpected == {}
    assert read > SAMPLE / 4
    assert refused > SAMPLE / 4


def test_whole_files_are_read_without_a_loss(seeds):
    for path in seeds:
        reading = read_through(path, 0)
        assert (reading.refusal, reading.lost, reading.unexpected) == ("", 0, []), path
        assert reading.frames > 0


def test_equal_numbers_give_the_same_damage(seeds):
    assert mutate(seeds, 3, 17) == mutate(seeds, 3, 17)
    assert mutate(seeds, 3, 17).content != mutate(seeds, 4, 17).content


def test_a_crash_and_a_hang_are_seen_and_the_next_file_is_read(seeds, tmp_path, monkeypatch):
    worker = media.Worker(seeds, tmp_path, SEED)
    try:
        os.kill(worker.pid, signal.SIGSTOP)
        worker.give(0)
        os.kill(worker.pid, signal.SIGSEGV)
        os.kill(worker.pid, signal.SIGCONT)
        crashed = wait_for(worker)
        assert (crashed.reading, crashed.end) == (None, f"exit code {-signal.SIGSEGV}")

        worker.give(1)
        assert wait_for(worker).reading is not None

        os.kill(worker.pid, signal.SIGSTOP)
        monkeypatch.setattr(media, "_KILL_S", -1.0)
        worker.give(2)
        hung = wait_for(worker)
        assert (hung.reading, hung.end) == (None, "hung")
    finally:
        worker.stop()


def wait_for(worker):
    while (outcome := worker.answer()) is None:
        worker.pipe.poll(1)
    return outcome
