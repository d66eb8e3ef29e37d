"""Network streams: the newest picture, patience with outages, one sentence when nobody answers."""

import logging
import socket
import time
from collections.abc import Iterator
from itertools import islice, pairwise

import numpy as np
import pytest

from ferqt.core.addresses import without_credentials
from ferqt.errors import SourceError
from ferqt.sources.live import Patience
from ferqt.sources.stream import StreamSource
from tests.helpers.loopback import need_loopback
from tests.helpers.mjpeg_server import MjpegServer

IMPATIENT = Patience(open=6.0, reconnect=0.8, first_pause=0.05, longest_pause=0.2)


@pytest.fixture
def server() -> Iterator[MjpegServer]:
    with MjpegServer([np.full((72, 128, 3), 200, np.uint8)], fps=60) as running:
        yield running


def test_only_the_newest_picture_is_given(server: MjpegServer) -> None:
    with StreamSource(server.url) as source:
        frames = source.frames()
        first = next(frames)
        time.sleep(0.5)
        waiting, newer = next(frames), next(frames)
    assert waiting.index >= first.index + 10
    assert newer.index == waiting.index + 1


def test_what_a_live_source_tells_of_itself(server: MjpegServer) -> None:
    with StreamSource(server.url) as source:
        info = source.info
    assert (info.width, info.height) == (128, 72)
    assert info.live
    assert not info.seekable
    assert (info.frame_count, info.duration_s) == (None, None)


@pytest.mark.parametrize("outage", ["drop", "away"])
def test_a_broken_connection_is_made_again(server: MjpegServer, outage: str) -> None:
    patience = Patience(reconnect=8.0, first_pause=0.05)
    with StreamSource(server.url, patience=patience) as source:
        frames = source.frames()
        before = next(frames)
        if outage == "drop":
            server.drop()
        else:
            server.go_away()
            time.sleep(0.3)
            server.come_back()
        after = list(islice(frames, 20))
    assert server.connections >= 2
    for earlier, later in pairwise([before, *after]):
        assert later.index > earlier.index
        assert later.session_ms > earlier.session_ms


def test_a_server_gone_for_good_ends_the_frames_with_one_sentence(server: MjpegServer) -> None:
    with StreamSource(server.url, patience=IMPATIENT) as source:
        frames = source.frames()
        next(frames)
        server.go_away()
        began = time.monotonic()
        with pytest.raises(SourceError, match=r"did not come back within 0\.8 s"):
            list(frames)
        assert time.monotonic() - began < 3


@pytest.mark.allow_threads  # FFmpeg lets go of the silent connection after its own time limit.
def test_a_silent_server_lets_itself_be_interrupted_and_closed(server: MjpegServer) -> None:
    source = StreamSource(server.url)
    next(source.frames())
    server.stall()
    began = time.monotonic()
    source.close()
    assert list(source.frames()) == []
    assert time.monotonic() - began < 1


ANSWERS = {
    "not found": ({"status": "HTTP/1.0 404 Not Found"}, "the server knows no such stream"),
    "password wanted": ({"status": "HTTP/1.0 401 Unauthorized"}, "the server refuses access"),
    "broken": ({"status": "HTTP/1.0 500 Oops"}, "the server reports an error"),
    "a page": ({"body": b"<html>hello</html>" * 50}, "the answer is not a video"),
    "a list of local files": (
        {"body": b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/hostname\n"},
        "the answer is not a video",
    ),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_wrong_answer_is_told_in_one_sentence(answer: str) -> None:
    options, reason = ANSWERS[answer]
    with MjpegServer([], **options) as server, pytest.raises(SourceError) as caught:
        StreamSource(server.url)
    assert reason in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["http", "rtsp", "tcp"])
def test_nobody_listening_is_told_at_once(scheme: str) -> None:
    need_loopback()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    began = time.monotonic()
    with pytest.raises(SourceError, match="nobody answers there"):
        StreamSource(f"{scheme}://127.0.0.1:{port}/live")
    assert time.monotonic() - began < 2


def test_a_server_that_never_answers_is_given_up_within_six_seconds() -> None:
    need_loopback()
    with socket.create_server(("127.0.0.1", 0)) as mute:
        began = time.monotonic()
        with pytest.raises(SourceError, match="nobody answers in time"):
            StreamSource(f"http://127.0.0.1:{mute.getsockname()[1]}/live")
        assert time.monotonic() - began < 6.5


@pytest.mark.parametrize(
    "url", ["ftp://host/clip.mp4", "concat://a|b", "data://x", "subfile://x", "crypto://x"]
)
def test_other_schemes_are_refused_without_a_look(url: str) -> None:
    with pytest.raises(SourceError, match="are not read"):
        StreamSource(url)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtsp://bob:secret@cam:554/live", "rtsp://cam:554/live"),
        ("http://bob:se@cret@cam/video", "http://cam/video"),
        ("http://bob@cam", "http://cam"),
        ("http://cam/v?user=bob&pwd=secret&n=1", "http://cam/v?user=***&pwd=***&n=1"),
        ("http://cam/path@2/video", "http://cam/path@2/video"),
    ],
)
def test_an_address_is_shown_without_its_secrets(url: str, shown: str) -> None:
    assert without_credentials(url) == shown


def test_no_error_title_or_log_record_holds_the_password(
    server: MjpegServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = server.url.replace("http://", "http://bob:hush-hush@")
    with StreamSource(secret, patience=IMPATIENT) as source:
        assert "hush" not in source.info.title
        assert source.info.location == secret
        server.go_away()
        with pytest.raises(SourceError) as lost:
            list(source.frames())
    with pytest.raises(SourceError) as absent:
        StreamSource(secret)
    for caught in (lost, absent):
        assert "hush" not in str(caught.value)
        logging.getLogger("ferqt").warning("as a thread logs it", exc_info=caught.value)
    assert "hush" not in caplog.text
