"""From what a network puts out to calibrated probabilities, the same for every runtime."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from ferqt.classifiers.card import OutputSpec
from ferqt.core.types import FloatArray
from ferqt.errors import ModelError

_SUM_TOLERANCE: Final = 0.02
"""Quantized networks round their probabilities; a sum further from 1 is not rounding."""

_EXACT: Final = 1e-5

_HINT: Final = "Check the activation and the labels in the model's card."


def calibrate(raw: FloatArray, spec: OutputSpec) -> FloatArray:
    """Return the probabilities of a batch, with the card's temperature applied.

    For a network that ends with softmax, p ** (1 / T) normalized equals softmax(logits / T), after
    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017. With T = 1 probabilities come
    back as they are.

    Args:
        raw: float32 N x classes, N >= 0.
        spec: What the output means.

    Returns:
        float32 N x classes, each row with sum 1.

    Raises:
        ModelError: The output is not what the card says.
    """
    if raw.ndim != 2 or raw.shape[1] != len(spec.labels):
        raise ModelError(
            f"model puts out shape {raw.shape}, its card names {len(spec.labels)} classes", _HINT
        )
    if not np.isfinite(raw).all():
        raise ModelError("model puts out values that are no numbers (NaN or infinity)", _HINT)
    return _ACTIVATIONS[spec.activation](raw, spec.temperature)


def _from_softmax(raw: FloatArray, temperature: float) -> FloatArray:
    sums = raw.sum(axis=1, dtype=np.float64)
    off = float(np.abs(sums - 1).max(initial=0.0))
    if raw.min(initial=0.0) < 0 or off > _SUM_TOLERANCE:
        raise ModelError("model puts out values that are no probabilities", _HINT)
    if temperature == 1.0 and off <= _EXACT:
        return raw
    # Dividing by the largest keeps small temperatures from underflowing to 0 / 0.
    scaled = (raw / raw.max(axis=1, keepdims=True)).astype(np.float64) ** (1 / temperature)
    return _normalized(scaled)


def _from_logits(raw: FloatArray, temperature: float) -> FloatArray:
    shifted = (raw.astype(np.float64) - raw.max(axis=1, keepdims=True)) / temperature
    return _normalized(np.exp(shifted))


def _normalized(weights: np.ndarray) -> FloatArray:
    probabilities: FloatArray = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return probabilities


_ACTIVATIONS: Final[Mapping[str, Callable[[FloatArray, float], FloatArray]]] = MappingProxyType(
    {"softmax": _from_softmax, "logits": _from_logits}
)
