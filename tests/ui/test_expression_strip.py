"""The strip of expressions that is told to the seek slider."""

from dataclasses import replace

import pytest

from ferqt.core.emotions import color_of
from ferqt.core.types import FrameResult
from ferqt.ui.expression_strip import ExpressionStrip
from ferqt.ui.seek_marks import Stretch
from ferqt.ui.theme import Theme
from tests.helpers.fake_session import CLIP
from tests.helpers.readings import face, sample, scores


def played(name: str, *, track_id: int = 1, uncertain: bool = False) -> list[FrameResult]:
    """Two seconds of one face from 1 s on."""
    shown = face(track_id, (0, 0, 9, 9), scores({name: 0.9}, uncertain=uncertain))
    return [sample(1 + number / 25, shown) for number in range(51)]


@pytest.fixture
def told(strip: ExpressionStrip) -> list[list[Stretch]]:
    """Everything that the strip has told."""
    heard: list[list[Stretch]] = []
    strip.stretches_changed.connect(heard.append)
    return heard


@pytest.fixture
def theme(qtbot) -> Theme:
    made = Theme("dark")
    made.apply()
    return made


@pytest.fixture
def strip(theme: Theme) -> ExpressionStrip:
    made = ExpressionStrip(theme)
    made.set_source(CLIP)
    return made


def test_results_become_stretches_soon_and_not_for_each_of_them(qtbot, strip, told):
    for result in played("sad"):
        strip.add([result])
    qtbot.waitUntil(lambda: bool(told))
    ((stretch,),) = told
    assert (stretch.color, stretch.name) == (color_of("sad", on_dark=True), "sad")
    assert (stretch.start_s, stretch.end_s) == pytest.approx((1.0, 3.0), abs=0.01)


def test_nothing_is_told_while_nothing_changes(qtbot, strip, told):
    strip.add(played("sad"))
    qtbot.waitUntil(lambda: len(told) == 1)
    strip.add(played("sad"))
    qtbot.wait(600)
    assert len(told) == 1


def test_another_selection_shows_its_own_stretches(strip, told):
    strip.add(played("sad", track_id=2))
    strip.set_face(7)
    strip.set_face(2)
    strip.set_face(None)
    assert [[stretch.name for stretch in stretches] for stretches in told] == [[], ["sad"], ["sad"]]


def test_uncertain_readings_are_faint_and_say_so(strip, told):
    strip.add(played("happy", uncertain=True))
    strip.set_face(1)
    (stretch,) = told[-1]
    assert stretch.color.startswith("#66")
    assert "uncertain" in stretch.name


def test_colors_follow_the_theme(theme, strip, told):
    strip.add(played("sad"))
    theme.choose("light")
    assert told[-1][0].color == color_of("sad", on_dark=False)


def test_a_new_source_begins_empty_and_an_endless_one_has_no_strip(strip, told):
    strip.add(played("sad"))
    strip.set_source(replace(CLIP, duration_s=None))
    strip.add(played("sad"))
    strip.set_face(1)
    assert told == [[], []]
