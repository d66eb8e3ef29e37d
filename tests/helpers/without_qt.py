"""Pytest plug-in that makes Qt unimportable, to prove that a test needs none.

python -m pytest -p no:pytest-qt -p tests.helpers.without_qt tests/unit
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

_BLOCKED = {"PySide6", "shiboken6", "pyqtgraph", "PyQt5", "PyQt6"}


class _Blocker(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in _BLOCKED:
            raise ModuleNotFoundError(f"{fullname} is hidden from this test run", name=fullname)
        return None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Block Qt, and declare the settings of pytest-qt, which the project's configuration names."""
    sys.meta_path.insert(0, _Blocker())
    parser.addini("qt_api", "unused without Qt")
    parser.addini("qt_log_level_fail", "unused without Qt")
    parser.addini("qt_log_ignore", "unused without Qt", type="linelist")
