"""The frame and the basic style of all pages that ferqt writes, of models and of sessions.

A page stands alone: its browser is told to load nothing, neither scripts nor fonts nor pictures
from elsewhere.
"""

from html import escape
from typing import Final

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(
    title: str,
    body: str,
    *,
    broad: bool = False,
    style: str = "",
    dark: bool = False,
    footer: str = "It recognizes expressions; it does not read feelings.",
) -> str:
    """Return a whole page around a body of HTML.

    Args:
        title: Escaped here.
        body: HTML as it is.
        broad: Give it room for a table of ten columns; paper is turned for it.
        style: More CSS.
        dark: Go dark with the reader's desktop; its pictures must be made for both grounds.
        footer: Its last line, escaped here.
    """
    kind = " class='broad'" if broad else ""
    rules = f"{_COLORS}{_DARK if dark else ''}{_STYLE}{style}"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{rules}</style>\n</head>\n"
        f"<body>\n<main{kind}>\n{body}\n"
        f"<footer>{escape(footer)}</footer>\n</main>\n</body>\n</html>\n"
    )


_COLORS: Final = """
:root { color-scheme: light; --ground: #fff; --ink: #222; --soft: #5c5c5c; --line: #ccc;
  --hair: #eee; --panel: #f4f5f7; }
"""

_DARK: Final = """
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --ground: #15171c; --ink: #e7e9ed; --soft: #9ea6b2; --line: #3c424e;
    --hair: #2a2e37; --panel: #1f232a; }
}
"""

_STYLE: Final = """
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 2.5rem 1.5rem; }
main.broad { max-width: 72rem; page: broad; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; }
.sub { margin: .25rem 0 1.5rem; color: var(--soft); }
p { max-width: 42rem; }
img { display: block; max-width: 100%; height: auto; margin: 0 0 1rem; }
.tiles { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; margin: 1.5rem 0 1rem; }
.tiles div { display: flex; flex-direction: column; }
.tiles b { font-size: 1.7rem; font-weight: 600; line-height: 1.2; }
.tiles small { color: var(--soft); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .93rem; }
.tiles, table { font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .3rem 1.2rem .3rem 0; white-space: nowrap; }
th { font-weight: 600; border-bottom: 1px solid var(--line); vertical-align: bottom; }
td { border-bottom: 1px solid var(--hair); }
th:first-child, td:first-child { text-align: left; }
footer { margin-top: 3rem; color: var(--soft); font-size: .9rem; }
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
