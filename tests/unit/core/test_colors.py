"""The colors of expressions: they can be seen on either ground, and told apart by all eyes."""

import itertools
from collections.abc import Mapping

import numpy as np
import pytest

from ferqt.core.emotions import COLORS, COLORS_ON_DARK, COLORS_ON_LIGHT, EMOTIONS, color_of
from ferqt.outputs.overlay.plates import PLATE
from ferqt.outputs.overlay.shapes import rgba
from ferqt.ui.tokens import DARK, LIGHT
from tests.helpers.colors import SIGHTS, ciede2000, contrast, difference

MIN_DIFFERENCE = 10.0
"""CIEDE2000 between any two expressions. Where 2 can just be seen side by side, 10 is told apart
at a glance; Okabe and Ito's own set with a gray comes to 6."""

MIN_CONTRAST = 3.0
"""What WCAG 2.2 (1.4.11) asks of a graphic that carries a meaning."""

INK = "#0E1113"
"""Ground of the overlay's plates, and the letters on a colored one."""

GROUNDS = pytest.mark.parametrize(
    ("colors", "grounds"),
    [
        (
            COLORS_ON_DARK,
            (DARK.background, DARK.surface, DARK.surface_raised, DARK.hover, DARK.picture, INK),
        ),
        (
            COLORS_ON_LIGHT,
            (LIGHT.background, LIGHT.surface, LIGHT.surface_raised, LIGHT.hover),
        ),
    ],
    ids=["dark", "light"],
)


def hue(color: str) -> float:
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    across, along = np.sqrt(3) * (green - blue), 2 * red - green - blue
    return float(np.degrees(np.arctan2(across, along)) % 360)


@GROUNDS
def test_every_expression_can_be_seen(colors: Mapping[str, str], grounds: tuple[str, ...]) -> None:
    assert set(colors) == set(EMOTIONS)
    for name, color in colors.items():
        assert min(contrast(color, ground) for ground in grounds) >= MIN_CONTRAST, name


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("colors", [COLORS_ON_DARK, COLORS_ON_LIGHT], ids=["dark", "light"])
def test_all_eyes_tell_any_two_expressions_apart(colors: Mapping[str, str], sight: str) -> None:
    distances = {
        pair: difference(*(colors[name] for name in pair), sight)
        for pair in itertools.combinations(EMOTIONS, 2)
    }
    assert {pair: d for pair, d in distances.items() if d < MIN_DIFFERENCE} == {}


def test_letters_on_a_color_can_be_read() -> None:
    assert min(contrast(INK, color) for color in COLORS_ON_DARK.values()) >= 4.5


@pytest.mark.parametrize("on_dark", [True, False])
def test_an_expression_has_one_hue_on_every_ground(on_dark: bool) -> None:
    for name in EMOTIONS:
        if name != "neutral":
            turn = abs(hue(color_of(name, on_dark=on_dark)) - hue(COLORS[name]))
            assert min(turn, 360 - turn) <= 30, name


@pytest.mark.parametrize(("colors", "tokens"), [(COLORS_ON_DARK, DARK), (COLORS_ON_LIGHT, LIGHT)])
def test_no_expression_looks_like_the_accent(colors: Mapping[str, str], tokens: object) -> None:
    for name, color in colors.items():
        assert difference(color, tokens.accent) >= MIN_DIFFERENCE, name


def test_the_ink_is_the_plate_s() -> None:
    assert PLATE[:3] == rgba(INK)[:3]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_of_difference_is_the_published_one(
    one: tuple[float, ...], other: tuple[float, ...], apart: float
) -> None:
    """From the test data of Sharma, Wu and Dalal (2005)."""
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(apart, abs=1e-4)
