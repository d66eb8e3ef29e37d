"""The plane of valence and arousal: which face is where, and how its trail fades."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from ferqt.core.affect import COORDINATES
from ferqt.core.people import People
from ferqt.core.types import FaceResult, FrameResult
from ferqt.ui.docks.affect_dock import AffectPanel, signed
from ferqt.ui.plot_styles import expression_color
from ferqt.ui.theme import Theme
from tests.helpers.paints import PaintCounter
from tests.helpers.readings import face, sample, scores


def shows(track_id: int, name: str = "", **given: float) -> FaceResult:
    return face(track_id, (0, 0, 9, 9), scores(given or {"happy": 1.0}), name=name)


def seconds(start: float, stop: float, *faces: FaceResult) -> list[FrameResult]:
    return [sample(step / 30, *faces) for step in range(round(start * 30), round(stop * 30))]


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    return Theme("dark")


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> AffectPanel:
    made = AffectPanel(theme)
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    return made


def shown(panel: AffectPanel) -> list[int]:
    return [one.trail.track_id for one in panel.plane.faces]


def feed(qtbot: QtBot, panel: AffectPanel, results: list[FrameResult]) -> None:
    """Give the panel results and wait until they are shown."""
    panel.add_samples(results)
    paints = PaintCounter(panel.plane)
    qtbot.waitUntil(lambda: paints.count > 0)


def test_without_a_face_the_panel_says_what_will_come(qtbot: QtBot, panel: AffectPanel) -> None:
    label = next(one for one in panel.findChildren(QLabel) if "No face yet" in one.text())
    assert label.isVisible()
    feed(qtbot, panel, seconds(0, 1, shows(1)))
    assert not label.isVisible()
    panel.clear()
    assert label.isVisible()


def test_the_first_face_is_shown_where_its_reading_lies(qtbot: QtBot, panel: AffectPanel) -> None:
    feed(qtbot, panel, seconds(0, 1, shows(3), shows(5, sad=1.0)))
    assert shown(panel) == [3]
    assert panel.reading == "Valence +0.81   Arousal +0.51"
    image = panel.plane.grab().toImage()
    place = panel.plane.place_of(*COORDINATES["happy"]).toPoint()
    wanted = expression_color("happy", QColor("#1B1E24"))
    assert QColor(image.pixel(place)) == wanted
    assert place.x() > panel.plane.width() / 2
    assert place.y() < panel.plane.height() / 2


def test_the_selected_face_is_shown(qtbot: QtBot, panel: AffectPanel) -> None:
    panel.set_selected(5)
    feed(qtbot, panel, seconds(0, 1, shows(3), shows(5, "Anna", sad=1.0)))
    assert shown(panel) == [5]
    assert any(label.text() == "Anna" for label in panel.findChildren(QLabel))
    panel.set_selected(8)
    qtbot.waitUntil(lambda: shown(panel) == [])
    assert any("Face 8 was not seen" in label.text() for label in panel.findChildren(QLabel))


def test_all_faces_are_shown_with_their_names(qtbot: QtBot, panel: AffectPanel) -> None:
    panel.set_selected(1)
    with qtbot.waitSignal(panel.settings_changed):
        panel.all_action.trigger()
    feed(qtbot, panel, seconds(0, 1, shows(1), shows(2, sad=1.0), shows(3, "Anna", angry=1.0)))
    # The selected face comes last: it lies over the others.
    assert [one.title for one in panel.plane.faces] == ["Face 2", "Anna", "Face 1"]
    assert panel.reading == "3 here"


def alpha_of(image: QImage, place: QPoint, ground: QColor) -> int:
    color = QColor(image.pixel(place))
    return abs(color.red() - ground.red()) + abs(color.green() - ground.green())


def test_the_trail_fades_with_age(qtbot: QtBot, panel: AffectPanel) -> None:
    # From sad to happy in 9 s: a straight line over the plane.
    steps = 270
    feed(
        qtbot,
        panel,
        [
            sample(step / 30, shows(1, happy=step / steps, sad=1 - step / steps))
            for step in range(steps + 1)
        ],
    )
    image = panel.plane.grab().toImage()
    ground = QColor(image.pixel(panel.plane.place_of(-0.9, 0.3).toPoint()))

    def strength(share: float) -> int:
        """How much the line stands out where it was at a share of the time."""
        sad, happy = COORDINATES["sad"], COORDINATES["happy"]
        x, y = (a + (b - a) * share for a, b in zip(sad, happy, strict=True))
        place = panel.plane.place_of(x, y).toPoint()
        around = [QPoint(place.x(), place.y() + dy) for dy in (-1, 0, 1)]
        return max(alpha_of(image, one, ground) for one in around)

    assert strength(0.9) > 1.3 * strength(0.45) > 1.3 * 1.3 * strength(0.08) > 20


def test_what_has_no_place_on_the_plane_is_said(qtbot: QtBot, panel: AffectPanel) -> None:
    feed(qtbot, panel, [*seconds(0, 1, shows(1)), *seconds(1, 2, shows(1, contempt=0.9))])
    assert panel.reading == "No place for what is shown now: contempt"
    assert panel.plane.faces[0].trail.now is None
    feed(qtbot, panel, seconds(2, 2.5))
    assert panel.reading == "Not in the picture"


def test_the_length_of_the_trail_can_be_chosen(qtbot: QtBot, panel: AffectPanel) -> None:
    feed(qtbot, panel, seconds(0, 20, shows(1)))
    row = panel.length_box.findText("5 s")
    panel.length_box.setCurrentIndex(row)
    with qtbot.waitSignal(panel.settings_changed):
        panel.length_box.activated.emit(row)
    assert panel.trail_s == 5
    qtbot.waitUntil(
        lambda: panel.plane.faces[0].trail.pieces[0][0].session_s == pytest.approx(15, abs=0.1)
    )
    panel.trail_s = 30
    assert panel.length_box.currentText() == "30 s"
    with pytest.raises(ValueError, match="a trail lasts"):
        panel.trail_s = 7


def test_names_and_merges_are_taken_over(qtbot: QtBot, panel: AffectPanel) -> None:
    panel.set_selected(2)
    feed(qtbot, panel, seconds(0, 1, shows(1), shows(2, sad=1.0)))
    panel.set_people(People().renamed(1, "Anna").merged_into(2, 1))
    qtbot.waitUntil(lambda: shown(panel) == [1])
    assert any(label.text() == "Anna" for label in panel.findChildren(QLabel))


def test_painting_is_limited_and_a_hidden_panel_paints_nothing(
    qtbot: QtBot, panel: AffectPanel
) -> None:
    qtbot.wait(100)
    paints = PaintCounter(panel.plane)
    for step in range(50):
        panel.add_samples([sample(step / 100, shows(1))])
        qtbot.wait(5)
    assert 1 <= paints.count <= 9
    panel.hide()
    before = paints.count
    panel.add_samples(seconds(1, 2, shows(1)))
    qtbot.wait(100)
    assert paints.count == before


def test_the_plane_is_spoken(qtbot: QtBot, panel: AffectPanel) -> None:
    feed(qtbot, panel, seconds(0, 1, shows(3)))
    assert panel.plane.accessibleName()
    assert panel.plane.accessibleDescription() == "Face 3: Valence +0.81   Arousal +0.51"
    assert panel.length_box.accessibleName()
    assert all(button.accessibleName() for button in panel.findChildren(QToolButton))


def test_the_plane_takes_the_theme(qtbot: QtBot, panel: AffectPanel, theme: Theme) -> None:
    def ink() -> QColor:
        image = panel.plane.grab().toImage()
        return QColor(image.pixel(panel.plane.place_of(0, -0.3).toPoint()))

    feed(qtbot, panel, seconds(0, 1, shows(1)))
    dark = ink()
    theme.choose("light")
    light = ink()
    theme.choose("dark")
    assert dark != light


@pytest.mark.parametrize(("value", "text"), [(0.346, "+0.35"), (-0.2, "−0.20"), (-0.001, "+0.00")])
def test_values_have_a_sign(value: float, text: str) -> None:
    assert signed(value) == text
