import itertools

import numpy as np

from ferqt.core.emotions import FER7, FERPLUS8
from ferqt.outputs.overlay import LabelStabilizer
from tests.helpers.readings import scores


def names_over_time(
    stabilizer: LabelStabilizer, shares: list[float], step_ms: int = 33
) -> list[str]:
    """Feed "happy" with the given shares and "sad" with the rest of 0.9."""
    return [
        stabilizer.update(1, index * step_ms, scores({"happy": share, "sad": 0.9 - share})).name
        for index, share in enumerate(shares)
    ]


def test_a_close_race_does_not_flicker_between_two_names() -> None:
    noise = np.random.default_rng(0).normal(0.45, 0.03, 300)
    names = names_over_time(LabelStabilizer(), noise.tolist())
    raw = ["happy" if share > 0.45 else "sad" for share in noise]
    raw_changes = sum(a != b for a, b in itertools.pairwise(raw))
    changes = sum(a != b for a, b in itertools.pairwise(names))
    assert raw_changes > 100
    assert changes <= 3


def test_a_clear_new_leader_is_named_within_a_quarter_of_a_second() -> None:
    names = names_over_time(LabelStabilizer(), [0.8] * 10 + [0.1] * 10)
    assert names[9] == "happy"
    assert names[10] == "sad"


def test_a_narrow_leader_is_named_once_it_has_led_for_a_while() -> None:
    names = names_over_time(LabelStabilizer(), [0.8] * 10 + [0.42] * 20)
    switched = names.index("sad") - 10
    assert 300 <= switched * 33 <= 366


def test_a_jump_between_names_is_never_shorter_than_the_hold() -> None:
    shares = [0.8 if index // 2 % 2 else 0.1 for index in range(100)]
    names = names_over_time(LabelStabilizer(), shares)
    changes = [index for index in range(1, 100) if names[index] != names[index - 1]]
    assert all(b - a >= 250 / 33 for a, b in itertools.pairwise(changes))


def test_uncertain_does_not_blink() -> None:
    stabilizer = LabelStabilizer()
    shown = [
        stabilizer.update(1, step * 33, scores({"happy": 0.4}, uncertain=step % 2 == 1)).uncertain
        for step in range(60)
    ]
    assert not any(shown)
    for step in range(60, 75):
        last = stabilizer.update(1, step * 33, scores({"happy": 0.4}, uncertain=True))
    assert last.uncertain


def test_asking_twice_for_one_frame_gives_one_answer() -> None:
    once, twice = LabelStabilizer(), LabelStabilizer()
    shares = np.random.default_rng(1).uniform(0, 0.9, 100).tolist()
    for index, share in enumerate(shares):
        given = scores({"happy": share, "sad": 0.9 - share})
        first = once.update(1, index * 33, given)
        twice.update(1, index * 33, given)
        assert twice.update(1, index * 33, given) == first


def test_faces_have_labels_of_their_own() -> None:
    stabilizer = LabelStabilizer()
    assert stabilizer.update(1, 0, scores({"happy": 0.9})).name == "happy"
    assert stabilizer.update(2, 0, scores({"sad": 0.9})).name == "sad"
    assert stabilizer.update(1, 33, scores({"happy": 0.9})).name == "happy"


def test_after_a_jump_in_time_a_face_shows_what_it_shows() -> None:
    stabilizer = LabelStabilizer()
    stabilizer.update(1, 0, scores({"happy": 0.5, "sad": 0.4}))
    assert stabilizer.update(1, 5000, scores({"happy": 0.44, "sad": 0.46})).name == "sad"
    assert stabilizer.update(1, 100, scores({"happy": 0.46, "sad": 0.44})).name == "happy"


def test_a_model_that_lacks_the_shown_class_is_believed_at_once() -> None:
    stabilizer = LabelStabilizer()
    stabilizer.update(1, 0, scores({"contempt": 0.9}, FERPLUS8))
    assert stabilizer.update(1, 33, scores({"sad": 0.3}, FER7)).name == "sad"


def test_a_held_frame_that_another_model_reads_shows_what_that_model_says() -> None:
    stabilizer = LabelStabilizer()
    for step in range(10):
        stabilizer.update(1, step * 33, scores({"happy": 0.8}))
    assert stabilizer.update(1, 297, scores({"happy": 0.44, "sad": 0.46})).name == "sad"


def test_faces_that_left_are_forgotten() -> None:
    stabilizer = LabelStabilizer()
    for track_id in range(1000):
        stabilizer.update(track_id, track_id * 100, scores({"happy": 0.9}))
        stabilizer.keep_only([track_id], track_id * 100)
    assert len(stabilizer) <= 11
