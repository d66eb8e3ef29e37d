"""Who showed what when: collected from results, in memory of one size."""

from dataclasses import replace

import pytest

from ferqt.core import expression_bins
from ferqt.core.expression_bins import WHOEVER, ExpressionBins
from tests.helpers.readings import face, sample, scores

BOX = (0, 0, 10, 10)


def shows(track_id, name, *, uncertain=False):
    return face(track_id, BOX, scores({name: 0.9}, uncertain=uncertain))


def play(bins, start_s, end_s, *faces, fps=25):
    for number in range(round((end_s - start_s) * fps) + 1):
        bins.add(sample(start_s + number / fps, *faces))


def rounded(runs):
    return [(round(run.start_s, 1), round(run.end_s, 1), run.name) for run in runs]


@pytest.fixture
def bins():
    return ExpressionBins(20.0)


def test_stretches_reach_from_change_to_change(bins):
    play(bins, 0.0, 2.0, shows(1, "happy"))
    play(bins, 2.0, 5.0, shows(1, "sad"))
    assert rounded(bins.runs(1)) == [(0.0, 2.0, "happy"), (2.0, 5.0, "sad")]


def test_what_was_skipped_or_not_seen_stays_open(bins):
    play(bins, 0.0, 1.0, shows(1, "happy"))
    play(bins, 1.0, 2.0, shows(2, "sad"))
    play(bins, 2.0, 3.0, shows(1, "happy"))
    play(bins, 9.0, 10.0, shows(1, "happy"))
    assert rounded(bins.runs(1)) == [
        (0.0, 1.0, "happy"),
        (2.0, 3.0, "happy"),
        (9.0, 10.0, "happy"),
    ]


def test_each_face_has_its_own(bins):
    play(bins, 0.0, 1.0, shows(1, "happy"), shows(2, "fear"))
    assert rounded(bins.runs(1)) == [(0.0, 1.0, "happy")]
    assert rounded(bins.runs(2)) == [(0.0, 1.0, "fear")]
    assert bins.runs(3) == []


def test_without_a_selection_whoever_is_followed_fills_the_strip(bins):
    play(bins, 0.0, 2.0, shows(1, "happy"), shows(2, "fear"))
    play(bins, 2.04, 6.0, shows(2, "fear"))
    runs = rounded(bins.runs(WHOEVER))
    assert runs[0] == (0.0, 2.0, "happy")
    assert runs[-1] == (3.0, 6.0, "fear"), "the next face is followed after a second"


def test_what_is_played_again_replaces_what_was_there(bins):
    play(bins, 0.0, 4.0, shows(1, "happy"))
    play(bins, 1.0, 2.0, shows(1, "angry"))
    assert rounded(bins.runs(1)) == [
        (0.0, 1.0, "happy"),
        (1.0, 2.0, "angry"),
        (2.0, 4.0, "happy"),
    ]


def test_within_one_moment_the_longest_counts():
    bins = ExpressionBins(4096 * 2.0)
    for time_s, name in ((0.0, "happy"), (0.4, "sad"), (0.8, "sad"), (1.2, "sad"), (1.6, "happy")):
        bins.add(sample(time_s, shows(1, name)))
    bins.add(sample(1.9, shows(1, "happy")))
    assert [run.name for run in bins.runs(1)] == ["sad"]


def test_uncertain_stretches_are_told_apart(bins):
    play(bins, 0.0, 1.0, shows(1, "happy"))
    play(bins, 1.0, 2.0, shows(1, "happy", uncertain=True))
    assert [run.uncertain for run in bins.runs(1)] == [False, True]


def test_a_merged_face_fills_the_holes_of_the_other(bins):
    play(bins, 0.0, 2.0, shows(1, "happy"))
    play(bins, 1.0, 4.0, shows(2, "sad"))
    bins.merge(2, 1)
    assert rounded(bins.runs(1)) == [(0.0, 2.0, "happy"), (2.0, 4.0, "sad")]
    assert bins.runs(2) == []


def test_memory_does_not_grow_with_faces_or_hours(monkeypatch):
    monkeypatch.setattr(expression_bins, "_MOST_FACES", 4)
    bins = ExpressionBins(10 * 3600.0)
    for number in range(1, 50):
        play(bins, 700.0 * number, 700.0 * number + 2, shows(number, "happy"), fps=2)
    assert len(bins._tracks) == 4
    assert sum(track.codes.nbytes for track in bins._tracks.values()) == 4 * 4096
    assert len(bins.runs(WHOEVER)) == 49


def test_live_results_and_times_outside_do_no_harm(bins):
    bins.add(replace(sample(1.0, shows(1, "happy")), media_time=None))
    bins.add(sample(25.0, shows(1, "happy")))
    assert rounded(bins.runs(1)) == [(20.0, 20.0, "happy")]
    with pytest.raises(ValueError, match="0"):
        ExpressionBins(0.0)
