"""A camera that goes away and comes back, also with pictures of another size."""

import json

import pandas as pd
import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import Severity
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.markers import Markers
from ferqt.runtime.recording import Recording, RecordingOptions, RecordingState
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.sources.live import Patience
from ferqt.sources.stream import StreamSource
from tests.helpers.mjpeg_server import MjpegServer
from tests.helpers.models import TINY_FOLDER, TINY_ID
from tests.helpers.portraits import scene

PATIENCE = Patience(reconnect=8.0, first_pause=0.05, longest_pause=0.2, settled=0.2)
SMALL = [scene(320, 240, [(150 + 4 * n, 110, 90)]) for n in range(3)]
LARGE = [scene(480, 360, [(220 + 4 * n, 160, 130)]) for n in range(3)]


@pytest.fixture
def session(qapp):
    made = AnalysisSession(
        Catalog((TINY_FOLDER.parent,)),
        PipelineConfig(model_id=TINY_ID, detector_id="haar"),
        lambda url: StreamSource(url, patience=PATIENCE),
    )
    made.start()
    yield made
    made.shutdown()


@pytest.fixture
def notices(session):
    seen = []
    session.notice_posted.connect(seen.append)
    return seen


@pytest.fixture
def recording(session):
    made = Recording(session, Markers())
    yield made
    made.shutdown()


def test_a_recording_goes_on_when_the_camera_is_back_with_another_size(
    session, recording, notices, tmp_path, qtbot
):
    seen = []
    session.result_ready.connect(lambda result, _: seen.append(result))

    def faces_of(width):
        return sum(len(one.faces) for one in seen if one.frame.image.shape[1] == width)

    with MjpegServer(SMALL, fps=20) as server:
        session.open_source(server.url)
        qtbot.waitUntil(lambda: faces_of(320) > 0, timeout=20_000)
        recording.start(RecordingOptions(tmp_path, countdown_s=0))
        qtbot.waitUntil(lambda: recording.progress.seconds > 0.5, timeout=20_000)

        server.go_away()
        qtbot.waitUntil(lambda: bool(notices), timeout=10_000)
        assert session.state is SessionState.RUNNING
        assert recording.state is RecordingState.ON
        server.show(LARGE)
        server.come_back()
        qtbot.waitUntil(lambda: len(notices) == 2 and faces_of(480) > 5, timeout=10_000)

        with qtbot.waitSignal(recording.finished, timeout=10_000) as caught:
            recording.stop()

    assert [(one.severity, one.title) for one in notices] == [
        (Severity.WARNING, "The connection was lost"),
        (Severity.INFO, "The picture is back"),
    ]
    (summary,) = caught.args
    assert summary.notice is None
    told = json.loads((summary.folder / "metadata.json").read_text(encoding="utf-8"))
    sizes = [(part["width"], part["height"]) for part in told["video"]["files"]]
    assert sizes == [(320, 240), (480, 360)]
    rows = pd.read_csv(summary.folder / "frames.csv")
    times = rows.timestamp.drop_duplicates()
    assert times.is_monotonic_increasing
    assert rows.frame.nunique() == sum(part["frames"] for part in told["video"]["files"])
    assert len(rows[(rows.timestamp >= told["video"]["files"][1]["begins_s"]) & rows.success]) > 0
