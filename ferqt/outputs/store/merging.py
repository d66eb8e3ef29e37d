"""Faces that a person merged, for whole columns of ids at once."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt


def merged_ids(
    frame: npt.NDArray[np.int64], face_id: npt.NDArray[np.int64], merged: Mapping[int, int]
) -> npt.NDArray[np.int64]:
    """Return the ids that faces go by, as `People.recognized` gives them frame by frame.

    Where two faces of a frame would go by one id, the face whose own id it is does, else the one
    with the lowest; the other keeps the id that it was tracked by.

    Args:
        frame: Frame of each row.
        face_id: Id of each row as it was tracked.
        merged: From an id to the one that it goes by.
    """
    if not merged:
        return face_id
    goes_by = face_id.copy()
    for gone, stays in merged.items():
        goes_by[face_id == gone] = stays
    order = np.lexsort((face_id, face_id != goes_by, goes_by, frame))
    again = (np.diff(frame[order]) == 0) & (np.diff(goes_by[order]) == 0)
    second = order[1:][again]
    goes_by[second] = face_id[second]
    return goes_by
