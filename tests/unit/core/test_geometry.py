import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferqt.core.geometry import intersection_over_union, similarity_transform
from ferqt.core.types import FaceBox


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (FaceBox(0, 0, 10, 10), 1.0),
        (FaceBox(5, 0, 10, 10), 1 / 3),
        (FaceBox(10, 0, 10, 10), 0.0),
        (FaceBox(2, 2, 5, 5), 0.25),
    ],
)
def test_overlap_of_two_boxes(other, expected):
    box = FaceBox(0, 0, 10, 10)
    assert intersection_over_union(box, other) == pytest.approx(expected)
    assert intersection_over_union(other, box) == pytest.approx(expected)


@given(
    st.floats(-math.pi, math.pi),
    st.floats(0.1, 10),
    st.floats(-500, 500),
    st.floats(-500, 500),
)
def test_a_known_motion_is_recovered(angle, scale, dx, dy):
    points = np.array([[0.0, 0.0], [30.0, 2.0], [14.0, 40.0]])
    linear = scale * np.array(
        [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    )
    moved = points @ linear.T + [dx, dy]
    matrix = similarity_transform(points, moved)
    assert matrix[:, :2] == pytest.approx(linear, abs=1e-6)
    assert matrix[:, 2] == pytest.approx([dx, dy], abs=1e-6)


def test_coinciding_points_are_refused():
    with pytest.raises(ValueError, match="coinciding"):
        similarity_transform(np.ones((3, 2)), np.eye(3, 2))


def test_a_box_needs_a_size():
    with pytest.raises(ValueError, match="positive size"):
        FaceBox(0, 0, 0, 10)
