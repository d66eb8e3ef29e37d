"""From what a report says to the page: templates, style, and the colors of expressions."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ferqt.core.emotions import color_of
from ferqt.core.timecode import format_time
from ferqt.html_page import page

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = Path(__file__).parent / "templates"
_STEPS_S: Final = (
    *(0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900),
    *(1800, 3600, 7200, 14_400, 43_200, 86_400),
)
_EDGE: Final = 4.0
"""Texts nearer than this many percent to an end of the axis are set inward."""

_FOOTER: Final = (
    "Made by ferqt on this computer. It recognizes expressions; it does not read feelings."
)


def rendered(template: str, title: str, classes: Sequence[str], said: Mapping[str, Any]) -> bytes:
    """Return a page.

    Args:
        template: Name of the file with its body.
        title: Of the page.
        classes: The model's classes, in the order of its output: `e0` is the first one's color.
        said: What the template fills in; texts are escaped there.
    """
    environment = _environment()
    body = environment.get_template(template).render(said)
    style = (_TEMPLATES / "report.css").read_text(encoding="utf-8") + _palette(classes)
    whole = page(title, body, broad=True, style=style, dark=True, footer=_FOOTER)
    # A name that is no text in UTF-8 has odd halves of signs in it.
    return whole.encode("utf-8", errors="replace")


def axis(start_s: float, end_s: float, *, ticks: int = 6) -> list[dict[str, str]]:
    """Return round times along an axis, `ticks` or one more, with their places in percent."""
    length = end_s - start_s
    step = next((one for one in _STEPS_S if length / one <= ticks), _STEPS_S[-1])
    decimals = 1 if step < 1 else 0
    first = ceil(start_s / step - 1e-9)
    last = floor(end_s / step + 1e-9)
    places = []
    for number in range(first, last + 1):
        at = 100 * (number * step - start_s) / length
        kind = "first" if at < _EDGE else "last" if at > 100 - _EDGE else ""
        places.append(
            {"at": f"{at:.2f}", "text": format_time(number * step, decimals), "kind": kind}
        )
    return places


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _palette(classes: Sequence[str]) -> str:
    """Return the CSS of the classes' colors, for light and dark grounds."""

    def rules(on_dark: bool) -> str:
        return "".join(
            f".e{index},.s{index}{{--c:{color_of(name, on_dark=on_dark)}}}"
            for index, name in enumerate(classes)
        )

    return (
        f"{rules(on_dark=False)}\n"
        f"@media screen and (prefers-color-scheme: dark) {{{rules(on_dark=True)}}}\n"
    )
