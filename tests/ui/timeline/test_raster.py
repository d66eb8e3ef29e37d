"""Pixels of strips and curves."""

import numpy as np
import pytest

from ferqt.core.emotions import FERPLUS8
from ferqt.core.time_scale import TimeScale
from ferqt.core.timeline_levels import Columns
from ferqt.ui.timeline.grid import Grid
from ferqt.ui.timeline.looks import Looks, short_name
from ferqt.ui.timeline.raster import curve_pixels, strip_pixels
from ferqt.ui.tokens import DARK, LIGHT

HAPPY = FERPLUS8.index("happy")


@pytest.fixture(params=[DARK, LIGHT], ids=["dark", "light"])
def looks(request, qapp) -> Looks:
    return Looks.of(FERPLUS8, request.param)


def rgb(pixels):
    return pixels[..., 2::-1].astype(int)


def test_a_strip_has_the_color_of_what_leads_and_nothing_without_a_face(looks):
    codes = np.array([0, 0, 1 + 2 * HAPPY, 1 + 2 * HAPPY], np.uint8)
    picture = rgb(strip_pixels(codes, looks, 8, 0))
    assert (picture[:, :2] == looks.ground).all()
    assert (picture[:, 2:] == looks.colors[HAPPY]).all(axis=2).any()


def test_what_is_uncertain_is_half_as_high_and_pale(looks):
    sure, unsure = (
        rgb(strip_pixels(np.full(16, 1 + 2 * HAPPY + more, np.uint8), looks, 8, 0))
        for more in (0, 1)
    )
    assert (unsure[:4] == looks.ground).all()
    assert not (unsure[4:] == looks.ground).all()
    distance = [np.abs(each[4:] - looks.ground).sum() for each in (unsure, sure)]
    assert distance[0] < distance[1]


def test_no_two_expressions_have_the_same_texture_and_short_name(looks):
    assert len({texture.tobytes() for texture in looks.textures}) == len(FERPLUS8)
    assert len({short_name(name) for name in FERPLUS8.names}) == len(FERPLUS8)


def test_a_texture_moves_with_the_time(looks):
    codes = np.full(40, 1 + 2 * HAPPY, np.uint8)
    here, later = strip_pixels(codes, looks, 8, 100), strip_pixels(codes, looks, 8, 103)
    assert (here[:, 3:] == later[:, :-3]).all()


def curves(values, uncertain=0.0) -> Columns:
    mean = np.full((len(FERPLUS8), len(values)), np.nan, np.float32)
    mean[HAPPY] = values
    return Columns(mean, mean, mean, np.full(len(values), uncertain, np.float32))


def draw(looks, columns, **others):
    grid = Grid.of(TimeScale.whole(0, 1, columns.mean.shape[1], 0.1), 1.0)
    shown = np.ones(len(FERPLUS8), bool)
    return rgb(curve_pixels(columns, looks, 102, grid, others.pop("shown", shown), **others))


def test_a_curve_is_as_high_as_its_value(looks):
    picture = draw(looks, curves([0.0] * 5 + [0.5] * 5 + [1.0] * 5))
    drawn = np.abs(picture - looks.ground).sum(axis=2) > 60
    for column, row in ((2, 101), (7, 51), (12, 1)):
        assert drawn[row, column] or drawn[row - 1, column]
        assert drawn[:, column].sum() <= 3


def test_a_step_is_joined(looks):
    picture = draw(looks, curves([0.0] * 5 + [1.0] * 5))
    assert (np.abs(picture[:, 4:6] - looks.ground).sum(axis=2) > 0).any(axis=1)[2:-2].all()


def test_nothing_is_drawn_in_gaps(looks):
    picture = draw(looks, curves([0.5] * 5 + [np.nan] * 5 + [0.5] * 5))
    assert (picture[:, 5:10] == looks.ground).all()


def test_uncertain_parts_are_faded(looks):
    sure, unsure = (draw(looks, curves([0.5] * 10, share)) for share in (0.0, 1.0))
    strength = [np.abs(each - looks.ground).sum() for each in (sure, unsure)]
    assert 0 < strength[1] < 0.5 * strength[0]


def test_hidden_curves_are_not_drawn(looks):
    shown = np.ones(len(FERPLUS8), bool)
    shown[HAPPY] = False
    assert (draw(looks, curves([0.5] * 10), shown=shown) == looks.ground).all()


def test_a_band_shows_what_lies_between_lowest_and_highest(looks):
    columns = curves([0.5] * 20)
    low, high = columns.mean * 0.4, columns.mean * 1.6
    picture = draw(looks, columns._replace(low=low, high=high), band_alpha=0.2)
    banded = (picture != looks.ground).any(axis=2).mean(axis=1)
    assert banded[30] == banded[70] == 1.0
    assert banded[5] == banded[95] == 0.0
