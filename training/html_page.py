"""What pages of models are made of: tables, paragraphs, and figures as text."""

from collections.abc import Sequence
from html import escape

from training.metrics import Interval


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of texts, escaped here; all columns but the first are set as numbers."""
    lines = [f"<tr>{''.join(f'<th>{escape(cell)}</th>' for cell in head)}</tr>"]
    lines += [f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows]
    return f"<div class='wide'><table>{''.join(lines)}</table></div>"


def paragraph(text: str) -> str:
    """A paragraph of text, escaped here."""
    return f"<p>{escape(text)}</p>"


def percent(share: float) -> str:
    """A share as text, in tenths of a percent."""
    return f"{share:.1%}"


def points(share: float) -> str:
    """A difference of shares in points, with its sign."""
    tenths = round(100 * share, 1)
    return f"{tenths:+.1f}".replace("-", "−") if tenths else "0.0"


def between(interval: Interval) -> str:
    """An interval of shares as text."""
    return f"{100 * interval.low:.1f}–{interval.high:.1%}"
