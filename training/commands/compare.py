"""`compare`: several models on the same pictures, in one table."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ferqt.errors import FerqtError
from training.commands.reading import add_data_arguments, read_data


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser("compare", help="hold models side by side")
    one.add_argument("models", type=Path, nargs="+", metavar="MODEL", help="folder of a model")
    add_data_arguments(one)
    one.add_argument("--json", action="store_true", help="print JSON")
    one.add_argument("--html", type=Path, metavar="FILE", help="write a page")
    one.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> None:
    from training.answers import open_model
    from training.compare import HEAD, cells, compare, comparison_page, summary

    models = [open_model(folder) for folder in options.models]
    data = read_data(options)
    found = compare(models, data, data.split_named(options.split), options.labeling)
    if options.html is not None:
        _write(options.html, comparison_page(found))
    if options.json:
        print(json.dumps(asdict(found), indent=2))
    else:
        print(summary(found))
        print(_aligned([HEAD, *(cells(row) for row in found.rows)]))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FerqtError(f"cannot write {path}: {error}", "Choose another place.") from error


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
