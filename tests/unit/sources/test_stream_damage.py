"""What a stream's server sends may be garbage: whole pictures come through, halves do not."""

import itertools

import numpy as np
import pytest

from ferqt.errors import SourceError
from ferqt.sources.stream import _StreamFeed
from tests.helpers.damaged import jpeg_of
from tests.helpers.mjpeg_server import MjpegServer

NOISE = np.random.default_rng(0).bytes(3000)


def picture(number):
    """A picture that spells its number by its brightness, over a texture that takes some bytes."""
    texture = np.random.default_rng(number).integers(0, 40, (120, 160, 3))
    return np.uint8(texture + 50 * number)


def number_of(image):
    return round((float(image.mean()) - 20) / 50)


def part(body):
    head = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
    return head % len(body) + body + b"\r\n"


WHOLE = [jpeg_of(picture(number)) for number in range(4)]
SPOILED = WHOLE[1][:900] + NOISE + WHOLE[1][900 + len(NOISE) :]
STREAMS = {
    "a part of noise": [WHOLE[0], NOISE, WHOLE[2], WHOLE[3]],
    "a picture with noise in it": [WHOLE[0], SPOILED, WHOLE[2], WHOLE[3]],
    "half a picture": [WHOLE[0], WHOLE[1][: len(WHOLE[1]) // 2], WHOLE[2], WHOLE[3]],
}


def read_all(body):
    """Read a connection's pictures, none skipped, until the server has no more.

    The first, with the number 0, goes where FFmpeg looks for what it is.
    """
    numbers = []
    with MjpegServer([], body=body) as server:
        feed = _StreamFeed(server.url, "the camera", "http,tcp")
        with pytest.raises(SourceError, match="'the camera': the stream has ended"):
            numbers.extend(number_of(feed.read()) for _ in itertools.count())
        feed.close()
    return [number for number in numbers if number]


@pytest.mark.parametrize("damage", STREAMS)
def test_garbage_between_pictures_is_passed_over(damage):
    assert read_all(b"".join(part(body) for body in STREAMS[damage])) == [2, 3]


def test_a_stream_that_stops_in_the_middle_of_a_picture_gives_no_half():
    body = b"".join(part(one) for one in WHOLE)
    assert read_all(body[: -len(WHOLE[3]) // 2]) == [1, 2]


def test_garbage_from_the_start_is_no_video():
    message = "cannot open 'the camera': the answer is not a video"
    with MjpegServer([], body=NOISE * 10) as server, pytest.raises(SourceError, match=message):
        _StreamFeed(server.url, "the camera", "http,tcp")
