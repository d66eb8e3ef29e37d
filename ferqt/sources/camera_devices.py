"""Which cameras are connected, by number and name, and what they are asked for."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ferqt.errors import SourceError

_SYSFS: Final = Path("/sys/class/video4linux")
_DEV: Final = Path("/dev")


@dataclass(frozen=True, slots=True)
class CameraFormat:
    """Picture size and rate to ask a camera for; it answers with the nearest it has.

    Attributes:
        width: Width in px.
        height: Height in px.
        fps: Frames a second.
    """

    width: int = 1280
    height: int = 720
    fps: int = 30


@dataclass(frozen=True, slots=True)
class CameraDevice:
    """A connected camera.

    Attributes:
        index: Number by which OpenCV opens it.
        name: What its maker calls it; two of a kind share a name.
        path: What tells it from another of its kind: device file on Linux, else "".
    """

    index: int
    name: str
    path: str


def list_cameras() -> tuple[CameraDevice, ...]:
    """List the cameras of this computer without switching any on, in order of their numbers."""
    enumerate_cameras = _ENUMERATORS.get(sys.platform)
    return enumerate_cameras() if enumerate_cameras else ()


def find_camera(wanted: str, cameras: Iterable[CameraDevice]) -> CameraDevice:
    """Choose a camera by number, name, device file, or a part of its name that fits no other.

    Raises:
        SourceError: None fits, or more than one.
    """
    cameras = tuple(cameras)
    key = wanted.strip().casefold()
    exact = [c for c in cameras if key in {str(c.index), c.name.casefold(), c.path.casefold()}]
    found = exact[:1] or [c for c in cameras if key and key in c.name.casefold()]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{c.index} ({c.name})" for c in found or cameras)
    if found:
        raise SourceError(
            f"cannot open camera '{wanted}': more than one fits", f"Choose one by number: {listed}."
        )
    raise SourceError(
        f"cannot open camera '{wanted}': there is no such camera",
        f"Connected: {listed}." if listed else "No camera is connected.",
    )


def linux_cameras(sysfs: Path = _SYSFS, dev: Path = _DEV) -> tuple[CameraDevice, ...]:
    """List the cameras that Linux knows of.

    A camera has several device files, of which the first of each interface gives pictures and the
    others give metadata; the kernel numbers them in the file `index`.
    """
    by_id = {link.resolve(): str(link) for link in sorted((dev / "v4l" / "by-id").glob("*"))}
    cameras = []
    for entry in sysfs.glob("video*"):
        number = entry.name.removeprefix("video")
        device = dev / entry.name
        if not number.isdecimal() or _line(entry / "index") not in {"", "0"} or not device.exists():
            continue
        name = _line(entry / "name") or f"Camera {number}"
        path = by_id.get(device.resolve(), str(device))
        cameras.append(CameraDevice(int(number), name, path))
    return tuple(sorted(cameras, key=lambda camera: camera.index))


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _ffmpeg_cameras(driver: str) -> tuple[CameraDevice, ...]:
    """List cameras through FFmpeg, whose order is the one in which OpenCV numbers them."""
    import av.device
    import av.error

    try:
        devices = av.device.enumerate_input_devices(driver)
    except (av.error.FFmpegError, ValueError):
        return ()
    cameras = [device for device in devices if "video" in device.media_types]
    return tuple(CameraDevice(i, c.description or c.name, "") for i, c in enumerate(cameras))


_ENUMERATORS: Final[Mapping[str, Callable[[], tuple[CameraDevice, ...]]]] = MappingProxyType(
    {
        "linux": linux_cameras,
        "win32": lambda: _ffmpeg_cameras("dshow"),
        "darwin": lambda: _ffmpeg_cameras("avfoundation"),
    }
)
