"""Writes a report where people and programs find it: JSON, pictures and one page."""

import json
from pathlib import Path

from ferqt.errors import FerqtError
from training.html_report import report_page
from training.plots import draw_confusion, draw_curves, draw_recall, draw_reliability
from training.report import Report, report_json


def write_report(report: Report, folder: Path) -> None:
    """Write report.json, report.html and the pictures; older files of these names are replaced.

    The page holds its pictures in itself and needs no other file.

    Raises:
        FerqtError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report_json(report), indent=2)
        (folder / "report.json").write_text(f"{text}\n", encoding="utf-8")
        pictures = {path.stem: path.read_bytes() for path in _draw(report, folder)}
        page = report_page(report, pictures)
        (folder / "report.html").write_text(page, encoding="utf-8")
    except OSError as error:
        raise FerqtError(
            f"cannot write the report to {folder}: {error}", "Choose another folder."
        ) from error


def _draw(report: Report, folder: Path) -> list[Path]:
    paths = [folder / f"{name}.png" for name in ("confusion", "recall", "reliability")]
    for draw, path in zip((draw_confusion, draw_recall, draw_reliability), paths, strict=True):
        draw(report.quoted, path)
    if report.history is not None:
        paths.append(folder / "curves.png")
        draw_curves(report.history, paths[-1])
    return paths
