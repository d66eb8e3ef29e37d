import pytest

from ferqt.core.timecode import Place, format_time, parse_place
from ferqt.errors import UsageError


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("83.5", Place(seconds=83.5)),
        ("1:23.5", Place(seconds=83.5)),
        (" 01:23,5 ", Place(seconds=83.5)),
        ("0:00", Place(seconds=0.0)),
        ("90:00", Place(seconds=5400.0)),
        ("1:02:03.25", Place(seconds=3723.25)),
        ("f1234", Place(frame=1234)),
        ("F 0", Place(frame=0)),
    ],
)
def test_times_and_frames_are_understood(text, place):
    assert parse_place(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "f",
        "abc",
        "-3",
        "1:75",
        "0:75",
        "f9999999999",
        "1:70:00",
        "1::2",
        "1e5",
        "nan",
        "f-1",
        "f1.5",
        "1:2:3:4",
        "٣",
    ],
)
def test_nonsense_is_refused_with_a_way_out(text):
    with pytest.raises(UsageError) as refused:
        parse_place(text)
    assert "f1234" in refused.value.hint


def test_what_lies_behind_the_end_is_refused_and_the_end_told():
    with pytest.raises(UsageError, match=r"ends at 00:20\.000"):
        parse_place("20.1", duration_s=20.0)
    with pytest.raises(UsageError, match="last frame is f599"):
        parse_place("f600", frame_count=600)
    assert parse_place("20", duration_s=20.0) == Place(seconds=20.0)
    assert parse_place("f599", frame_count=600) == Place(frame=599)


@pytest.mark.parametrize("seconds", [0.0, 12.48, 59.999, 3723.5])
def test_what_is_shown_can_be_typed_again(seconds):
    assert parse_place(format_time(seconds)).seconds == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("seconds", "decimals", "text"),
    [
        (59.96, 1, "01:00.0"),
        (3599.6, 0, "1:00:00"),
        (5.0, 0, "00:05"),
        (-2.5, 2, "-00:02.50"),
        (-0.0001, 3, "00:00.000"),
    ],
)
def test_times_have_the_decimals_that_are_asked_for(seconds, decimals, text):
    assert format_time(seconds, decimals) == text
