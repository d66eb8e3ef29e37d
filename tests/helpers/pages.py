"""Pages as a browser would understand them: tables, pictures, texts, and what they ask for."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "img", "br", "hr", "input", "link"}
ASKING = {"src", "href", "srcset", "action", "data", "poster", "background", "xlink:href"}


@dataclass
class Table:
    """Texts of a table's cells, a list each row; the head is the first one."""

    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)

    def row(self, name: str) -> dict[str, str]:
        """The row that begins with a text, by the texts of the head, column spans filled."""
        (found,) = [row for row in self.rows[1:] if row[0] == name]
        return dict(zip(self.rows[0], found, strict=True))


class Page(HTMLParser):
    """A parsed page.

    Attributes:
        tags: Every tag with its attributes.
        text: All that is read.
        tables: In the order of the page.
        asked: What attributes point to.
        problems: Tags that are not closed, or closed in a wrong order.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.tables: list[Table] = []
        self.asked: list[str] = []
        self.problems: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.problems += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self.asked += [value or "" for name, value in attrs if name in ASKING]
        if tag not in VOID:
            self._open.append(tag)
        if tag == "table":
            self.tables.append(Table())
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag in {"td", "th"}:
            self.tables[-1].rows[-1] += [""] * int(given.get("colspan") or 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.text += data
        if "td" in self._open or "th" in self._open:
            self.tables[-1].rows[-1][-1] += data.strip()
        elif "caption" in self._open:
            self.tables[-1].caption += data

    def table(self, *heads: str) -> Table:
        """The first table whose head has some texts."""
        return next(one for one in self.tables if set(heads) <= set(one.rows[0]))
