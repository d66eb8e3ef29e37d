"""Which points of the face mesh make its contours.

Point numbers of MediaPipe's canonical face model (478 points with the irises), the same edges as
its `FaceLandmarksConnections`.
"""

from typing import Final

MESH_POINTS: Final = 478

NOSE_TIP: Final = 1

# fmt: off
CONTOURS: Final[tuple[tuple[tuple[int, ...], bool], ...]] = (
    # Oval of the face, from the top of the forehead.
    ((10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
      152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109), True),
    # Lips, outside and inside.
    ((61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185),
     True),
    ((78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191),
     True),
    # Eyes: the person's left, then right.
    ((263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466), True),
    ((33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246), True),
    # Eyebrows, lower and upper edge each.
    ((276, 283, 282, 295, 285), False),
    ((300, 293, 334, 296, 336), False),
    ((46, 53, 52, 65, 55), False),
    ((70, 63, 105, 66, 107), False),
    # Irises.
    ((474, 475, 476, 477), True),
    ((469, 470, 471, 472), True),
)
# fmt: on
"""Lines through points, each with whether it closes."""
