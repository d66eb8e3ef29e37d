"""Other files of a model, on request: smaller ones, and those of older versions of Keras."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import InputSpec, ModelCard
from ferqt.classifiers.litert_backend import LiteRTClassifier
from ferqt.classifiers.preprocess import picture_to_tensor
from ferqt.core.types import FloatArray
from ferqt.errors import FerqtError
from training.answers import ask_upright, without_temperature
from training.datasets.base import Images, Split
from training.metrics import Labels, confusion_matrix, scores

_SAMPLES: Final = 256
"""Training pictures that show the converter how large the values inside the network become."""

_LITERT_SUFFIX: Final = ".tflite"


@dataclass(frozen=True, slots=True)
class FormatRecord:
    """One of the other forms of a model.

    Attributes:
        format: Its key on the command line.
        files: Names beside the card.
        size_bytes: Of all of them.
        accuracy_loss: Accuracy lost against the float32 file on the same validation pictures,
            negative when more answers are right; None for files with the very same weights.
        macro_f1_loss: The same of macro F1.
    """

    format: str
    files: tuple[str, ...]
    size_bytes: int
    accuracy_loss: float | None
    macro_f1_loss: float | None


def check_formats(wanted: Sequence[str]) -> None:
    """Raise FerqtError for a key that is not in the table, and name those that are."""
    for name in wanted:
        if name not in FORMATS:
            raise FerqtError(f"unknown format {name!r}", f"Choose among: {', '.join(FORMATS)}.")


def sample_tensors(images: Images, spec: InputSpec) -> FloatArray:
    """Tensors of some training pictures, spread evenly over the part."""
    rows = np.linspace(0, len(images) - 1, min(_SAMPLES, len(images))).astype(int)
    return np.stack([picture_to_tensor(images[row], spec) for row in rows])


def write_format(name: str, model: Any, folder: Path, samples: FloatArray) -> list[Path]:
    """Write one form of a model.

    Args:
        name: Key of `FORMATS`.
        model: Keras model in float32.
        folder: Where the files go.
        samples: What `sample_tensors` returned.

    Returns:
        The files.

    Raises:
        FerqtError: The network holds something that the form lacks.
    """
    try:
        return FORMATS[name](model, folder, samples)
    except Exception as error:
        # The converter reports what it cannot do through many types of exceptions.
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise FerqtError(
            f"cannot write the form {name}: {reason[:200]}", "Leave it out of --also."
        ) from error


def measure_format(
    name: str, files: Sequence[Path], card: ModelCard, split: Split, labels: Labels, raw: FloatArray
) -> FormatRecord:
    """Measure what a form of a model loses.

    Args:
        name: Key of `FORMATS`.
        files: What `write_format` returned.
        card: The model's.
        split: The validation part.
        labels: True classes of its pictures, all of them known.
        raw: Probabilities of the float32 LiteRT file for the same pictures.
    """
    losses: tuple[float | None, float | None] = (None, None)
    if files[0].suffix == _LITERT_SUFFIX:
        classifier = LiteRTClassifier(without_temperature(card), files[0], threads=2)
        found = ask_upright(classifier, split)
        classes = len(card.output.labels)
        before, after = (
            scores(confusion_matrix(labels, one.argmax(axis=1), classes)) for one in (raw, found)
        )
        losses = (float(before[0] - after[0]), float(before[1] - after[1]))
    return FormatRecord(
        format=name,
        files=tuple(file.name for file in files),
        size_bytes=sum(file.stat().st_size for file in files),
        accuracy_loss=losses[0],
        macro_f1_loss=losses[1],
    )


def _float16(model: Any, folder: Path, _: FloatArray) -> list[Path]:
    """Weights in half precision: half the size, computed in float32."""
    import tensorflow as tf

    path = folder / f"model.float16{_LITERT_SUFFIX}"
    model.export(
        str(path),
        format="litert",
        verbose=False,
        optimizations=[tf.lite.Optimize.DEFAULT],
        target_spec={"supported_types": [tf.float16]},
    )
    return [path]


def _int8(model: Any, folder: Path, samples: FloatArray) -> list[Path]:
    """Weights and values in 8 bits: a quarter of the size; what goes in and out stays float32."""
    import tensorflow as tf

    def one_by_one() -> Iterator[list[npt.NDArray[np.float32]]]:
        for sample in samples:
            yield [sample[None]]

    path = folder / f"model.int8{_LITERT_SUFFIX}"
    model.export(
        str(path),
        format="litert",
        verbose=False,
        optimizations=[tf.lite.Optimize.DEFAULT],
        representative_dataset=one_by_one,
        target_spec={"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]},
    )
    return [path]


def _json(model: Any, folder: Path, _: FloatArray) -> list[Path]:
    """Network as JSON, weights as HDF5, for `keras.models.model_from_json` and `load_weights`."""
    network, weights = folder / "model.json", folder / "model.weights.h5"
    network.write_text(model.to_json(), encoding="utf-8")
    model.save_weights(weights)
    return [network, weights]


def _h5(model: Any, folder: Path, _: FloatArray) -> list[Path]:
    """The whole model in Keras's former HDF5 format."""
    path = folder / "model.h5"
    model.save(path)
    return [path]


FORMATS: Final[Mapping[str, Callable[[Any, Path, FloatArray], list[Path]]]] = MappingProxyType(
    {"float16": _float16, "int8": _int8, "json": _json, "h5": _h5}
)
"""How each form is written, by its key on the command line."""
