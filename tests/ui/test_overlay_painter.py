from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from ferqt.core.emotions import color_of
from ferqt.outputs.overlay import OverlayOptions, Rect, Text
from ferqt.ui.overlay_painter import draw_overlay_on, measure_text, paint_overlay
from tests.helpers.portraits import grace_hopper
from tests.helpers.readings import face, reading, scores

BOX = (170.0, 132.3, 185.4, 202.3)
EVERYTHING_OFF = OverlayOptions(show_labels=False, show_all_bars=False)


def painted_columns(text: Text) -> np.ndarray:
    """Columns of a black canvas on which a text leaves anything."""
    canvas = QImage(300, 60, QImage.Format.Format_Grayscale8)
    canvas.fill(0)
    painter = QPainter(canvas)
    paint_overlay(painter, [text])
    painter.end()
    pixels = np.frombuffer(canvas.constBits(), np.uint8).reshape(60, canvas.bytesPerLine())
    return np.flatnonzero(pixels[:, :300].max(axis=0))


@pytest.mark.parametrize("bold", [False, True])
def test_texts_are_as_wide_as_they_were_measured(qapp: object, *, bold: bool) -> None:
    width = measure_text("surprise 100%", 15, bold=bold)
    columns = painted_columns(Text(20, 40, "surprise 100%", 15, (255, 255, 255, 255), bold))
    assert abs(columns[0] - 20) <= 2
    assert abs(columns[-1] - (20 + width)) <= 3


def test_a_text_can_end_where_it_is_told(qapp: object) -> None:
    columns = painted_columns(Text(200, 40, "86%", 15, (255, 255, 255, 255), align_right=True))
    assert abs(columns[-1] - 200) <= 2


def test_figures_do_not_dance(qapp: object) -> None:
    widths = {measure_text(f"{figure}{figure}%", 15, bold=False) for figure in range(10)}
    assert max(widths) - min(widths) < 0.01


def test_a_rectangle_covers_its_pixels(qapp: object) -> None:
    canvas = QImage(40, 30, QImage.Format.Format_RGB32)
    canvas.fill(0)
    painter = QPainter(canvas)
    paint_overlay(painter, [Rect(10, 5, 20, 10, fill=(200, 100, 50, 255))])
    painter.end()
    assert canvas.pixelColor(11, 6) == QColor(200, 100, 50)
    assert canvas.pixelColor(28, 13) == QColor(200, 100, 50)
    assert canvas.pixelColor(8, 6) == QColor(0, 0, 0)


def test_an_overlay_on_a_saved_picture_changes_only_what_it_covers(qapp: object) -> None:
    image = grace_hopper()
    result = reading(image, face(1, BOX, scores({"happy": 0.9})))
    drawn = draw_overlay_on(image, result, OverlayOptions(show_all_bars=False))
    assert drawn.shape == image.shape
    changed = (drawn != image).any(axis=2)
    assert 0.01 < changed.mean() < 0.2
    assert not changed[360:].any()
    # The middle of the box's left side has the expression's color.
    wanted = bytes.fromhex(color_of("happy", on_dark=True)[1:])
    assert np.abs(drawn[233, 168:173].astype(int) - list(wanted)).sum(axis=1).min() < 40


def test_an_overlay_without_shapes_leaves_every_pixel(qapp: object) -> None:
    # 511 px wide, so that Qt pads each row.
    image = np.ascontiguousarray(grace_hopper()[:, :511])
    result = reading(image, face(1, BOX, scores({"happy": 0.9})))
    assert np.array_equal(draw_overlay_on(image, result, EVERYTHING_OFF), image)


def test_threads_paint_at_once_what_one_paints_alone(qapp: object) -> None:
    image = grace_hopper()
    result = reading(image, face(1, BOX, scores({"happy": 0.9})))
    alone = draw_overlay_on(image, result, OverlayOptions())
    with ThreadPoolExecutor(2) as pool:
        together = list(
            pool.map(lambda _: draw_overlay_on(image, result, OverlayOptions()), range(12))
        )
    assert all(np.array_equal(painted, alone) for painted in together)
