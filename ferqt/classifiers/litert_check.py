"""Verifies a .tflite file before LiteRT sees it.

LiteRT trusts what it loads: offsets, indices and sizes that are wrong make it crash or write where
it must not. Here they are read in Python, held against each other, and bounded.
"""

import math
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

import numpy as np

from ferqt.classifiers.flatbuffer import FlatBufferError, Table, root_table
from ferqt.classifiers.litert_ops import (
    ALLOWED,
    CHANGE_TYPE,
    CUSTOM,
    MAY_LACK,
    OPTIONS,
    operation_name,
)
from ferqt.classifiers.refusal import NO_NUMBERS, TOO_LARGE, UnsafeFileError

_IDENTIFIER: Final = b"TFL3"
_VERSION: Final = 3
_MOST_TENSORS: Final = 20_000
_MOST_OPERATIONS: Final = 10_000
_MOST_OTHERS: Final = 64
_MOST_DIMENSIONS: Final = 8
_MOST_VALUES: Final = 1 << 26
"""Values of one tensor; the largest of a usual network for 1,024 x 1,024 px has as many."""

_MOST_VALUES_ALL: Final = 1 << 29
_LONGEST_NAME: Final = 80
_TYPE_BITS: Final = MappingProxyType(
    {0: 32, 1: 16, 2: 32, 3: 8, 4: 64, 6: 8, 7: 16, 9: 8, 10: 64, 15: 32, 16: 16, 17: 4}
)
"""Bits of a value by the number of its type; texts, resources and complex numbers are left out."""

_FLOATS: Final = MappingProxyType({0: "<f4", 1: "<f2", 10: "<f8"})
_NEWEST_SLOTS: Final = MappingProxyType(
    {"model": 7, "operation": 13, "tensor": 9, "buffer": 0, "graph": 5}
)
"""The last field of each table that ferqt knows to be harmless; later ones keep data elsewhere."""

_OPTION_VECTORS: Final = MappingProxyType({8: (5, "B"), 17: (0, "i"), 30: (0, "i")})
"""Slot and type of the one vector that the options of an operation hold, by their number."""


def check_litert(content: bytes | memoryview) -> None:
    """Refuse the bytes of a .tflite file that LiteRT could stumble over.

    Raises:
        UnsafeFileError: Says why.
    """
    view = memoryview(content)
    if bytes(view[4:8]) != _IDENTIFIER:
        raise UnsafeFileError("is no LiteRT model")
    try:
        _check_model(root_table(view, "model"), view)
    except FlatBufferError as error:
        raise UnsafeFileError(str(error)) from error


def _check_model(model: Table, content: memoryview) -> None:
    _check_layout(model, "model")
    version = model.number(0, "I")
    if version != _VERSION:
        raise UnsafeFileError(f"has the layout version {version} instead of {_VERSION}")
    model.text(3)
    names = [_operation_of(code) for code in model.tables(1, "operation code", _MOST_OPERATIONS)]
    buffers = [_buffer_of(table) for table in model.tables(4, "buffer", _MOST_TENSORS)]
    graphs = list(model.tables(2, "graph", _MOST_OTHERS))
    if len(graphs) != 1:
        raise UnsafeFileError(f"holds {len(graphs)} graphs instead of one")
    tensors = _check_graph(graphs[0], names, buffers, content)
    _check_indices(model.numbers(5, "i"), len(buffers), "metadata buffer")
    for entry in model.tables(6, "note", _MOST_OTHERS):
        entry.text(0)
        _check_indices([entry.number(1, "I")], len(buffers), "note's buffer")
    for signature in model.tables(7, "signature", _MOST_OTHERS):
        _check_signature(signature, tensors)


def _operation_of(code: Table) -> str:
    """The name of an operation that passes."""
    # Old files keep the number in a byte, newer ones beside it.
    number = max(code.number(0, "b"), code.number(3, "i"))
    custom = code.text(1)
    code.number(2, "i")
    if number == CUSTOM or custom:
        named = repr(custom[:_LONGEST_NAME]) if custom else "without a name"
        raise UnsafeFileError(f"needs the custom operation {named}")
    if number not in ALLOWED:
        raise UnsafeFileError(
            f"needs the operation {operation_name(number)}, which ferqt does not let pass"
        )
    return ALLOWED[number]


def _buffer_of(table: Table) -> tuple[int, int]:
    """Where the values begin, and how many bytes they are."""
    _check_layout(table, "buffer")
    return table.span(0)


def _check_graph(
    graph: Table, names: list[str], buffers: list[tuple[int, int]], content: memoryview
) -> int:
    """Check the one graph; return its number of tensors."""
    _check_layout(graph, "graph")
    graph.text(4)
    inputs, outputs = graph.numbers(1, "i"), graph.numbers(2, "i")
    ready = set(inputs)
    types: list[int] = []
    total = 0
    for index, table in enumerate(graph.tables(0, "tensor", _MOST_TENSORS)):
        values, given = _check_tensor(table, buffers, content)
        types.append(table.number(1, "b"))
        total += values
        if given and index not in ready:
            ready.add(index)
        elif given:
            raise UnsafeFileError("wants to change a constant: its input")
    if total > _MOST_VALUES_ALL:
        raise UnsafeFileError(f"has tensors of {total} values together", TOO_LARGE)
    _check_indices([*inputs, *outputs], len(types), "input or output")
    for operation in graph.tables(3, "operation", _MOST_OPERATIONS):
        _check_operation(operation, names, types, ready)
    if not ready.issuperset(outputs):
        raise UnsafeFileError("answers with a tensor that no operation makes")
    _check_plain_vectors(graph, 5)
    return len(types)


def _check_tensor(
    table: Table, buffers: list[tuple[int, int]], content: memoryview
) -> tuple[int, bool]:
    """Check a tensor; return how many values it has, and whether they are there from the start."""
    _check_layout(table, "tensor")
    name = table.text(3)[:_LONGEST_NAME]
    shape, signature = table.numbers(0, "i"), table.numbers(7, "i")
    kind, buffer = table.number(1, "b"), table.number(2, "I")
    if kind not in _TYPE_BITS:
        raise UnsafeFileError(f"holds values of the unknown type {kind}: {name!r}")
    if table.has(6) or table.has(9):
        raise UnsafeFileError(f"holds a sparse or variant tensor: {name!r}")
    count = _count_of(shape, name)
    if signature and (len(signature) != len(shape) or min(signature) < -1):
        raise UnsafeFileError(f"has two shapes that contradict each other: {name!r}")
    table.number(8, "B")
    _check_indices([buffer], len(buffers), "tensor's buffer")
    start, size = buffers[buffer]
    needed = math.ceil(count * _TYPE_BITS[kind] / 8)
    if size and size != needed:
        raise UnsafeFileError(f"holds {size} bytes for a tensor of {needed}: {name!r}")
    if size and kind in _FLOATS:
        _check_numbers(content[start : start + size], _FLOATS[kind], name)
    quantization = table.table(4, "quantization")
    if quantization is not None:
        _check_quantization(quantization, shape, name)
    variable = table.number(5, "B") != 0
    if variable and size:
        raise UnsafeFileError(f"wants to change a constant: {name!r}")
    return count, size > 0 or count == 0 or variable


def _count_of(shape: Iterable[int], name: str) -> int:
    sides = list(shape)
    if len(sides) > _MOST_DIMENSIONS:
        raise UnsafeFileError(f"has a tensor of {len(sides)} dimensions: {name!r}", TOO_LARGE)
    if min(sides, default=0) < 0:
        raise UnsafeFileError(f"has a tensor of a negative size: {name!r}")
    # A zero must not hide what its neighbors would make.
    if math.prod(max(1, side) for side in sides) > _MOST_VALUES:
        shown = " x ".join(map(str, sides))
        raise UnsafeFileError(f"has a tensor of {shown} values: {name!r}", TOO_LARGE)
    return math.prod(sides)


def _check_numbers(values: memoryview, kind: str, name: str) -> None:
    if np.isnan(np.frombuffer(values, kind)).any():
        raise UnsafeFileError(f"holds weights that are no numbers (NaN): {name!r}", NO_NUMBERS)


def _check_quantization(table: Table, shape: tuple[int, ...], name: str) -> None:
    if table.number(4, "B") or table.has(5):
        raise UnsafeFileError(f"has a quantization of its own kind: {name!r}")
    table.numbers(0, "i")
    table.numbers(1, "i")
    _, scales = table.span(2, 4)
    zeros = table.numbers(3, "q")
    axis = table.number(6, "i")
    if scales > 1 and not (0 <= axis < len(shape) and shape[axis] == scales):
        raise UnsafeFileError(f"has {scales} scales for another number of channels: {name!r}")
    if len(zeros) not in (0, 1, scales):
        raise UnsafeFileError(f"has {len(zeros)} zero points for {scales} scales: {name!r}")


def _check_operation(table: Table, names: list[str], types: list[int], ready: set[int]) -> None:
    """Check one operation, which makes its outputs `ready` for later ones."""
    _check_layout(table, "operation")
    code = table.number(0, "I")
    _check_indices([code], len(names), "code of an operation")
    name = names[code]
    inputs, outputs = table.numbers(1, "i"), table.numbers(2, "i")
    # -1 stands for an input that is left out.
    lacks = MAY_LACK.get(name, len(inputs))
    taken = [index for at, index in enumerate(inputs) if index != -1 or at < lacks]
    _check_indices([*taken, *outputs, *table.numbers(8, "i")], len(types), f"tensor of {name}")
    taken_types = {types[index] for index in taken}
    if name not in CHANGE_TYPE and not taken_types.issuperset(types[index] for index in outputs):
        raise UnsafeFileError(f"has an operation {name} that mixes types of values")
    if not outputs:
        raise UnsafeFileError(f"has an operation {name} that makes nothing")
    if not ready.issuperset(taken):
        raise UnsafeFileError(f"has an operation {name} that takes what is not there yet")
    if not ready.isdisjoint(outputs) or len(set(outputs)) != len(outputs):
        raise UnsafeFileError(f"has an operation {name} that overwrites a tensor")
    if table.number(9, "Q") or table.number(10, "Q") or table.number(11, "B") or table.has(12):
        raise UnsafeFileError(f"has an operation {name} with options that ferqt does not know")
    if table.span(5)[1]:
        raise UnsafeFileError(f"has an operation {name} with custom options")
    table.number(6, "b")
    _check_plain_vectors(table, 7, 13)
    kind, options = table.number(3, "B"), table.table(4, "options")
    if options is not None:
        options.check_plain()
        if kind in _OPTION_VECTORS:
            options.numbers(*_OPTION_VECTORS[kind])
    if name in OPTIONS and (options is None or kind != OPTIONS[name]):
        raise UnsafeFileError(f"has an operation {name} without its options")
    ready.update(outputs)


def _check_signature(table: Table, tensors: int) -> None:
    table.text(2)
    table.check_plain()
    _check_indices([table.number(4, "I")], 1, "signature's graph")
    for slot in (0, 1):
        for entry in table.tables(slot, "signature entry", _MOST_OTHERS):
            entry.text(0)
            _check_indices([entry.number(1, "I")], tensors, "signature's tensor")


def _check_plain_vectors(table: Table, *slots: int) -> None:
    """What nobody reads must lie in the file all the same."""
    for slot in slots:
        table.span(slot)


def _check_layout(table: Table, name: str) -> None:
    if table.highest() > _NEWEST_SLOTS[name]:
        raise UnsafeFileError(f"keeps a {name} in a way that ferqt does not know")


def _check_indices(indices: Iterable[int], count: int, what: str) -> None:
    for index in indices:
        if not 0 <= index < count:
            raise UnsafeFileError(f"names a {what} that it lacks: {index} of {count}")
