"""Several sessions in one plot."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget

from ferqt.core.comparison import ComparedFace
from ferqt.ui.timeline.comparison_view import ComparisonView
from tests.helpers.sessions import session_document


@pytest.fixture(scope="module")
def faces():
    documents = [
        replace(session_document(20 + seed, seed=seed), title=f"P{seed}") for seed in range(3)
    ]
    documents.append(replace(session_document(20, additions=False), title="unmarked"))
    return [ComparedFace(document, 1) for document in documents]


@pytest.fixture
def view(qtbot, theme, tasks):
    made = ComparisonView(theme, tasks)
    qtbot.addWidget(made)
    made.resize(800, 420)
    made.show()
    return made


@pytest.fixture
def filled(qtbot, view, faces):
    with qtbot.waitSignal(view.compared):
        view.set_sessions(faces)
    return view


def listed(view):
    box = view.findChild(QListWidget)
    return [box.item(row) for row in range(box.count())]


def test_without_sessions_it_says_what_to_do(view):
    assert "Select sessions in the library" in view.message
    view.set_sessions([])
    assert "Nothing is compared" in view.message
    assert view.copied() == ""


def test_sessions_are_laid_over_each_other(filled):
    compared = filled.comparison
    assert [curve.face.title for curve in compared.curves] == ["P0", "P1", "P2", "unmarked"]
    assert filled.message == ""
    assert "roughly" in filled.notes
    assert "sessions: 4" in filled.plot.accessibleDescription()


def test_sessions_without_the_marker_are_left_out_with_the_reason(qtbot, filled):
    with qtbot.waitSignal(filled.compared):
        filled.align_at("question")
    assert len(filled.comparison.curves) == 3
    assert filled.comparison.curves[0].zero_s == 10.0
    assert "It has no marker" in listed(filled)[3].text()
    assert "Left out: 1" in filled.notes
    with qtbot.waitSignal(filled.compared):
        filled.align_at("")
    assert "\n" not in listed(filled)[3].text()


def test_an_unchecked_session_does_not_count(qtbot, filled):
    with qtbot.waitSignal(filled.compared):
        listed(filled)[0].setCheckState(Qt.CheckState.Unchecked)
    assert [curve.face.title for curve in filled.comparison.curves] == ["P1", "P2", "unmarked"]


def test_with_nothing_checked_it_asks_for_sessions(qtbot, filled):
    for item in listed(filled):
        item.setCheckState(Qt.CheckState.Unchecked)
    assert "Check the sessions" in filled.message
    assert filled.comparison is None


def test_one_session_has_no_error(qtbot, view, faces):
    with qtbot.waitSignal(view.compared):
        view.set_sessions(faces[:1])
    assert "compare two or more" in view.notes
    assert np.isnan(view.comparison.error).all()
    assert "error" not in view.plot.tip_at(400)


def test_sessions_that_cannot_be_compared_say_why(qtbot, view, faces):
    with qtbot.waitSignal(view.compared):
        view.set_sessions([ComparedFace(faces[0].document, 42)])
    assert "Face 42 is not in it" in view.message


def test_an_expression_is_chosen(filled):
    filled.show_expression("sad")
    assert filled.plot.tip_at(400).splitlines()[1].startswith("sad: mean")
    assert filled.copied().splitlines()[0].split("\t")[:3] == ["time_s", "sessions", "mean"]
    filled.show_expression("unknown")
    assert filled.plot.tip_at(400).splitlines()[1].startswith("sad: mean")


def pixels(view):
    image = view.plot.grab().toImage()
    return np.frombuffer(image.constBits(), np.uint8).copy()


def test_band_and_single_curves_can_be_hidden(filled):
    whole = pixels(filled)
    filled.plot.show_singles(shown=False)
    alone = pixels(filled)
    filled.plot.show_band("")
    bare = pixels(filled)
    assert (whole != alone).any()
    assert (alone != bare).any()


def test_the_selected_session_is_brought_out(filled):
    plain = pixels(filled)
    filled.findChild(QListWidget).setCurrentRow(1)
    assert (pixels(filled) != plain).any()


def test_the_wheel_zooms_the_plot(filled):
    plot = filled.plot
    place = QPointF(300, 100)
    event = QWheelEvent(
        place,
        QPointF(plot.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 360),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot, event)
    assert not plot.scale.shows_all
    filled.show_expression("sad")
    assert not plot.scale.shows_all


def test_every_control_has_a_name(filled):
    for box in filled.findChildren(QComboBox):
        assert box.accessibleName()
