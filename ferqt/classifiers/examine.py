"""Finds out what a bare model file says of itself, in a process of its own.

    ferqt.classifiers.examine FILE FOLDER

The file comes from a stranger, and neither TensorFlow nor a crash of a runtime belongs into the
window's process. A Keras file is compiled for LiteRT on the way, so that it can be tried.
"""

import json
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np

from ferqt.classifiers.confinement import LITERT_MEMORY_BYTES, limit_memory
from ferqt.classifiers.helper_process import Step, Watch, run_helper, tell_reason, tell_step
from ferqt.classifiers.inspection import format_of
from ferqt.classifiers.model_facts import (
    ModelFacts,
    activation_of,
    class_count,
    input_size,
    trial_card,
    trial_spec,
)
from ferqt.classifiers.pairing import JOINED_NAMES, join_pair, weights_beside
from ferqt.classifiers.schema import from_plain, parse_json, to_plain
from ferqt.core.types import FloatArray
from ferqt.drafts import scratch_folder
from ferqt.errors import FerqtError, ModelError

_log = logging.getLogger(__name__)

TWIN_NAME: Final = "model.tflite"
"""Name of the compiled form of a Keras file."""

_FACTS_NAME: Final = "facts.json"
_TIMEOUT_S: Final = 300.0
_MODULE: Final = "ferqt.classifiers.examine"
_ARITHMETIC: Final = frozenset({"MUL", "ADD", "SUB", "DIV"})
_RESCALING: Final = frozenset({"Rescaling", "Normalization"})
_FIRST_LAYERS: Final = 3
_BROKEN: Final = "The file is damaged, or needs operations that LiteRT lacks."
_WANTED: Final = "ferqt needs one float32 face in and one row of numbers out."
_NAMELESS: Final = ("functional", "sequential", "model")


def examine(path: Path, folder: Path, watch: Watch) -> ModelFacts:
    """Return what a bare model file says of itself; takes seconds for a Keras file.

    Args:
        path: The file, which `format_of` has let pass.
        folder: Gets the compiled form of a Keras file as `TWIN_NAME`, unless LiteRT cannot run it,
            and what a network and its weights were joined to.
        watch: Hears of the steps and may give up.

    Raises:
        CanceledError: It was given up.
        ModelError: The file is damaged, or no network for ferqt; says why.
    """
    with scratch_folder(folder.resolve(), ".examine-") as scratch:
        ended = run_helper(_MODULE, [path.resolve(), scratch], scratch, watch, _TIMEOUT_S)
        facts = scratch / _FACTS_NAME
        if ended.code != 0 or not facts.is_file():
            reason = ended.reason or "it ended without an answer"
            told = str(path.parent) in reason
            raise ModelError(
                reason if told else f"model cannot be used: {path} ({reason})", ended.hint
            )
        for made in (TWIN_NAME, *JOINED_NAMES):
            if (scratch / made).is_file():
                (scratch / made).replace(folder / made)
        return from_plain(ModelFacts, parse_json(facts.read_text(encoding="utf-8")))


def facts_of_litert(path: Path, _: Path) -> ModelFacts:
    """Return the facts of a compiled file; a broken one may end the process."""
    from ai_edge_litert.interpreter import Interpreter

    try:
        interpreter = Interpreter(model_path=str(path), num_threads=1)
    except (ValueError, RuntimeError, OSError) as error:
        raise ModelError(f"LiteRT cannot load it: {_first_line(error)}", _BROKEN) from error
    inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
    for role, tensors in (("input", inputs), ("output", outputs)):
        if len(tensors) != 1:
            raise ModelError(f"it has {len(tensors)} {role}s instead of one", _WANTED)
        if tensors[0]["dtype"] is not np.float32:
            kind = np.dtype(tensors[0]["dtype"]).name
            raise ModelError(f"its {role} is {kind} instead of float32", _WANTED)
    height, width, channels = input_size(list(inputs[0]["shape_signature"]))
    classes = class_count(list(outputs[0]["shape_signature"]))
    parameters, precision, rescales = _stored(interpreter, inputs[0]["index"])
    answers = _litert_answers(interpreter, _probes(height, width, channels))
    return ModelFacts(
        format="litert",
        architecture="",
        parameters=parameters,
        height=height,
        width=width,
        channels=channels,
        classes=classes,
        activation=activation_of(answers),
        rescales=rescales,
        precision=precision,
    )


def facts_of_keras(path: Path, folder: Path) -> ModelFacts:
    """Return the facts of a Keras file and compile it; imports TensorFlow."""
    from ferqt.classifiers.compile import NotCompilableError, compile_network
    from ferqt.classifiers.keras_backend import load_keras_model

    tell_step(Step.LOAD)
    model = load_keras_model(path)
    height, width, channels = input_size(model.input_shape)
    classes = class_count(model.output_shape)
    answers = np.asarray(model(_probes(height, width, channels), training=False), np.float32)
    facts = ModelFacts(
        format="keras",
        architecture="" if model.name.startswith(_NAMELESS) else model.name,
        parameters=model.count_params(),
        height=height,
        width=width,
        channels=channels,
        classes=classes,
        activation=activation_of(answers),
        rescales=any(type(layer).__name__ in _RESCALING for layer in model.layers[:_FIRST_LAYERS]),
        precision="float32",
    )
    twin = folder / TWIN_NAME
    try:
        compile_network(model, trial_card(facts), twin, tell_step)
    except NotCompilableError as error:
        _log.warning("runs on Keras: %s", error.message)
        twin.unlink(missing_ok=True)
        return replace(facts, problem=error.message)
    return facts


def facts_of_pair(path: Path, folder: Path) -> ModelFacts:
    """Join a network with its weights beside it; otherwise as `facts_of_keras`."""
    return facts_of_keras(join_pair(path, weights_beside(path), folder), folder)


def _probes(height: int | None, width: int | None, channels: int) -> FloatArray:
    from ferqt.classifiers.compile import probes

    return probes(trial_spec(height, width, channels))


def _litert_answers(interpreter: Any, batch: FloatArray) -> FloatArray:
    """What the network answers to each tensor of a batch."""
    tensor = interpreter.get_input_details()[0]["index"]
    try:
        interpreter.resize_tensor_input(tensor, [1, *batch.shape[1:]])
        interpreter.allocate_tensors()
        answers = []
        for one in batch:
            interpreter.set_tensor(tensor, one[None])
            interpreter.invoke()
            answers.append(interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0])
    except (ValueError, RuntimeError) as error:
        raise ModelError(f"LiteRT cannot run it: {_first_line(error)}", _BROKEN) from error
    return np.array(answers, np.float32)


def _stored(
    interpreter: Any, first: int
) -> tuple[int, Literal["float32", "float16", "int8"], bool]:
    """Number and type of the weights, and whether arithmetic comes first."""
    operations = interpreter._get_ops_details()
    tensors = {one["index"]: one for one in interpreter.get_tensor_details()}
    made = {int(index) for one in operations for index in one["outputs"]} | {first}
    taken = {int(index) for one in operations for index in one["inputs"] if index >= 0}
    weights = [tensors[index] for index in taken - made if tensors[index]["dtype"] is not np.int32]
    kinds = {np.dtype(one["dtype"]).name for one in weights}
    precision: Literal["float32", "float16", "int8"] = "float32"
    if "int8" in kinds:
        precision = "int8"
    elif "float16" in kinds:
        precision = "float16"
    begin = [one["op_name"] for one in operations if first in one["inputs"]]
    parameters = sum(int(np.prod(one["shape"])) for one in weights)
    return parameters, precision, any(name in _ARITHMETIC for name in begin)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]


_READERS: Final[Mapping[str, Callable[[Path, Path], ModelFacts]]] = MappingProxyType(
    {"keras": facts_of_keras, "litert": facts_of_litert, "network": facts_of_pair}
)


def main(arguments: list[str]) -> int:
    """Examine one file; what fails goes to standard error as one line."""
    path, folder = map(Path, arguments)
    try:
        kind = format_of(path)
        if kind == "litert":
            limit_memory(LITERT_MEMORY_BYTES)
        facts = _READERS[kind](path, folder)
    except FerqtError as error:
        tell_reason(error.message, error.hint)
        return 1
    text = json.dumps(to_plain(facts))
    (folder / _FACTS_NAME).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
