"""Finds the texts of the window in its sources, to hold that each can be translated."""

import ast
from collections.abc import Iterator
from pathlib import Path

SHOWING = frozenset(
    [
        "Notice",
        "NoticeAction",
        "drawText",
        "QAction",
        "QCheckBox",
        "QGroupBox",
        "QLabel",
        "QMenu",
        "QPushButton",
        "QRadioButton",
        "addAction",
        "addButton",
        "addItem",
        "addMenu",
        "addRow",
        "addTab",
        "setAccessibleDescription",
        "setAccessibleName",
        "setButtonText",
        "setDetailedText",
        "setHeaderLabels",
        "setIconText",
        "setInformativeText",
        "setLabelText",
        "setNameFilter",
        "setPlaceholderText",
        "setPrefix",
        "setSpecialValueText",
        "setStatusTip",
        "setSuffix",
        "setText",
        "setTitle",
        "setToolTip",
        "setWhatsThis",
        "setWindowTitle",
    ]
)
"""Functions whose text a person sees or hears."""

MARKING = frozenset({"tr", "translate", "N", "_N", "QT_TRANSLATE_NOOP"})
"""Functions that mark a text for the translators."""


def bare_texts(source: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of what is shown without a translation."""
    for call in _calls(source):
        if _name(call) not in SHOWING:
            continue
        for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
            for part in _shown_parts(argument):
                if any(letter.isalpha() for letter in part):
                    yield call.lineno, part


def unreadable_marks(source: Path) -> Iterator[int]:
    """Yield the lines on which a text is marked that the collector of texts cannot read."""
    for call in _calls(source):
        name = _name(call)
        if name not in MARKING or not call.args:
            continue
        texts = call.args[:1] if name == "tr" else call.args[:2]
        looked_up = name == "translate" and not _is_text(texts[-1])
        # What comes out of a table was marked there.
        if not looked_up and not all(_is_text(text) for text in texts):
            yield call.lineno


def _calls(source: Path) -> Iterator[ast.Call]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _shown_parts(node: ast.expr) -> Iterator[str]:
    """Yield the texts that stand in an argument itself, not those in calls within it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from _shown_parts(part)
    elif isinstance(node, ast.BinOp):
        yield from _shown_parts(node.left)
        yield from _shown_parts(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _shown_parts(node.body)
        yield from _shown_parts(node.orelse)
    elif isinstance(node, ast.List | ast.Tuple):
        for part in node.elts:
            yield from _shown_parts(part)
