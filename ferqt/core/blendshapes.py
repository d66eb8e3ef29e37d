"""Blendshapes: how far each of 52 movements of a face goes, by name."""

from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.core.types import FloatArray

BLENDSHAPES: Final = (
    "_neutral",
    "browDownLeft",
    "browDownRight",
    "browInnerUp",
    "browOuterUpLeft",
    "browOuterUpRight",
    "cheekPuff",
    "cheekSquintLeft",
    "cheekSquintRight",
    "eyeBlinkLeft",
    "eyeBlinkRight",
    "eyeLookDownLeft",
    "eyeLookDownRight",
    "eyeLookInLeft",
    "eyeLookInRight",
    "eyeLookOutLeft",
    "eyeLookOutRight",
    "eyeLookUpLeft",
    "eyeLookUpRight",
    "eyeSquintLeft",
    "eyeSquintRight",
    "eyeWideLeft",
    "eyeWideRight",
    "jawForward",
    "jawLeft",
    "jawOpen",
    "jawRight",
    "mouthClose",
    "mouthDimpleLeft",
    "mouthDimpleRight",
    "mouthFrownLeft",
    "mouthFrownRight",
    "mouthFunnel",
    "mouthLeft",
    "mouthLowerDownLeft",
    "mouthLowerDownRight",
    "mouthPressLeft",
    "mouthPressRight",
    "mouthPucker",
    "mouthRight",
    "mouthRollLower",
    "mouthRollUpper",
    "mouthShrugLower",
    "mouthShrugUpper",
    "mouthSmileLeft",
    "mouthSmileRight",
    "mouthStretchLeft",
    "mouthStretchRight",
    "mouthUpperUpLeft",
    "mouthUpperUpRight",
    "noseSneerLeft",
    "noseSneerRight",
)
"""Every name in MediaPipe's order, which is ARKit's names in the order of the alphabet.

Left and right are the person's own. `_neutral` is what the network gives beside the movements;
ARKit's `tongueOut` is none of them.
"""


def both_sides(blendshapes: FloatArray, movement: str) -> npt.NDArray[np.float32]:
    """Return a movement's left and right half, rows x 2.

    Args:
        blendshapes: float32 rows x 52.
        movement: What both names begin with, for example "mouthSmile".
    """
    columns = [BLENDSHAPES.index(movement + side) for side in ("Left", "Right")]
    halves: npt.NDArray[np.float32] = blendshapes[:, columns]
    return halves
