"""CK+ (Lucey et al. 2010) in its 48 x 48 form: three peak frames of each sequence, gray.

The three pictures of a sequence are nearly alike, so parts are made by person, never by picture.
CK+ itself comes from the University of Pittsburgh on request; the 48 px form `CK+48.zip` is shared
for research.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from ferqt.classifiers.card import AlignedCrop
from ferqt.errors import FerqtError
from training.datasets.base import Source
from training.datasets.folders import find_class_folders
from training.datasets.pictures import open_place, source_of

CK_CROP: Final = AlignedCrop(eyes=((0.32, 0.41), (0.68, 0.41)), mouth=(0.50, 0.79), margin=0.0)
"""Where eyes and mouth lie: medians over 861 pictures, in each of which the face was found.

Measured by `training.crops.find_places`; the quartiles lie within 0.01 for the eyes and 0.036 for
the mouth."""

_SUBJECT: Final = re.compile(r"([A-Za-z]*\d+)_")

LICENCE: Final = "CK+: for research, under the agreement with the University of Pittsburgh."


class CkPlus:
    """Reads `CK+48.zip` or its folder: anger, contempt, disgust, fear, happy, sadness, surprise."""

    id = "ckplus"
    title = "CK+, 48 px (Lucey et al. 2010)"

    def load(self, path: Path) -> Source:
        """List the pictures with their persons; folders of parts, if there are any, do not count.

        Such folders would be somebody's division by picture, with the same person in several.
        """
        pictures = find_class_folders(open_place(path)).pictures
        return source_of(
            self.id,
            [replace(each, part="", subject=_subject(each.name)) for each in pictures],
            split_names={},
            crop=CK_CROP,
            licence=LICENCE,
            dropped={},
        )


def _subject(name: str) -> str:
    """The person of "anger/S010_004_00000017.png": S010."""
    match = _SUBJECT.match(name.rpartition("/")[2])
    if match is None:
        raise FerqtError(
            f"{name}: the file name does not begin with the person",
            "Keep CK+'s file names, as S010_004_00000017.png.",
        )
    return match[1]
