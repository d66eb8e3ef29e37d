"""Draws the lanes of a timeline, each from the painter's origin on."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from ferqt.core.history import Times
from ferqt.core.time_scale import TimeScale, picture_ticks, time_ticks
from ferqt.core.timeline_levels import Codes, FaceLevels
from ferqt.ui.timeline.grid import Grid
from ferqt.ui.timeline.lanes import STRIP_PX
from ferqt.ui.timeline.looks import Looks, short_name
from ferqt.ui.timeline.raster import Pixels, strip_pixels
from ferqt.ui.timeline.state import TimelineState

BAR_PX: Final = 20
"""Height of the color in a strip."""

FLAG_PX: Final = 16
_EPISODE_PX: Final = 8
_BRIEF_PX: Final = 8
"""Width and height of the sign of a brief episode; signs stand no closer."""

_WORD_PX: Final = 6
"""Free px on both sides of a word in its color."""

FRAMES_PX: Final = 6
"""So far apart, frames are marked one by one."""


def draw_ruler(painter: QPainter, state: TimelineState, looks: Looks, height: int) -> None:
    """Draw time codes and marks, and single frames where there is room."""
    scale, axis, tokens = state.scale, state.axis, looks.tokens
    metrics = painter.fontMetrics()
    widest = metrics.horizontalAdvance("0:00:00.000") + 16
    ticks = (time_ticks if axis.timed else picture_ticks)(scale, widest)
    frames = axis.step_s * scale.px_per_s >= FRAMES_PX
    between = axis.between(scale.start_s, scale.end_s).tolist() if frames else []
    painter.setPen(QColor(tokens.border_strong))
    painter.drawLines(
        [_upright(scale.x_of(time_s), height - 4, height) for time_s in between]
        + [_upright(scale.x_of(time_s), height - 6, height) for time_s in ticks.small]
    )
    painter.setPen(QColor(tokens.text_muted))
    painter.drawLines(
        [_upright(scale.x_of(time_s), height - 10, height) for time_s, _ in ticks.labeled]
    )
    for time_s, text in ticks.labeled:
        x = scale.x_of(time_s) + 4
        if x + metrics.horizontalAdvance(text) <= scale.width:
            painter.drawText(QPointF(x, height - 12), text)


def draw_strip(painter: QPainter, face: FaceLevels, looks: Looks, grid: Grid) -> None:
    """Draw what a face's leading expressions are, with their names where there is room."""
    codes = face.lead.columns(grid.edges)
    bar = round(BAR_PX * grid.ratio)
    top = (STRIP_PX - BAR_PX) / 2
    _put(painter, strip_pixels(codes, looks, bar, grid.offset), grid.ratio, top)
    _name_runs(painter, codes, looks, grid.ratio, QRectF(0, top, 0, bar / grid.ratio))


def draw_episodes(painter: QPainter, state: TimelineState, looks: Looks, grid: Grid) -> None:
    """Draw a bar for each episode of the selected face, and a sign over each brief one."""
    track, names = state.episodes, state.names
    view = track.between(float(grid.edges[0]), float(grid.edges[-1]))
    if view.start >= view.stop:
        return
    classes = np.array([names.index(name) for name in track.names], np.intp)
    kinds = classes[track.kind[view]]
    starts, ends = track.start_s[view], track.end_s[view]
    middles = (grid.edges[:-1] + grid.edges[1:]) / 2
    at = np.maximum(np.searchsorted(starts, middles, side="right") - 1, 0)
    inside = (middles >= starts[at]) & (middles < ends[at])
    codes = np.where(inside, 1 + 2 * kinds[at], 0).astype(np.uint8)
    # An episode that is narrower than a column is seen all the same.
    columns = np.clip(((starts - grid.edges[0]) / grid.column_s).astype(np.intp), 0, len(at) - 1)
    codes[columns] = 1 + 2 * kinds
    bar = round(_EPISODE_PX * grid.ratio)
    _put(painter, strip_pixels(codes, looks, bar, grid.offset), grid.ratio, 14)
    _sign_brief(painter, (starts + ends) / 2, kinds, track.brief[view], looks, state.scale)


def draw_flags(painter: QPainter, state: TimelineState, looks: Looks) -> None:
    """Draw the flags of markers, each with as much of its label as there is room for."""
    scale, metrics = state.scale, painter.fontMetrics()
    tokens = looks.tokens
    places = [scale.x_of(marker.time_s) for marker in state.markers]
    for number, (marker, x) in enumerate(zip(state.markers, places, strict=True)):
        following = places[number + 1] if number + 1 < len(places) else scale.width
        if x < -300 or x > scale.width or following - x < 1:
            continue
        room = min(following - x - 2, metrics.horizontalAdvance(marker.label) + 12)
        plate = QRectF(x, 2, max(room, 6), FLAG_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.pressed))
        painter.drawRect(plate)
        painter.setBrush(QColor(tokens.text))
        painter.drawRect(QRectF(x - 1, 2, 2, FLAG_PX + 2))
        if plate.width() > 24:
            text = metrics.elidedText(
                marker.label, Qt.TextElideMode.ElideRight, round(plate.width() - 8)
            )
            painter.setPen(QColor(tokens.text))
            painter.drawText(plate.adjusted(6, 0, 0, 0), _MIDDLE_LEFT, text)


def strip_image(codes: Codes, looks: Looks, size: QSizeF, ratio: float) -> QImage:
    """Return a strip as a picture of its own."""
    return image_of(strip_pixels(codes, looks, round(size.height() * ratio), 0), ratio)


_MIDDLE_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _put(painter: QPainter, pixels: Pixels, ratio: float, top: float) -> None:
    painter.drawImage(QPointF(0, top), image_of(pixels, ratio))


def image_of(pixels: Pixels, ratio: float) -> QImage:
    """Return pixels as a picture with so many device px to a px."""
    height, width = pixels.shape[:2]
    # The copy owns its memory: the array may go before the picture does.
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _name_runs(painter: QPainter, codes: Codes, looks: Looks, ratio: float, line: QRectF) -> None:
    """Write names into the stretches of color that are wide enough, short ones if need be."""
    edges = np.flatnonzero(np.diff(codes)) + 1
    starts = np.concatenate([[0], edges])
    widths = np.diff(np.append(starts, len(codes))) / ratio
    metrics = painter.fontMetrics()
    short_px = metrics.horizontalAdvance("Mm") + _WORD_PX
    wide = (widths >= short_px) & (codes[starts] > 0)
    for start, width in zip(starts[wide].tolist(), widths[wide].tolist(), strict=True):
        lead, unsure = divmod(int(codes[start]) - 1, 2)
        name = looks.labels.names[lead]
        if metrics.horizontalAdvance(name) + 2 * _WORD_PX > width:
            name = short_name(name)
        area = QRectF(start / ratio, line.top(), width, line.height())
        room = metrics.horizontalAdvance(name) + 6
        plate = QRectF(area.center().x() - room / 2, area.top() + 2, room, area.height() - 4)
        # A plain plate keeps the texture out of the letters.
        if not unsure:
            painter.fillRect(plate, looks.color(lead))
            painter.setPen(looks.ink_on(lead))
        else:
            painter.setPen(QColor(looks.tokens.text_muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)


def _sign_brief(
    painter: QPainter,
    middles: Times,
    kinds: npt.NDArray[np.intp],
    brief: npt.NDArray[np.bool_],
    looks: Looks,
    scale: TimeScale,
) -> None:
    places = (middles[brief] - scale.start_s) * scale.px_per_s
    _, first = np.unique((places // _BRIEF_PX).astype(np.intp), return_index=True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for x, kind in zip(places[first].tolist(), kinds[brief][first].tolist(), strict=True):
        half = _BRIEF_PX / 2 - 0.5
        painter.setBrush(looks.color(kind))
        corners = [QPointF(x - half, 4), QPointF(x + half, 4), QPointF(x, 11)]
        painter.drawPolygon(QPolygonF(corners))


def _upright(x: float, top: float, bottom: float) -> QLineF:
    return QLineF(round(x) + 0.5, top, round(x) + 0.5, bottom)


def faded(color: QColor, alpha: float) -> QColor:
    """Return a color that lets through what is behind it."""
    faded = QColor(color)
    faded.setAlphaF(alpha)
    return faded
