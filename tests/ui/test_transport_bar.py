"""The bar under the picture: place, range, strip, markers, preview, and what fits."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from ferqt.core.markers import Marker
from ferqt.runtime.playback import SPEEDS, PlayRange
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.ui.icons import icon
from ferqt.ui.seek_marks import FLAG_Y, GROOVE_Y, MARGIN, STRIP_HEIGHT, STRIP_Y, Stretch
from ferqt.ui.theme import Theme
from ferqt.ui.transport_bar import TransportBar
from tests.helpers.fake_session import CLIP
from tests.helpers.readings import sample

PICTURES = SourceInfo(SourceKind.IMAGES, "faces", "/pictures/faces", frame_count=5, seekable=True)
LONG = replace(CLIP, duration_s=7322.0, frame_count=219_660)
SWITCHES = ("loop", "sound")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot) -> Iterator[TransportBar]:
    """A bar at the foot of a window 900 px wide, showing a clip of 20 s."""
    theme = Theme("dark")
    theme.apply()
    host = QWidget()
    qtbot.addWidget(host)
    steps, switches = (
        [QAction(icon(name, theme.tokens), name, host) for name in names]
        for names in (("to-start", "step-back", "pause", "step-forward", "to-end"), SWITCHES)
    )
    made = TransportBar(steps, switches)
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    column.addWidget(made)
    host.resize(900, 300)
    host.show()
    made.set_source(CLIP)
    yield made
    # Python's names keep both alive until here.
    del theme, host


def resize(bar: TransportBar, width: int) -> None:
    bar.window().resize(width, 300)
    assert bar.window().width() == width, "the bar must not keep the window wide"


def shown_texts(bar: TransportBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


def x_at(bar: TransportBar, seconds: float) -> int:
    width = bar.slider.width() - 2 * MARGIN
    return round(MARGIN + seconds * 1000 / bar.slider.maximum() * width)


def told(signal) -> list[object]:
    heard: list[object] = []
    signal.connect(lambda *values: heard.append(values[0] if values else None))
    return heard


def drag(qtbot, slider, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(slider, LEFT, pos=start)
    qtbot.mouseMove(slider, end)
    qtbot.mouseRelease(slider, LEFT, pos=end)


def test_time_and_frame_are_shown_with_their_ends(bar):
    bar.show_position(sample(12.48))
    assert shown_texts(bar) == ["00:12.480", "/ 00:20.000", "Frame 374", "/ 600"]


@pytest.mark.parametrize("info", [CLIP, LONG], ids=["20 s", "2 h"])
@pytest.mark.parametrize("width", [520, 620, 900, 2560])
def test_nothing_is_clipped_at_any_width(bar, qtbot, info, width):
    bar.set_source(info)
    bar.show_speed(0.25)
    resize(bar, width)
    bar.show_position(sample(info.duration_s - 0.04))
    qtbot.waitUntil(lambda: bar._line.geometry().width() == bar.width())
    parts = [
        part
        for kind in (QLabel, QToolButton)
        for part in bar.findChildren(kind)
        if part.isVisible()
    ]
    assert {"00:19.960", "Frame 599"} <= set(shown_texts(bar)) or info is LONG
    assert any(text.startswith("Frame") for text in shown_texts(bar))
    right = 0
    for part in sorted(parts, key=lambda part: part.x()):
        assert part.x() >= right, "parts overlap"
        assert part.width() >= part.sizeHint().width()
        right = part.x() + part.width()
    assert right <= bar.width()


def test_lengths_come_back_when_there_is_room_again(bar):
    resize(bar, 520)
    assert "/ 00:20.000" not in shown_texts(bar)
    resize(bar, 900)
    assert "/ 00:20.000" in shown_texts(bar)


def test_pictures_are_counted_and_have_neither_speed_nor_switches(bar):
    bar.set_source(PICTURES)
    assert shown_texts(bar) == ["Picture 1", "/ 5"]
    assert not bar.speed.isVisible()
    assert len([button for button in bar.findChildren(QToolButton) if button.isVisible()]) == 5
    bar.set_source(CLIP)
    assert bar.speed.isVisible()


def test_an_endless_source_has_a_place_and_no_slider(bar):
    bar.set_source(replace(CLIP, kind=SourceKind.DEMO, duration_s=None, frame_count=None))
    bar.show_position(sample(3.0))
    assert not bar.slider.isVisible()
    assert shown_texts(bar) == ["00:03.000", "Frame 90"]


def test_every_speed_is_offered_and_the_one_in_force_shown(bar):
    asked = told(bar.speed_requested)
    for action in bar.speed.menu().actions():
        action.trigger()
    assert asked == list(SPEEDS)
    bar.show_speed(0.25)
    assert bar.speed.text() == "0.25 ×"
    (checked,) = (action for action in bar.speed.menu().actions() if action.isChecked())
    assert checked.text() == "0.25 ×"


def test_the_flags_of_a_range_are_dragged_but_not_past_each_other(bar, qtbot):
    bar.show_range(PlayRange(5.0, 10.0))
    moved_in, moved_out = told(bar.in_requested), told(bar.out_requested)
    sought = told(bar.seek_requested)
    in_flag = QPoint(x_at(bar, 5.0) - 3, FLAG_Y)
    out_flag = QPoint(x_at(bar, 10.0) + 3, FLAG_Y)
    drag(qtbot, bar.slider, in_flag, QPoint(x_at(bar, 2.0), FLAG_Y))
    drag(qtbot, bar.slider, in_flag, QPoint(x_at(bar, 15.0), FLAG_Y))
    drag(qtbot, bar.slider, out_flag, QPoint(x_at(bar, 12.0), FLAG_Y))
    assert moved_in == pytest.approx([2.0, 9.999], abs=0.03)
    assert moved_out == pytest.approx([12.0], abs=0.03)
    assert sought == []


def test_the_place_is_dragged_beside_the_flags(bar, qtbot):
    bar.show_range(PlayRange(5.0, 10.0))
    sought = told(bar.seek_requested)
    drag(qtbot, bar.slider, QPoint(x_at(bar, 5.0), GROOVE_Y), QPoint(x_at(bar, 8.0), GROOVE_Y))
    assert sought == pytest.approx([5.0, 8.0], abs=0.03)


def test_the_menu_marks_and_clears(bar):
    moved_in, moved_out = told(bar.in_requested), told(bar.out_requested)
    cleared = told(bar.range_clear_requested)
    menu = bar.slider.range_menu(7.5)
    mark_in, mark_out, _, clear = menu.actions()
    assert not clear.isEnabled()
    mark_in.trigger()
    mark_out.trigger()
    bar.show_range(PlayRange(7.5, None))
    bar.slider.range_menu(1.0).actions()[-1].trigger()
    assert (moved_in, moved_out, len(cleared)) == ([7.5], [7.5], 1)


def color_at(bar: TransportBar, seconds: float, y: int) -> QColor:
    return QColor(bar.slider.grab().toImage().pixel(x_at(bar, seconds), y))


def test_range_strip_and_markers_are_painted_where_they_are(bar):
    plain = color_at(bar, 7.0, GROOVE_Y - 6)
    bar.show_range(PlayRange(5.0, 10.0))
    assert color_at(bar, 7.0, GROOVE_Y - 6) != plain
    assert color_at(bar, 12.0, GROOVE_Y - 6) == plain
    bar.set_stretches([Stretch(2.0, 4.0, "#E69F00", "happy"), Stretch(4.0, 8.0, "#0072B2", "sad")])
    strip = STRIP_Y + STRIP_HEIGHT // 2
    assert color_at(bar, 3.0, strip).name().upper() == "#E69F00"
    assert color_at(bar, 6.0, strip).name().upper() == "#0072B2"
    assert color_at(bar, 9.0, strip) == color_at(bar, 15.0, strip)
    bare = color_at(bar, 16.0, 1)
    bar.set_markers([Marker(0, 16.0, 480, "laugh"), Marker(0, None, 9, "live")])
    assert color_at(bar, 16.0, 1) != bare


def test_a_new_source_shows_nothing_of_the_one_before(bar):
    bar.set_markers([Marker(0, 16.0, 480, "laugh")])
    bar.set_stretches([Stretch(2.0, 4.0, "#E69F00", "happy")])
    bar.set_source(LONG)
    assert bar.slider.stretches == ()
    assert bar.slider.told_at(16.0) == ""


def previews(bar: TransportBar) -> list[tuple[str, str]]:
    return [bar._preview.texts] if bar._preview is not None and bar._preview.isVisible() else []


def test_hovering_shows_time_expression_and_thumbnail(bar, qtbot):
    bar.set_stretches([Stretch(2.0, 4.0, "#E69F00", "happy")])
    bar.set_markers([Marker(0, 16.0, 480, "laugh")])
    wished = told(bar.thumbnail_requested)
    qtbot.mouseMove(bar.slider, QPoint(x_at(bar, 3.0), GROOVE_Y))
    ((time, expression),) = previews(bar)
    assert time.startswith(("00:03.0", "00:02.9"))
    assert expression == "happy"
    assert wished == pytest.approx([3.0], abs=0.03)
    assert bar._preview.picture.isNull()
    bar.show_thumbnail(3.0, np.full((108, 192, 3), (200, 40, 40), np.uint8))
    shown = bar._preview.picture.toImage()
    assert (shown.width(), shown.height()) == (192, 108)
    assert QColor(shown.pixel(90, 50)).getRgb()[:3] == (200, 40, 40)
    qtbot.mouseMove(bar.slider, QPoint(x_at(bar, 16.0), GROOVE_Y))
    assert previews(bar)[0][1] == "laugh"


def test_the_preview_stays_in_the_window_above_the_slider_and_goes_with_the_pointer(bar, qtbot):
    for seconds in (0.0, 20.0):
        bar.slider.hovered.emit(seconds, x_at(bar, seconds))
        bar.show_thumbnail(seconds, np.zeros((108, 192, 3), np.uint8))
        card = bar._preview.geometry()
        assert bar.window().rect().contains(card)
        top = bar.slider.mapTo(bar.window(), QPoint(0, 0)).y()
        assert card.bottom() < top
    bar.slider.left.emit()
    assert previews(bar) == []
    bar.show_thumbnail(1.0, np.zeros((108, 192, 3), np.uint8))
    assert previews(bar) == [], "a thumbnail that comes late does not open the card again"


def test_a_position_does_not_move_a_handle_that_is_held(bar, qtbot):
    qtbot.mousePress(bar.slider, LEFT, pos=QPoint(x_at(bar, 5.0), GROOVE_Y))
    bar.show_position(sample(15.0))
    assert bar.slider.value() == pytest.approx(5000, abs=30)
    qtbot.mouseRelease(bar.slider, LEFT, pos=QPoint(x_at(bar, 5.0), GROOVE_Y))
    bar.show_position(sample(15.0))
    assert bar.slider.value() == 15_000
