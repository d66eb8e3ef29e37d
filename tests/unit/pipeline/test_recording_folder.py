"""What a recording leaves on disk."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from ferqt.core.emotions import FER7, FERPLUS8
from ferqt.core.markers import Marker
from ferqt.core.recording_clock import RecordingClock
from ferqt.core.types import EmotionScores, FrameResult, Image
from ferqt.errors import OutputError
from ferqt.outputs.events_csv import write_events
from ferqt.pipeline.recording_folder import Painter, RecordedFrame, RecordingFolder
from tests.helpers.clips import presentation_times
from tests.helpers.recordings import CAMERA, origin, plain, recorded

AT = datetime(2025, 3, 1, 14, 3, 22, tzinfo=UTC)
COUNTS = {"came": 0, "dropped": 0, "gaps": [], "not_analyzed": 0}
FER = origin()
PLUS = origin("plus", FERPLUS8)


def begin(
    parent: Path, painter: Painter | None = None, clock: RecordingClock | None = None
) -> RecordingFolder:
    return RecordingFolder(parent, CAMERA, clock or RecordingClock(), painter, AT)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def description(folder: RecordingFolder) -> dict[str, object]:
    content = json.loads((folder.path / "metadata.json").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def test_a_recording_is_a_folder_named_after_source_and_time(tmp_path: Path) -> None:
    with begin(tmp_path / "new") as first, begin(tmp_path / "new") as second:
        assert first.path == tmp_path / "new" / "HD Webcam 2025-03-01 14-03-22"
        assert second.path.name == "HD Webcam 2025-03-01 14-03-22 (2)"


def test_rows_and_pictures_share_one_clock(tmp_path: Path) -> None:
    with begin(tmp_path) as folder:
        for number in (0, 1, 2, 5):
            folder.write_rows(recorded(number, FER))
            folder.write_picture(recorded(number, FER))

    rows = rows_of(folder.path / "frames.csv")
    assert [float(row["timestamp"]) for row in rows] == [0, 0.04, 0.08, 0.2]
    assert [float(time) for time in presentation_times(folder.path / "video.mp4")] == [
        float(row["timestamp"]) for row in rows
    ]
    assert [row["frame"] for row in rows] == ["0", "1", "2", "5"]


def test_rows_are_on_disk_while_the_recording_runs(tmp_path: Path) -> None:
    folder = begin(tmp_path)
    folder.write_rows(recorded(0, FER))
    assert len(rows_of(folder.path / "frames.csv")) == 1
    folder.close()


def test_a_model_with_other_classes_writes_another_table(tmp_path: Path) -> None:
    with begin(tmp_path) as folder:
        for number, read_with in enumerate((FER, PLUS, PLUS, FER)):
            folder.write_rows(recorded(number, read_with))
        folder.write_description(COUNTS, complete=True, ended="stopped")

    first, second = rows_of(folder.path / "frames.csv"), rows_of(folder.path / "frames-2.csv")
    assert [row["frame"] for row in first] == ["0", "3"]
    assert [row["frame"] for row in second] == ["1", "2"]
    assert "contempt" in second[0]
    assert {row["model"] for row in second} == {"plus"}
    content = description(folder)
    assert content["rows"] == [
        {"file": "frames.csv", "labels": list(FER7.names), "compared_labels": None},
        {"file": "frames-2.csv", "labels": list(FERPLUS8.names), "compared_labels": None},
    ]
    models = content["models"]
    assert isinstance(models, list)
    assert [(one["from_s"], one["model"]["id"]) for one in models] == [
        (0, "tiny"),
        (0.04, "plus"),
        (0.12, "tiny"),
    ]


def test_a_model_that_is_compared_begins_a_table_with_its_readings(tmp_path: Path) -> None:
    alone = recorded(0, FER)
    (face,) = alone.result.faces
    other = EmotionScores(np.full(8, 1 / 8, np.float32), FERPLUS8)
    both = replace(face, other=other, other_smoothed=other)
    compared = replace(alone.result, faces=(both,), other_model_id="plus", index=1)
    with begin(tmp_path) as folder:
        folder.write_rows(alone)
        folder.write_rows(RecordedFrame(compared, 0.04, FER))

    (first,), (second,) = rows_of(folder.path / "frames.csv"), rows_of(folder.path / "frames-2.csv")
    assert "compare_model" not in first
    assert (second["model"], second["compare_model"]) == ("tiny", "plus")
    assert second["compare_contempt"] == "0.125000"


def test_the_overlay_is_painted_on_the_pictures_only_if_asked(tmp_path: Path) -> None:
    seen: list[int] = []

    def paint(image: Image, result: FrameResult) -> Image:
        seen.append(result.index)
        painted = image.copy()
        painted[:40] = 255
        return painted

    with begin(tmp_path / "a") as clean, begin(tmp_path / "b", paint) as annotated:
        for folder in (clean, annotated):
            folder.write_picture(recorded(3, FER, plain(20)))

    assert seen == [3]
    assert (_first_picture(clean)[10] < 40).all()
    assert (_first_picture(annotated)[10] > 235).all()
    assert (_first_picture(annotated)[80] < 40).all()


def test_markers_stand_where_the_recording_shows_their_frame(tmp_path: Path) -> None:
    clock = RecordingClock()
    clock.stamp(5000, None, 125, follows=True)
    clock.stamp(5040, None, 126, follows=True)
    with begin(tmp_path, clock=clock) as folder:
        folder.write_markers(
            [
                Marker(4000, None, 100, "too early"),
                Marker(5040, None, 126, "smile", 'says "hello", then\nlaughs'),
            ]
        )

    assert rows_of(folder.path / "events.csv") == [
        {
            "timestamp": "0.040000",
            "frame": "126",
            "label": "smile",
            "note": 'says "hello", then\nlaughs',
        }
    ]


def test_a_table_of_no_markers_has_its_header(tmp_path: Path) -> None:
    write_events(tmp_path / "events.csv", [])
    assert (tmp_path / "events.csv").read_bytes() == b"timestamp,frame,label,note\n"


def test_the_description_tells_what_was_recorded(tmp_path: Path) -> None:
    clock = RecordingClock()
    clock.stamp(2000, None, 50, follows=True)
    clock.stamp(9000, None, 60, follows=False)
    with begin(tmp_path, clock=clock) as folder:
        folder.write_rows(recorded(0, FER))
        folder.write_picture(recorded(0, FER))
        folder.write_description({**COUNTS, "dropped": 7}, complete=False, ended="")

    content = description(folder)
    assert (content["recording"], content["complete"]) == (True, False)
    assert content["started_at"] == "2025-03-01T14:03:22.000+00:00"
    assert content["source"] == {
        "kind": "camera",
        "name": "HD Webcam",
        "live": True,
        "pieces": [
            {"from_s": 0.0, "source_s": 2.0, "frame": 50},
            {"from_s": pytest.approx(1 / 30, abs=1e-6), "source_s": 9.0, "frame": 60},
        ],
    }
    frames = content["frames"]
    assert isinstance(frames, dict)
    assert (frames["recorded"], frames["dropped"]) == (1, 7)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("clip.mp4", "clip"),
        ("../../etc/x", "etc-x"),
        ("Grüße 顔", "Grüße 顔"),
        ("...", "recording"),
    ],
)
def test_titles_become_names_that_every_system_takes(tmp_path: Path, title: str, name: str) -> None:
    source = replace(CAMERA, title=title)
    with RecordingFolder(tmp_path, source, RecordingClock(), None, AT) as folder:
        assert folder.path == tmp_path / f"{name} 2025-03-01 14-03-22"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot make the folder"):
        begin(tmp_path / "file")


def _first_picture(folder: RecordingFolder) -> Image:
    import av

    with av.open(str(folder.path / "video.mp4")) as container:
        return np.asarray(next(container.decode(video=0)).to_ndarray(format="rgb24"))
