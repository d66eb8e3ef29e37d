"""Cameras: chosen by name, asked for MJPEG first, and missed when they go away."""

import time
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest

from ferqt.errors import SourceError
from ferqt.sources.base import Connection
from ferqt.sources.camera import CameraFormat, CameraSource
from ferqt.sources.camera_devices import CameraDevice, find_camera, linux_cameras, list_cameras
from ferqt.sources.live import Patience
from tests.helpers.mjpeg_server import MjpegServer

WEBCAM = CameraDevice(0, "HD Webcam", "/dev/v4l/by-id/usb-hd-index0")
TWINS = (
    WEBCAM,
    CameraDevice(2, "USB Camera", "/dev/video2"),
    CameraDevice(4, "USB Camera 2", "/dev/video4"),
)
IMPATIENT = Patience(open=3.0, reconnect=0.8, first_pause=0.05, longest_pause=0.2, settled=0.1)


class FakeDevice:
    """What no test computer has: a device file that opens, refuses formats, and dies."""

    def __init__(
        self,
        *,
        opens: bool = True,
        picture: np.ndarray | None = None,
        frames: int = 10**9,
        dies_loudly: bool = False,
    ) -> None:
        self.released = False
        self._dies_loudly = dies_loudly
        self._opens = opens
        self._picture = np.zeros((4, 6, 3), np.uint8) if picture is None else picture
        self._frames = frames

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self._opens

    def read(self) -> tuple[bool, object]:
        time.sleep(0.005)
        self._frames -= 1
        if self._frames < 0 and self._dies_loudly:
            raise cv2.error("the device is gone")
        return (True, self._picture.copy()) if self._frames >= 0 else (False, None)

    def set(self, prop: int, value: float) -> bool:
        return True

    def get(self, prop: int) -> float:
        return 30.0 if prop == cv2.CAP_PROP_FPS else 0.0

    def release(self) -> None:
        self.released = True


def open_fake(*devices: FakeDevice, asked: list[tuple[object, ...]] | None = None) -> CameraSource:
    """A camera that gives one device after another, each time it is opened."""
    waiting = iter(devices)

    def open_capture(device: CameraDevice, camera_format: CameraFormat, mjpeg: bool) -> FakeDevice:
        if asked is not None:
            asked.append((camera_format, mjpeg))
        return next(waiting, FakeDevice(opens=False))

    return CameraSource(
        "0", patience=IMPATIENT, find=lambda _wanted: WEBCAM, open_capture=open_capture
    )


def test_linux_lists_the_files_that_give_pictures(tmp_path: Path) -> None:
    sysfs, dev = tmp_path / "sys", tmp_path / "dev"
    (dev / "v4l" / "by-id").mkdir(parents=True)
    for number, name, index in ((10, "HD Webcam", 0), (2, "USB Camera", 0), (3, "USB Camera", 1)):
        entry = sysfs / f"video{number}"
        entry.mkdir(parents=True)
        (entry / "name").write_text(f"{name}\n")
        (entry / "index").write_text(f"{index}\n")
        (dev / f"video{number}").touch()
    (dev / "v4l" / "by-id" / "usb-2-index0").symlink_to(dev / "video2")
    assert linux_cameras(sysfs, dev) == (
        CameraDevice(2, "USB Camera", str(dev / "v4l" / "by-id" / "usb-2-index0")),
        CameraDevice(10, "HD Webcam", str(dev / "video10")),
    )


def test_a_computer_without_cameras_lists_none(tmp_path: Path) -> None:
    assert linux_cameras(tmp_path / "none", tmp_path / "dev") == ()
    assert isinstance(list_cameras(), tuple)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        ("2", 2),
        ("hd webcam", 0),
        ("USB Camera", 2),
        ("USB Camera 2", 4),
        ("webcam", 0),
        ("/dev/video4", 4),
    ],
)
def test_a_camera_is_found_by_number_name_part_or_path(wanted: str, index: int) -> None:
    assert find_camera(wanted, TWINS).index == index


def test_the_sentence_names_the_cameras_there_are() -> None:
    with pytest.raises(SourceError, match="there is no such camera") as none:
        find_camera("7", TWINS)
    assert "0 (HD Webcam), 2 (USB Camera)" in none.value.hint
    with pytest.raises(SourceError, match="more than one fits") as two:
        find_camera("usb", TWINS)
    assert "HD Webcam" not in two.value.hint
    with pytest.raises(SourceError) as nothing:
        find_camera("7", ())
    assert nothing.value.hint == "No camera is connected."


def test_mjpeg_is_asked_for_first_and_raw_pictures_are_taken_instead() -> None:
    asked: list[tuple[object, ...]] = []
    refuses, gives = FakeDevice(frames=0), FakeDevice()
    with open_fake(refuses, gives, asked=asked) as source:
        assert source.info.fps == 30
        assert source.info.title == "HD Webcam"
    assert asked == [(CameraFormat(1280, 720, 30), True), (CameraFormat(1280, 720, 30), False)]
    assert refuses.released
    assert gives.released


@pytest.mark.parametrize("opens", [True, False])
def test_a_busy_camera_is_told_in_one_sentence(opens: bool) -> None:
    with pytest.raises(SourceError, match=r"camera 0 \(HD Webcam\): it gives no picture") as caught:
        open_fake(FakeDevice(opens=opens, frames=0), FakeDevice(opens=opens, frames=0))
    assert "Another program may be using it" in caught.value.hint


@pytest.mark.parametrize(
    ("picture", "rgb"),
    [
        (np.full((4, 6, 3), (20, 30, 200), np.uint8), (200, 30, 20)),
        (np.full((4, 6), 90, np.uint8), (90, 90, 90)),
    ],
    ids=["color", "infrared"],
)
def test_the_pictures_of_opencv_become_rgb(picture: np.ndarray, rgb: tuple[int, int, int]) -> None:
    with open_fake(FakeDevice(picture=picture)) as source:
        frame = next(source.frames())
    assert frame.image.shape == (4, 6, 3)
    assert tuple(frame.image[0, 0]) == rgb


@pytest.mark.parametrize("loudly", [False, True])
def test_an_unplugged_camera_goes_on_when_it_is_back(loudly: bool) -> None:
    dies, back = FakeDevice(frames=3, dies_loudly=loudly), FakeDevice()
    with open_fake(dies, FakeDevice(opens=False), back) as source:
        frames = list(islice(source.frames(), 8))
    assert dies.released
    assert frames[-1].index >= 7
    assert all(b.session_ms > a.session_ms for a, b in pairwise(frames))


def test_a_camera_is_found_again_under_another_number_and_never_taken_for_another() -> None:
    connected = [WEBCAM, TWINS[1]]
    opened: list[CameraDevice] = []

    def open_capture(device: CameraDevice, _format: CameraFormat, _mjpeg: bool) -> FakeDevice:
        opened.append(device)
        if len(opened) == 1:
            connected[:] = [
                CameraDevice(0, "USB Camera", "/dev/video0"),
                CameraDevice(2, "HD Webcam", WEBCAM.path),
            ]
            return FakeDevice(frames=3)
        return FakeDevice()

    with CameraSource(
        "0",
        patience=IMPATIENT,
        find=lambda wanted: find_camera(wanted, connected),
        open_capture=open_capture,
    ) as source:
        assert next(frame for frame in source.frames() if frame.index > 5)
    assert [(device.index, device.name) for device in opened] == [
        (0, "HD Webcam"),
        (2, "HD Webcam"),
    ]


def test_an_outage_is_told_once_and_so_is_its_end() -> None:
    told: list[Connection] = []
    flaps = [FakeDevice(frames=2) for _ in range(5)]
    with open_fake(FakeDevice(frames=40), *flaps, FakeDevice()) as source:
        source.watch(told.append)
        for _frame in source.frames():
            if Connection.BACK in told:
                break
    assert told == [Connection.LOST, Connection.BACK]


def test_a_camera_gone_for_good_ends_the_frames_with_one_sentence() -> None:
    with (
        open_fake(FakeDevice(frames=3)) as source,
        pytest.raises(SourceError, match=r"HD Webcam stopped answering and did not come back"),
    ):
        list(source.frames())


@pytest.mark.allow_threads  # The driver hangs for good, as far as the program knows.
def test_a_driver_that_hangs_ends_the_frames_with_one_sentence() -> None:
    released = Event()

    class HangingDevice(FakeDevice):
        def read(self) -> tuple[bool, object]:
            if self._frames == 0:
                released.wait(10)
            return super().read()

    patience = Patience(open=0.3, reconnect=30.0)
    with (
        CameraSource(
            "0",
            patience=patience,
            find=lambda _wanted: WEBCAM,
            open_capture=lambda *_: HangingDevice(frames=3),
        ) as source,
        pytest.raises(SourceError, match="HD Webcam stopped answering"),
    ):
        list(source.frames())
    released.set()


@pytest.fixture
def server() -> Iterator[MjpegServer]:
    with MjpegServer([np.full((72, 128, 3), 200, np.uint8)], fps=60) as running:
        yield running


def open_loopback(server: MjpegServer, patience: Patience) -> CameraSource:
    """OpenCV's own capture, reading from the network instead of a device."""
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 1000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 500]
    return CameraSource(
        "0",
        patience=patience,
        find=lambda _wanted: WEBCAM,
        open_capture=lambda *_: cv2.VideoCapture(server.url, cv2.CAP_FFMPEG, limits),
    )


def test_opencvs_capture_is_read_again_after_a_stall(server: MjpegServer) -> None:
    with open_loopback(server, Patience(reconnect=8.0, first_pause=0.05)) as source:
        frames = source.frames()
        before = next(frames)
        server.stall()
        time.sleep(1)
        server.stall(on=False)
        after = list(islice(frames, 40))
    assert server.connections >= 2
    assert after[-1].index > before.index
    assert after[-1].session_ms > before.session_ms + 500


def test_opencvs_capture_is_given_up_when_the_device_stays_away(server: MjpegServer) -> None:
    with open_loopback(server, IMPATIENT) as source:
        server.go_away()
        with pytest.raises(SourceError, match="did not come back"):
            list(source.frames())
