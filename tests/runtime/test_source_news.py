"""What is said of a damaged source while it is shown."""

import av
import numpy as np
import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import Severity
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.models import TINY_FOLDER, TINY_ID

COUNT = 24


@pytest.fixture
def session(qapp):
    made = AnalysisSession(
        Catalog((TINY_FOLDER.parent,)),
        PipelineConfig(model_id=TINY_ID, detector_id="haar"),
        open_source,
    )
    made.start()
    yield made
    made.shutdown()


@pytest.fixture
def notices(session):
    seen = []
    session.notice_posted.connect(seen.append)
    return seen


def write_damaged(path):
    """Write a film whose second key frame is noise."""
    noise = np.random.default_rng(0)
    write_clip(path, [noise.integers(0, 255, (72, 128, 3), dtype=np.uint8) for _ in range(COUNT)])
    with av.open(str(path)) as container:
        packets = [p for p in container.demux(video=0) if p.size]
    keyframe = next(p for p in packets[1:] if p.is_keyframe)
    content = bytearray(path.read_bytes())
    content[keyframe.pos : keyframe.pos + keyframe.size] = b"\xff" * keyframe.size
    path.write_bytes(content)


def test_a_damaged_film_is_played_to_its_end_and_what_it_lost_is_told(
    session, notices, tmp_path, qtbot
):
    path = tmp_path / "clip.mp4"
    write_damaged(path)
    with open_source(str(path)) as source:
        read = sum(1 for _ in source.frames())
        lost = source.losses.lost_frames
    assert read + lost == COUNT
    assert 0 < lost < COUNT

    session.open_source(str(path))
    qtbot.waitUntil(lambda: session.state is SessionState.ENDED, timeout=20_000)
    qtbot.waitUntil(lambda: len(notices) == 2, timeout=5_000)
    assert [one.title for one in notices] == ["The video is damaged"] * 2
    assert {one.severity for one in notices} == {Severity.WARNING}
    assert notices[-1].text == f"Frames of 'clip.mp4' that cannot be decoded: {lost}."

    with qtbot.waitSignal(session.state_changed):
        session.set_paused(False)
    qtbot.waitUntil(lambda: session.state is SessionState.ENDED, timeout=20_000)
    assert len(notices) == 2, "playing it again finds nothing new"


def test_pictures_of_a_folder_that_cannot_be_read_are_named(session, notices, tmp_path, qtbot):
    from PIL import Image

    for number in range(5):
        Image.new("RGB", (64, 48)).save(tmp_path / f"{number}.png")
    for number in (1, 3, 4):
        (tmp_path / f"{number}.png").write_text("no picture")
    session.open_source(str(tmp_path))
    qtbot.waitUntil(lambda: session.latest is not None, timeout=20_000)
    assert notices == []
    session.step(1)
    qtbot.waitUntil(lambda: len(notices) == 1, timeout=5_000)
    assert notices[0].title == "A picture was passed over"
    assert "1.png" in notices[0].text
    session.step(1)
    qtbot.waitUntil(lambda: len(notices) == 2, timeout=5_000)
    assert notices[1].title == "Pictures were passed over"
    assert notices[1].text.endswith("it is not a picture and 1 more")
