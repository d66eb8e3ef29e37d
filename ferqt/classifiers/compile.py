"""Compiles a Keras model for LiteRT, once, in a process of its own (see `helper_process`).

    ferqt.classifiers.compile CARD KERAS_FILE LITERT_FILE

TensorFlow takes seconds to import, hundreds of megabytes, and the model comes from a stranger: none
of that belongs into the window's process. The compiled file goes to the user's cache under the
SHA-256 of the Keras file, after both have given the same answers.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt.classifiers.card import CARD_NAME, InputSpec, ModelCard, read_card, write_card
from ferqt.classifiers.helper_process import Step, Watch, run_helper, tell_reason
from ferqt.classifiers.inspection import format_of
from ferqt.core.types import FloatArray
from ferqt.drafts import scratch_folder
from ferqt.errors import FerqtError, ModelError
from ferqt.paths import cache_dir, make_folder

_log = logging.getLogger(__name__)

_RECIPE: Final = 1
"""Part of the cached file's name; raise it when compiling changes."""

_TIMEOUT_S: Final = 300.0
_TOLERANCE: Final = 1e-4
_HALF_PRECISION: Final = re.compile(r'"(?:mixed_)?b?float16"')
_REFUSED: Final = 3
"""Exit code that means: this model cannot be compiled, on no day."""

_one_at_a_time = threading.Lock()
"""Keeps two threads from compiling the same model twice; processes may, which does no harm."""


class NotCompilableError(ModelError):
    """LiteRT cannot run this model; Keras can."""


def compiled_path(sha256: str) -> Path:
    """Return where the compiled form of a Keras file with this SHA-256 is, or would be, cached."""
    return cache_dir() / "models" / f"{sha256}-{_RECIPE}.tflite"


def refusal_path(compiled: Path) -> Path:
    """Return where it is written down that a model cannot be compiled to that path."""
    return compiled.with_suffix(".refused.json")


def compile_cached(card: ModelCard, keras_path: Path, sha256: str) -> Path:
    """Return the compiled form of a Keras file, compiling it when the cache lacks it.

    Any thread and any process may call it at once: a file appears in the cache whole or not at all.

    Args:
        card: The model's card.
        keras_path: The file; its hash has been checked.
        sha256: That hash.

    Raises:
        NotCompilableError: LiteRT lacks something that the model needs, or answers differently;
            remembered in the cache.
        ModelError: The file is refused, or compiling did not end well this time.
    """
    target = compiled_path(sha256)
    refusal = refusal_path(target)
    with _one_at_a_time:
        if target.is_file():
            return target
        if refusal.is_file():
            raise NotCompilableError(**json.loads(refusal.read_text(encoding="utf-8")))
        format_of(keras_path)
        _compile_into_cache(card, keras_path, target, refusal)
        return target


def _compile_into_cache(card: ModelCard, keras_path: Path, target: Path, refusal: Path) -> None:
    """Make the compiled file appear in the cache, or the note that it cannot be made."""
    try:
        make_folder(target.parent)
        with scratch_folder(target.parent, ".compile-") as folder:
            draft = folder / "model.tflite"
            write_card(card, folder / CARD_NAME)
            try:
                _run_compiler(folder, keras_path, draft)
            except NotCompilableError as error:
                note = folder / refusal.name
                text = json.dumps({"message": error.message, "hint": error.hint})
                note.write_text(text, encoding="utf-8")
                note.replace(refusal)
                raise
            draft.replace(target)
    except OSError as error:
        raise ModelError(
            f"compiled model cannot be cached: {target} ({error.strerror})",
            "Make room in the cache folder, or set FERQT_CACHE_DIR.",
        ) from error


def _run_compiler(folder: Path, keras_path: Path, draft: Path) -> None:
    """Compile in a process of its own."""
    ended = run_helper(
        "ferqt.classifiers.compile",
        [folder / CARD_NAME, keras_path.resolve(), draft],
        folder,
        Watch(),
        _TIMEOUT_S,
    )
    if ended.code == 0 and draft.is_file():
        _log.info("compiled %s", keras_path)
        return
    reason = ended.reason or "no file was made"
    kind = NotCompilableError if ended.code == _REFUSED else ModelError
    raise kind(f"model cannot be compiled: {keras_path} ({reason})", ended.hint)


def compile_model(card: ModelCard, keras_path: Path, target: Path) -> None:
    """Compile in this process and check that Keras and LiteRT agree; imports TensorFlow.

    Raises:
        NotCompilableError: LiteRT lacks something that the model needs, or answers differently.
        ModelError: The file is refused, cannot be loaded, or is not what the card describes.
    """
    from ferqt.classifiers.keras_backend import open_keras_model

    compile_network(open_keras_model(keras_path, card), card, target)


def compile_network(
    network: Any, card: ModelCard, target: Path, on_step: Callable[[Step], None] = lambda _: None
) -> None:
    """Compile a loaded Keras network; otherwise as `compile_model`.

    Args:
        network: The Keras model.
        card: Its card, for the check; the names of its classes do not matter.
        target: File to write.
        on_step: Called with each step when it begins.
    """
    model = in_float32(network)
    on_step(Step.CONVERT)
    try:
        model.export(str(target), format="litert", verbose=False)
    except Exception as error:
        # The converter reports what it cannot do through many types of exceptions.
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise NotCompilableError(f"the converter says: {reason[:200]}") from error
    on_step(Step.COMPARE)
    difference = largest_difference(model, target, card)
    if not difference <= _TOLERANCE:
        raise NotCompilableError(f"LiteRT and Keras differ by {difference:.2g}")


def in_float32(model: Any) -> Any:
    """Return a model with the same weights that computes in float32 throughout.

    A network trained in mixed precision keeps bfloat16 operations that LiteRT lacks.
    """
    config = model.to_json()
    in_float = _HALF_PRECISION.sub('"float32"', config)
    if in_float == config:
        return model
    import keras

    rebuilt = keras.models.model_from_json(in_float)
    rebuilt.set_weights(model.get_weights())
    return rebuilt


def largest_difference(model: Any, litert_path: Path, card: ModelCard) -> float:
    """Return how far the probabilities of Keras and LiteRT lie apart at most, on probe pictures.

    Raises:
        NotCompilableError: LiteRT cannot run the file.
    """
    from ferqt.classifiers.calibration import calibrate
    from ferqt.classifiers.litert_backend import LiteRTClassifier

    batch = probes(card.input)
    expected = calibrate(np.asarray(model(batch, training=False), np.float32), card.output)
    try:
        classifier = LiteRTClassifier(card, litert_path)
        return float(np.abs(classifier.predict(batch) - expected).max())
    except (ModelError, RuntimeError, ValueError) as error:
        raise NotCompilableError(f"LiteRT cannot run it: {error}") from error


def probes(spec: InputSpec) -> FloatArray:
    """Return 12 tensors that shake a network: flat, gradients, stripes and seeded noise."""
    height, width, channels = spec.height, spec.width, spec.channels
    down, right = np.mgrid[0:height, 0:width]
    shares = [
        np.zeros((height, width)),
        np.ones((height, width)),
        right / max(1, width - 1),
        down / max(1, height - 1),
        (right + down) % 2,
        right // 4 % 2,
    ]
    noise = np.random.default_rng(0).random((6, height, width, channels))
    structured = np.repeat(np.stack(shares)[..., None], channels, axis=3)
    low, high = spec.value_range
    batch = np.concatenate([structured, noise]) * (high - low) + low
    result: FloatArray = batch.astype(np.float32)
    return result


def main(arguments: list[str]) -> int:
    """Compile one model; what fails goes to standard error as one line."""
    card_path, keras_path, target = map(Path, arguments)
    try:
        compile_model(read_card(card_path), keras_path, target)
    except NotCompilableError as error:
        tell_reason(error.message)
        return _REFUSED
    except FerqtError as error:
        tell_reason(error.message, error.hint)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
