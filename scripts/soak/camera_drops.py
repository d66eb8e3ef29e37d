"""Cameras that go away and come back while they are watched and recorded, without a window.

    python -m scripts.soak.camera_drops FOLDER DROPS SEED

Prints a JSON line; `scripts.soak.devices` calls it in its own process.
"""

import csv
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

import cv2
import numpy as np
from PySide6.QtCore import QCoreApplication

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import FrameResult, Notice, Severity
from ferqt.outputs.overlay import OverlayOptions
from ferqt.outputs.overlay.raster import draw_overlay
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.markers import Markers
from ferqt.runtime.recorder import RecordingSummary
from ferqt.runtime.recording import Recording, RecordingOptions, RecordingState
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.sources.base import FrameSource
from ferqt.sources.camera import CameraFormat, CameraSource
from ferqt.sources.camera_devices import CameraDevice
from ferqt.sources.stream import StreamSource
from scripts.soak.disk_base import pictures_in
from scripts.soak.part import Progress
from tests.helpers.models import TINY_FOLDER, TINY_ID
from tests.helpers.portraits import PlacedFace, scene

_SIZES: Final = ((320, 240), (480, 360), (640, 480))
_WEBCAM: Final = CameraDevice(0, "Stand-in", "/dev/v4l/by-id/stand-in")
_PATIENCE_S: Final = 60.0
_STALL_S: Final = 7.0
"""Longer than FFmpeg waits for a stream that says nothing."""


class _Camera(Protocol):
    """Something that gives pictures until it is told to go away."""

    @property
    def kinds(self) -> tuple[str, ...]: ...

    def open(self) -> FrameSource: ...

    def go_away(self, kind: str) -> None: ...

    def come_back(self, size: tuple[int, int]) -> None: ...

    def close(self) -> None: ...


class _NetworkCamera:
    """A server process that is killed, or held for so long that it is given up."""

    kinds = ("killed", "killed", "killed", "held")

    def __init__(self) -> None:
        self._port = 0
        self._process: subprocess.Popen[str] | None = None
        self.come_back(_SIZES[0])

    def open(self) -> FrameSource:
        return StreamSource(f"http://127.0.0.1:{self._port}/video")

    def go_away(self, kind: str) -> None:
        assert self._process is not None
        if kind == "held":
            self._process.send_signal(signal.SIGSTOP)
        else:
            self.close()

    def come_back(self, size: tuple[int, int]) -> None:
        # One that was held comes back with new pictures, too.
        self.close()
        words = [sys.executable, "-m", "scripts.soak.mjpeg_process", str(self._port)]
        self._process = subprocess.Popen(
            [*words, *map(str, size)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self._port = int(self._process.stdout.readline())

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


class _StandIn:
    """A device that no computer of ours has, behind the program's own reading of cameras."""

    kinds = ("no picture", "driver raises", "empty picture", "busy")

    def __init__(self) -> None:
        self._kind = ""
        self._picture = _person(_SIZES[0])

    def open(self) -> FrameSource:
        return CameraSource("0", find=lambda _: _WEBCAM, open_capture=self._opened)

    def go_away(self, kind: str) -> None:
        self._kind = kind

    def come_back(self, size: tuple[int, int]) -> None:
        self._picture = _person(size)
        self._kind = ""

    def close(self) -> None:
        self._kind = "no picture"

    def _opened(self, _device: CameraDevice, _format: CameraFormat, _mjpeg: bool) -> "_StandIn":
        return self

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self._kind != "busy"

    def read(self) -> tuple[bool, object]:
        time.sleep(1 / 30)
        match self._kind:
            case "":
                return True, self._picture.copy()
            case "driver raises":
                raise cv2.error("the device is gone")
            case "empty picture":
                return True, np.zeros((0, 0, 3), np.uint8)
            case _:
                return False, None

    def set(self, _prop: int, _value: float) -> bool:
        return True

    def get(self, prop: int) -> float:
        return 30.0 if prop == cv2.CAP_PROP_FPS else 0.0

    def release(self) -> None:
        """Nothing is held."""


class _Watched:
    """A session that shows and records a camera, and counts what it says."""

    def __init__(self, camera: _Camera, folder: Path) -> None:
        self.notices: list[Notice] = []
        self.faces = 0
        self.states: set[SessionState] = set()
        self.summaries: list[RecordingSummary] = []
        config = PipelineConfig(model_id=TINY_ID)
        self.session = AnalysisSession(
            Catalog((TINY_FOLDER.parent,)), config, lambda _: camera.open()
        )
        self.recording = Recording(self.session, Markers(), free_space=lambda _: 10**12)
        self.session.notice_posted.connect(self.notices.append)
        self.recording.notice_posted.connect(self.notices.append)
        self.recording.finished.connect(self.summaries.append)
        self.session.result_ready.connect(self._on_result)
        self.session.start()
        self.session.open_source("camera")
        self.wait(lambda: self.faces > 0, "a first face")
        self.session.state_changed.connect(self.states.add)
        self.recording.start(RecordingOptions(folder, _painted, countdown_s=0))
        self.wait(lambda: self.recording.progress.frames > 0, "a recording")

    def told(self, severity: Severity) -> int:
        return sum(notice.severity is severity for notice in self.notices)

    def wait(self, come: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + _PATIENCE_S
        while not come():
            QCoreApplication.processEvents()
            time.sleep(0.01)
            if time.monotonic() > deadline:
                said = [f"{one.title}: {one.text}" for one in self.notices[-3:]]
                raise TimeoutError(f"{what} did not come: {said}")

    def close(self) -> None:
        self.recording.shutdown()
        self.session.shutdown()

    def _on_result(self, result: FrameResult, _samples: object) -> None:
        self.faces += bool(result.faces)


def drop_cameras(folder: Path, drops: int, seed: int, every_s: float) -> dict[str, Any]:
    """Let two kinds of cameras go away and come back, half of the drops each.

    Returns:
        Counts of each kind, and what broke.
    """
    application = QCoreApplication.instance() or QCoreApplication([])
    progress = Progress("devices: drops", drops, every_s)
    found: dict[str, Any] = {}
    done = 0
    for name, make, share in (
        ("network", _NetworkCamera, drops - drops // 2),
        ("device", _StandIn, drops // 2),
    ):
        camera: _Camera = make()
        watched = _Watched(camera, folder / name)
        try:
            found[name] = _dropped(camera, watched, share, random.Random(seed), progress, done)
        finally:
            camera.close()
            watched.close()
        done += share
    del application
    return found


def _dropped(
    camera: _Camera,
    watched: _Watched,
    drops: int,
    rng: random.Random,
    progress: Progress,
    before: int,
) -> dict[str, Any]:
    problems: list[str] = []
    kinds: dict[str, int] = {}
    for number in range(drops):
        kind = camera.kinds[number % len(camera.kinds)]
        kinds[kind] = kinds.get(kind, 0) + 1
        camera.go_away(kind)
        watched.wait(lambda n=number: watched.told(Severity.WARNING) > n, "word of the loss")  # type: ignore[misc]
        pause = time.monotonic() + rng.random() * 2
        watched.wait(lambda until=pause: time.monotonic() > until, "a pause")  # type: ignore[misc]
        camera.come_back(rng.choice(_SIZES))
        watched.wait(lambda n=number: watched.told(Severity.INFO) > n, "word of the return")  # type: ignore[misc]
        faces = watched.faces
        watched.wait(lambda past=faces: watched.faces > past, "a face")  # type: ignore[misc]
        if watched.recording.state is not RecordingState.ON:
            problems.append(f"drop {number}: the recording is {watched.recording.state}")
        progress.tell(before + number + 1)
    watched.recording.stop()
    watched.wait(lambda: bool(watched.summaries), "the end of the recording")
    problems += _judged(watched, drops)
    return {"drops": drops, "kinds": kinds, "notices": len(watched.notices), "problems": problems}


def _judged(watched: _Watched, drops: int) -> list[str]:
    """What is not as it should be after all drops."""
    problems = []
    lost, back = watched.told(Severity.WARNING), watched.told(Severity.INFO)
    if (lost, back, len(watched.notices)) != (drops, drops, 2 * drops):
        problems.append(f"{lost} losses and {back} returns in {len(watched.notices)} notices")
    if watched.states:
        problems.append(f"the session left its state: {watched.states}")
    (summary,) = watched.summaries
    if summary.notice is not None or summary.folder is None:
        return [*problems, f"the recording: {summary.notice}"]
    told = json.loads((summary.folder / "metadata.json").read_text(encoding="utf-8"))
    parts = told["video"]["files"]
    wanted = sum(part["frames"] for part in parts)
    pictures = sum(pictures_in(summary.folder / part["file"]) for part in parts)
    with (summary.folder / "frames.csv").open(encoding="utf-8", newline="") as file:
        times = list(dict.fromkeys(float(row["timestamp"]) for row in csv.DictReader(file)))
    if times != sorted(times) or len(times) != summary.progress.frames:
        problems.append("the times of the rows do not grow, or rows are missing")
    if pictures != wanted or wanted + summary.progress.dropped != len(times):
        problems.append(f"{pictures} pictures of {wanted}, {len(times)} rows")
    return problems


def _painted(image: Any, result: Any) -> Any:
    return draw_overlay(image, result, OverlayOptions())


def _person(size: tuple[int, int]) -> np.ndarray[Any, Any]:
    """A picture with a face, in the order of colors of OpenCV."""
    width, height = size
    picture = scene(width, height, [PlacedFace(width // 2, height // 2, height // 3)])
    return np.ascontiguousarray(picture[..., ::-1])


if __name__ == "__main__":
    print(json.dumps(drop_cameras(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), 10.0)))
