"""Bounds on picture sizes: media files come from strangers, so size is judged before memory is."""

from typing import Final

from ferqt.errors import SourceError

MAX_SIDE: Final = 16_384
"""Longest side in px; raising it lets wider panoramas in, at the cost of memory."""

MAX_PIXELS: Final = 89_000_000
"""Most pixels in a picture, 267 MB as RGB: just under the size that Pillow takes for an attack."""


def is_too_large(width: int, height: int) -> bool:
    """Tell whether a picture of so many px is over a bound."""
    return max(width, height) > MAX_SIDE or width * height > MAX_PIXELS


def check_picture_size(width: int, height: int, what: str) -> None:
    """Refuse a picture too large to decode; sizes of 0, which mean "not known yet", pass.

    Args:
        width: Width in px that the file's header states.
        height: Height in px.
        what: What is being opened, as in "cannot open 'x.png'".

    Raises:
        SourceError: The picture is over a bound.
    """
    if is_too_large(width, height):
        raise SourceError(
            f"{what}: its picture of {width} x {height} px is too large",
            f"ferqt reads up to {MAX_SIDE:,} px a side and {MAX_PIXELS // 1_000_000} megapixels.",
        )
