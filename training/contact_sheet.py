"""Pictures side by side with titles, as one image: for looking at what numbers do not tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from ferqt.core.types import Image
from ferqt.errors import OutputError

if TYPE_CHECKING:
    from PIL.Image import Image as Canvas
    from PIL.ImageDraw import ImageDraw

_CELL_PX: Final = 96
"""Pictures smaller than this are enlarged by a whole number, pixel for pixel."""

_GAP_PX: Final = 8
_TEXT_PX: Final = 13
_LINE_PX: Final = 16
_LABEL_PX: Final = 96
_PAPER, _INK, _FAINT_INK = "#FFFFFF", "#1A1A1A", "#5F5F5F"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Pictures that lie side by side.

    Attributes:
        label: What the row is about, one or more lines.
        pictures: uint8 height x width gray, or height x width x 3 RGB, one a column, of one size.
        captions: A text of one or more lines below each picture, or nothing.
    """

    label: str
    pictures: Sequence[Image]
    captions: Sequence[str] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Rows that share their columns.

    Attributes:
        titles: A text of one or more lines above each column, or nothing.
        rows: From top to bottom.
    """

    titles: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Everything that one image shows.

    Attributes:
        title: One line.
        blocks: From top to bottom; all pictures have one size.
    """

    title: str
    blocks: Sequence[Block]


def write_sheet(sheet: Sheet, path: Path) -> None:
    """Write a sheet as PNG; the folder is made if need be.

    Raises:
        OutputError: The file cannot be written.
    """
    canvas = draw_sheet(sheet)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        canvas.save(path, format="PNG")
    except OSError as error:
        raise OutputError(
            f"cannot write the sheet {path}: {error.strerror or error}",
            "Choose a folder that you may write to.",
        ) from error


def draw_sheet(sheet: Sheet) -> "Canvas":
    """Draw a sheet in RGB, dark on white."""
    from PIL import Image as Pictures
    from PIL import ImageDraw, ImageFont

    rows = [row for block in sheet.blocks for row in block.rows]
    cell = _enlarged(rows[0].pictures[0]).shape[1]
    columns = max(len(row.pictures) for row in rows)
    width = _LABEL_PX + columns * (cell + _GAP_PX) + 2 * _GAP_PX
    height = _LINE_PX + 2 * _GAP_PX + sum(_block_height(block) for block in sheet.blocks)
    canvas = Pictures.new("RGB", (width, height), _PAPER)
    pen = ImageDraw.Draw(canvas)
    # The font that Pillow carries: the same sheet on every system.
    pen.font = ImageFont.load_default(_TEXT_PX)
    pen.text((_GAP_PX, _GAP_PX), sheet.title, _INK)
    top = _LINE_PX + 2 * _GAP_PX
    for block in sheet.blocks:
        _draw_block(canvas, pen, block, top, cell + _GAP_PX)
        top += _block_height(block)
    return canvas


def _draw_block(canvas: "Canvas", pen: "ImageDraw", block: Block, top: int, step: int) -> None:
    from PIL import Image as Pictures

    left = _LABEL_PX + _GAP_PX
    titles_px = _text_height(block.titles)
    for i, title in enumerate(block.titles):
        pen.text((left + i * step, top + titles_px), title, _FAINT_INK, anchor="ld", spacing=3)
    top += titles_px + _GAP_PX
    for row in block.rows:
        pen.text((_GAP_PX, top), row.label, _INK, spacing=3)
        for i, picture in enumerate(row.pictures):
            canvas.paste(Pictures.fromarray(_enlarged(picture)), (left + i * step, top))
        below = top + len(_enlarged(row.pictures[0])) + _GAP_PX // 2
        for i, caption in enumerate(row.captions):
            pen.text((left + i * step, below), caption, _FAINT_INK, spacing=3)
        top += _row_height(row)


def _block_height(block: Block) -> int:
    return _text_height(block.titles) + _GAP_PX + sum(_row_height(row) for row in block.rows)


def _row_height(row: Row) -> int:
    captions = _text_height(row.captions) + _GAP_PX if row.captions else 0
    picture = len(_enlarged(row.pictures[0]))
    return max(_text_height([row.label]), picture + captions) + _GAP_PX


def _text_height(texts: Sequence[str]) -> int:
    return _LINE_PX * max((text.count("\n") + 1 for text in texts), default=0)


def _enlarged(picture: Image) -> Image:
    factor = max(1, round(_CELL_PX / picture.shape[1]))
    return np.repeat(np.repeat(picture, factor, axis=0), factor, axis=1)
