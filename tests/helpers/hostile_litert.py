"""Files of LiteRT as an attacker would make them, from the tiny model's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tests.helpers.hostile_models import Build, Hostile
from tests.helpers.models import TINY_FOLDER

TINY = TINY_FOLDER / "model.tflite"
WHILE, CALL_ONCE, CUSTOM, LOG, CAST = 119, 129, 32, 73, 53
"""Numbers of operations."""
INT16 = 7
"""Number of a type."""


def changed(edit: Callable[[Any], None], content: bytes | None = None) -> bytes:
    """The tiny model's compiled file after a change to what it describes.

    Args:
        edit: Gets the model as objects of LiteRT's own schema.
        content: Another file to begin with.
    """
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema

    model = schema.ModelT.InitFromPackedBuf(content or TINY.read_bytes(), 0)
    edit(model)
    builder = flatbuffers.Builder(1 << 16)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def edited(edit: Callable[[Any], None]) -> Build:
    """The changed file under a name."""

    def build(folder: Path, _: Path) -> Path:
        path = folder / "model.tflite"
        path.write_bytes(changed(edit))
        return path

    return build


def bytes_changed(edit: Callable[[bytearray], None]) -> Build:
    """The tiny model's file with bytes overwritten."""

    def build(folder: Path, _: Path) -> Path:
        content = bytearray(TINY.read_bytes())
        edit(content)
        path = folder / "model.tflite"
        path.write_bytes(content)
        return path

    return build


def operation(number: int, custom: str | None = None) -> Callable[[Any], None]:
    """Let the network need another operation."""

    def edit(model: Any) -> None:
        code = model.operatorCodes[0]
        code.builtinCode, code.deprecatedBuiltinCode = number, min(number, 127)
        code.customCode = custom

    return edit


def flex(folder: Path, marker: Path) -> Path:
    """An operation of TensorFlow that writes a file."""

    def edit(model: Any) -> None:
        operation(CUSTOM, "FlexWriteFile")(model)
        model.subgraphs[0].operators[0].customOptions = list(str(marker).encode())

    return edited(edit)(folder, marker)


def weights(model: Any) -> Any:
    """The tensor with most values that the file holds, and those."""
    graph = model.subgraphs[0]
    return max(graph.tensors, key=lambda one: len(_values(model, one)))


def _values(model: Any, tensor: Any) -> Any:
    data = model.buffers[tensor.buffer].data
    return () if data is None else data


def not_a_number(model: Any) -> None:
    buffer = model.buffers[weights(model).buffer]
    values = np.asarray(buffer.data, np.uint8).view(np.float32).copy()
    values[3] = np.nan
    buffer.data = values.view(np.uint8)


def too_few_bytes(model: Any) -> None:
    buffer = model.buffers[weights(model).buffer]
    buffer.data = buffer.data[:-4]


def gigantic(model: Any) -> None:
    model.subgraphs[0].tensors[model.subgraphs[0].inputs[0]].shape = [1, 60_000, 60_000, 1]


def negative(model: Any) -> None:
    model.subgraphs[0].tensors[model.subgraphs[0].inputs[0]].shape = [1, -48, 48, 1]


def far_tensor(model: Any) -> None:
    first = model.subgraphs[0].operators[0]
    first.inputs = [1_000_000, *first.inputs[1:]]


def far_buffer(model: Any) -> None:
    weights(model).buffer = 4_000_000_000


def far_operation(model: Any) -> None:
    model.subgraphs[0].operators[0].opcodeIndex = 77


def overwriting(model: Any) -> None:
    graph = model.subgraphs[0]
    constant = graph.tensors.index(weights(model))
    graph.operators[0].outputs = [constant]


def in_circles(model: Any) -> None:
    operators = model.subgraphs[0].operators
    operators[0].inputs = [operators[-1].outputs[0], *operators[0].inputs[1:]]


def data_elsewhere(model: Any) -> None:
    buffer = model.buffers[weights(model).buffer]
    buffer.data, buffer.offset, buffer.size = None, 1 << 40, 1 << 20


def many_dimensions(model: Any) -> None:
    weights(model).shape = [1] * 40


def two_graphs(model: Any) -> None:
    model.subgraphs = [model.subgraphs[0], model.subgraphs[0]]


def last_becomes(number: int) -> Callable[[Any], None]:
    """Let the network end with another operation on the logits."""
    from ai_edge_litert import schema_py_generated as schema

    def edit(model: Any) -> None:
        code = schema.OperatorCodeT()
        code.builtinCode, code.deprecatedBuiltinCode, code.version = number, number, 1
        model.operatorCodes.append(code)
        last = model.subgraphs[0].operators[-1]
        last.opcodeIndex = len(model.operatorCodes) - 1
        last.builtinOptions, last.builtinOptionsType = None, 0

    return edit


def no_numbers(model: Any) -> None:
    """The logarithm of the negative ones among the logits."""
    last_becomes(LOG)(model)


def unexpected_type(model: Any) -> None:
    """What no check of LiteRT finds: it writes float32 where there is room for half as much."""
    from ai_edge_litert import schema_py_generated as schema

    graph = model.subgraphs[0]
    middle, cast, last = graph.operators[-3:]
    constant = graph.tensors.index(weights(model))
    middle.opcodeIndex, middle.inputs = last.opcodeIndex, [constant]
    middle.builtinOptions = schema.SoftmaxOptionsT()
    middle.builtinOptionsType = last.builtinOptionsType
    graph.tensors[middle.outputs[0]].type = INT16
    code = schema.OperatorCodeT()
    code.builtinCode, code.deprecatedBuiltinCode, code.version = CAST, CAST, 1
    model.operatorCodes.append(code)
    cast.opcodeIndex, cast.inputs = len(model.operatorCodes) - 1, middle.outputs
    cast.builtinOptions, cast.builtinOptionsType = None, 0


def left_out(model: Any) -> None:
    first = model.subgraphs[0].operators[0]
    first.inputs = [first.inputs[0], -1]


def without_options(model: Any) -> None:
    first = model.subgraphs[0].operators[0]
    first.builtinOptions, first.builtinOptionsType = None, 0


def cut_off(content: bytearray) -> None:
    del content[4000:]


def root_far_away(content: bytearray) -> None:
    content[0:4] = (1 << 31).to_bytes(4, "little")


def all_ones(content: bytearray) -> None:
    content[8:400] = b"\xff" * 392


LITERT = (
    Hostile("damaged LiteRT file", "cut off", bytes_changed(cut_off), "damaged"),
    Hostile("damaged LiteRT file", "root far away", bytes_changed(root_far_away), "damaged"),
    Hostile("damaged LiteRT file", "offsets of ones", bytes_changed(all_ones), "refused"),
    Hostile("LiteRT operation", "Flex that writes a file", flex, "'FlexWriteFile'"),
    Hostile("LiteRT operation", "custom", edited(operation(CUSTOM, "Evil")), "'Evil'"),
    Hostile("LiteRT operation", "custom without name", edited(operation(CUSTOM)), "without a name"),
    Hostile("LiteRT operation", "endless loop", edited(operation(WHILE)), "WHILE"),
    Hostile("LiteRT operation", "call", edited(operation(CALL_ONCE)), "CALL_ONCE"),
    Hostile("LiteRT operation", "of tomorrow", edited(operation(5_000)), "number 5000"),
    Hostile("LiteRT shape", "gigantic", edited(gigantic), "60000 x 60000"),
    Hostile("LiteRT shape", "negative", edited(negative), "negative size"),
    Hostile("LiteRT shape", "of 40 dimensions", edited(many_dimensions), "40 dimensions"),
    Hostile("LiteRT shape", "larger than its bytes", edited(too_few_bytes), "bytes for a tensor"),
    Hostile("LiteRT index", "tensor", edited(far_tensor), "1000000 of"),
    Hostile("LiteRT index", "buffer", edited(far_buffer), "4000000000 of"),
    Hostile("LiteRT index", "operation", edited(far_operation), "77 of"),
    Hostile("LiteRT index", "constant overwritten", edited(overwriting), "overwrites a tensor"),
    Hostile("LiteRT index", "answer as input", edited(in_circles), "not there yet"),
    Hostile("LiteRT index", "two graphs", edited(two_graphs), "2 graphs"),
    Hostile("LiteRT index", "bytes elsewhere", edited(data_elsewhere), "does not know"),
    Hostile("LiteRT crash", "input left out", edited(left_out), "-1 of"),
    Hostile("LiteRT crash", "options left out", edited(without_options), "without its options"),
    Hostile("LiteRT crash", "types mixed", edited(unexpected_type), "mixes types"),
    Hostile("no numbers", "NaN among the weights", edited(not_a_number), "NaN"),
    Hostile("no numbers", "NaN as the answer", edited(no_numbers), "NaN", outside=True),
)
