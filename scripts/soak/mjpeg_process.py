"""A camera on the network as a program of its own, which can be killed.

    python -m scripts.soak.mjpeg_process PORT WIDTH HEIGHT

Serves a person who moves, and says its port; 0 for any.
"""

import sys
from threading import Event

from tests.helpers.mjpeg_server import MjpegServer
from tests.helpers.portraits import PlacedFace, scene


def main(port: int, width: int, height: int) -> int:
    """Serve until the process is killed."""
    face = height // 3
    pictures = [
        scene(width, height, [PlacedFace(width // 2 + 4 * step, height // 2, face)])
        for step in range(-5, 6)
    ]
    server = MjpegServer(pictures, fps=25)
    server.port = port
    with server:
        print(server.port, flush=True)
        Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
