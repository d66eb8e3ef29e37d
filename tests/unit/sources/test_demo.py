"""The demo: two heads that turn, leave and come back, the same in every run."""

import subprocess
import sys

import cv2
import numpy as np
import pytest

from ferqt.sources.demo import LOOP_S, DemoSource, render_demo


def faces_found(image: np.ndarray) -> list[int]:
    """Middles of the faces that OpenCV's cascade finds, from left to right."""
    cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
    small = cv2.resize(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), None, fx=0.5, fy=0.5)
    found = cascade.detectMultiScale(small, 1.1, 6, minSize=(50, 50))
    return sorted(int(2 * x + width) for x, _, width, _ in found)


def test_two_people_are_seen_then_one_then_two() -> None:
    assert len(faces_found(render_demo(0.0))) == 1
    assert len(faces_found(render_demo(9.0))) == 2
    assert len(faces_found(render_demo(17.0))) == 1
    assert len(faces_found(render_demo(LOOP_S + 9.0))) == 2


def test_equal_times_give_equal_pixels_and_the_scene_repeats() -> None:
    picture = render_demo(7.3)
    assert picture.shape == (720, 1280, 3)
    assert np.array_equal(picture, render_demo(7.3))
    assert np.array_equal(picture, render_demo(7.3 + LOOP_S))
    assert not np.array_equal(picture, render_demo(8.3))


def test_a_picture_belongs_to_whoever_asked() -> None:
    picture = render_demo(1.0)
    before = picture.copy()
    picture[:] = 0
    assert np.array_equal(render_demo(1.0), before)


def test_faces_have_the_color_of_skin() -> None:
    """Red and blue exchanged is the classic silent fault."""
    (middle,) = faces_found(render_demo(0.0))
    cheek = render_demo(0.0)[380:420, middle - 40 : middle + 40].reshape(-1, 3).mean(axis=0)
    assert cheek[0] > cheek[1] > cheek[2]


def test_time_goes_on_without_end_and_can_be_sought() -> None:
    with DemoSource() as source:
        source.seek(2 * LOOP_S - 1 / 30)
        frames = source.frames()
        first, second = next(frames), next(frames)
        assert first.index == 2 * LOOP_S * 30 - 1
        assert second.media_time == pytest.approx(2 * LOOP_S)
        assert second.session_ms > first.session_ms
        for number in (0, 1, 7, 29, 31, 599):
            source.seek(round(number / 30, 6))
            assert next(frames).index == number
        source.seek(-1)
        assert next(frames).index == 0


def test_the_demo_starts_without_importing_matplotlib() -> None:
    code = (
        "import sys; from ferqt.sources.demo import render_demo; render_demo(0)\n"
        "sys.exit(any(name in sys.modules for name in ('matplotlib', 'av', 'tensorflow')))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=30).returncode == 0


def test_frames_that_are_over_are_not_drawn() -> None:
    with DemoSource() as source:
        source.pass_over(1.02)
        assert next(source.frames()).index == 30
        source.pass_over(0.5)
        assert next(source.frames()).index == 31
