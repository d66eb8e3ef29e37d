"""In which pictures of a data set the program would find a face."""

from contextlib import closing
from typing import Final

import numpy as np
import numpy.typing as npt

from ferqt.faces.base import DetectorOptions
from ferqt.faces.registry import build_detector
from training.crops import DEFAULT_DETECTOR, detect_in_scene, framed
from training.datasets.base import TRAIN, Dataset, Images
from training.datasets.merge import leave_out
from training.progress import Progress, silent

_ENLARGED_PX: Final = 240
"""Twice the size finds as many faces and takes longer."""


def find_faces(pictures: Images, progress: Progress = silent) -> npt.NDArray[np.bool_]:
    """Say in which pictures the program's detector finds a face.

    Pictures without one are not only mistakes of a data set: drawings, profiles and covered faces
    are missed, too. A picture takes about 20 ms.

    Args:
        pictures: uint8 N x H x W gray or N x H x W x 3 RGB, cut to a face.
        progress: Told how many are done.

    Returns:
        N booleans.
    """
    found = np.zeros(len(pictures), dtype=np.bool_)
    options = DetectorOptions(max_faces=1, far_faces=False)
    with closing(build_detector(DEFAULT_DETECTOR, options)) as detector:
        for row, picture in enumerate(pictures):
            found[row] = bool(detect_in_scene(framed(picture, _ENLARGED_PX), detector))
            progress(row + 1, len(pictures))
    return found


def drop_faceless(data: Dataset, found: npt.NDArray[np.bool_]) -> Dataset:
    """Leave out the training pictures without a face, given what was found in them."""
    if len(found) != len(data.splits[TRAIN]):
        raise ValueError(f"{len(found)} answers for {len(data.splits[TRAIN])} pictures")
    return leave_out(data, ~found, "no face found by the detector")
