"""From a frame's readings to the shapes that show them."""

from typing import Final

import numpy as np

from ferqt.core.emotions import color_of
from ferqt.core.types import FaceResult, FloatArray, Frame, FrameResult
from ferqt.outputs.overlay.marks import box_shapes, mesh_shapes, pose_shapes
from ferqt.outputs.overlay.options import Canvas, OverlayOptions
from ferqt.outputs.overlay.placement import Area, Place, Placer, label_places, panel_places
from ferqt.outputs.overlay.plates import QUIET, BarsPanel, LabelPlate
from ferqt.outputs.overlay.shapes import Primitive, TextMeasure, rgba
from ferqt.outputs.overlay.stabilizer import OverlayMemory, StableLabel

_PANELS: Final = (("full", 0.86, False), ("small", 0.74, False), ("brief", 0.74, True))
"""Panels to try, best first: name, share of the label's letters, whether only the leaders show."""

_MIN_PANEL_FONT: Final = 9.5

_MAX_HIDDEN: Final = 0.12
"""A panel that hides more than this share of another face or plate is left out."""


def build_overlay(
    result: FrameResult,
    options: OverlayOptions,
    canvas: Canvas,
    measure: TextMeasure,
    memory: OverlayMemory | None = None,
) -> tuple[Primitive, ...]:
    """Lay out what a frame's readings look like over its picture.

    Args:
        result: Readings with their frame.
        options: What to show.
        canvas: Size of the painted picture; shapes are in its px.
        measure: Tells the widths of texts in the painter's font.
        memory: Keeps names and places calm from frame to frame; None shows the frame by itself.

    Returns:
        Shapes in the order in which they are painted.

    Raises:
        ValueError: The result is a light sample without a frame.
    """
    if result.frame is None:
        raise ValueError("a light sample has no picture to draw over")
    memory = OverlayMemory() if memory is None else memory
    view = _View(result.frame, canvas, mirrored=options.mirrored)
    areas = {face.face.track_id: view.area(face) for face in result.faces}
    labels = {face.face.track_id: _label(face, result, memory) for face in result.faces}
    memory.keep_only(areas, result.session_ms)
    font = canvas.font_px
    unit = max(1.0, font / 14)

    marks: list[Primitive] = []
    for face in result.faces:
        track_id, box = face.face.track_id, face.face.box
        if options.show_landmarks:
            marks += mesh_shapes(box, view.points, unit)
        if options.show_labels:
            label = labels[track_id]
            color = QUIET if label.uncertain else rgba(color_of(label.name, on_dark=True))
            chosen = track_id == options.selected_id
            marks += box_shapes(areas[track_id], color, font, bold=chosen, dashed=label.uncertain)
        if options.show_pose:
            marks += pose_shapes(box, view.points, unit)

    # The gaps between a face and its plates are wider than the placer's slack.
    placer = Placer(canvas.width, canvas.height, 0.3 * font, 0.25 * font, areas)
    # The selected face chooses its places first, and labels come before panels.
    order = sorted(result.faces, key=lambda face: face.face.track_id != options.selected_id)
    plates: list[Primitive] = []
    if options.show_labels:
        for face in order:
            track_id = face.face.track_id
            plate = LabelPlate(
                track_id,
                labels[track_id],
                face.smoothed,
                track_id == options.selected_id,
                face.face.box.pose if options.show_pose else None,
                font,
                measure,
            )
            places = label_places(areas[track_id], *plate.size, 0.35 * font)
            place = placer.find(places, memory.label_places.get(track_id, ""))
            memory.label_places[track_id] = place.key
            placer.take(place.area)
            plates += plate.shapes(place.area)
    if options.show_all_bars:
        smallest = _MIN_PANEL_FONT * canvas.pixel_ratio
        for face in order:
            track_id = face.face.track_id
            panels = {
                size: BarsPanel(
                    face.smoothed,
                    labels[track_id].name,
                    max(font * share, smallest),
                    brief,
                    measure,
                )
                for size, share, brief in _PANELS
            }
            places = [
                Place(f"{size} {place.key}", place.area)
                for size, panel in panels.items()
                for place in panel_places(areas[track_id], *panel.size, 0.45 * font)
            ]
            place = placer.find(places, memory.panel_places.get(track_id, ""))
            hidden = placer.hides(place.area, besides=track_id)
            if hidden > _MAX_HIDDEN and track_id != options.selected_id:
                continue
            memory.panel_places[track_id] = place.key
            placer.take(place.area)
            plates += panels[place.key.split()[0]].shapes(place.area)
    return (*marks, *plates)


class _View:
    """Maps px of a frame to px of a canvas."""

    def __init__(self, frame: Frame, canvas: Canvas, *, mirrored: bool) -> None:
        self._scale = np.array(
            [canvas.width / frame.width, canvas.height / frame.height], np.float32
        )
        self._width = canvas.width
        self._mirrored = mirrored

    def points(self, points: FloatArray) -> FloatArray:
        mapped = points * self._scale
        if self._mirrored:
            mapped[:, 0] = self._width - mapped[:, 0]
        return mapped.astype(np.float32)

    def area(self, face: FaceResult) -> Area:
        box = face.face.box
        corners = np.array([[box.x, box.y], [box.x + box.width, box.y + box.height]], np.float32)
        (x0, y0), (x1, y1) = self.points(corners).tolist()
        return Area(min(x0, x1), y0, abs(x1 - x0), y1 - y0)


def _label(face: FaceResult, result: FrameResult, memory: OverlayMemory) -> StableLabel:
    if result.name:
        # Pictures of a folder are no film: what one shows says nothing about the next.
        return StableLabel(face.smoothed.top, face.smoothed.uncertain)
    return memory.labels.update(face.face.track_id, result.session_ms, face.smoothed)
