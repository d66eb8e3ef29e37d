import numpy as np
import pytest

from ferqt.core.frame_axis import FrameAxis
from tests.helpers.sessions import session_document


@pytest.fixture(scope="module")
def axis() -> FrameAxis:
    return FrameAxis(session_document(10, fps=25).table)


def test_a_frame_is_on_screen_until_the_next_one(axis):
    assert [axis.at(time_s) for time_s in (0.0, 0.039, 0.04, 0.0799, 9.99)] == [0, 0, 1, 1, 249]


def test_a_printed_time_is_still_its_own_frames(axis):
    for index in (1, 7, 33, 101):
        assert axis.at(round(axis.time_of(index), 6)) == index


def test_places_outside_are_those_of_the_nearest_end(axis):
    assert (axis.at(-3), axis.at(99)) == (0, 249)


def test_the_last_frame_lasts_as_long_as_the_others(axis):
    assert axis.end_of(3) == pytest.approx(0.16)
    assert axis.end_of(249) == axis.end_s == pytest.approx(10.0)


def test_numbers_are_those_of_the_source_where_frames_were_left_out():
    table = session_document(10, fps=25).table
    axis = FrameAxis(table.taken(table.frame % 5 == 0))
    assert axis.frame_of(axis.at(1.0)) == 25
    assert (len(axis), axis.step_s) == (50, pytest.approx(0.2))


def test_pictures_have_places_instead_of_times():
    table = session_document(2, fps=5).table
    still = {name: getattr(table, name) for name in type(table).__slots__}
    axis = FrameAxis(type(table)(**{**still, "timestamp": np.full(len(table), np.nan)}))
    assert not axis.timed
    assert [axis.time_of(index) for index in range(3)] == [0.0, 1.0, 2.0]
    assert axis.end_s == 10.0


def test_a_session_without_frames_has_no_length():
    table = session_document(1).table
    axis = FrameAxis(table.taken(np.zeros(len(table), bool)))
    assert (len(axis), axis.start_s, axis.end_s) == (0, 0.0, 0.0)


def test_the_rows_of_a_frame_are_found():
    table = session_document(5).table
    axis = FrameAxis(table)
    row = axis.row_of(40)
    assert table.frame[row] == axis.frame_of(40)
    assert table.frame[row - 1] < axis.frame_of(40)
