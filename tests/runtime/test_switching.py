"""Models are switched while a clip plays: nothing stalls, nothing is unlabeled, nothing leaks.

Real models, a real clip, a real session. How long a gap lasts depends on what else the machine
does, so a play with switches is held against a play of the same clip without.
"""

import gc
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ferqt.classifiers.catalog import DEFAULT_MODEL, Catalog
from ferqt.core.types import FrameResult
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.sources.factory import open_source
from tests.helpers.clips import write_clip
from tests.helpers.portraits import PlacedFace, scene

pytestmark = pytest.mark.slow

FPS = 25
FRAMES = 80
SWITCHES = 60
SETTLING = 40
"""Switches after which what is loaded once, and what allocators keep, is there: of 240 switches
the first 40 took 50 MB, the other 200 half a megabyte."""

ALLOWED_GAP_S = 0.2
ALLOWED_GROWTH = 1.05


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of one real face that moves to the right."""
    path = tmp_path_factory.mktemp("clips") / "face.mp4"
    write_clip(
        path,
        [scene(480, 270, [PlacedFace(160 + 2 * n, 135, 120)]) for n in range(FRAMES)],
        fps=FPS,
    )
    return path


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[AnalysisSession]:
    """A session whose first model is ready."""
    catalog = Catalog((Path("models"),))
    made = AnalysisSession(catalog, PipelineConfig(model_id=DEFAULT_MODEL), open_source)
    made.start()
    qtbot.waitUntil(lambda: made.card is not None, timeout=60_000)
    yield made
    made.shutdown()


class Watcher:
    """Keeps when results came, and every light sample of them."""

    def __init__(self, session: AnalysisSession) -> None:
        self.times: list[float] = []
        self.samples: list[FrameResult] = []
        session.result_ready.connect(self._on_ready)

    def _on_ready(self, _: FrameResult, samples: list[FrameResult]) -> None:
        self.times.append(time.monotonic())
        self.samples += samples

    def longest_gap_s(self) -> float:
        return float(np.diff(self.times).max())


def switch(qtbot: QtBot, session: AnalysisSession) -> None:
    """Let the other model answer, and wait until it does."""
    with qtbot.waitSignal(session.model_changed, timeout=10_000):
        session.next_model(1)


def play(
    qtbot: QtBot, session: AnalysisSession, clip: Path, meanwhile: Callable[[], None]
) -> Watcher:
    """Play the clip to its end, calling `meanwhile` again and again."""
    watcher = Watcher(session)
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: len(watcher.times) >= 3, timeout=30_000)
    watcher.times.clear()
    while session.state is SessionState.RUNNING:
        meanwhile()
    session.result_ready.disconnect(watcher._on_ready)
    return watcher


@pytest.mark.quiet
def test_the_picture_goes_on_while_models_are_switched(
    qtbot: QtBot, session: AnalysisSession, clip: Path
) -> None:
    switched: list[float] = []

    def go_on() -> None:
        qtbot.wait(50)

    def switch_now_and_then() -> None:
        switch(qtbot, session)
        switched.append(time.monotonic())
        qtbot.wait(200)

    usual = play(qtbot, session, clip, go_on)
    watcher = play(qtbot, session, clip, switch_now_and_then)
    assert len(switched) >= 5
    assert watcher.longest_gap_s() < usual.longest_gap_s() + ALLOWED_GAP_S
    # Each model has answered, and every frame that was read has the labels of the one that did.
    answered = {result.model_id for result in watcher.samples}
    assert answered == {entry.id for entry in session.catalog.entries}
    for result in watcher.samples:
        card = session.catalog.entry(result.model_id).card
        assert card is not None
        assert result.faces, f"frame {result.index} has no face"
        for face in result.faces:
            assert face.scores.labels == face.smoothed.labels == card.output.labels
            assert face.scores.probabilities.sum() == pytest.approx(1, abs=1e-3)
            assert face.smoothed.probabilities.sum() == pytest.approx(1, abs=1e-3)


def resident_bytes() -> int:
    """Memory that this process holds."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from Linux")
def test_sixty_switches_leave_memory_as_it_was(
    qtbot: QtBot, session: AnalysisSession, clip: Path
) -> None:
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: session.latest is not None, timeout=30_000)

    def switch_often(times: int) -> None:
        for _ in range(times):
            if session.state is SessionState.ENDED:
                session.toggle_pause()
            switch(qtbot, session)

    switch_often(SETTLING)
    before = resident_bytes()
    switch_often(SWITCHES)
    assert session.state in (SessionState.RUNNING, SessionState.ENDED)
    assert resident_bytes() < ALLOWED_GROWTH * before
