"""Colors and measures of the look, by role; no Qt, so that their contrast can be computed."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colors, `#RRGGBB`.

    The accent is a violet, which no expression's color is near to.

    Attributes:
        name: "dark" or "light".
        background: Behind everything: menu bar, tool bar, status bar, gaps.
        surface: Panels and lists.
        surface_raised: Cards, buttons, menus.
        hover: A raised surface under the pointer.
        pressed: A raised surface while pressed, and the ground of a checked button.
        picture: Around the letterboxed picture; dark in both themes, so that the picture leads.
        text: Text that is read.
        text_muted: Secondary text; still 4.5 to 1 on every surface.
        text_disabled: Text of what cannot be used now.
        border: Lines between areas, drawn only where a gap does not do.
        border_strong: Edges of what can be operated.
        accent: The one accent: focus, what is chosen, what is active.
        accent_text: The accent where it is text.
        on_accent: Text on the accent.
        danger: Errors.
        warning: Warnings.
        success: What went well.
    """

    name: str
    background: str
    surface: str
    surface_raised: str
    hover: str
    pressed: str
    picture: str
    text: str
    text_muted: str
    text_disabled: str
    border: str
    border_strong: str
    accent: str
    accent_text: str
    on_accent: str
    danger: str
    warning: str
    success: str

    @property
    def dark(self) -> bool:
        """True for the theme with light text on a dark ground."""
        return self.name == "dark"


DARK: Final = Tokens(
    name="dark",
    background="#15171C",
    surface="#1B1E24",
    surface_raised="#242830",
    hover="#2D323C",
    pressed="#353B47",
    picture="#0D0E11",
    text="#E7E9ED",
    text_muted="#9EA6B2",
    text_disabled="#666E7A",
    border="#2A2E37",
    border_strong="#3C424E",
    accent="#8F98FF",
    accent_text="#A9B0FF",
    on_accent="#12142A",
    danger="#FF8A80",
    warning="#F2BE5C",
    success="#6FCF97",
)

LIGHT: Final = Tokens(
    name="light",
    background="#F1F2F5",
    surface="#FAFBFC",
    surface_raised="#FFFFFF",
    hover="#E9EBF0",
    pressed="#DDE0E8",
    picture="#16181D",
    text="#1A1D23",
    text_muted="#57606E",
    text_disabled="#9AA1AC",
    border="#DFE2E8",
    border_strong="#C3C8D2",
    accent="#4F56D3",
    accent_text="#4048C4",
    on_accent="#FFFFFF",
    danger="#B3261E",
    warning="#7F5300",
    success="#17693D",
)

RECORDING: Final = "#FF4D42"
"""Red of the sign that tells of a recording; it lies on a dark plate in both themes."""

GRID: Final = 4
"""Spacing in px comes in multiples of this."""

RADIUS: Final = 6
"""Rounding of corners in px."""
