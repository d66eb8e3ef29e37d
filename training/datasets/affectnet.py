"""AffectNet (Mollahosseini, Hasani and Mahoor 2017), or any data set laid out like it.

Its owner gives the manually annotated part for research to members of universities, who ask on the
page of Mohammad H. Mahoor, University of Denver. The layout is that of its later distribution:
`train_set/images/*.jpg` with `train_set/annotations/<number>_exp.npy`, and the same in `val_set`.
"""

import io
import zipfile
from collections import Counter
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from ferqt.core.emotions import EMOTIONS
from ferqt.errors import FerqtError
from training.datasets.base import TEST, TRAIN, Source
from training.datasets.folders import UNMEASURED, with_measured_crop
from training.datasets.pictures import (
    LabeledPicture,
    Place,
    open_place,
    pictures_in,
    read_bytes,
    source_of,
)

_CLASSES: Final = ("neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "contempt")
"""Of the numbers 0 to 7."""

_NO_CLASS: Final = MappingProxyType(
    {8: "no expression by AffectNet", 9: "uncertain by AffectNet", 10: "no face by AffectNet"}
)
"""Numbers whose pictures are left out, and why."""

_SPLIT_NAMES: Final = MappingProxyType({TRAIN: "train_set", TEST: "val_set"})
"""The published test part was never given out, so the validation part is what others report on."""

_MAX_ANNOTATION_BYTES: Final = 10_000

LICENCE: Final = "AffectNet: for research that is not commercial, by permission of its owner."


class AffectNet:
    """Reads the folder that holds `train_set` and `val_set`; `val_set` becomes the test part.

    Where the faces lie in the pictures is measured with the program's face detector.
    """

    id = "affectnet"
    title = "AffectNet (Mollahosseini et al. 2017)"

    def load(self, path: Path) -> Source:
        """List the pictures of both parts with their expressions; one annotation file a picture."""
        place = open_place(path)
        pictures: list[LabeledPicture] = []
        dropped: Counter[str] = Counter()
        for part, folder in _SPLIT_NAMES.items():
            images, annotations = place / folder / "images", place / folder / "annotations"
            for needed in (images, annotations):
                if not needed.is_dir():
                    raise FerqtError(f"there is no folder {needed}", "Give the folder around it.")
            for file in pictures_in(images):
                number = _expression(annotations / f"{Path(file.name).stem}_exp.npy")
                if number in _NO_CLASS:
                    dropped[_NO_CLASS[number]] += 1
                    continue
                label = EMOTIONS.index(_CLASSES[number])
                pictures.append(LabeledPicture(file, f"{folder}/{file.name}", label, part))
        source = source_of(
            self.id,
            pictures,
            split_names=_SPLIT_NAMES,
            crop=UNMEASURED,
            licence=LICENCE,
            dropped=dropped,
        )
        return with_measured_crop(source)


def _expression(file: Place) -> int:
    """The number in an annotation, which is an array of one number or of its text."""
    content = read_bytes(file, _MAX_ANNOTATION_BYTES)
    try:
        number = int(np.load(io.BytesIO(content), allow_pickle=False).item())
    except (ValueError, TypeError, EOFError, AttributeError, zipfile.BadZipFile) as error:
        raise FerqtError(f"{file} holds no number", "Unpack it again.") from error
    if not 0 <= number < len(_CLASSES) + len(_NO_CLASS):
        raise FerqtError(
            f"{file}: unknown expression {number}",
            f"Expected 0 to {len(_CLASSES) + len(_NO_CLASS) - 1}.",
        )
    return number
