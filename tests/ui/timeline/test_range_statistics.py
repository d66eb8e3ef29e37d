"""The panel of statistics of a session."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTabWidget, QToolButton, QWidget

from ferqt.core.episodes import EpisodeRule
from ferqt.core.range_statistics import range_statistics
from ferqt.core.session_document import TimeRange
from ferqt.ui.timeline.figures_table import ROW_PX
from ferqt.ui.timeline.range_statistics_view import RangeStatisticsView
from tests.helpers.sessions import session_document


@pytest.fixture
def panel(qtbot, theme, tasks):
    made = RangeStatisticsView(theme, tasks)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


@pytest.fixture
def filled(qtbot, panel, minute):
    with qtbot.waitSignal(panel.counted):
        panel.set_document(minute)
    return panel


def cells(view, row):
    return [view.table.text_at(row, column) for column in range(view.table.columnCount())]


def test_without_a_session_it_says_what_to_do(panel):
    label = next(one for one in panel.findChildren(QLabel) if one.isVisible())
    assert "Open one" in label.text()
    assert panel.copied() == ""


def test_it_shows_what_the_engine_counts(filled, minute):
    told = range_statistics(minute, None)
    expressions, transitions, brief = filled.tables
    assert expressions.table.rowCount() == transitions.table.rowCount() == len(told.names)
    assert brief.table.rowCount() == len(told.brief_episodes) > 0
    row = told.names.index("sad")
    one = told.expression("sad")
    assert cells(expressions, row)[:2] == ["sad", f"{100 * one.share:.0f}%"]
    assert cells(expressions, row)[6] == str(one.episodes)


def test_it_says_what_the_frame_rate_can_show(filled):
    assert "33 ms" in filled.texts[2]


def test_a_range_is_counted_when_it_rests(qtbot, filled, minute):
    heard = []
    filled.counted.connect(lambda: heard.append(1))
    with qtbot.waitSignal(filled.counted):
        for end_s in (12, 14, 16):
            filled.set_range(TimeRange(10, end_s))
    assert len(heard) == 1
    told = range_statistics(minute, None, (TimeRange(10, 16),))
    assert filled.statistics.expressions == told.expressions
    assert "00:10.000" in filled.texts[0]
    assert "00:16.000" in filled.texts[0]


def test_a_face_is_counted_by_itself(qtbot, filled, minute):
    told = []
    filled.face_selected.connect(told.append)
    with qtbot.waitSignal(filled.counted):
        filled.select_face(1)
    assert filled.faces.currentText() == "Face 1  Ada"
    assert filled.statistics.expressions == range_statistics(minute, 1).expressions
    assert told == []
    with qtbot.waitSignal(filled.counted):
        filled.faces.setCurrentIndex(2)
        filled.faces.activated.emit(2)
    assert told == [2]


def test_an_exclusion_keeps_range_and_face(qtbot, filled, minute):
    with qtbot.waitSignal(filled.counted):
        filled.select_face(1)
    with qtbot.waitSignal(filled.counted):
        filled.set_range(TimeRange(10, 40))
    before = filled.statistics.analyzed_s
    with qtbot.waitSignal(filled.counted):
        filled.set_document(replace(minute, excluded=(TimeRange(20, 25),)))
    assert filled.statistics.face_id == 1
    assert filled.statistics.analyzed_s == pytest.approx(before - 5, abs=0.05)


def test_another_rule_counts_other_episodes(qtbot, filled):
    brief = len(filled.statistics.brief_episodes)
    with qtbot.waitSignal(filled.counted):
        filled.set_rule(EpisodeRule(min_duration_s=0.5))
    assert len(filled.statistics.brief_episodes) == 0 < brief


def test_a_click_on_a_brief_episode_shows_it(filled):
    told = []
    filled.seek_requested.connect(told.append)
    filled.findChild(QTabWidget).setCurrentIndex(2)
    brief = filled.tables[2]
    place = brief.visualRect(brief.table.index(1, 0)).center()
    QTest.mouseClick(brief.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClick(brief, Qt.Key.Key_Return)
    episode = filled.statistics.brief_episodes[1]
    assert told == [episode.start_s, episode.start_s]


def test_the_table_in_front_is_copied(filled):
    copy = next(one for one in filled.findChildren(QToolButton) if one.text() == "Copy")
    copy.click()
    assert QGuiApplication.clipboard().text().startswith("expression\tshare\t")
    filled.findChild(QTabWidget).setCurrentIndex(1)
    copy.click()
    assert QGuiApplication.clipboard().text().startswith("from\tneutral")


def test_blinks_and_smiles_are_told_where_they_were_measured(qtbot, panel, minute):
    with qtbot.waitSignal(panel.counted):
        panel.set_document(session_document(20, blendshapes=True))
    assert "Blinks:" in panel.texts[1]
    with qtbot.waitSignal(panel.counted):
        panel.set_document(minute)
    assert "Blinks" not in panel.texts[1]


def test_a_range_without_the_face_says_so(qtbot, filled, minute):
    with qtbot.waitSignal(filled.counted):
        # Everybody is away a tenth of the way in.
        filled.set_range(TimeRange(6.5, 7.5))
    assert "not seen" in filled.texts[1]


def test_in_a_low_panel_the_table_has_the_room(qtbot, theme, tasks, minute):
    ground = QWidget()
    qtbot.addWidget(ground)
    panel = RangeStatisticsView(theme, tasks)
    panel.setParent(ground)
    with qtbot.waitSignal(panel.counted):
        panel.set_document(minute)
    ground.show()
    table = panel.tables[0]
    for height in (300, panel.minimumSizeHint().height()):
        panel.setGeometry(0, 0, 300, height)
        QCoreApplication.processEvents()
        lowest = table.mapTo(panel, table.rect().bottomLeft()).y()
        assert lowest <= height
        assert table.viewport().height() >= ROW_PX
    assert all(text.split()[0] in panel.faces.toolTip() for text in panel.texts)
