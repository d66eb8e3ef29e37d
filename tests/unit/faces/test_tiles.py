"""Tiles: every face that is looked for lies wholly in one that shows it large enough."""

import numpy as np
import pytest

from ferqt.faces.tiles import far_tiles

SHARE = 1 / 8


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (1920, 1080), (640, 480), (1000, 1000)])
def test_every_far_face_lies_wholly_in_a_tile_that_shows_it_large_enough(
    size: tuple[int, int],
) -> None:
    width, height = size
    tiles = far_tiles(width, height, SHARE)
    random = np.random.default_rng(0)
    smallest = max(max(size) / 32, 24)
    for face in np.linspace(smallest * 1.02, max(size) * SHARE * 0.98, 25):
        for _ in range(20):
            x, y = random.uniform(0, width - face), random.uniform(0, height - face)
            assert any(
                tile.x <= x
                and tile.y <= y
                and x + face <= tile.x + tile.width + 1
                and y + face <= tile.y + tile.height + 1
                and face >= 0.97 * SHARE * max(tile.width, tile.height)
                for tile in tiles
            ), (face, x, y)


def test_tiles_lie_inside_the_picture() -> None:
    for width, height in ((1280, 720), (333, 777), (3000, 40), (5, 1), (1, 1)):
        for tile in far_tiles(width, height, SHARE):
            assert tile.x >= 0
            assert tile.y >= 0
            assert tile.width >= 1
            assert tile.height >= 1
            assert tile.x + tile.width <= width
            assert tile.y + tile.height <= height


def test_a_720p_frame_takes_twenty_tiles_and_a_thumbnail_none() -> None:
    assert len(far_tiles(1280, 720, SHARE)) == 20
    assert far_tiles(160, 120, SHARE) == ()
