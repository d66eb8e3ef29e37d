"""From the user's settings to the parts: every value arrives, and at rest nothing changes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ferqt.faces.base import DetectorOptions
from ferqt.outputs.overlay.options import OverlayOptions
from ferqt.pipeline.config import PipelineConfig
from ferqt.preferences import camera_format, overlay_options, pipeline_config
from ferqt.settings import (
    ALL_BARS,
    CAMERA_FORMAT,
    DETECTOR,
    FAR_FACES,
    HEAD_POSE,
    LABELS,
    LANDMARKS,
    LOST_AFTER,
    MAX_FACES,
    MIN_CONFIDENCE,
    SMOOTHING,
    THEME,
    UNCERTAIN_BELOW,
    Setting,
    Settings,
)
from ferqt.sources.camera import CameraFormat

USUAL = PipelineConfig(model_id="tiny")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


def test_untouched_settings_are_the_engine_s_own_defaults(settings: Settings) -> None:
    assert pipeline_config(USUAL, settings) == USUAL
    assert overlay_options(OverlayOptions(), settings) == OverlayOptions()


@pytest.mark.parametrize(
    ("setting", "value", "wanted"),
    [
        (DETECTOR, "haar", replace(USUAL, detector_id="haar")),
        (FAR_FACES, False, replace(USUAL, detector=DetectorOptions(far_faces=False))),
        (MAX_FACES, 3, replace(USUAL, detector=DetectorOptions(max_faces=3))),
        (MIN_CONFIDENCE, 70.0, replace(USUAL, detector=DetectorOptions(min_confidence=0.7))),
        (LOST_AFTER, 4.0, replace(USUAL, lost_after_s=4.0)),
        (SMOOTHING, 0.0, replace(USUAL, smoothing_s=0.0)),
        (UNCERTAIN_BELOW, 45.0, replace(USUAL, uncertain_below=0.45)),
        (UNCERTAIN_BELOW, 0.0, USUAL),
    ],
)
def test_a_setting_reaches_the_pipeline(
    settings: Settings, setting: Setting[Any], value: Any, wanted: PipelineConfig
) -> None:
    settings.set(setting, value)
    assert pipeline_config(USUAL, settings) == wanted
    assert pipeline_config(USUAL, settings, setting) == wanted


def test_what_was_chosen_for_this_run_stays_when_something_else_changes(
    settings: Settings,
) -> None:
    this_run = replace(USUAL, detector_id="haar")
    settings.set(SMOOTHING, 1.0)
    assert pipeline_config(this_run, settings, SMOOTHING) == replace(this_run, smoothing_s=1.0)


def test_what_is_none_of_the_pipeline_s_changes_nothing(settings: Settings) -> None:
    settings.set(THEME, "light")
    assert pipeline_config(USUAL, settings, THEME) is USUAL


def test_the_overlay_shows_what_is_set_and_keeps_the_rest(settings: Settings) -> None:
    for setting in (LABELS, ALL_BARS):
        settings.set(setting, False)
    for setting in (LANDMARKS, HEAD_POSE):
        settings.set(setting, True)
    base = OverlayOptions(selected_id=3, mirrored=True)
    assert overlay_options(base, settings) == OverlayOptions(
        show_labels=False,
        show_all_bars=False,
        show_landmarks=True,
        show_pose=True,
        selected_id=3,
        mirrored=True,
    )


@pytest.mark.parametrize("text", CAMERA_FORMAT.choices)
def test_every_camera_format_can_be_asked_for(settings: Settings, text: str) -> None:
    settings.set(CAMERA_FORMAT, text)
    wanted = camera_format(settings)
    assert isinstance(wanted, CameraFormat)
    assert f"{wanted.width}x{wanted.height}@{wanted.fps:g}" == text
