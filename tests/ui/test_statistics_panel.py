"""The panel of statistics: what is shown of which face, and what leaves it as a table."""

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton, QToolTip
from pytestqt.qtbot import QtBot

from ferqt.core.emotions import EMOTIONS, color_of
from ferqt.core.people import People
from ferqt.core.statistics import FaceStatistics
from ferqt.core.types import FaceResult, FrameResult, Notice, Severity
from ferqt.errors import OutputError
from ferqt.ui.docks.statistics_chart import percent
from ferqt.ui.docks.statistics_dock import StatisticsPanel
from ferqt.ui.theme import Theme
from tests.helpers.readings import face, sample, scores


def shows(track_id: int, expression: str, confidence: float = 0.8, name: str = "") -> FaceResult:
    return face(track_id, (0, 0, 9, 9), scores({expression: confidence}), name=name)


SESSION = (
    sample(0.0, shows(1, "happy"), shows(2, "sad")),
    sample(0.6, shows(1, "sad", 0.6), shows(2, "sad", 0.5)),
    sample(0.8),
)
"""Face 1 is happy for 0.6 s and sad for 0.2 s; face 2 is sad for 0.8 s."""


@pytest.fixture
def panel(qtbot: QtBot) -> StatisticsPanel:
    made = StatisticsPanel(Theme(), refresh_ms=10)
    qtbot.addWidget(made)
    made.resize(400, 480)
    made.show()
    return made


def feed(qtbot: QtBot, panel: StatisticsPanel, *results: FrameResult) -> None:
    """Give the panel results and wait until it shows them."""
    panel.add_samples(results)
    statistics = panel.statistics

    def told() -> FaceStatistics | None:
        track_id = panel.shown_face
        return statistics.of_all() if track_id is None else statistics.of_face(track_id)

    qtbot.waitUntil(
        lambda: (
            panel.faces.count() == 1 + len(statistics.track_ids)
            and (shown := told()) is not None
            and panel.chart.entries == shown.expressions
        )
    )


def shares(panel: StatisticsPanel) -> dict[str, float]:
    return {entry.name: entry.share for entry in panel.chart.entries if entry.share}


def choose(panel: StatisticsPanel, text: str) -> None:
    row = panel.faces.findText(text)
    assert row >= 0
    panel.faces.setCurrentIndex(row)
    panel.faces.activated.emit(row)


def test_without_a_face_the_panel_says_what_will_come(qtbot: QtBot, panel: StatisticsPanel) -> None:
    label = next(one for one in panel.findChildren(QLabel) if "Nothing was seen" in one.text())
    assert label.isVisible()
    assert not panel.save_action.isEnabled()
    feed(qtbot, panel, *SESSION)
    assert not label.isVisible()
    assert panel.save_action.isEnabled()


def test_all_faces_are_summed_up(qtbot: QtBot, panel: StatisticsPanel) -> None:
    feed(qtbot, panel, *SESSION)
    assert shares(panel) == pytest.approx({"happy": 0.6 / 1.6, "sad": 1.0 / 1.6})
    assert "Seen for 1.6 s, frames: 4" in panel.summary
    assert "uncertain 0%" in panel.summary
    assert [entry.name for entry in panel.chart.entries] == list(EMOTIONS)


def test_one_face_can_be_chosen(qtbot: QtBot, panel: StatisticsPanel) -> None:
    feed(qtbot, panel, *SESSION)
    choose(panel, "Face 1")
    assert shares(panel) == pytest.approx({"happy": 0.75, "sad": 0.25})
    assert "Seen for 0.8 s" in panel.summary
    choose(panel, "All faces")
    assert panel.shown_face is None


def test_the_selected_face_is_shown_as_soon_as_it_was_seen(
    qtbot: QtBot, panel: StatisticsPanel
) -> None:
    panel.set_selected(2)
    assert panel.shown_face is None
    feed(qtbot, panel, *SESSION)
    assert panel.shown_face == 2
    qtbot.waitUntil(lambda: shares(panel) == pytest.approx({"sad": 1.0}))
    panel.set_selected(None)
    assert panel.shown_face is None


def test_new_faces_do_not_change_the_choice(qtbot: QtBot, panel: StatisticsPanel) -> None:
    feed(qtbot, panel, *SESSION)
    choose(panel, "Face 2")
    feed(qtbot, panel, sample(1.0, shows(1, "fear"), shows(3, "fear", name="Anna")))
    assert panel.shown_face == 2
    assert panel.faces.findText("Face 3  Anna") >= 0


def test_names_and_merges_are_taken_over(qtbot: QtBot, panel: StatisticsPanel) -> None:
    feed(qtbot, panel, *SESSION)
    choose(panel, "Face 2")
    panel.set_people(People().renamed(1, "Anna").merged_into(2, 1))
    qtbot.waitUntil(lambda: panel.faces.currentText() == "Face 1  Anna")
    assert panel.faces.count() == 2
    assert shares(panel) == pytest.approx({"happy": 0.6 / 1.6, "sad": 1.0 / 1.6})


def test_what_happens_while_the_panel_is_hidden_counts(
    qtbot: QtBot, panel: StatisticsPanel
) -> None:
    panel.hide()
    panel.add_samples(SESSION)
    assert "Frames: 0" in panel.summary
    panel.show()
    qtbot.waitUntil(lambda: "frames: 4" in panel.summary)


def test_reset_begins_anew(qtbot: QtBot, panel: StatisticsPanel) -> None:
    feed(qtbot, panel, *SESSION)
    panel.reset_action.trigger()
    assert panel.statistics.of_all().frames == 0
    feed(qtbot, panel, sample(1.0, shows(1, "fear")))
    assert shares(panel) == {"fear": 1.0}


def test_bars_are_as_long_as_the_shares_in_the_colors_of_the_expressions(
    qtbot: QtBot, panel: StatisticsPanel
) -> None:
    feed(qtbot, panel, *SESSION)
    qtbot.waitUntil(lambda: panel.chart.height() == panel.chart.sizeHint().height())
    image = panel.chart.grab().toImage()
    row = EMOTIONS.index("happy")
    y = 24 + row * 36 + 24 + 3
    colors = [QColor(image.pixel(x, y)).name() for x in range(image.width())]
    length = colors.count(color_of("happy", on_dark=True).lower())
    assert length == pytest.approx((image.width() - 24) * 0.6 / 1.6, abs=3)


def test_the_figures_are_spoken_and_told_under_the_pointer(
    qtbot: QtBot, panel: StatisticsPanel
) -> None:
    feed(qtbot, panel, *SESSION)
    spoken = panel.chart.accessibleDescription().splitlines()
    assert len(spoken) == 2
    assert spoken[0] == (
        "happy: 38% of the time (0.6 s), mean confidence 80%; frames: 1, episodes: 1"
    )
    place = QPoint(20, 24 + 36 + 10)
    QApplication.sendEvent(
        panel.chart, QHelpEvent(QEvent.Type.ToolTip, place, panel.chart.mapToGlobal(place))
    )
    qtbot.waitUntil(lambda: spoken[0] in QToolTip.text())
    QToolTip.hideText()


def test_the_table_is_copied_with_tabs(qtbot: QtBot, panel: StatisticsPanel) -> None:
    feed(qtbot, panel, *SESSION)
    panel.copy_action.trigger()
    rows = list(csv.DictReader(io.StringIO(QGuiApplication.clipboard().text()), delimiter="\t"))
    assert len(rows) == 3 * len(EMOTIONS)


def test_the_table_is_saved(
    qtbot: QtBot, panel: StatisticsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(qtbot, panel, *SESSION)
    chosen = str(tmp_path / "table")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
    with qtbot.waitSignal(panel.notice_posted) as told:
        panel.save_action.trigger()
    assert told.args == [Notice(Severity.INFO, "Statistics saved", "table.csv")]
    rows = list(csv.DictReader((tmp_path / "table.csv").open(newline="")))
    assert {row["face_id"] for row in rows} == {"1", "2", ""}


def test_a_file_that_cannot_be_written_is_told(
    qtbot: QtBot, panel: StatisticsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(qtbot, panel, *SESSION)
    (tmp_path / "file").write_bytes(b"")
    place = tmp_path / "file" / "table.csv"
    with pytest.raises(OutputError, match="cannot write"):
        panel.save(place)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(place), ""))
    with qtbot.waitSignal(panel.notice_posted) as told:
        panel.save_action.trigger()
    assert told.args is not None
    assert told.args[0].severity is Severity.ERROR


def test_every_control_says_what_it_is(panel: StatisticsPanel) -> None:
    assert panel.faces.accessibleName()
    buttons = panel.findChildren(QToolButton)
    assert len(buttons) == 3
    assert all(button.accessibleName() and button.toolTip() for button in buttons)
    assert panel.faces.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize(
    ("share", "text"), [(None, "–"), (0, "0%"), (0.004, "<1%"), (0.126, "13%"), (1, "100%")]
)
def test_shares_are_told_in_whole_percent(share: float | None, text: str) -> None:
    assert percent(share) == text
