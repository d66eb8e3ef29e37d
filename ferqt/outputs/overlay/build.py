"""From a frame's readings to the shapes that show them."""

from typing import Final

import numpy as np

from ferqt.core.emotions import color_of
from ferqt.core.types import EmotionScores, FaceResult, FloatArray, Frame, FrameResult
from ferqt.outputs.overlay.bars_panel import BarsPanel
from ferqt.outputs.overlay.label_plate import LabelPlate
from ferqt.outputs.overlay.marks import box_shapes, mesh_shapes, pose_shapes
from ferqt.outputs.overlay.options import Canvas, OverlayOptions
from ferqt.outputs.overlay.placement import Area, Place, Placer, label_places, panel_places
from ferqt.outputs.overlay.plates import QUIET, Answer
from ferqt.outputs.overlay.shapes import Primitive, TextMeasure, rgba
from ferqt.outputs.overlay.stabilizer import LabelStabilizer, OverlayMemory, StableLabel

_PANELS: Final = (("full", 0.86, False), ("small", 0.74, False), ("brief", 0.74, True))
"""Panels to try, best first: name, share of the label's letters, whether only the leaders show
and compared models are not named."""

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
    layout = _Layout(result, options, canvas, measure, memory, view)
    memory.keep_only(layout.areas, result.session_ms)
    # Labels find their places before panels, and all of them are painted over what is on the faces.
    marks = layout.marks()
    labels = layout.labels() if options.show_labels else []
    panels = layout.panels() if options.show_all_bars else []
    return (*marks, *labels, *panels)


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


class _Layout:
    """One frame's overlay in the making."""

    def __init__(
        self,
        result: FrameResult,
        options: OverlayOptions,
        canvas: Canvas,
        measure: TextMeasure,
        memory: OverlayMemory,
        view: _View,
    ) -> None:
        self._options = options
        self._measure = measure
        self._memory = memory
        self._view = view
        self._font = canvas.font_px
        self._min_panel_font = _MIN_PANEL_FONT * canvas.pixel_ratio
        # The selected face chooses its places first.
        self._faces = sorted(
            result.faces, key=lambda face: face.face.track_id != options.selected_id
        )
        self.areas = {face.face.track_id: view.area(face) for face in result.faces}
        self._answers = {
            face.face.track_id: self._answer(memory.labels, face.smoothed, face, result)
            for face in result.faces
        }
        self._others = {
            face.face.track_id: self._answer(memory.other_labels, face.other_smoothed, face, result)
            for face in result.faces
            if face.other_smoothed is not None
        }
        self._titles = (result.model_id, result.other_model_id) if result.other_model_id else ()
        # The gaps between a face and its plates are wider than the placer's slack.
        margin, slack = 0.3 * self._font, 0.25 * self._font
        self._placer = Placer(canvas.width, canvas.height, margin, slack, self.areas)

    def marks(self) -> list[Primitive]:
        """Boxes, meshes and axes."""
        options, unit = self._options, max(1.0, self._font / 14)
        shapes: list[Primitive] = []
        for face in self._faces:
            track_id, box = face.face.track_id, face.face.box
            label, chosen = self._answers[track_id].label, track_id == options.selected_id
            if options.show_landmarks:
                shapes += mesh_shapes(box, self._view.points, unit)
            if options.show_labels:
                color = QUIET if label.uncertain else rgba(color_of(label.name, on_dark=True))
                shapes += box_shapes(
                    self.areas[track_id], color, self._font, bold=chosen, dashed=label.uncertain
                )
            if options.show_pose:
                shapes += pose_shapes(box, self._view.points, unit)
        return shapes

    def labels(self) -> list[Primitive]:
        """Plates that say who a face is and what it shows."""
        known = self._memory.label_places
        shapes: list[Primitive] = []
        for face in self._faces:
            track_id = face.face.track_id
            plate = LabelPlate(
                face.name or str(track_id),
                self._answers[track_id],
                self._others.get(track_id),
                face.corrected is not None,
                track_id == self._options.selected_id,
                face.face.box.pose if self._options.show_pose else None,
                self._font,
                self._measure,
            )
            places = label_places(self.areas[track_id], *plate.size, 0.35 * self._font)
            place = self._placer.find(places, known.get(track_id, ""))
            known[track_id] = place.key
            self._placer.take(place.area)
            shapes += plate.shapes(place.area)
        return shapes

    def panels(self) -> list[Primitive]:
        """Bars of all classes, where there is room for them."""
        known = self._memory.panel_places
        shapes: list[Primitive] = []
        for face in self._faces:
            track_id = face.face.track_id
            panels = self._panel_sizes(face)
            places = [
                Place(f"{size} {place.key}", place.area)
                for size, panel in panels.items()
                for place in panel_places(self.areas[track_id], *panel.size, 0.45 * self._font)
            ]
            place = self._placer.find(places, known.get(track_id, ""))
            # A panel that was there may hide a little more before it goes: it must not blink.
            limit = _MAX_HIDDEN * (1.6 if track_id in known else 1.0)
            hides = self._placer.hides(place.area, besides=track_id) > limit
            if hides and track_id != self._options.selected_id:
                known.pop(track_id, None)
                continue
            known[track_id] = place.key
            self._placer.take(place.area)
            shapes += panels[place.key.split()[0]].shapes(place.area)
        return shapes

    def _panel_sizes(self, face: FaceResult) -> dict[str, BarsPanel]:
        track_id = face.face.track_id
        return {
            size: BarsPanel(
                self._answers[track_id],
                self._others.get(track_id),
                () if brief else self._titles,
                max(self._font * share, self._min_panel_font),
                brief,
                self._measure,
            )
            for size, share, brief in _PANELS
        }

    @staticmethod
    def _answer(
        labels: LabelStabilizer, scores: EmotionScores, face: FaceResult, result: FrameResult
    ) -> Answer:
        if result.name:
            # Pictures of a folder are no film: what one shows says nothing about the next.
            return Answer(StableLabel(scores.top, scores.uncertain), scores)
        return Answer(labels.update(face.face.track_id, result.session_ms, scores), scores)
