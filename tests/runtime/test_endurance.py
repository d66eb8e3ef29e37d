"""Sources opened and closed without end leave no thread, no file and no object behind.

A short sample; `python -m scripts.soak` does the same for hours in the real window.
"""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import Notice
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.session import AnalysisSession
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.growth import grown, sizes
from tests.helpers.models import TINY_ID, add_tiny_model

ROUNDS = 8


@pytest.fixture
def places(tmp_path: Path) -> list[tuple[str, bool]]:
    """What is opened, and whether it can be."""
    picture = np.zeros((48, 64, 3), np.uint8)
    write_clip(tmp_path / "clip.mp4", [picture] * 10)
    Image.fromarray(picture).save(tmp_path / "picture.png")
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")
    return [
        (str(tmp_path / "clip.mp4"), True),
        (str(tmp_path / "empty.mp4"), False),
        (str(tmp_path / "picture.png"), True),
        (str(tmp_path / "text.png"), False),
        (str(tmp_path / "missing.mp4"), False),
    ]


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[AnalysisSession]:
    add_tiny_model(tmp_path / "models")
    catalog = Catalog((tmp_path / "models",))
    made = AnalysisSession(catalog, PipelineConfig(model_id=TINY_ID), open_source)
    made.start()
    qtbot.waitUntil(lambda: made.card is not None, timeout=20_000)
    yield made
    made.shutdown()


def open_and_close_all(
    qtbot: QtBot, session: AnalysisSession, places: list[tuple[str, bool]]
) -> None:
    """Open each place and wait for its picture or refusal; some are closed, some replaced."""
    answers: list[object] = []
    session.result_ready.connect(lambda newest, _: answers.append(newest.index))
    session.notice_posted.connect(answers.append)
    for number, (location, opens) in enumerate(places):
        answers.clear()
        session.open_source(location)
        qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
        assert isinstance(answers[0], Notice) is not opens
        if number % 2:
            session.close_source()
        # In a hurry: it is closed before it is open.
        session.open_source(location)
        session.close_source()
    qtbot.waitUntil(lambda: not session._leaving, timeout=10_000)


def readers() -> list[str]:
    """Threads of Python that read sources; those of Qt are the fixture's to find."""
    return [one.name for one in threading.enumerate() if one.name.startswith("ferqt")]


def test_sources_that_come_and_go_leave_nothing(
    qtbot: QtBot, session: AnalysisSession, places: list[tuple[str, bool]]
) -> None:
    process = psutil.Process()
    open_and_close_all(qtbot, session, places)
    files, threads = process.num_fds(), readers()
    before = sizes(session)
    for _ in range(ROUNDS):
        open_and_close_all(qtbot, session, places)
    assert grown(before, sizes(session)) == {}
    assert process.num_fds() <= files + 1
    assert readers() == threads
