"""Thumbnails that come while one looks for a place."""

import numpy as np
import pytest

from ferqt.runtime.thumbnails import Thumbnails
from ferqt.sources.base import SourceInfo, SourceKind
from tests.helpers.clips import write_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    path = tmp_path_factory.mktemp("clips") / "clip.mp4"
    frames = [np.full((48, 64, 3), 4 * number, np.uint8) for number in range(50)]
    write_clip(path, frames, fps=25, keyframe_every=10)
    return SourceInfo(SourceKind.VIDEO, path.name, str(path), seekable=True)


@pytest.fixture
def thumbnails(qapp):
    made = Thumbnails()
    yield made
    made.shutdown()


def test_the_newest_wish_is_granted(thumbnails, clip, qtbot):
    came = []
    thumbnails.ready.connect(lambda time_s, image: came.append((time_s, image)))
    thumbnails.set_source(clip)
    for time_s in np.linspace(0, 1.9, 200):
        thumbnails.request(float(time_s))
    qtbot.waitUntil(lambda: bool(came) and came[-1][0] == 1.9, timeout=3000)
    assert len(came) < 200
    assert came[-1][1].mean() == pytest.approx(160, abs=8)


def test_nothing_runs_before_the_first_wish_and_nothing_after_the_source(thumbnails, clip, qtbot):
    came = []
    thumbnails.ready.connect(lambda *_: came.append(1))
    thumbnails.set_source(clip)
    assert thumbnails._thread is None
    thumbnails.request(1.0)
    thread = thumbnails._thread
    thumbnails.set_source(None)
    qtbot.waitUntil(thread.isFinished, timeout=3000)
    qtbot.wait(20)
    assert came == [], "what was under way is given up"


@pytest.mark.parametrize("kind", [SourceKind.STREAM, SourceKind.DEMO, SourceKind.IMAGES])
def test_only_files_have_thumbnails(thumbnails, kind):
    thumbnails.set_source(SourceInfo(kind, "x", "x", seekable=True))
    thumbnails.request(1.0)
    assert thumbnails._thread is None


def test_a_file_that_cannot_be_read_shows_none_and_says_nothing(thumbnails, tmp_path, qtbot):
    path = tmp_path / "notes.mp4"
    path.write_text("not a video")
    thumbnails.set_source(SourceInfo(SourceKind.VIDEO, path.name, str(path), seekable=True))
    thumbnails.request(1.0)
    qtbot.waitUntil(thumbnails._thread.isFinished, timeout=3000)
    thumbnails.request(1.5)
