"""What to draw, and on what canvas."""

from dataclasses import dataclass
from typing import Final

_FONT_PX: Final = 14.5
_AT_SIDE_PX: Final = 620.0
_GROWTH: Final = 0.8
"""Letters grow slower than the picture: 14.5 px at 620 px, 28 px at 1400 px, 39 px at 2160 px."""

_MIN_FONT_PX: Final = 11.0


@dataclass(frozen=True, slots=True)
class OverlayOptions:
    """What the person wants to see.

    Attributes:
        show_labels: Boxes with id, leading expression and percent.
        show_all_bars: Bars of all classes beside each face.
        show_landmarks: The face mesh's contours and points.
        show_pose: Axes of the head and its angles.
        selected_id: Track whose box stands out; None for no one.
        mirrored: The picture is shown mirrored: shapes follow it, letters do not.
    """

    show_labels: bool = True
    show_all_bars: bool = True
    show_landmarks: bool = False
    show_pose: bool = False
    selected_id: int | None = None
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class Canvas:
    """The painted picture.

    Attributes:
        width: Width in device px.
        height: Height in device px.
        pixel_ratio: Device px to a px of the desktop; keeps small letters readable on dense
            screens.
    """

    width: float
    height: float
    pixel_ratio: float = 1.0

    @property
    def font_px(self) -> float:
        """Size of the letters in device px: it grows with the picture, within what is readable."""
        grown: float = _FONT_PX * (min(self.width, self.height) / _AT_SIDE_PX) ** _GROWTH
        return max(_MIN_FONT_PX * self.pixel_ratio, grown)
