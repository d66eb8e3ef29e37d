"""Which tiles are searched when: one after the other, and more of them when somebody was lost."""

import json

import numpy as np
import pytest

from ferqt.core.types import FaceBox, Image
from ferqt.faces.base import DetectorOptions
from ferqt.faces.search import FaceSearch, SearchPlan
from ferqt.faces.tiles import far_tiles

PICTURE = np.zeros((720, 1280, 3), np.uint8)
TILES = len(far_tiles(1280, 720, 1 / 8))
LOST = FaceBox(600, 300, 100, 100)


class _Counting:
    """A finder that sees nothing and counts how often it looks at a part of the picture."""

    def __init__(self) -> None:
        self.looks = 0

    def find(self, image: Image) -> tuple[FaceBox, ...]:
        self.looks += image.shape[:2] != PICTURE.shape[:2]
        return ()

    def close(self) -> None: ...


def _searching(plan_every: int = 1, in_a_hurry: int = 4) -> tuple[FaceSearch, _Counting]:
    finder = _Counting()
    plan = SearchPlan(5, 1 / 8, plan_every, 0.0)
    return FaceSearch(finder, plan, DetectorOptions(tiles_in_a_hurry=in_a_hurry)), finder


def _looks(search: FaceSearch, finder: _Counting, *, tracking: bool, lost: bool = False) -> int:
    before = finder.looks
    search.begin(PICTURE)
    search.find(PICTURE, tracking, [LOST] if lost else [])
    # One look is for the place of the lost face.
    return finder.looks - before - lost


def test_the_first_frame_is_searched_wholly_and_then_a_tile_a_frame() -> None:
    search, finder = _searching()

    assert [_looks(search, finder, tracking=True) for _ in range(4)] == [TILES, 1, 1, 1]


def test_more_tiles_are_searched_while_nobody_is_followed() -> None:
    search, finder = _searching()
    _looks(search, finder, tracking=True)

    assert [_looks(search, finder, tracking=False) for _ in range(4)] == [1, 4, 4, 4]


def test_a_lost_face_has_all_tiles_searched_within_a_few_frames() -> None:
    search, finder = _searching()
    _looks(search, finder, tracking=True)
    looks = [_looks(search, finder, tracking=True, lost=True)]
    looks += [_looks(search, finder, tracking=True) for _ in range(7)]

    assert looks == [1] + [4] * (TILES // 4) + [1] * (7 - TILES // 4)


def test_a_loss_between_two_turns_of_the_tiles_is_not_forgotten() -> None:
    search, finder = _searching(plan_every=3)
    _looks(search, finder, tracking=True)
    looks = [_looks(search, finder, tracking=True, lost=True)]
    looks += [_looks(search, finder, tracking=True) for _ in range(5)]

    assert looks == [0, 0, 4, 0, 0, 4]


@pytest.mark.parametrize("in_a_hurry", [1, 0])
def test_a_hurry_never_searches_less(in_a_hurry: int) -> None:
    search, finder = _searching(in_a_hurry=in_a_hurry)
    _looks(search, finder, tracking=False)

    assert _looks(search, finder, tracking=False) == 1


def test_a_hurry_goes_on_from_a_state() -> None:
    search, finder = _searching()
    _looks(search, finder, tracking=True)
    _looks(search, finder, tracking=True, lost=True)
    another, other_finder = _searching()
    another.restore(json.loads(json.dumps(search.state())))

    for _ in range(TILES):
        looks = _looks(search, finder, tracking=True)
        assert _looks(another, other_finder, tracking=True) == looks
    assert another.state() == search.state()
