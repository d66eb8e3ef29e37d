"""Looks for what grows: sizes of everything that objects of the program hold, by where it is."""

from collections import Counter, deque
from collections.abc import Iterator
from types import MappingProxyType, MethodType

import numpy as np

_CONTAINERS = (dict, list, tuple, set, frozenset, deque, MappingProxyType)
_SLACK = 40
"""What comes and goes by chance."""


def sizes(*roots: object) -> Counter[str]:
    """Lengths of containers and bytes of arrays that can be reached, summed up by their paths.

    Attributes of objects of ferqt are followed, also those of its widgets, and what its signals'
    receivers are bound to is not.
    """
    found: Counter[str] = Counter()
    seen: set[int] = set()
    # What was seen is kept, so that no new object takes its address.
    kept: list[object] = []
    waiting = [(type(root).__name__, root) for root in roots]
    while waiting:
        path, one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        kept.append(one)
        if isinstance(one, np.ndarray):
            found[path] += one.nbytes
        elif isinstance(one, (str, bytes, bytearray)):
            found[path] += len(one) > 10_000 and len(one)
        elif isinstance(one, _CONTAINERS):
            found[path] += len(one)
            waiting += [(f"{path}[]", part) for part in _parts(one)]
        elif isinstance(one, MethodType):
            waiting.append((path, one.__self__))
        elif type(one).__module__.startswith("ferqt"):
            waiting += [(f"{path}.{name}", part) for name, part in _attributes(one)]
    return found


def grown(before: Counter[str], after: Counter[str]) -> dict[str, tuple[int, int]]:
    """What is clearly larger than before, with both sizes."""
    return {
        path: (before[path], size)
        for path, size in after.items()
        if size > 1.1 * before[path] + _SLACK
    }


def _parts(container: object) -> Iterator[object]:
    if isinstance(container, (dict, MappingProxyType)):
        yield from container.keys()
        yield from container.values()
    else:
        yield from container  # type: ignore[attr-defined]


def _attributes(one: object) -> Iterator[tuple[str, object]]:
    yield from getattr(one, "__dict__", {}).items()
    for kind in type(one).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__") and hasattr(one, name):
                yield name, getattr(one, name)
