"""Tables of frames made from a stored session."""

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from ferqt.core.blendshapes import BLENDSHAPES
from ferqt.core.emotions import CK7, FER7, LabelSet
from ferqt.core.markers import Marker
from ferqt.core.session_document import TimeRange
from ferqt.core.types import EmotionScores, FaceBox, FaceResult, FrameResult, HeadPose, TrackedFace
from ferqt.errors import OutputError
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.registry import EXPORTS
from ferqt.outputs.frames_csv import FramesCsv
from ferqt.outputs.layout import RowLayout
from tests.helpers.documents import document_of, table_of
from tests.helpers.readings import face, sample, scores

CSV, PARQUET = EXPORTS["csv"], EXPORTS["parquet"]
BOX = (1.0, 2.0, 30.5, 40.0)
HAPPY = scores({"happy": 0.75, "sad": 0.25}, FER7)
SAD = scores({"sad": 0.9}, FER7, uncertain=True)
SHAPES = np.linspace(0, 1, 52).astype(np.float32)


def live_table(path: Path, layout: RowLayout, results: Sequence[FrameResult]) -> bytes:
    with FramesCsv(path, layout) as table:
        for result in results:
            table.write(result)
    return path.read_bytes()


def picture(name: str, *faces: FaceResult, index: int = 0) -> FrameResult:
    return FrameResult(None, index, None, index, faces, "model", name=name)


angles = st.floats(-90, 90, allow_subnormal=False)
readings = st.builds(
    lambda track_id, box, confidence, pose, weights, uncertain: FaceResult(
        TrackedFace(track_id, FaceBox(*box, confidence=confidence, pose=pose), 1),
        EmotionScores((weights / weights.sum()).astype(np.float32), FER7, uncertain),
        EmotionScores((weights[::-1] / weights.sum()).astype(np.float32), FER7),
        name=f'face "{track_id}",\n' if track_id % 3 == 0 else "",
    ),
    st.integers(1, 2**31 - 1),
    st.tuples(*[st.floats(0.001, 5000)] * 4),
    st.none() | st.floats(0, 1),
    st.none() | st.builds(HeadPose, angles, angles, angles),
    st.lists(st.floats(0.0009, 1), min_size=7, max_size=7).map(np.array),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(
    frames=st.lists(
        st.tuples(
            st.floats(0, 1e5),
            st.lists(readings, max_size=3, unique_by=lambda one: one.face.track_id),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_stored_session_gives_byte_for_byte_what_the_live_view_writes(
    frames: list[tuple[float, list[FaceResult]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    results = [
        FrameResult(None, number, time_s, number, tuple(faces), "model")
        for number, (time_s, faces) in enumerate(frames)
    ]

    CSV.write(document_of(results, FER7), folder / "stored.csv")

    stored = (folder / "stored.csv").read_bytes()
    assert stored == live_table(folder / "live.csv", RowLayout(FER7), results)


@pytest.mark.parametrize(
    "name", ['a,"b".jpg', "line\nfeed.jpg", "return\r.jpg", "Grüße 顔.jpg", "caf\udce9.jpg"]
)
def test_pictures_have_their_names_and_no_times(name: str, tmp_path: Path) -> None:
    results = [picture(name, face(1, BOX, HAPPY)), picture("b.jpg", index=1)]

    CSV.write(document_of(results, FER7), tmp_path / "stored.csv")

    live = live_table(tmp_path / "live.csv", RowLayout(FER7), results)
    assert (tmp_path / "stored.csv").read_bytes() == live
    assert pd.read_csv(tmp_path / "stored.csv")["file"].tolist() == [
        name.encode("utf-8", "backslashreplace").decode(),
        "b.jpg",
    ]


@pytest.mark.parametrize("labels", [CK7, LabelSet("mine", ("bored", "happy", "awake"))])
def test_models_without_neutral_and_with_classes_of_a_users_own_have_their_columns(
    labels: LabelSet, tmp_path: Path
) -> None:
    results = [sample(0.0, face(1, BOX, scores({"happy": 0.8}, labels))), sample(0.1)]

    CSV.write(document_of(results, labels), tmp_path / "stored.csv")

    live = live_table(tmp_path / "live.csv", RowLayout(labels), results)
    assert (tmp_path / "stored.csv").read_bytes() == live


def test_a_baseline_and_a_compared_model_have_their_columns(tmp_path: Path) -> None:
    other = scores({"contempt": 0.6}, CK7)
    results = [
        replace(
            sample(0.1, face(1, BOX, HAPPY, corrected=SAD, other=other), face(2, BOX, SAD)),
            other_model_id="other",
        ),
        sample(0.2, face(1, BOX, HAPPY)),
        sample(0.3),
    ]

    CSV.write(document_of(results, FER7), tmp_path / "stored.csv")

    layout = RowLayout(FER7, baseline=True, compared=CK7, models=True)
    assert (tmp_path / "stored.csv").read_bytes() == live_table(
        tmp_path / "live.csv", layout, results
    )


def test_blendshapes_are_written_on_request_under_mediapipes_names(tmp_path: Path) -> None:
    box = FaceBox(*BOX, confidence=0.9, blendshapes=SHAPES)
    results = [sample(0.0, FaceResult(TrackedFace(1, box, 1), HAPPY, HAPPY)), sample(0.1)]
    document = document_of(results, FER7)

    CSV.write(document, tmp_path / "plain.csv")
    CSV.write(document, tmp_path / "stored.csv", ExportOptions(blendshapes=True))
    PARQUET.write(document, tmp_path / "stored.parquet", ExportOptions(blendshapes=True))

    live = live_table(tmp_path / "live.csv", RowLayout(FER7, blendshapes=True), results)
    assert (tmp_path / "stored.csv").read_bytes() == live
    assert not set(BLENDSHAPES) & set(pd.read_csv(tmp_path / "plain.csv").columns)
    typed = pd.read_parquet(tmp_path / "stored.parquet")
    assert typed.loc[0, list(BLENDSHAPES)].to_numpy(np.float32) == pytest.approx(SHAPES)


def test_markers_stand_in_a_file_beside_the_table(tmp_path: Path) -> None:
    markers = (
        Marker(500, 0.5, 15, "laughs, loud", 'says "ha"\r\nthrice'),
        Marker(900, 0.9, 27, "ends"),
    )
    document = document_of([sample(0.0)], markers=markers)

    written = CSV.write(document, tmp_path / "frames.csv")

    assert written == (tmp_path / "frames.csv", tmp_path / "events.csv")
    with written[1].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["timestamp"], row["frame"], row["label"], row["note"]) for row in rows] == [
        ("0.500000", "15", "laughs, loud", 'says "ha"\r\nthrice'),
        ("0.900000", "27", "ends", ""),
    ]


def test_markers_of_an_earlier_export_do_not_stay_beside_another_session(tmp_path: Path) -> None:
    assert CSV.write(document_of([sample(0.0)]), tmp_path / "frames.csv") == (
        tmp_path / "frames.csv",
    )
    (tmp_path / "events.csv").write_text("timestamp,frame,label,note\n1,1,old,\n")

    CSV.write(document_of([sample(0.0)]), tmp_path / "frames.csv")

    assert (tmp_path / "events.csv").read_text() == "timestamp,frame,label,note\n"


def test_parquet_has_types_nulls_and_the_numbers_of_the_session(tmp_path: Path) -> None:
    results = [
        sample(0.1, face(1, BOX, HAPPY, pose=HeadPose(1.23456, -5, 0), name="Anna")),
        sample(0.2),
    ]

    PARQUET.write(document_of(results, FER7), tmp_path / "frames.parquet")

    table = parquet.read_table(tmp_path / "frames.parquet")
    types = {field.name: field.type for field in table.schema}
    assert types["frame"] == pa.int64()
    assert types["face_id"] == pa.int32()
    assert types["success"] == types["uncertain"] == pa.bool_()
    assert types["happy"] == types["neutral_smoothed"] == pa.float32()
    assert types["timestamp"] == types["pitch"] == types["x"] == pa.float64()
    assert types["expression"] == types["face_label"] == pa.string()
    first, second = table.to_pylist()
    assert (first["face_label"], first["expression"], first["pitch"]) == ("Anna", "happy", 1.23456)
    assert first["happy"] == pytest.approx(0.75)
    assert {name for name, value in second.items() if value is not None} == {
        "frame",
        "timestamp",
        "success",
    }


def test_parquet_tells_pandas_the_same_as_the_csv(tmp_path: Path) -> None:
    results = [sample(0.1, face(1, BOX, HAPPY), face(2, BOX, SAD)), sample(0.2)]
    document = document_of(results, FER7)
    CSV.write(document, tmp_path / "frames.csv")
    PARQUET.write(document, tmp_path / "frames.parquet")

    texts = pd.read_csv(tmp_path / "frames.csv")
    typed = pd.read_parquet(tmp_path / "frames.parquet")

    assert list(texts.columns) == list(typed.columns)
    numbers = [name for name in texts.columns if texts[name].dtype.kind in "if"]
    for name in set(numbers) - {"file", "face_label"}:
        assert typed[name].astype(float).to_numpy() == pytest.approx(
            texts[name].to_numpy(float), abs=0.006, nan_ok=True
        )
    assert typed["expression"].fillna("").tolist() == texts["expression"].fillna("").tolist()


def test_parquet_carries_facts_markers_and_excluded_ranges(tmp_path: Path) -> None:
    document = document_of(
        [sample(0.0)],
        markers=(Marker(500, 0.5, 15, "Grüße", "note"),),
        excluded=(TimeRange(1.0, 2.5),),
        notes="a note",
        tags=("pilot",),
    )

    PARQUET.write(document, tmp_path / "frames.parquet")

    about = parquet.read_schema(tmp_path / "frames.parquet").metadata
    assert json.loads(about[b"ferqt"])["model"]["id"] == "mini48"
    assert json.loads(about[b"ferqt_markers"]) == [
        {"timestamp": 0.5, "frame": 15, "label": "Grüße", "note": "note"}
    ]
    assert json.loads(about[b"ferqt_excluded"]) == [[1.0, 2.5]]
    assert json.loads(about[b"ferqt_tags"]) == ["pilot"]


@pytest.mark.parametrize("one", [CSV, PARQUET])
def test_a_class_named_like_a_column_is_refused(one, tmp_path: Path) -> None:
    labels = LabelSet("custom", ("width", "happy"))
    document = document_of([sample(0.0, face(1, BOX, scores({"happy": 1.0}, labels)))], labels)

    with pytest.raises(OutputError, match="'width'"):
        one.write(document, tmp_path / one.file_name)
    assert list(tmp_path.iterdir()) == []


def test_rows_taken_from_a_table_keep_what_belongs_to_them() -> None:
    results = [
        replace(sample(0.1, face(1, BOX, HAPPY, corrected=SAD)), other_model_id="b"),
        sample(0.2, face(1, BOX, SAD, corrected=HAPPY)),
    ]
    table = table_of(results, FER7)

    taken = table.taken(table.timestamp > 0.15)

    assert taken.others["baseline"].scores.tolist() == [HAPPY.probabilities.tolist()]
    assert (taken.models, taken.compared_models) == (("model",), ("",))
