"""Head poses as OpenFace and py-feat tell them."""

import numpy as np
import numpy.typing as npt

_Angles = npt.NDArray[np.float64]


def camera_rotations(pose: npt.NDArray[np.floating]) -> _Angles:
    """Return the angles of rotation = Rx Ry Rz in the camera's frame: x right, y down, z away.

    That is how OpenFace tells a pose. ferqt's own angles are those of Ry(yaw) Rx(-pitch) Rz(-roll)
    with y up and z toward the viewer: the same rotation, taken apart in another order.

    Args:
        pose: Rows x 3, pitch, yaw, roll in degrees as `HeadPose`; NaN where it is not known.

    Returns:
        Rows x 3 in radians around x, y and z. Positive ones look down, turn to the left side of the
        picture, and tilt clockwise in the picture.
    """
    pitch, yaw, roll = np.radians(np.asarray(pose, np.float64)).T
    # With y and z turned round, the rotation reads Ry(-yaw) Rx(-pitch) Rz(roll); only the entries
    # that the angles are read from are worked out.
    upper_right = -np.sin(yaw) * np.cos(pitch)
    middle_right = np.sin(pitch)
    lower_right = np.cos(yaw) * np.cos(pitch)
    upper_left = np.cos(yaw) * np.cos(roll) + np.sin(yaw) * np.sin(pitch) * np.sin(roll)
    upper_middle = -np.cos(yaw) * np.sin(roll) + np.sin(yaw) * np.sin(pitch) * np.cos(roll)
    return np.column_stack(
        [
            np.arctan2(-middle_right, lower_right),
            np.arcsin(np.clip(upper_right, -1, 1)),
            np.arctan2(-upper_middle, upper_left),
        ]
    )
