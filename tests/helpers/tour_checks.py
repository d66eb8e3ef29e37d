"""What keys of the menus File and Source change at the real window: one check an action."""

from collections.abc import Callable
from typing import Final

import numpy as np
from PySide6.QtGui import QGuiApplication

from ferqt.core.types import Severity
from ferqt.outputs.png_file import read_pixels
from ferqt.outputs.snapshot import read_snapshot
from ferqt.runtime.session import SessionState
from ferqt.sources.base import SourceKind
from ferqt.ui.dialogs.jump import JumpDialog
from ferqt.ui.dialogs.settings_dialog import SettingsDialog
from ferqt.ui.dialogs.stream import StreamDialog
from tests.helpers.tour import FPS, FRAMES, SIZE, Tour

Press = Callable[[], None]
Check = Callable[[Tour, Press], None]

CHECKS: Final[dict[str, Check]] = {}
"""By the id of the action; each begins at `Tour.prepare` and presses the action's key."""


def check(*action_ids: str) -> Callable[[Check], Check]:
    def note(made: Check) -> Check:
        for action_id in action_ids:
            assert action_id not in CHECKS
            CHECKS[action_id] = made
        return made

    return note


@check("open")
def opens_the_file_that_was_chosen(tour: Tour, press: Press) -> None:
    tour.chosen = str(tour.return_clip)
    press()
    tour.until(lambda: tour.session.source_info is not None and tour.index >= 0)
    assert tour.session.source_info.location == tour.chosen
    assert tour.window.windowTitle() == tour.return_clip.name


@check("open_url")
def asks_for_an_address(tour: Tour, press: Press) -> None:
    press()
    tour.dismiss(StreamDialog)
    assert tour.session.source_info.location == str(tour.clip)


@check("close")
def shows_the_start_page(tour: Tour, press: Press) -> None:
    press()
    tour.until(tour.window.start_page.isVisible)
    assert tour.session.state is SessionState.IDLE
    assert tour.session.source_info is None


@check("shot")
def saves_the_picture_with_its_overlay(tour: Tour, press: Press) -> None:
    path = new_shot(tour, press)
    info, saved = read_snapshot(path), read_pixels(path, SIZE[0])
    assert info.with_overlay
    for reading, face in zip(info.readings, tour.shown.faces, strict=True):
        assert reading.face_id == face.face.track_id
        assert max(reading.smoothed, key=lambda name: reading.smoothed[name]) == face.smoothed.top
    assert saved.shape == tour.shown.frame.image.shape
    assert not np.array_equal(saved, tour.shown.frame.image)


@check("shot_clean")
def saves_the_picture_alone(tour: Tour, press: Press) -> None:
    path = new_shot(tour, press)
    assert not read_snapshot(path).with_overlay
    assert np.array_equal(read_pixels(path, SIZE[0]), tour.shown.frame.image)


@check("copy")
def copies_the_picture(tour: Tour, press: Press) -> None:
    QGuiApplication.clipboard().clear()
    press()
    tour.until(lambda: tour.told("Picture copied"))
    assert QGuiApplication.clipboard().image().size().toTuple() == SIZE


@check("settings")
def shows_the_settings(tour: Tour, press: Press) -> None:
    press()
    tour.dismiss(SettingsDialog)


@check("quit")
def asks_the_window_to_close(tour: Tour, press: Press) -> None:
    before = tour.asked_to_close
    press()
    assert tour.asked_to_close == before + 1


@check("camera")
def opens_the_first_camera_and_tells_that_it_does_not_answer(tour: Tour, press: Press) -> None:
    press()
    tour.until(lambda: any(one.severity is not Severity.INFO for one in tour.notices))
    assert "97" in f"{tour.notices[-1].title} {tour.notices[-1].text}"
    assert tour.window.start_page.isVisible()


@check("demo")
def opens_the_demo(tour: Tour, press: Press) -> None:
    press()
    tour.until(lambda: tour.session.source_info is not None and tour.index >= 0)
    assert tour.session.source_info.kind is SourceKind.DEMO


@check("pause")
def goes_on_and_stops(tour: Tour, press: Press) -> None:
    press()
    tour.until(lambda: tour.index > 53)
    assert tour.session.state is SessionState.RUNNING
    press()
    assert tour.session.state is SessionState.PAUSED
    tour.until_still()


@check("frame_back")
def goes_back_a_frame(tour: Tour, press: Press) -> None:
    moves(tour, press, 50, 49)


@check("frame_forward")
def goes_on_a_frame(tour: Tour, press: Press) -> None:
    moves(tour, press, 50, 51)


@check("back_1")
def goes_back_a_second(tour: Tour, press: Press) -> None:
    moves(tour, press, 50, 50 - FPS)


@check("on_1")
def goes_on_a_second(tour: Tour, press: Press) -> None:
    moves(tour, press, 50, 50 + FPS)


@check("back_5")
def goes_back_five_seconds(tour: Tour, press: Press) -> None:
    tour.go_to(140)
    moves(tour, press, 140, 140 - 5 * FPS)


@check("on_5")
def goes_on_five_seconds(tour: Tour, press: Press) -> None:
    tour.go_to(10)
    moves(tour, press, 10, 10 + 5 * FPS)


@check("start")
def goes_to_the_start(tour: Tour, press: Press) -> None:
    moves(tour, press, 50, 0)


@check("end")
def goes_to_the_end(tour: Tour, press: Press) -> None:
    moves(tour, press, 50, FRAMES - 1)


@check("jump")
def goes_to_the_frame_that_is_written(tour: Tour, press: Press) -> None:
    press()
    tour.dismiss(JumpDialog)
    assert tour.index == 50
    press()
    tour.dialog(JumpDialog)
    tour.write("f42")
    tour.press("Return")
    tour.until(lambda: tour.index == 42)
    tour.back()


@check("slower")
def plays_slower(tour: Tour, press: Press) -> None:
    press()
    press()
    assert tour.session.playback.speed == 0.5


@check("faster")
def plays_faster(tour: Tour, press: Press) -> None:
    press()
    assert tour.session.playback.speed == 1.25


@check("normal_speed")
def plays_at_normal_speed(tour: Tour, press: Press) -> None:
    tour.session.playback.set_speed(4.0)
    press()
    assert tour.session.playback.speed == 1.0


@check("in_point")
def begins_the_range(tour: Tour, press: Press) -> None:
    press()
    assert tour.session.playback.range.in_s == tour.shown.media_time == 2.0


@check("out_point")
def ends_the_range(tour: Tour, press: Press) -> None:
    press()
    assert tour.session.playback.range.out_s == tour.shown.media_time == 2.0


@check("loop")
def plays_the_range_again_and_again(tour: Tour, press: Press) -> None:
    tour.session.playback.set_in(1.8)
    tour.session.playback.set_out(2.2)
    press()
    assert tour.window.actions_by_id["loop"].isChecked()
    tour.results.clear()
    tour.play()
    tour.until(lambda: falls(tour) >= 2, why="going round twice")
    assert all(45 <= result.index <= 55 for result in tour.results)
    press()
    assert not tour.session.playback.range.looping


@check("clear_range")
def forgets_the_range(tour: Tour, press: Press) -> None:
    tour.session.playback.set_in(1.0)
    press()
    assert not tour.session.playback.range.marked


@check("sound")
def lets_the_sound_be_heard(tour: Tour, press: Press) -> None:
    press()
    assert tour.window.actions_by_id["sound"].isChecked()
    tour.play()
    tour.until(lambda: tour.speaker is not None and len(tour.speaker.tones()) >= 1)
    press()
    tour.until(lambda: tour.speaker is not None and tour.speaker.closed)
    assert not tour.session.playback.sound.on


def moves(tour: Tour, press: Press, start: int, end: int) -> None:
    """The picture moves from one frame to another and stays there; who is in it is known."""
    assert tour.index == start
    press()
    tour.until(lambda: tour.index == end, why=f"frame {end}")
    tour.live(0.1)
    assert tour.index == end
    assert [face.face.track_id for face in tour.shown.faces] == [1, 2]


def new_shot(tour: Tour, press: Press):
    """The file that a screenshot makes."""
    folder = tour.home / "shots"
    before = set(folder.glob("*.png"))
    press()
    tour.until(lambda: tour.told("Screenshot saved"))
    (path,) = set(folder.glob("*.png")) - before
    return path


def falls(tour: Tour) -> int:
    """How often the picture went back."""
    return int(np.sum(np.diff([result.index for result in tour.results]) < 0))
