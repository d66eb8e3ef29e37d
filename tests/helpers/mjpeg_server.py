"""A camera on the network, as MJPEG over HTTP on loopback, that can drop, stall and come back."""

import io
import socket
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt
from PIL import Image as PillowImage

from tests.helpers.loopback import need_loopback

Image = npt.NDArray[np.uint8]

_BOUNDARY = b"frame"
_HEADER = (
    b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary="
    + _BOUNDARY
    + b"\r\n\r\n"
)


class MjpegServer:
    """Serves pictures in turn to every client, at a rate, until told to fail.

    Args:
        pictures: RGB pictures, sent over and over.
        fps: Pictures a second.
        status: First line of the answer instead of the stream, as `HTTP/1.0 404 Not Found`.
        body: Body instead of the stream.
    """

    def __init__(
        self,
        pictures: Sequence[Image],
        fps: float = 30,
        *,
        status: str | None = None,
        body: bytes | None = None,
    ) -> None:
        self._jpegs = [_jpeg(picture) for picture in pictures]
        self._fps = fps
        self._answer = None
        if status is not None or body is not None:
            first = (status or "HTTP/1.0 200 OK").encode()
            headers = b"\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
            self._answer = first + headers % len(body or b"") + (body or b"")
        self._stop = threading.Event()
        self._stalled = threading.Event()
        self._lock = threading.Lock()
        self._clients: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.connections = 0
        self.requests: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/video"

    def __enter__(self) -> Self:
        need_loopback()
        self.come_back()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop.set()
        self.go_away()
        for thread in self._threads:
            thread.join(5)

    def come_back(self) -> None:
        """Listen, on the port of before."""
        listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        self.port = listener.getsockname()[1]
        self._listener = listener
        self._start(self._accept, listener)

    def go_away(self) -> None:
        """Refuse new clients and drop all; as a camera whose plug was pulled."""
        if self._listener is not None:
            # Closing alone would leave the accepting thread in its wait.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        self.drop()

    def drop(self) -> None:
        """Break off the connections; new ones are welcome."""
        with self._lock:
            for client in self._clients:
                try:
                    client.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
            self._clients.clear()

    def show(self, pictures: Sequence[Image]) -> None:
        """Send other pictures from now on, which may have another size."""
        self._jpegs = [_jpeg(picture) for picture in pictures]

    def stall(self, *, on: bool = True) -> None:
        """Keep connections open and send nothing."""
        (self._stalled.set if on else self._stalled.clear)()

    def _start(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                self._clients.append(client)
            self.connections += 1
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with client:
            try:
                self.requests.append(client.recv(4096).decode(errors="replace"))
                if self._answer is not None:
                    client.sendall(self._answer)
                    return
                client.sendall(_HEADER)
                number = 0
                while not self._stop.is_set():
                    if not self._stalled.is_set():
                        jpegs = self._jpegs
                        jpeg = jpegs[number % len(jpegs)]
                        part = b"--%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                        client.sendall(part % (_BOUNDARY, len(jpeg)) + jpeg + b"\r\n")
                        number += 1
                    time.sleep(1 / self._fps)
            except OSError:
                return


def _jpeg(picture: Image) -> bytes:
    buffer = io.BytesIO()
    PillowImage.fromarray(picture).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()
