"""A real camera's encoding over the network: H.264 in a transport stream, read as it is sent."""

import socket
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.loopback import need_loopback
from tests.helpers.portraits import scene


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server that sends a clip of a person once, in real time, to whoever connects."""
    need_loopback()
    path = tmp_path / "camera.ts"
    write_clip(path, [scene(320, 240, [(160, 110, 80)])] * 150, b_frames=0)
    content = path.read_bytes()
    listener = socket.create_server(("127.0.0.1", 0))
    piece = len(content) // 100

    def send() -> None:
        try:
            client, _ = listener.accept()
            with client:
                for start in range(0, len(content), piece):
                    client.sendall(content[start : start + piece])
                    time.sleep(0.05)
        except OSError:
            return

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    yield f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()
    sender.join(10)


def test_an_h264_camera_is_shown_while_it_sends(address: str) -> None:
    with open_source(address) as source:
        assert (source.info.width, source.info.height) == (320, 240)
        frames = list(islice(source.frames(), 10))
    expected = scene(320, 240, [(160, 110, 80)])
    assert [frame.media_time for frame in frames] == [None] * 10
    assert np.abs(frames[-1].image.astype(int) - expected).mean() < 4
