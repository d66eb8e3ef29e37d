import itertools

import pytest

from ferqt.core.time_scale import TimeScale, picture_ticks, time_ticks


@pytest.fixture
def hour() -> TimeScale:
    return TimeScale.whole(0.0, 3600.0, 900, 0.25)


def test_a_zoom_leaves_the_time_under_the_pointer_where_it_was(hour):
    scale = hour
    for factor in (2.0, 5.0, 1.25, 0.5):
        scale = scale.zoomed(factor, scale.time_of(300))
        assert scale.x_of(1200.0) == pytest.approx(300)


def test_the_view_stays_within_the_medium(hour):
    near = hour.zoomed(10, 3600)
    assert near.end_s == 3600
    assert near.panned(50).end_s == 3600
    assert near.panned(-1e6).start_s == 0
    assert near.panned(-1e6).span_s == pytest.approx(360)


def test_the_view_is_never_longer_than_the_medium_nor_shorter_than_the_least(hour):
    assert hour.zoomed(0.01, 5).shows_all
    assert hour.zoomed(1e9, 1800).span_s == pytest.approx(0.25)
    assert hour.showing(10, 10.001).span_s == pytest.approx(0.25)


def test_a_medium_of_one_frame_can_be_shown():
    scale = TimeScale.whole(2.0, 2.0, 100, 0.01)
    assert scale.x_of(2.0) == 0
    assert scale.zoomed(3, 2.0).span_s > 0


def test_places_and_times_belong_together(hour):
    near = hour.showing(100, 110)
    assert near.time_of(near.x_of(107.25)) == pytest.approx(107.25)


@pytest.mark.parametrize(
    ("span", "first", "second"),
    [
        ((0, 3600), "00:00", "10:00"),
        ((100, 110), "01:40", "01:42"),
        ((3700, 3701), "1:01:40.0", "1:01:40.2"),
        ((0, 0.25), "00:00.00", "00:00.05"),
    ],
)
def test_numbers_of_the_ruler_have_the_decimals_that_their_steps_need(span, first, second):
    scale = TimeScale.whole(0.0, 7200.0, 800, 0.01).showing(*span)
    texts = [text for _, text in time_ticks(scale, 100).labeled]
    assert texts[:2] == [first, second]


@pytest.mark.parametrize("span_s", [0.3, 3, 30, 77, 300, 3000, 7200])
def test_numbers_of_the_ruler_never_touch(span_s):
    scale = TimeScale.whole(0.0, 7200.0, 800, 0.01).showing(0, span_s)
    places = [scale.x_of(time_s) for time_s, _ in time_ticks(scale, 100).labeled]
    gaps = [after - before for before, after in itertools.pairwise(places)]
    assert min(gaps, default=100) >= 99.9
    assert len(time_ticks(scale, 100).small) <= 200


def test_pictures_are_counted_from_one():
    scale = TimeScale.whole(0.0, 6.0, 600, 1.0)
    assert [text for _, text in picture_ticks(scale, 90).labeled][:3] == ["1", "2", "3"]


def test_many_pictures_have_round_numbers():
    scale = TimeScale.whole(0.0, 60.0, 600, 1.0)
    ticks = picture_ticks(scale, 90)
    assert ticks.labeled[:2] == ((9.0, "10"), (19.0, "20"))
    assert all(place == round(place) for place in ticks.small)
