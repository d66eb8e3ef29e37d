import json

import numpy as np

from ferqt.core.emotions import EMOTIONS, FER7
from tests.helpers.sources import AS_GIVEN, pictures, source_of
from training.datasets.base import NO_LABEL, TEST, TRAIN, VALIDATION, VOTES
from training.datasets.merge import leave_out, merge
from training.datasets.summary import class_counts, summarize, warnings_for

HAPPY, FEAR, CONTEMPT = (EMOTIONS.index(name) for name in ("happy", "fear", "contempt"))
EACH_PART = [TRAIN, TRAIN, VALIDATION, TEST]


def _votes(*classes: int) -> np.ndarray:
    """Ten raters who agree; -1 for a picture that nobody rated."""
    votes = np.zeros((len(classes), len(VOTES)))
    for row, label in enumerate(classes):
        if label >= 0:
            votes[row, label] = 10
    return votes


def test_classes_are_counted_as_labels_sets_and_labelings_see_them():
    data = merge(
        [
            source_of(
                [HAPPY, CONTEMPT, FEAR, NO_LABEL],
                parts=TRAIN,
                votes=_votes(FEAR, NO_LABEL, CONTEMPT, VOTES.index("no face")),
            )
        ],
        AS_GIVEN,
    )
    train = data.splits[TRAIN]

    assert class_counts(train, FER7, "own") == dict.fromkeys(FER7.names, 0) | {
        "happy": 1,
        "fear": 1,
    }
    classes = summarize(data)["parts"][TRAIN]["classes"]
    assert classes["own"]["fer7"]["fear"] == 1
    assert classes["majority"]["ck7"]["contempt"] == 2
    assert sum(classes["majority"]["ferplus8"].values()) == 3


def test_a_summary_names_parts_sources_people_and_what_was_left_out():
    one = source_of([HAPPY] * 4, parts=EACH_PART, subjects=["a", "a", "b", "c"])
    two = source_of([FEAR] * 4, name="two", images=pictures(4, seed=2), parts=EACH_PART)
    data = leave_out(merge([one, two]), np.array([True, False, False, False]), "blurred")

    summary = json.loads(json.dumps(summarize(data)))

    assert summary["sha256"] == data.sha256()
    assert summary["parts"][TRAIN]["by_source"] == {"one": 1, "two": 2}
    assert summary["parts"][TRAIN]["subjects"] == 1
    assert summary["dropped"]["blurred"] == 1
    assert list(summary["parts"][TRAIN]["classes"]) == ["own"]
    assert summary["warnings"] == []


def test_a_class_that_a_part_lacks_is_a_warning():
    data = merge([source_of([HAPPY, FEAR, HAPPY, HAPPY], parts=EACH_PART)])

    assert warnings_for(data) == [
        "one/validation has no picture of fear",
        "one/private has no picture of fear",
    ]


def test_a_part_without_pictures_is_a_warning():
    data = merge([source_of([HAPPY] * 3, parts=TRAIN)], AS_GIVEN)

    assert warnings_for(data) == ["there is no validation part", "there is no test part"]


def test_people_who_stand_in_two_published_parts_are_a_warning():
    source = source_of([HAPPY] * 4, parts=EACH_PART, subjects=["a", "b", "b", "c"])

    assert warnings_for(merge([source])) == ["persons in two parts, as published: 1 (one/b)"]
