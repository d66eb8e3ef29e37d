"""What keys of the other menus change at the real window: one check an action."""

import av
import numpy as np
import pandas as pd
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ferqt.runtime.recording import RecordingState
from ferqt.settings import ALL_BARS, HEAD_POSE, LANDMARKS, Setting
from ferqt.ui.dialogs.face_name import FaceNameDialog
from ferqt.ui.dialogs.marker import MarkerDialog
from ferqt.ui.dialogs.model_details import ModelDetailsDialog
from ferqt.ui.shortcut_sheet import ShortcutSheet
from tests.helpers.paints import wait_painted
from tests.helpers.tour import FIRST, SECOND, Tour
from tests.helpers.tour_checks import CHECKS, Press, check

__all__ = ["CHECKS"]


@check("bars")
def shows_all_expressions(tour: Tour, press: Press) -> None:
    switches(tour, press, ALL_BARS, "bars")


@check("landmarks")
def shows_landmarks(tour: Tour, press: Press) -> None:
    switches(tour, press, LANDMARKS, "landmarks")


@check("pose")
def shows_the_head_pose(tour: Tour, press: Press) -> None:
    switches(tour, press, HEAD_POSE, "pose")


@check("face_1", "face_2")
def selects_a_face_everywhere_and_away_again(tour: Tour, press: Press) -> None:
    selection, panels = tour.window.parts.selection, tour.window.parts.panels
    press()
    chosen = selection.track_id
    assert chosen in (1, 2)
    assert tour.window.view.overlay_options.selected_id == chosen
    assert panels.faces.selected_id == chosen
    tour.until(lambda: panels.probabilities.plot.shown_face == chosen)
    press()
    assert selection.track_id is None


@check(*(f"face_{number}" for number in range(3, 10)))
def leaves_the_selection_where_no_face_has_the_number(tour: Tour, press: Press) -> None:
    tour.window.parts.selection.select(1)
    press()
    assert tour.window.parts.selection.track_id == 1


@check("no_face")
def selects_no_face(tour: Tour, press: Press) -> None:
    tour.window.parts.selection.select(1)
    press()
    assert tour.window.parts.selection.track_id is None


@check("rename_face")
def names_the_face(tour: Tour, press: Press) -> None:
    tour.window.parts.selection.select(1)
    press()
    tour.dismiss(FaceNameDialog)
    press()
    tour.dialog(FaceNameDialog)
    tour.write("Grace")
    tour.press("Return")
    tour.back()
    tour.until(lambda: tour.face(1).name == "Grace", why="the name in a paused picture")
    assert "Grace" in tour.said()
    tour.session.rename_face(1, "")


@check("baseline", "no_baseline")
def looks_at_the_face_until_it_is_told_not_to(tour: Tour, press: Press) -> None:
    shares: list[float] = []
    tour.session.baseline_progress.connect(lambda _, share: shares.append(share))
    tour.window.parts.selection.select(1)
    tour.play()
    tour.press("B")
    tour.until(lambda: bool(shares) and shares[-1] > 0, why="progress")
    tour.press("Shift+B")
    tour.until(lambda: shares[-1] < 0, why="the end of the look")


@check("full_screen", "leave")
def shows_the_picture_alone_until_esc(tour: Tour, press: Press) -> None:
    before, closed = parts_in_sight(tour), tour.asked_to_close
    tour.press("F")
    tour.until(tour.window.isFullScreen)
    assert parts_in_sight(tour) == {"view"}
    tour.press("Esc")
    tour.until(lambda: not tour.window.isFullScreen())
    tour.until(lambda: parts_in_sight(tour) == before, why="the window as it was")
    assert tour.asked_to_close == closed
    tour.press("F11")
    tour.until(tour.window.isFullScreen)
    tour.press("F11")
    tour.until(lambda: not tour.window.isFullScreen())
    tour.press("Esc")
    assert tour.asked_to_close == closed + 1


@check("next_model", "previous_model")
def switches_the_model_while_results_keep_coming(tour: Tour, press: Press) -> None:
    before = tour.session.card.id
    other = SECOND if before == FIRST else FIRST
    tour.session.playback.set_looping(True)
    tour.play()
    tour.until(lambda: len(tour.results) > 3)
    press()
    tour.until(lambda: tour.results[-1].model_id == other, why="answers of the other model")
    ids = [result.model_id for result in tour.results]
    assert ids == sorted(ids, key=lambda one: one == other)
    times = np.diff([result.session_ms for result in tour.results])
    assert times.max() < 1000, "the picture stopped"
    assert tour.window.tool_bar.model_box.currentData() == other
    assert tour.window.parts.panels.models.card(other).state.active


@check("details")
def shows_all_of_the_model(tour: Tour, press: Press) -> None:
    press()
    tour.dismiss(ModelDetailsDialog)


@check("record")
def records_until_it_is_pressed_again(tour: Tour, press: Press) -> None:
    recording = tour.window.parts.recording
    tour.play()
    press()
    tour.until(lambda: recording.state is RecordingState.ON)
    assert tour.window.actions_by_id["record"].text() == "Stop Recording"
    assert tour.window.parts.recording_sign.isVisible()
    tour.until(lambda: recording.progress.frames >= 5)
    press()
    tour.until(lambda: recording.state is RecordingState.OFF)
    tour.until(lambda: tour.told("Recording saved"))
    folder = max((tour.home / "recordings").iterdir())
    rows = pd.read_csv(folder / "frames.csv")
    with av.open(str(folder / "video.mp4")) as video:
        pictures = sum(1 for _ in video.decode(video=0))
    assert pictures == rows.frame.nunique() >= 5
    assert set(rows.face_id) == {1, 2}


@check("marker")
def marks_the_moment_on_screen(tour: Tour, press: Press) -> None:
    press()
    tour.dismiss(MarkerDialog)
    assert tour.window.parts.markers.all == ()
    press()
    tour.dialog(MarkerDialog)
    tour.write("smiles")
    tour.press("Return")
    tour.back()
    (marker,) = tour.window.parts.markers.all
    assert (marker.label, marker.frame, marker.media_time) == ("smiles", 50, 2.0)
    tour.live(0.2)


@check("guide")
def shows_the_guide_beside_the_window(tour: Tour, press: Press) -> None:
    press()
    tour.until(lambda: QApplication.activeWindow() not in (None, tour.window), why="the guide")
    guide, closed = QApplication.activeWindow(), tour.asked_to_close
    tour.press("Esc")
    tour.until(lambda: not guide.isVisible())
    assert tour.asked_to_close == closed
    tour.back()


@check("analysis")
def shows_queue_and_library_and_goes_back(tour: Tour, press: Press) -> None:
    press()
    assert tour.window.analysis.shown
    assert not tour.window.transport.isVisible()
    press()
    assert not tour.window.analysis.shown
    assert tour.window.view.isVisible()
    assert tour.window.transport.isVisible()


@check("shortcuts")
def shows_the_keys(tour: Tour, press: Press) -> None:
    press()
    tour.dismiss(ShortcutSheet)


def switches(tour: Tour, press: Press, setting: Setting[bool], action_id: str) -> None:
    """A part of the overlay goes on and off: setting, check mark and picture."""
    before, look = tour.settings.get(setting), painted(tour)
    action = tour.window.actions_by_id[action_id]
    press()
    assert tour.settings.get(setting) is action.isChecked() is (not before)
    assert painted(tour) != look
    press()
    assert tour.settings.get(setting) is action.isChecked() is before
    assert painted(tour) == look


def painted(tour: Tour) -> QImage:
    """What the view shows, once it is painted."""
    wait_painted(tour.window.view)
    return tour.window.view.grab().toImage()


def parts_in_sight(tour: Tour) -> set[str]:
    """Names of the parts that can be seen."""
    window = tour.window
    parts = {
        "menu": window.menuBar(),
        "tools": window.tool_bar,
        "status": window.status,
        "transport": window.transport,
        "view": window.view,
        **tour.window.parts.panels.by_id(),
    }
    return {
        name
        for name, widget in parts.items()
        if widget.isVisible() and not widget.visibleRegion().isEmpty()
    }
