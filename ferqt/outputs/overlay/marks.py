"""What is drawn on a face itself: box, mesh and head axes."""

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from ferqt.core.types import FaceBox, FloatArray, HeadPose
from ferqt.outputs.overlay.mesh_contours import CONTOURS, MESH_POINTS, NOSE_TIP
from ferqt.outputs.overlay.placement import Area
from ferqt.outputs.overlay.shapes import Color, Dots, Polyline, Primitive, Rect, rgba

_HALO: Final = rgba("#000000", 0.45)
_MESH_DOT: Final = rgba("#FFFFFF", 0.55)
_MESH_LINE: Final = rgba("#FFFFFF", 0.85)
_AXIS: Final = rgba("#FFFFFF", 0.8)
_GAZE: Final = rgba("#FFFFFF")

ToCanvas = Callable[[FloatArray], FloatArray]
"""Maps points N x 2 from px of the frame to px of the canvas."""


def box_shapes(
    face: Area, color: Color, font: float, *, bold: bool, dashed: bool
) -> list[Primitive]:
    """Return the box around a face, with a dark rim that keeps it visible on white."""
    width = font * (0.24 if bold else 0.14)
    radius = min(font * 0.5, face.width / 6, face.height / 6)
    place = (face.x, face.y, face.width, face.height, radius)
    return [
        Rect(*place, stroke=_HALO, stroke_width=width + font * 0.12),
        Rect(*place, stroke=color, stroke_width=width, dashed=dashed),
    ]


def mesh_shapes(box: FaceBox, to_canvas: ToCanvas, unit: float) -> list[Primitive]:
    """Return the points and contours of a face's mesh; nothing when the detector gave none.

    Args:
        box: The face.
        to_canvas: Maps the landmarks.
        unit: Width of a thin line in px.
    """
    if box.landmarks is None:
        return []
    points = to_canvas(box.landmarks[:, :2])
    shapes: list[Primitive] = [Dots(points, _MESH_DOT, 1.4 * unit)]
    if len(points) == MESH_POINTS:
        shapes += [
            Polyline(points[list(indices)], _MESH_LINE, unit, closed=closed)
            for indices, closed in CONTOURS
        ]
    return shapes


def pose_shapes(box: FaceBox, to_canvas: ToCanvas, unit: float) -> list[Primitive]:
    """Return the head's axes: thin to its side and up, thick with a knob where it looks.

    Args:
        box: The face; one without a pose has no axes.
        to_canvas: Maps the points.
        unit: Width of a thin line in px.
    """
    if box.pose is None:
        return []
    start = np.array(
        box.center if box.landmarks is None else box.landmarks[NOSE_TIP, :2], np.float32
    )
    reach = 0.45 * min(box.width, box.height)
    side, up, ahead = (start + reach * axis for axis in _axes(box.pose))
    shapes: list[Primitive] = []
    for end, color, width in ((side, _AXIS, 1.5), (up, _AXIS, 1.5), (ahead, _GAZE, 3.0)):
        line = to_canvas(np.stack([start, end]))
        shapes.append(Polyline(line, _HALO, (width + 2) * unit))
        shapes.append(Polyline(line, color, width * unit))
    tip = to_canvas(ahead[None])
    shapes.append(Dots(tip, _HALO, 9 * unit))
    shapes.append(Dots(tip, _GAZE, 7 * unit))
    return shapes


def _axes(pose: HeadPose) -> FloatArray:
    """Return the picture's shares (3 x 2, y down) of the head's side, up and ahead directions.

    Turns as head poses are defined: roll first, about where the head looks, then pitch, then yaw
    about the picture's upright.
    """
    pitch, yaw, roll = (math.radians(angle) for angle in (pose.pitch, pose.yaw, pose.roll))
    axes = []
    # x to the picture's right, y up, z toward the camera.
    for x, y, z in (
        (math.cos(roll), -math.sin(roll), 0.0),
        (math.sin(roll), math.cos(roll), 0.0),
        (0.0, 0.0, 1.0),
    ):
        height = y * math.cos(pitch) + z * math.sin(pitch)
        depth = z * math.cos(pitch) - y * math.sin(pitch)
        axes.append((x * math.cos(yaw) + depth * math.sin(yaw), -height))
    return np.array(axes, np.float32)
