"""What pages are made of: their frame and style, tables, and figures as text."""

from collections.abc import Sequence
from html import escape
from typing import Final

from training.metrics import Interval


def page(title: str, body: str, *, broad: bool = False) -> str:
    """A whole page around a body of HTML; the title is escaped here.

    A broad page has room for a table of ten columns; paper is turned for it.
    """
    kind = " class='broad'" if broad else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main{kind}>\n{body}\n"
        "<footer>It recognizes expressions; it does not read feelings.</footer>\n"
        "</main>\n</body>\n</html>\n"
    )


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


_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #222;
  font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 2.5rem 1.5rem; }
main.broad { max-width: 72rem; page: broad; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; }
.sub { margin: .25rem 0 1.5rem; color: #666; }
p { max-width: 42rem; }
img { display: block; max-width: 100%; height: auto; margin: 0 0 1rem; }
.tiles { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; margin: 1.5rem 0 1rem; }
.tiles div { display: flex; flex-direction: column; }
.tiles b { font-size: 1.7rem; font-weight: 600; line-height: 1.2; }
.tiles small { color: #666; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .93rem; }
.tiles, table { font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem 1.2rem .3rem 0; white-space: nowrap; }
th { font-weight: 600; border-bottom: 1px solid #ccc; vertical-align: bottom; }
td { border-bottom: 1px solid #eee; }
th:first-child, td:first-child { text-align: left; }
footer { margin-top: 3rem; color: #666; font-size: .9rem; }
@media print {
  @page { margin: 18mm; }
  @page broad { size: landscape; }
  body { font-size: 10.5pt; }
  main { padding: 0; max-width: none; }
  h2 { break-after: avoid; }
  img, table { break-inside: avoid; }
  img { max-width: 80%; }
  .wide { overflow: visible; }
}
"""
