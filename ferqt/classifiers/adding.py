"""The one way in for a bare model file: looked at, tried, then kept with a card or dropped.

The window's dialog and `ferqt models add` call the same functions.
"""

import hashlib
import logging
import re
import shutil
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from ferqt.classifiers.card import (
    CARD_NAME,
    FER_CROP,
    AlignedCrop,
    BoxCrop,
    InputSpec,
    KerasFile,
    LiteRTFile,
    ModelCard,
    ModelFiles,
    OutputSpec,
    write_card,
)
from ferqt.classifiers.examine import TWIN_NAME, examine
from ferqt.classifiers.first_load import remember_tried
from ferqt.classifiers.helper_process import CanceledError, Step, Watch
from ferqt.classifiers.inspection import MAX_BYTES, Format, format_of, is_archive
from ferqt.classifiers.model_facts import ModelFacts
from ferqt.classifiers.orders import orders_of
from ferqt.classifiers.pairing import JOINED_NAMES, weights_beside
from ferqt.classifiers.preprocess import face_crop
from ferqt.classifiers.schema import FieldError
from ferqt.core.emotions import LabelSet
from ferqt.core.types import FaceBox, FloatArray, Image
from ferqt.drafts import note_begun, note_ended
from ferqt.errors import ModelError
from ferqt.paths import make_folder

_log = logging.getLogger(__name__)

FULL_RANGE: Final = (0.0, 255.0)
UNIT_RANGE: Final = (0.0, 1.0)

_PAIRED: Final = "network.weights.h5"
_STAGE: Final = ".adding-"
_BLOCK: Final = 1 << 20
_DEFAULT_SIDE_PX: Final = 48
_SMALL_PX: Final = 64
_BOX_MARGIN: Final = 0.1
_NOT_STATED: Final = "Not stated."
_LONGEST_ID: Final = 48


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of a model file that the file does not say.

    Attributes:
        id: Of the new model.
        name: What people read.
        labels: The classes in the order of the output.
        height: Of the tensor, px.
        width: Of the tensor, px.
        value_range: What black and full white become.
        crop: Which part of the picture is shown to the network.
    """

    id: str
    name: str
    labels: LabelSet
    height: int
    width: int
    value_range: tuple[float, float]
    crop: AlignedCrop | BoxCrop


@dataclass(frozen=True, slots=True, eq=False)
class TrialReading:
    """What a model that is not added yet makes of a face.

    Attributes:
        picture: What it is shown, uint8 height x width x 3.
        probabilities: float32, one for each class.
        labels: The classes.
    """

    picture: Image
    probabilities: FloatArray
    labels: LabelSet


class StagedModel:
    """A bare model file, copied to a hidden folder beside the user's models and looked at.

    End it with `keep` or `discard`; any thread, one at a time.

    Attributes:
        facts: What the file says of itself.
    """

    def __init__(self, source: Path, folder: Path, files: ModelFiles, facts: ModelFacts) -> None:
        self.facts = facts
        self._source = source
        self._folder = folder
        self._files = files

    @property
    def file_name(self) -> str:
        """Name of the file that the person chose."""
        return self._source.name

    @property
    def runs_on_litert(self) -> bool:
        """Whether LiteRT can run it, so that it can be tried; if not, Keras will run it."""
        return self._files.litert is not None

    def suggested(self, taken: Collection[str]) -> Choices:
        """Return choices to begin with; only the size may be known for sure.

        Args:
            taken: Ids of models that are there already.
        """
        facts, stem = self.facts, self._source.stem
        orders = orders_of(facts.classes)
        numbered = tuple(f"class {number + 1}" for number in range(facts.classes))
        return Choices(
            id=free_id(stem, taken),
            name=stem.replace("_", " ").strip() or "Model",
            labels=orders[0] if orders else LabelSet("custom", numbered),
            height=facts.height or _DEFAULT_SIDE_PX,
            width=facts.width or _DEFAULT_SIDE_PX,
            value_range=FULL_RANGE if facts.rescales else UNIT_RANGE,
            crop=_usual_crop(facts),
        )

    def card(self, choices: Choices) -> ModelCard:
        """Return the card that these choices make.

        Raises:
            ModelError: They do not fit the file, or each other.
        """
        facts = self.facts
        count = len(choices.labels)
        if count != facts.classes:
            raise ModelError(
                f"{count} expressions are named, the model has {facts.classes}",
                "Name each of them once, in the order of its output.",
            )
        try:
            return ModelCard(
                schema=1,
                id=choices.id,
                name=choices.name,
                architecture=facts.architecture or self._source.stem,
                parameters=facts.parameters,
                files=self._files,
                input=InputSpec(
                    height=choices.height,
                    width=choices.width,
                    channels=facts.channels,
                    color=facts.color,
                    value_range=choices.value_range,
                    resize="area",
                    crop=choices.crop,
                ),
                output=OutputSpec(choices.labels, facts.activation, 1.0, 0.0),
                training=None,
                metrics=(),
                licence=_NOT_STATED,
                data_licence=_NOT_STATED,
                intended_use=_NOT_STATED,
                limits=f"Added from {self.file_name} on {datetime.now(UTC):%Y-%m-%d}. How often it "
                "is right, and whether its confidence is honest, was not measured.",
            )
        except FieldError as error:
            raise ModelError(f"the model's {error}", "Choose another value.") from error

    def read(self, choices: Choices, image: Image, box: FaceBox) -> TrialReading:
        """Return what the model makes of a face with these choices.

        Args:
            choices: The choices.
            image: uint8 H x W x 3 RGB.
            box: The face in px of the image.

        Raises:
            ModelError: The choices do not fit, or LiteRT cannot run the model.
        """
        card = self.card(choices)
        tensor = face_crop(image, box, card.input)
        return TrialReading(
            _shown(tensor, card.input), self._answers(card, tensor[None])[0], choices.labels
        )

    def keep(self, choices: Choices) -> str:
        """Make it one of the user's models and return its id.

        Raises:
            ModelError: The choices do not fit, there is a model of this id, the model does not
                answer, or the disk refuses; it can still be kept with others, or discarded.
        """
        from ferqt.classifiers.compile import probes

        card = self.card(choices)
        if self.runs_on_litert:
            self._answers(card, probes(card.input))
        target = self._folder.parent / card.id
        if target.exists():
            raise ModelError(f"there is a model of this id: {card.id!r}", "Choose another name.")
        try:
            write_card(card, self._folder / CARD_NAME)
            self._folder.rename(target)
            note_ended([self._folder])
        except OSError as error:
            raise ModelError(
                f"the model cannot be kept: {target} ({error.strerror})", "Make room on the disk."
            ) from error
        if self.runs_on_litert:
            remember_tried(card)
        _log.info("added %s as %s", self._source, card.id)
        return card.id

    def discard(self) -> None:
        """Remove what was copied; harmless when repeated and after `keep`."""
        _remove(self._folder)

    def _answers(self, card: ModelCard, batch: FloatArray) -> FloatArray:
        from ferqt.classifiers.litert_backend import LiteRTClassifier

        if card.files.litert is None:
            raise ModelError("this model runs on Keras and cannot be tried before it is added")
        classifier = LiteRTClassifier(card, self._folder / card.files.litert.path)
        try:
            return classifier.predict(batch)
        finally:
            classifier.close()


def stage_model(source: Path, models: Path, watch: Watch | None = None) -> StagedModel:
    """Copy a bare model file beside the user's models and look at it; seconds for a Keras file.

    The description of a network, as JSON, brings the weights that lie beside it. When it fails or
    is given up, nothing is left behind.

    Args:
        source: The file.
        models: Folder of the user's models; made if it is missing.
        watch: Hears of the steps and may give up.

    Raises:
        CanceledError: It was given up.
        ModelError: The file cannot be read, is refused, or is no network for ferqt.
    """
    watch = watch or Watch()
    watch.begin(Step.INSPECT)
    kind = format_of(source)
    try:
        make_folder(models)
        folder = Path(tempfile.mkdtemp(dir=models, prefix=_STAGE))
    except OSError as error:
        raise ModelError(
            f"no model can be added to {models} ({error.strerror})", "Check the folder's rights."
        ) from error
    # A program that is killed while a person still chooses leaves it to the next start.
    note_begun([folder])
    try:
        watch.begin(Step.COPY)
        copies = {folder / _copy_name(kind, source): source}
        if kind == "network":
            copies[folder / _PAIRED] = weights_beside(source)
        for copy, original in copies.items():
            _copy(original, copy, watch)
        facts = _looked_at(copies, folder, watch)
        return StagedModel(source, folder, _files(folder, facts), facts)
    except BaseException:
        _remove(folder)
        raise


def _looked_at(copies: Mapping[Path, Path], folder: Path, watch: Watch) -> ModelFacts:
    """What the copies say: they are what will run. A pair leaves one file that is both."""
    first = next(iter(copies))
    try:
        kind = format_of(first)
        facts = examine(first, folder, watch)
    except CanceledError:
        raise
    except ModelError as error:
        message = error.message
        for copy, original in copies.items():
            message = message.replace(str(copy), str(original))
        raise ModelError(message, error.hint) from error
    if kind == "network":
        for copy in copies:
            copy.unlink()
    return facts


def free_id(name: str, taken: Collection[str]) -> str:
    """Return an id made of a name that no model has yet."""
    base = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:_LONGEST_ID].strip("-") or "model"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def with_name(choices: Choices, name: str, taken: Collection[str]) -> Choices:
    """Return the choices with another name, and the id that goes with it."""
    return replace(choices, name=name.strip(), id=free_id(name, taken))


def _usual_crop(facts: ModelFacts) -> AlignedCrop | BoxCrop:
    """Small gray networks are trained on FER2013 nearly always; others on wider face boxes."""
    small = facts.height is None or facts.height <= _SMALL_PX
    return FER_CROP if facts.channels == 1 and small else BoxCrop(_BOX_MARGIN)


def _copy_name(kind: Format, source: Path) -> str:
    """Keras tells its formats apart by the ending, which a person may have changed."""
    if kind == "keras":
        return JOINED_NAMES[0] if is_archive(source) else JOINED_NAMES[1]
    return TWIN_NAME if kind == "litert" else "network.json"


def _copy(source: Path, copy: Path, watch: Watch) -> None:
    """Copy a file, but no more than a model may have: it may be growing."""
    size = 0
    try:
        with source.open("rb") as read, copy.open("wb") as written:
            while block := read.read(_BLOCK):
                watch.check()
                size += len(block)
                if size > MAX_BYTES:
                    raise ModelError(
                        f"model file has more than {MAX_BYTES} bytes: {source}",
                        "Choose another file.",
                    )
                written.write(block)
    except OSError as error:
        raise ModelError(
            f"model file cannot be copied: {source} ({error.strerror})", "Make room on the disk."
        ) from error


def _files(folder: Path, facts: ModelFacts) -> ModelFiles:
    keras = next((path for name in JOINED_NAMES if (path := folder / name).is_file()), None)
    litert = folder / TWIN_NAME
    return ModelFiles(
        None if keras is None else KerasFile(keras.name, _sha256_of(keras)),
        LiteRTFile(litert.name, _sha256_of(litert), facts.precision) if litert.is_file() else None,
    )


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    note_ended([folder])


def _shown(tensor: FloatArray, spec: InputSpec) -> Image:
    """The tensor as a picture."""
    low, high = spec.value_range
    values = np.clip((tensor - low) / (high - low) * 255, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(values, (spec.height, spec.width, 3)))
