"""Hostile model files: the whole corpus through the helper process, and mutated whole models.

What the verifier lets pass of the mutated ones is loaded and run by LiteRT, and each mutated Keras
file is looked at, in a forked process of its own: how often does one of those crash? In the process
that stands for the window, any error but a refusal ends this part. Needs a system that can fork.
Full run: 6,000 mutations.
"""

import os
import random
import resource
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from ferqt.classifiers.adding import stage_model
from ferqt.classifiers.catalog import Catalog, load_classifier
from ferqt.classifiers.inspection import format_of, inspect_keras_file, inspect_weights
from ferqt.errors import ModelError
from ferqt.paths import models_dir
from scripts.soak.part import Options, Progress, bar
from tests.helpers.hostile_cards import CARDS
from tests.helpers.hostile_corpus import FILES
from tests.helpers.hostile_models import members
from tests.helpers.models import TINY_FOLDER

_MUTATIONS: Final = 6_000
_LONGEST_S: Final = 20
_MOST_MEMORY: Final = 4_000_000_000
_PASSED, _REFUSED = 0, 3


def run(options: Options) -> dict[str, Any]:
    """Try the corpus and mutate `options.count` files; returns figures and bars."""
    markers = options.folder / "markers"
    markers.mkdir()
    refused, sentences = _corpus(options.folder / "corpus", markers)
    wanted = options.count or _MUTATIONS
    progress = Progress("hostile", wanted, options.every_s)
    found = _mutations(options.folder, wanted, random.Random(options.seed), progress)
    return {
        "files": len(FILES),
        "folders": len(CARDS),
        "kinds": len({case.kind for case in (*FILES, *CARDS)}),
        "refused": refused,
        "payloads_run": len(list(markers.iterdir())),
        "mutations": {name: dict(sorted(counts.items())) for name, counts in found.items()},
        "bars": [
            bar(
                "hostile files and folders refused",
                refused,
                len(FILES) + len(CARDS),
                met=refused == len(FILES) + len(CARDS),
            ),
            bar("refusals that are one sentence", sentences, refused, met=sentences == refused),
            bar("payloads run", len(list(markers.iterdir())), 0, met=not any(markers.iterdir())),
        ],
    }


def _corpus(place: Path, markers: Path) -> tuple[int, int]:
    """How many cases are refused, and how many of those in one sentence."""
    errors: list[ModelError] = []
    for number, case in enumerate(FILES):
        folder = place / str(number)
        folder.mkdir(parents=True)
        path = case.build(folder, markers / str(number))
        try:
            stage_model(path, place / "models").discard()
        except ModelError as error:
            errors.append(error)
        shutil.rmtree(folder)
    for folder_case in CARDS:
        folder_case.build(place / "cards", folder_case.name)
    for entry in Catalog((place / "none", place / "cards")).entries:
        try:
            load_classifier(entry).close()
        except ModelError as error:
            errors.append(error)
    return len(errors), sum(len(str(error).splitlines()) == 1 for error in errors)


def _mutations(
    place: Path, wanted: int, choose: random.Random, progress: Progress
) -> dict[str, Counter[str]]:
    shipped = sorted(models_dir().glob("*/model.tflite"))
    tiny = (TINY_FOLDER / "model.tflite").read_bytes()
    archive = (TINY_FOLDER / "model.keras").read_bytes()
    weights = members()["model.weights.h5"]
    seeds: list[tuple[str, bytes, str, Callable[[Path], None]]] = [
        ("small LiteRT", tiny, "m.tflite", _answer),
        ("shipped LiteRT", shipped[0].read_bytes(), "m.tflite", _answer),
        ("Keras archive", archive, "m.keras", inspect_keras_file),
        ("HDF5", weights, "m.h5", inspect_weights),
    ]
    found: dict[str, Counter[str]] = {name: Counter() for name, *_ in seeds}
    for number in range(wanted):
        name, whole, file_name, use = seeds[number % len(seeds)]
        path = place / file_name
        path.write_bytes(_mutated(whole, choose))
        try:
            format_of(path)
        except ModelError:
            found[name]["refused at once"] += 1
        else:
            found[name][_elsewhere(use, path)] += 1
        progress.tell(number + 1)
    return found


def _mutated(whole: bytes, choose: random.Random) -> bytes:
    """The bytes with some overwritten; the ends, where tables lie, more often than the middle."""
    content = bytearray(whole)
    if choose.random() < 0.05:
        del content[choose.randrange(len(content)) :]
        return bytes(content)
    edge = min(10_000, len(content))
    for _ in range(choose.choice((1, 1, 2, 4, 16))):
        part = choose.random()
        at = choose.randrange(edge) if part < 0.8 else choose.randrange(len(content))
        at = len(content) - 1 - at if part < 0.4 else at
        content[at] = choose.choice((0, 1, 127, 128, 255, choose.randrange(256)))
    return bytes(content)


def _answer(path: Path) -> None:
    """Let LiteRT load a file and answer once."""
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_content=path.read_bytes(), num_threads=1)
    interpreter.allocate_tensors()
    first = interpreter.get_input_details()[0]
    interpreter.set_tensor(first["index"], np.zeros(first["shape"], first["dtype"]))
    interpreter.invoke()
    interpreter.get_tensor(interpreter.get_output_details()[0]["index"])


def _elsewhere(use: Callable[[Path], None], path: Path) -> str:
    """How a forked process fares with a file."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
        signal.alarm(_LONGEST_S)
        code = _REFUSED
        try:
            use(path)
            code = _PASSED
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return f"the other process crashed ({signal.Signals(os.WTERMSIG(status)).name})"
    return "harmless" if os.WEXITSTATUS(status) == _PASSED else "refused in the other process"
