"""Cards of models: what they tell, and what can be done with mouse and keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from ferqt.classifiers.catalog import Catalog
from ferqt.ui.docks.model_card import ModelAction, ModelCardView
from ferqt.ui.docks.model_dock import ModelPanel
from ferqt.ui.docks.model_texts import CardState, short_bytes, short_count, short_time
from ferqt.ui.main_window import MainWindow
from ferqt.ui.theme import Theme
from tests.helpers.fake_session import FakeSession
from tests.helpers.models import add_tiny_model

PROBLEM = ("model.tflite is not the file",)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """A shipped model, an own one, and a broken one of the user's."""
    add_tiny_model(tmp_path / "shipped", "tiny")
    add_tiny_model(tmp_path / "own", "mine", edit=lambda card: card.update(name="Mine"))
    add_tiny_model(tmp_path / "own", "torn", edit=lambda card: card.pop("output"))
    return Catalog((tmp_path / "shipped", tmp_path / "own"))


@pytest.fixture
def panel(qtbot: QtBot, catalog: Catalog) -> ModelPanel:
    made = ModelPanel(Theme())
    qtbot.addWidget(made)
    made.set_entries(catalog.entries)
    made.resize(360, 700)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def asked(panel: ModelPanel) -> list[tuple[str, object]]:
    """What was asked of the panel, as (signal, argument)."""
    seen: list[tuple[str, object]] = []
    for name in ("model", "compare", "add", "details", "verify", "folder", "remove"):
        signal = getattr(panel, f"{name}_requested")
        signal.connect(lambda what, name=name: seen.append((name, what)))
    panel.rescan_requested.connect(lambda: seen.append(("rescan", None)))
    return seen


def card_of(panel: ModelPanel, model_id: str) -> ModelCardView:
    card = panel.card(model_id)
    assert card is not None
    return card


def press(qtbot: QtBot, card: ModelCardView, text: str) -> None:
    (button,) = [one for one in card.findChildren(QPushButton) if one.text() == text]
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(card: ModelCardView) -> str:
    return " | ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def test_a_card_tells_what_one_chooses_by(panel: ModelPanel, catalog: Catalog) -> None:
    model = catalog.entry("tiny").card
    assert model is not None
    facts = shown(card_of(panel, "tiny"))
    for part in (model.name, model.architecture, "48 × 48 gray", "7 expressions", "parameters"):
        assert part in facts
    assert "Accuracy not measured" in facts
    assert "Runs on LiteRT" in facts


def test_measured_figures_are_quoted_with_their_data(qtbot: QtBot) -> None:
    entries = Catalog((Path("models"),)).entries
    panel = ModelPanel(Theme())
    qtbot.addWidget(panel)
    panel.set_entries(entries)
    for entry in entries:
        assert entry.card is not None
        figures = entry.card.metrics[-1]
        facts = card_of(panel, entry.id).text.spoken
        assert f"{100 * figures.accuracy:.1f} % accuracy" in facts
        assert f"ECE {figures.ece:.3f}" in facts
        assert f"on {figures.dataset}, {figures.n:,} faces" in facts


def test_the_time_a_face_is_told_once_it_is_known(panel: ModelPanel) -> None:
    card = card_of(panel, "tiny")
    assert "ms a face" not in shown(card)
    panel.set_known("tiny", speed_ms=2.437, runtime="Keras")
    assert "Runs on Keras  ·  2.4 ms a face here" in shown(card)


def test_click_enter_and_button_use_a_model(
    qtbot: QtBot, panel: ModelPanel, asked: list[tuple[str, object]]
) -> None:
    card = card_of(panel, "mine")
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    press(qtbot, card, "Use")
    assert asked == [("model", "mine")] * 3


def test_the_model_in_use_is_marked_and_not_asked_for_again(
    qtbot: QtBot, panel: ModelPanel, asked: list[tuple[str, object]]
) -> None:
    panel.set_active("mine")
    card = card_of(panel, "mine")
    assert "in use" in shown(card)
    assert card.text.spoken.startswith("Mine. in use")
    assert not card_of(panel, "tiny").state.active
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert asked == []
    visible = [one.text() for one in card.findChildren(QPushButton) if one.isVisible()]
    assert visible == ["Details"]


def test_the_head_of_the_model_in_use_comes_into_sight(qtbot: QtBot, panel: ModelPanel) -> None:
    panel.resize(360, 160)
    panel.set_active("mine")
    bar = panel._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0 and bar.value() == card_of(panel, "mine").y() - 8)


def test_compare_is_a_switch_that_follows_what_happens(
    qtbot: QtBot, panel: ModelPanel, asked: list[tuple[str, object]]
) -> None:
    card = card_of(panel, "mine")
    press(qtbot, card, "Compare")
    assert "compared" not in shown(card)
    panel.set_compared("mine")
    assert "compared" in shown(card)
    press(qtbot, card, "Compare")
    assert asked == [("compare", "mine"), ("compare", "")]


def test_a_loading_model_is_marked_until_it_is_done(panel: ModelPanel) -> None:
    panel.set_loading("mine")
    assert "loading …" in shown(card_of(panel, "mine"))
    panel.set_loading("")
    assert "loading" not in shown(card_of(panel, "mine"))


def test_the_menu_offers_what_can_be_done(panel: ModelPanel, catalog: Catalog) -> None:
    def offered(model_id: str) -> set[ModelAction]:
        menu = card_of(panel, model_id).menu()
        found = {action.data() for action in menu.actions() if action.isEnabled()}
        menu.deleteLater()
        return found

    everything = set(ModelAction)
    assert offered("mine") == everything
    assert offered("tiny") == everything - {ModelAction.REMOVE}
    assert offered("torn") == {ModelAction.VERIFY, ModelAction.FOLDER, ModelAction.REMOVE}
    panel.set_active("mine")
    assert offered("mine") == everything - {ModelAction.USE, ModelAction.COMPARE}


def test_the_menu_key_opens_the_menu_and_its_entries_ask(
    qtbot: QtBot, panel: ModelPanel, asked: list[tuple[str, object]], catalog: Catalog
) -> None:
    card = card_of(panel, "mine")
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard,
        card.rect().center(),
        card.mapToGlobal(QPointF()).toPoint(),
    )
    QApplication.sendEvent(card, event)
    (menu,) = card.findChildren(QMenu)
    assert menu.isVisible()
    for action in menu.actions():
        if action.data() in (ModelAction.VERIFY, ModelAction.FOLDER, ModelAction.REMOVE):
            action.trigger()
    menu.close()
    entry = catalog.entry("mine")
    assert asked == [("verify", entry), ("folder", entry), ("remove", entry)]


def test_keys_on_a_card_ask_for_details_and_removal(
    qtbot: QtBot, panel: ModelPanel, asked: list[tuple[str, object]], catalog: Catalog
) -> None:
    qtbot.keyClick(card_of(panel, "tiny"), Qt.Key.Key_Delete)
    qtbot.keyClick(
        card_of(panel, "tiny"), Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.AltModifier
    )
    qtbot.keyClick(card_of(panel, "mine"), Qt.Key.Key_Delete)
    assert asked == [("details", catalog.entry("tiny")), ("remove", catalog.entry("mine"))]


def test_up_and_down_go_from_card_to_card(qtbot: QtBot, panel: ModelPanel) -> None:
    first, second, _ = panel.cards
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()
    qtbot.keyClick(first, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_a_broken_model_is_listed_with_its_reason_and_cannot_be_chosen(
    qtbot: QtBot, panel: ModelPanel, asked: list[tuple[str, object]]
) -> None:
    card = card_of(panel, "torn")
    assert "output: is missing" in shown(card)
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert asked == []


def test_two_models_of_one_id_are_two_cards_and_the_usable_one_is_marked(
    qtbot: QtBot, panel: ModelPanel, tmp_path: Path, catalog: Catalog
) -> None:
    add_tiny_model(tmp_path / "own", "tiny")
    panel.set_entries(catalog.rescan())
    panel.set_active("tiny")
    both = [card for card in panel.cards if card.entry.id == "tiny"]
    assert [card.state.active for card in both] == [True, False]


def test_what_a_verification_found_stands_on_the_card(panel: ModelPanel, catalog: Catalog) -> None:
    entry, card = catalog.entry("mine"), card_of(panel, "mine")
    panel.set_verified(entry, None)
    assert "Verifying …" in shown(card)
    panel.set_verified(entry, PROBLEM)
    assert PROBLEM[0] in shown(card)
    assert card.text.damaged
    panel.set_verified(entry, ())
    assert "the files are whole and it answers" in shown(card)


def test_what_is_known_stays_when_models_are_looked_for_again(
    qtbot: QtBot, panel: ModelPanel, catalog: Catalog, tmp_path: Path
) -> None:
    panel.set_known("mine", speed_ms=2.4)
    panel.set_active("mine")
    add_tiny_model(tmp_path / "own", "new")
    panel.set_entries(catalog.rescan())
    assert [card.entry.id for card in panel.cards] == [entry.id for entry in catalog.entries]
    assert card_of(panel, "mine").state == CardState(active=True, runtime="LiteRT", speed_ms=2.4)
    qtbot.waitUntil(card_of(panel, "new").isVisible)


def test_a_model_that_is_gone_has_no_card(panel: ModelPanel, catalog: Catalog) -> None:
    panel.set_entries([entry for entry in catalog.entries if entry.id != "mine"])
    assert panel.card("mine") is None
    panel.set_entries([])
    empty = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any("No model was found" in text for text in empty)


def drop(panel: ModelPanel, *names: str) -> bool:
    """Drag files over the panel and let them go; tell whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    place, none = panel.rect().center(), Qt.KeyboardModifier.NoModifier
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, copy, data, left, none)
    QApplication.sendEvent(panel, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(panel, QDropEvent(QPointF(place), copy, data, left, none))
    return True


def test_a_model_file_can_be_dropped_and_a_video_is_left_to_the_window(
    panel: ModelPanel, asked: list[tuple[str, object]]
) -> None:
    assert drop(panel, "/films/a.mp4", "/models/Mine.KERAS")
    assert asked == [("add", "/models/Mine.KERAS")]
    assert not drop(panel, "/films/a.mp4")


def test_the_head_adds_and_looks_again(
    qtbot: QtBot, panel: ModelPanel, asked: list[tuple[str, object]]
) -> None:
    add = next(one for one in panel.findChildren(QPushButton) if one.text() == "Add Model …")
    qtbot.mouseClick(add, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel._rescan, Qt.MouseButton.LeftButton)
    assert asked == [("add", ""), ("rescan", None)]


def test_every_control_has_a_name(panel: ModelPanel) -> None:
    for button in panel.findChildren(QPushButton):
        assert button.accessibleName() or button.text()
    for card in panel.cards:
        assert card.accessibleName()
        assert card.accessibleDescription().startswith(card.accessibleName())


def test_the_windows_session_is_asked_and_answers(
    qtbot: QtBot, window: MainWindow, session: FakeSession
) -> None:
    qtbot.mouseClick(card_of(window.parts.panels.models, "other"), Qt.MouseButton.LeftButton)
    assert session.calls == [("select_model", "other")]
    model = session.catalog.entry("other").card
    assert model is not None
    session.answers_with(model)
    assert card_of(window.parts.panels.models, "other").state.active
    assert window.tool_bar.model_box.currentData() == "other"


def test_models_that_were_added_appear_when_looked_for(window: MainWindow, tmp_path: Path) -> None:
    add_tiny_model(tmp_path / "models", "added")
    window.actions_by_id["rescan"].trigger()
    assert window.parts.panels.models.card("added") is not None
    assert window.tool_bar.model_box.findData("added") >= 0


@pytest.mark.parametrize(
    ("count", "text"), [(999, "999"), (1_034_567, "1.03 M"), (12_345, "12.3 k")]
)
def test_counts_are_shortened(count: int, text: str) -> None:
    assert short_count(count) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [(12, "12 B"), (4_712_345, "4.7 MB"), (88_000, "88 kB"), (12_600_000, "13 MB")],
)
def test_sizes_are_shortened(size: int, text: str) -> None:
    assert short_bytes(size) == text


@pytest.mark.parametrize(
    ("ms", "text"), [(2.437, "2.4"), (0.04, "0.0"), (9.96, "10"), (62.4, "62")]
)
def test_times_are_shortened(ms: float, text: str) -> None:
    assert short_time(ms) == text
