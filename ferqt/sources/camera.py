"""Cameras through OpenCV, by number or name."""

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

import cv2
import numpy as np

from ferqt.core.types import Image
from ferqt.errors import SourceError
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.camera_devices import CameraDevice, CameraFormat, find_camera, list_cameras
from ferqt.sources.limits import check_picture_size
from ferqt.sources.live import USUAL_PATIENCE, LiveFeed, LiveSource, Patience

__all__ = ["CameraDevice", "CameraFormat", "CameraSource", "list_cameras"]

_log = logging.getLogger(__name__)

# The driver of each system; trying all in turn takes seconds when a camera is absent.
_DRIVERS: Final = MappingProxyType(
    {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}
)
_MJPEG: Final = cv2.VideoWriter.fourcc(*"MJPG")
_STALLED_AFTER_MS: Final = 3000
_LIKELY_RATES: Final = range(1, 1001)

DEFAULT_FORMAT: Final = CameraFormat()


class Capture(Protocol):
    """The part of `cv2.VideoCapture` that is used here."""

    def isOpened(self) -> bool: ...  # noqa: N802 - OpenCV's name
    def read(self) -> tuple[bool, object]: ...
    def set(self, prop: int, value: float) -> bool: ...
    def get(self, prop: int) -> float: ...
    def release(self) -> None: ...


OpenCapture = Callable[[CameraDevice, CameraFormat, bool], Capture]
"""Opens a camera in a format; the last argument asks for MJPEG."""


class CameraSource(LiveSource):
    """A camera, reconnected when it is unplugged for a moment.

    Asks for MJPEG first: over USB 2, raw pictures of 1280 x 720 px come only 10 times a second.
    Media time is None; frames carry session time alone.

    Opened, read and closed in one thread.

    Args:
        wanted: The camera's number, name, device file, or a part of its name that fits no other.
        camera_format: Size and rate to ask for.
        patience: How long to wait for the first picture and for a lost camera.
        find: Chooses the device. A camera that was plugged in again is looked for by its path and
            name: its number may be another camera's by then.
        open_capture: Opens the device.

    Raises:
        SourceError: There is no such camera, or it gives no picture.
    """

    def __init__(
        self,
        wanted: str,
        camera_format: CameraFormat = DEFAULT_FORMAT,
        *,
        patience: Patience = USUAL_PATIENCE,
        find: "Callable[[str], CameraDevice] | None" = None,
        open_capture: "OpenCapture | None" = None,
    ) -> None:
        self._wanted = wanted
        self._format = camera_format
        self._find = find or _find
        self._open_capture = open_capture or _open_capture
        self._chosen = self._find(wanted)
        self._connected = False
        info = SourceInfo(
            kind=SourceKind.CAMERA,
            title=self._chosen.name,
            location=wanted if wanted.isdecimal() else f"camera:{wanted}",
            live=True,
        )
        super().__init__(info, patience)

    def _connect(self) -> LiveFeed:
        device = self._find_again() if self._connected else self._chosen
        for mjpeg in (True, False):
            capture = self._open_capture(device, self._format, mjpeg)
            first = _read(capture) if capture.isOpened() else None
            if first is not None:
                self._connected = True
                return _CameraFeed(device, capture, first)
            capture.release()
        raise SourceError(
            f"cannot open camera {_described(device)}: it gives no picture",
            "Another program may be using it; close that one, or plug the camera in again.",
        )

    def _find_again(self) -> CameraDevice:
        """Find the camera that was open, which may have another number now.

        Raises:
            SourceError: It is not there; another camera never takes its place.
        """
        # The number comes last: where no list of cameras can be had, it is all there is.
        for key in filter(None, (self._chosen.path, self._chosen.name, self._wanted)):
            with suppress(SourceError):
                found = self._find(key)
                if found.name == self._chosen.name:
                    return found
        raise SourceError(f"camera {_described(self._chosen)} is not connected")


class _CameraFeed:
    """An open camera, with the picture that proved that it works."""

    def __init__(self, device: CameraDevice, capture: Capture, first: Image) -> None:
        self._device = device
        self._capture = capture
        self._first: Image | None = first

    @property
    def fps(self) -> float | None:
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        return rate if round(rate) in _LIKELY_RATES else None

    def read(self) -> Image:
        picture = _read(self._capture) if self._first is None else self._first
        self._first = None
        if picture is None:
            raise SourceError(f"camera {_described(self._device)} gives no more pictures")
        check_picture_size(picture.shape[1], picture.shape[0], _described(self._device))
        conversion = cv2.COLOR_GRAY2RGB if picture.ndim == 2 else cv2.COLOR_BGR2RGB
        return np.asarray(cv2.cvtColor(picture, conversion), dtype=np.uint8)

    def close(self) -> None:
        self._capture.release()


def _read(capture: Capture) -> Image | None:
    """Return the next picture as OpenCV gives it; None when the device gives none."""
    try:
        delivers, picture = capture.read()
    except cv2.error as error:
        # A device that is pulled out while a picture is decoded may end so.
        _log.info("the camera's driver failed: %s", error)
        return None
    return picture if delivers and isinstance(picture, np.ndarray) and picture.size else None


def _find(wanted: str) -> CameraDevice:
    cameras = list_cameras()
    if wanted.isdecimal() and int(wanted) not in {camera.index for camera in cameras}:
        # A sandbox may show the device and hide its name; elsewhere a list may be impossible.
        device = Path(f"/dev/video{int(wanted)}")
        if device.exists() if sys.platform == "linux" else not cameras:
            return CameraDevice(int(wanted), f"Camera {int(wanted)}", str(device))
    return find_camera(wanted, cameras)


def _open_capture(device: CameraDevice, camera_format: CameraFormat, mjpeg: bool) -> Capture:
    if sys.platform == "linux" and not os.access(device.path, os.R_OK | os.W_OK):
        raise SourceError(
            f"cannot open camera {_described(device)}: using it is not permitted",
            "Add your user to the group 'video' and sign in again.",
        )
    # OpenCV writes its own reasons on standard error; the sentence above is for the person.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    capture = cv2.VideoCapture(device.index, _DRIVERS.get(sys.platform, cv2.CAP_ANY))
    capture.set(cv2.CAP_PROP_READ_TIMEOUT_MSEC, _STALLED_AFTER_MS)
    if mjpeg:
        capture.set(cv2.CAP_PROP_FOURCC, _MJPEG)
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, camera_format.width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, camera_format.height)
    capture.set(cv2.CAP_PROP_FPS, camera_format.fps)
    return capture


def _described(device: CameraDevice) -> str:
    return f"{device.index} ({device.name})"
