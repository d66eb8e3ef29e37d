"""Turns the user's settings into what the parts are built from.

Values that are fixed for one run, as a model named on the command line, stay as they are until the
user changes the setting that they come from.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from ferqt.outputs.overlay.options import OverlayOptions
from ferqt.pipeline.config import PipelineConfig
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
    UNCERTAIN_BELOW,
    Setting,
    Settings,
)
from ferqt.sources.camera_devices import CameraFormat

_Change = Callable[[PipelineConfig, Any], PipelineConfig]


def _with_detector(config: PipelineConfig, **options: Any) -> PipelineConfig:
    return replace(config, detector=replace(config.detector, **options))


_PIPELINE: Final[Mapping[Setting[Any], _Change]] = MappingProxyType(
    {
        DETECTOR: lambda config, value: replace(config, detector_id=value),
        FAR_FACES: lambda config, value: _with_detector(config, far_faces=value),
        MAX_FACES: lambda config, value: _with_detector(config, max_faces=value),
        MIN_CONFIDENCE: lambda config, value: _with_detector(config, min_confidence=value / 100),
        LOST_AFTER: lambda config, value: replace(config, lost_after_s=value),
        SMOOTHING: lambda config, value: replace(config, smoothing_s=value),
        UNCERTAIN_BELOW: lambda config, value: replace(
            config, uncertain_below=value / 100 if value > 0 else None
        ),
    }
)


def pipeline_config(
    base: PipelineConfig, settings: Settings, changed: Setting[Any] | None = None
) -> PipelineConfig:
    """Return a pipeline's settings with the user's values.

    Args:
        base: Gives what the user's settings say nothing about.
        settings: The user's values.
        changed: Take over this setting alone; all if not given. `base` itself comes back when it is
            none of the pipeline's.
    """
    config = base
    for setting, change in _PIPELINE.items():
        if changed is None or changed == setting:
            config = change(config, settings.get(setting))
    return config


def overlay_options(base: OverlayOptions, settings: Settings) -> OverlayOptions:
    """Return what the overlay shows, with the user's values."""
    return replace(
        base,
        show_labels=settings.get(LABELS),
        show_all_bars=settings.get(ALL_BARS),
        show_landmarks=settings.get(LANDMARKS),
        show_pose=settings.get(HEAD_POSE),
    )


def camera_format(settings: Settings) -> CameraFormat:
    """Return what cameras are asked for."""
    size, _, rate = settings.get(CAMERA_FORMAT).partition("@")
    width, _, height = size.partition("x")
    return CameraFormat(int(width), int(height), int(rate))
