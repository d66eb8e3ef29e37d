"""Recordings of real sources by the real session."""

import json
import shutil
import subprocess
import sys
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
import pandas as pd
import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.outputs.overlay import OverlayOptions
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.markers import Markers
from ferqt.runtime.recording import Recording, RecordingOptions, RecordingState
from ferqt.runtime.session import AnalysisSession
from ferqt.sources.factory import open_source
from ferqt.ui.overlay_painter import draw_overlay_on
from tests.helpers.clips import presentation_times, write_clip
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import PlacedFace, scene

ROOT = Path(__file__).parents[2]
KILLED_AFTER_S = 8.0


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    add_tiny_model(folder)
    return folder


@pytest.fixture
def session(qapp, models):
    config = PipelineConfig(model_id=TINY_ID, detector_id="haar")
    made = AnalysisSession(Catalog((models,)), config, open_source)
    made.start()
    yield made
    made.shutdown()


@pytest.fixture
def recording(session):
    made = Recording(session, Markers())
    yield made
    made.shutdown()


def pictures_of(path):
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def record(session, recording, clip, options, qtbot):
    """Record a clip from where it is to its end."""
    session.open_source(str(clip))
    qtbot.waitUntil(lambda: session.latest is not None, timeout=20_000)
    session.set_paused(True)
    session.seek(0.0)
    recording.start(options)
    qtbot.waitUntil(lambda: recording.state is RecordingState.ON, timeout=5000)
    with qtbot.waitSignal(recording.finished, timeout=20_000) as caught:
        session.set_paused(False)
    return caught.args[0]


def test_a_clip_of_variable_rate_is_recorded_with_its_own_times(
    session, recording, tmp_path, qtbot
):
    rng = np.random.default_rng(5)
    times = [Fraction(0)]
    while times[-1] < Fraction(3, 2):
        times.append(times[-1] + Fraction(int(rng.integers(40, 180)), 1000))
    frames = [scene(320, 180, [PlacedFace(100 + n, 90, 90)]) for n in range(len(times))]
    clip = tmp_path / "clip.mp4"
    true_times = write_clip(clip, frames, times_s=times)

    summary = record(session, recording, clip, RecordingOptions(tmp_path / "out"), qtbot)

    rows = pd.read_csv(summary.folder / "frames.csv")
    recorded = presentation_times(summary.folder / "video.mp4")
    content = json.loads((summary.folder / "metadata.json").read_text(encoding="utf-8"))
    (*_, piece) = content["source"]["pieces"]
    # Frames that nobody looked at are counted; those that are there have the clip's own times.
    first = int(rows.loc[rows.timestamp >= piece["from_s"], "frame"].iloc[0])
    assert first == piece["frame"]
    for index, time_s in zip(rows.frame, rows.timestamp, strict=True):
        if time_s >= piece["from_s"]:
            wanted = float(true_times[index]) - piece["source_s"] + piece["from_s"]
            assert time_s == pytest.approx(wanted, abs=2e-5)
    assert [float(time) for time in recorded] == pytest.approx(
        sorted(set(rows.timestamp)), abs=2e-5
    )
    assert len(set(rows.frame)) + content["frames"]["not_analyzed"] >= len(times) - 1


def test_an_annotated_recording_differs_where_the_overlay_is(session, recording, tmp_path, qtbot):
    frames = [scene(480, 270, [PlacedFace(200, 135, 140)])] * 20
    clip = tmp_path / "clip.mp4"
    write_clip(clip, frames, fps=25)
    overlay = partial(draw_overlay_on, options=OverlayOptions(show_all_bars=False))

    clean = record(session, recording, clip, RecordingOptions(tmp_path / "clean"), qtbot)
    annotated = record(
        session, recording, clip, RecordingOptions(tmp_path / "overlay", overlay), qtbot
    )

    row = pd.read_csv(annotated.folder / "frames.csv").iloc[-1]
    assert row.success == 1
    one = pictures_of(clean.folder / "video.mp4")[-1].astype(int)
    other = pictures_of(annotated.folder / "video.mp4")[-1].astype(int)
    changed = np.abs(one - other).max(axis=2) > 60
    left = slice(round(row.x) - 3, round(row.x) + 4)
    edge = changed[round(row.y + row.height / 3) : round(row.y + row.height * 2 / 3), left]
    assert edge.any(axis=1).mean() > 0.9
    assert not changed[:, -100:].any()
    assert changed.mean() < 0.15


def test_a_recording_that_is_killed_opens_and_holds_nearly_all(models, tmp_path):
    frames = [scene(320, 180, [PlacedFace(100 + n, 90, 90)]) for n in range(75)]
    clip = tmp_path / "clip.mp4"
    write_clip(clip, frames * 4, fps=25)
    command = [sys.executable, "-m", "tests.helpers.recording_process"]
    process = subprocess.Popen(
        [*command, str(models), str(clip), str(tmp_path / "out")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    seconds = 0.0
    for line in process.stdout:
        seconds = float(line)
        if seconds >= KILLED_AFTER_S:
            break
    process.kill()
    process.communicate()

    assert seconds >= KILLED_AFTER_S
    (folder,) = (tmp_path / "out").iterdir()
    assert seconds_of(folder / "video.mp4") >= 0.9 * seconds
    rows = pd.read_csv(folder / "frames.csv")
    assert rows.timestamp.iloc[-1] >= seconds - 0.3
    assert not json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["complete"]


def seconds_of(path):
    """Length of a video as another program tells it, if there is one."""
    probe = shutil.which("ffprobe")
    if probe is None:
        return float(presentation_times(path)[-1])
    told = subprocess.run(
        [probe, "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(told.stdout)
