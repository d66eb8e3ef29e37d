from dataclasses import replace

import numpy as np
import pytest

from ferqt.core.emotions import FERPLUS8
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.session_table import SessionTable
from ferqt.core.timeline_levels import face_levels
from tests.helpers.sessions import session_document

HAPPY, SAD = FERPLUS8.index("happy"), FERPLUS8.index("sad")


def document(shown: list[tuple[float, str, float]]) -> SessionDocument:
    """One face; a time, a leading class and its probability for each frame, "" for no face."""
    count = len(shown)
    values = np.full((count, len(FERPLUS8)), np.nan, np.float32)
    for row, (_, name, share) in enumerate(shown):
        if name:
            values[row] = (1 - share) / (len(FERPLUS8) - 1)
            values[row, FERPLUS8.index(name)] = share
    unsure = np.array([bool(name) and share < 0.4 for _, name, share in shown])
    nothing = np.full((count, 4), np.nan)
    return SessionDocument(
        "clip",
        SessionTable(
            labels=FERPLUS8,
            frame=np.arange(count),
            timestamp=np.array([time_s for time_s, _, _ in shown]),
            face_id=np.array([int(bool(name)) for _, name, _ in shown], np.int32),
            detection_confidence=nothing[:, 0],
            box=nothing,
            scores=values,
            smoothed=values.copy(),
            uncertain=unsure,
            uncertain_smoothed=unsure.copy(),
            pose=nothing[:, :3],
        ),
    )


@pytest.fixture(scope="module")
def uneven():
    """Frames at uneven times; the face is away from 2.0 to 2.5 s."""
    return face_levels(
        document(
            [
                (0.0, "happy", 0.9),
                (0.5, "happy", 0.8),
                (1.5, "sad", 0.3),
                (2.0, "", 0),
                (2.5, "sad", 0.7),
                (3.0, "sad", 0.7),
            ]
        )
    )[0]


def test_each_column_shows_what_led_for_longest(uneven):
    codes = uneven.lead.columns(np.array([0.0, 1.0, 2.0, 2.5, 3.5, 9.0]))
    happy, sad = 1 + 2 * HAPPY, 1 + 2 * SAD
    # In the second column happy holds until 1.5 s, as long as sad: the first of the two counts.
    assert codes.tolist() == [happy, min(happy, sad), 0, sad, 0]


def test_a_column_within_a_reading_shows_that_reading(uneven):
    codes = uneven.lead.columns(np.linspace(1.6, 1.7, 11))
    assert set(codes.tolist()) == {1 + 2 * SAD + 1}


def test_stretches_end_where_the_face_leaves(uneven):
    lead = uneven.lead
    assert lead.run_at(1.2)[:2] == (0.0, 1.5)
    assert lead.run_at(1.6).uncertain
    assert lead.run_at(2.2) is None
    assert lead.run_at(2.5)[:2] == (2.5, pytest.approx(3.5))


def test_changes_lead_from_stretch_to_stretch(uneven):
    lead = uneven.lead
    assert [lead.next_change(time_s) for time_s in (-1, 0, 1.5, 2.5)] == [0.0, 1.5, 2.5, None]
    assert [lead.previous_change(time_s) for time_s in (9, 2.5, 1.5, 0)] == [2.5, 1.5, 0.0, None]


def test_readings_are_told_while_the_face_is_seen(uneven):
    reading = uneven.reading_at(0.7)
    assert (reading.class_index, reading.uncertain) == (HAPPY, False)
    assert reading.probability == pytest.approx(0.8)
    assert uneven.reading_at(2.1) is None
    assert uneven.reading_at(9.0) is None


def test_means_are_weighted_with_time(uneven):
    columns = uneven.curves.columns(np.array([0.0, 1.5, 3.0]))
    assert columns.mean[HAPPY, 0] == pytest.approx((0.5 * 0.9 + 1.0 * 0.8) / 1.5)
    assert columns.uncertain[1] == pytest.approx(0.5)
    # The half second without a face counts for nothing.
    assert columns.mean[SAD, 1] == pytest.approx((0.5 * 0.3 + 0.5 * 0.7) / 1.0)


def test_nothing_is_drawn_where_the_face_is_away(uneven):
    for columns in (10, 400):
        mean = uneven.curves.columns(np.linspace(2.0, 2.5, columns + 1)).mean
        assert np.isnan(mean).all()


def test_curves_run_straight_between_readings_that_are_wide(uneven):
    edges = np.linspace(0.0, 1.5, 301)
    happy = uneven.curves.columns(edges).mean[HAPPY]
    assert np.abs(np.diff(happy)).max() < 0.01
    assert (happy[0], happy[-1]) == (pytest.approx(0.9), pytest.approx(1 / 3, abs=0.01))


@pytest.fixture(scope="module")
def long() -> SessionDocument:
    return session_document(600, faces=1, seed=3)


@pytest.mark.parametrize("count", [7, 100, 901, 4000])
@pytest.mark.parametrize(("start_s", "end_s"), [(0, 600), (100.03, 160.01), (599, 600)])
def test_columns_are_what_all_readings_add_up_to(long, count, start_s, end_s):
    (face,) = face_levels(long)
    rows = long.table.rows_of(1)
    starts = long.table.timestamp[rows]
    ends, values = starts + 1 / 30, long.table.smoothed[rows].astype(float)
    edges = np.linspace(start_s, end_s, count + 1)
    columns = face.curves.columns(edges)
    for column in np.linspace(0, count - 1, 5).astype(int):
        left, right = edges[column], edges[column + 1]
        held = np.clip(np.minimum(ends, right) - np.maximum(starts, left), 0, None)
        if held.sum() < 1e-6:
            assert np.isnan(columns.mean[:, column]).all()
            continue
        touched = values[held > 1e-9]
        assert (columns.low[:, column] <= touched.min(axis=0) + 1e-6).all() or len(touched) < 3
        assert (columns.high[:, column] >= touched.max(axis=0) - 1e-6).all() or len(touched) < 3
        if len(touched) > 2:
            mean = (values * held[:, None]).sum(axis=0) / held.sum()
            assert columns.mean[:, column] == pytest.approx(mean, abs=1e-4)


def test_the_highest_value_of_a_long_session_is_never_lost(long):
    (face,) = face_levels(long)
    highest = face.curves.values.max(axis=0)
    for count in (3, 50, 700):
        found = np.nanmax(face.curves.columns(np.linspace(0, 600, count + 1)).high, axis=1)
        assert found == pytest.approx(highest)


def test_calmed_curves_are_means_of_what_is_around(long):
    (face,) = face_levels(long)
    edges = np.linspace(0, 600, 601)
    rough, calm = face.curves.columns(edges), face.curves.columns(edges, spread_s=2.0)
    assert np.nanstd(np.diff(calm.mean)) < 0.5 * np.nanstd(np.diff(rough.mean))
    assert np.isnan(calm.mean).sum() == np.isnan(rough.mean).sum()


def test_what_is_excluded_is_drawn_all_the_same(long):
    cut = replace(long, excluded=(TimeRange(0, 600),))
    assert len(face_levels(cut)[0].lead) == len(face_levels(long)[0].lead) > 0


def test_pictures_lie_side_by_side():
    still = document([(np.nan, "happy", 0.9), (np.nan, "", 0), (np.nan, "sad", 0.9)])
    (face,) = face_levels(still)
    assert face.lead.columns(np.array([0.0, 1.0, 2.0, 3.0])).tolist() == [
        1 + 2 * HAPPY,
        0,
        1 + 2 * SAD,
    ]


def test_curves_are_made_when_they_are_asked_for_and_can_be_forgotten(long):
    (face,) = face_levels(long)
    assert not face.curves_ready
    assert len(face.curves)
    assert face.curves_ready
    face.forget_curves()
    assert not face.curves_ready
