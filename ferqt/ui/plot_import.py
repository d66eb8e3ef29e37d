"""Imports pyqtgraph in many short turns, so that the window goes on meanwhile.

At once it holds the GUI thread for half a second; in another thread PySide6 crashes, as pyqtgraph
looks up every class of Qt while the window uses them.
"""

import ast
import contextlib
import gc
import importlib
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Final

from PySide6.QtCore import QObject

from ferqt.ui.steps import Steps

_QT: Final = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets")
"""Each of their classes is made when it is looked up first; pyqtgraph looks up all of them."""

_FIRST: Final = (
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtTest",
    "cProfile",
    "multiprocessing.connection",
    "pydoc",
    "xml.etree.ElementTree",
)
"""What pyqtgraph imports of other packages, and the program does not before."""

_CURVES_PART: Final = "ferqt.ui.plot_canvas"

_EVERY_MS: Final = 20
_TURN_S: Final = 0.004
"""How often and how long pyqtgraph is being imported: a fifth of the time."""


class PlotImport(Steps):
    """Imports pyqtgraph and `plot_canvas` little by little while the event loop runs.

    `finish` raises ImportError where pyqtgraph is not there, or broken.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_step, _EVERY_MS, _TURN_S, parent)


_begun: list[Iterator[None]] = []
"""The one import of this process: a window that closes leaves the rest to the next one."""


def _step() -> bool:
    """Go a step on; False when nothing is left."""
    if not _begun:
        _begun.append(_steps())
    try:
        next(_begun[0])
    except StopIteration:
        return False
    except ImportError:
        _begun.clear()
        raise
    return True


def _steps() -> Iterator[None]:
    if "pyqtgraph" not in sys.modules:
        # So many new objects call the garbage collector, whose walk over all that the start of the
        # program made takes 0.1 s. What is imported stays as well.
        gc.freeze()
        yield from _looked_up(_QT)
        gc.freeze()
        for name in _FIRST:
            # Whether it is there or missed is pyqtgraph's own affair.
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
            yield
        yield from import_in_steps("pyqtgraph")
        gc.freeze()
    importlib.import_module(_CURVES_PART)
    yield


def import_in_steps(name: str) -> Iterator[None]:
    """Import a package, with a pause after each statement of its first module.

    A package whose source is not there, as in some frozen programs, is imported at once.

    Args:
        name: Of a package that is not imported yet.

    Raises:
        ImportError: There is no such package, or one of its parts is missing.
    """
    spec = find_spec(name)
    source = getattr(spec and spec.loader, "get_source", lambda _: None)(name)
    if spec is None or source is None:
        importlib.import_module(name)
        return
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        for statement in ast.parse(source).body:
            _run(statement, module)
            yield
    except BaseException:
        # As after any import that failed, or that nobody goes on with.
        del sys.modules[name]
        raise


def _looked_up(names: Iterable[str]) -> Iterator[None]:
    """Have the classes of PySide6's modules made, one after the other."""
    for name in names:
        module = importlib.import_module(name)
        for one in dir(module):
            getattr(module, one)
            yield


def _run(statement: ast.stmt, module: ModuleType) -> None:
    code = compile(ast.Module([statement], []), str(module.__file__), "exec")
    exec(code, module.__dict__)  # noqa: S102 - a part of an installed package, as `import` does
