"""Which numbers a network trains in: bfloat16 where this machine computes it faster, else float32.

A processor without instructions for bfloat16 trains the live network a quarter as fast in it as in
float32 (26 and 105 pictures a second on two cores with AVX2), one with AMX twice as fast. No flag
tells it for every processor and accelerator, and a step forward alone does not show it, so steps of
training are timed in both.
"""

import time
from typing import Final

import keras
import numpy as np

from training.config import Precision

_BATCH: Final = 32
_SIDE: Final = 16
_CHANNELS: Final = 64
_ROUNDS: Final = 4


def precision_here(wanted: Precision) -> str:
    """Return "mixed_bfloat16" or "float32": what is wanted, or for "auto" what is faster here.

    Trains a network of two convolutions for a few steps on Keras's backend, some seconds.
    """
    if wanted != "auto":
        return wanted
    return min("float32", "mixed_bfloat16", key=_seconds)


def _seconds(precision: str) -> float:
    """Shortest time of a training step; the first ones trace the graph and warm up."""
    layers = keras.layers
    network = keras.Sequential(
        [
            keras.Input((_SIDE, _SIDE, _CHANNELS)),
            layers.Conv2D(_CHANNELS, 3, activation="relu", dtype=precision),
            layers.Conv2D(_CHANNELS, 3, activation="relu", dtype=precision),
            layers.GlobalAveragePooling2D(dtype=precision),
            layers.Dense(2, activation="softmax", dtype="float32"),
        ]
    )
    network.compile("sgd", "categorical_crossentropy")
    pictures = np.zeros((_BATCH, _SIDE, _SIDE, _CHANNELS), np.float32)
    targets = np.full((_BATCH, 2), 0.5, np.float32)
    times = []
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        network.train_on_batch(pictures, targets)
        times.append(time.perf_counter() - started)
    return min(times)
