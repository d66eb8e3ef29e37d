"""How long a model takes for a face on this computer, measured once and kept.

A figure belongs to the file that ran, to what ran it and to this computer; it is kept in the user's
cache and measured again when one of them changes.
"""

import hashlib
import json
import logging
import os
import platform
import threading
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import CatalogEntry, load_classifier
from ferqt.drafts import draft
from ferqt.paths import cache_dir, make_folder

_log = logging.getLogger(__name__)

_NAME: Final = "speeds.json"
_MAX_BYTES: Final = 1_000_000
_WARM_UPS: Final = 3
_FEWEST: Final = 5
_BUDGET_S: Final = 0.4
_RUNTIME_PACKAGES: Final[Mapping[str, str]] = {"LiteRT": "ai-edge-litert", "Keras": "tensorflow"}

_lock = threading.Lock()


def time_per_face_ms(classifier: EmotionClassifier) -> float:
    """Return the shortest time of one face through a loaded model, in ms.

    The shortest, as the live picture is read beside it: a median was seven times as long on two
    busy cores. Takes about half a second; call it in the thread that made the classifier.
    """
    spec = classifier.card.input
    face = np.random.default_rng(0).random((1, spec.height, spec.width, spec.channels))
    low, high = spec.value_range
    batch = (face * (high - low) + low).astype(np.float32)
    for _ in range(_WARM_UPS):
        classifier.predict(batch)
    times: list[float] = []
    end = time.perf_counter() + _BUDGET_S
    while len(times) < _FEWEST or time.perf_counter() < end:
        begin = time.perf_counter()
        classifier.predict(batch)
        times.append((time.perf_counter() - begin) * 1000)
    return min(times)


def known_speed(card: ModelCard, runtime: str) -> float | None:
    """Return the ms a face that were measured for a model's file on this computer, if any were.

    Args:
        card: The model's card.
        runtime: What runs it.
    """
    with _lock:
        return _read().get(_key(card, runtime))


def measured_speed(entry: CatalogEntry) -> tuple[str, float]:
    """Return what runs a model and the ms a face; measures unless that is known.

    Loads the model, which may take seconds; any thread.

    Raises:
        ModelError: The model is broken, damaged or refused.
    """
    classifier = load_classifier(entry)
    try:
        runtime = classifier.runtime
        found = known_speed(classifier.card, runtime)
        if found is None:
            found = time_per_face_ms(classifier)
            _keep(classifier.card, runtime, found)
    finally:
        classifier.close()
    return runtime, found


def _key(card: ModelCard, runtime: str) -> str:
    file = card.files.litert if runtime == "LiteRT" and card.files.litert else card.files.keras
    sha256 = "" if file is None else file.sha256
    return hashlib.sha256(f"{sha256}|{runtime}|{_machine()}".encode()).hexdigest()


@cache
def _machine() -> str:
    """What decides how quick this computer is, and which versions run on it."""
    versions = [f"{name} {_version(package)}" for name, package in _RUNTIME_PACKAGES.items()]
    return "|".join((platform.node(), _processor(), str(os.cpu_count()), *versions))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line for line in lines if line.startswith("model name")), platform.machine())


def _version(package: str) -> str:
    # It brings the whole e-mail package along, which the window's start has no use for.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _read() -> dict[str, float]:
    """All figures; none when the file is missing or damaged: they can be measured again."""
    try:
        with (cache_dir() / _NAME).open("rb") as file:
            content = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {
        key: float(value)
        for key, value in content.items()
        if isinstance(value, int | float) and 0 < value < float("inf")
    }


def _keep(card: ModelCard, runtime: str, found: float) -> None:
    """Write a figure down; a cache that cannot be written is measured again next time."""
    with _lock:
        figures = _read() | {_key(card, runtime): round(found, 4)}
        path = cache_dir() / _NAME
        try:
            make_folder(path.parent)
            with draft(path) as part:
                part.write_text(json.dumps(figures, indent=2), encoding="utf-8")
        except OSError as error:
            _log.info("speed of %s is not kept: %s", card.id, error)
