"""RAF-DB, basic expressions (Li, Deng and Du 2017): 15,339 aligned color pictures of 100 x 100 px.

Its owners give it for research to members of universities who ask by e-mail, from the page
"Real-world Affective Faces Database" of Beijing University of Posts and Telecommunications. Unpack
`basic/EmoLabel` and `basic/Image/aligned.zip`.
"""

from pathlib import Path
from types import MappingProxyType
from typing import Final

from ferqt.core.emotions import EMOTIONS
from ferqt.errors import FerqtError
from training.datasets.base import TEST, TRAIN, Source
from training.datasets.folders import UNMEASURED, with_measured_crop
from training.datasets.pictures import LabeledPicture, open_place, pictures_in, source_of
from training.datasets.tables import read_words

_LIST: Final = "EmoLabel/list_patition_label.txt"
"""The published name, spelled so."""

_ALIGNED: Final = "Image/aligned"

_CLASSES: Final = ("surprise", "fear", "disgust", "happy", "sad", "angry", "neutral")
"""Of the numbers 1 to 7."""

_PARTS: Final = MappingProxyType({"train": TRAIN, "test": TEST})

LICENCE: Final = "RAF-DB: for research that is not commercial, by permission of its owners."


class RafDb:
    """Reads the folder `basic`, or the one around it, in its published parts.

    Where the faces lie in the aligned pictures is measured with the program's face detector.
    """

    id = "rafdb"
    title = "RAF-DB, basic expressions (Li et al. 2017)"

    def load(self, path: Path) -> Source:
        """List the aligned pictures in the order of the published list."""
        place = open_place(path)
        if (place / "basic").is_dir():
            place = place / "basic"
        aligned = place / _ALIGNED
        if not aligned.is_dir():
            raise FerqtError(f"{place} has no folder {_ALIGNED}", "Unpack aligned.zip there.")
        files = {file.name: file for file in pictures_in(aligned)}
        pictures = []
        for line, words in read_words(place / _LIST):
            where = f"{Path(_LIST).name} line {line}"
            name, label, part = _entry(where, words)
            if name not in files:
                raise FerqtError(f"{where}: there is no {name} in {aligned}", "Unpack it again.")
            pictures.append(LabeledPicture(files[name], name, label, part))
        if not pictures:
            raise FerqtError(f"{place / _LIST} lists no pictures", "Unpack it again.")
        source = source_of(
            self.id,
            pictures,
            split_names={},
            crop=UNMEASURED,
            licence=LICENCE,
            dropped={},
        )
        return with_measured_crop(source)


def _entry(where: str, words: list[str]) -> tuple[str, int, str]:
    """File name, label and part of the line "train_00001.jpg 5"."""
    if len(words) != 2:
        raise FerqtError(f"{where}: {len(words)} words", "Expected as 'train_00001.jpg 5'.")
    name, number = words
    part = _PARTS.get(name.partition("_")[0])
    if part is None:
        raise FerqtError(f"{where}: {name!r} is of no part", "Expected 'train_...' or 'test_...'.")
    if not (number.isdecimal() and 1 <= int(number) <= len(_CLASSES)):
        raise FerqtError(f"{where}: unknown label {number!r}", f"Expected 1 to {len(_CLASSES)}.")
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}_aligned{dot}{suffix}", EMOTIONS.index(_CLASSES[int(number) - 1]), part
