"""Tables a row a frame for OpenFace's, py-feat's and FaceReader's users, read as they read them."""

import csv
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferqt.core.emotions import CK7, FER7, FERPLUS8, LabelSet
from ferqt.core.markers import Marker
from ferqt.core.types import FaceBox, FaceResult, FrameResult, HeadPose, TrackedFace
from ferqt.errors import OutputError
from ferqt.faces.head_pose import pose_from_matrix
from ferqt.outputs.exports.pose import camera_rotations
from ferqt.outputs.exports.registry import EXPORTS
from tests.helpers.documents import document_of
from tests.helpers.readings import face, sample, scores

OPENFACE, FEX, FACEREADER = (EXPORTS[name] for name in ("openface", "fex", "facereader"))
BOX = (1.0, 2.0, 30.5, 40.0)
HAPPY = scores({"happy": 0.75, "sad": 0.25}, FER7)
SAD = scores({"sad": 0.9}, FER7)
UP_LEFT = HeadPose(20, -30, 10)

# Names as published: OpenFace's wiki and RecorderCSV.cpp; py-feat's feat/utils/__init__.py.
OPENFACE_COLUMNS = "frame,face_id,timestamp,confidence,success,pose_Rx,pose_Ry,pose_Rz"
FEAT_FACEBOX_COLUMNS = ["FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight", "FaceScore"]
FEAT_EMOTION_COLUMNS = ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"]
FEAT_FACEPOSE_COLUMNS = ["Pitch", "Roll", "Yaw"]

TWO_FACES = [
    sample(0.0, face(1, BOX, HAPPY, pose=UP_LEFT), face(2, BOX, SAD, pose=HeadPose(0, 0, 0))),
    sample(0.1),
    sample(0.2, face(2, BOX, SAD)),
]
NAMED = [sample(0.0, face(3, BOX, HAPPY, name="Änne\t3")), sample(1.5)]


def turn(axis: int, angle: float) -> np.ndarray:
    vector = np.zeros(3)
    vector[axis] = angle
    return np.asarray(cv2.Rodrigues(vector)[0])


@given(angles=st.tuples(st.floats(-80, 80), st.floats(-80, 80), st.floats(-80, 80)))
def test_a_pose_is_the_same_rotation_in_openfaces_frame(angles: tuple[float, ...]) -> None:
    pitch, yaw, roll = np.radians(angles)
    seen = np.eye(4)
    seen[:3, :3] = turn(1, yaw) @ turn(0, -pitch) @ turn(2, -roll)
    own = pose_from_matrix(seen)
    assert (own.pitch, own.yaw, own.roll) == pytest.approx(angles, abs=1e-6)

    ((x, y, z),) = camera_rotations(np.array([angles]))

    # OpenFace: R = Rx * Ry * Rz; x right, y down, z away from the camera.
    flip = np.diag([1.0, -1.0, -1.0])
    assert turn(0, x) @ turn(1, y) @ turn(2, z) == pytest.approx(
        flip @ seen[:3, :3] @ flip, abs=1e-9
    )


def test_openface_rows_are_counted_and_turned_as_openface_does(tmp_path: Path) -> None:
    OPENFACE.write(document_of(TWO_FACES, FER7), tmp_path / "openface.csv")

    head = (tmp_path / "openface.csv").read_text().splitlines()[0]
    assert head.startswith(OPENFACE_COLUMNS + ",neutral,happy,")
    rows = pd.read_csv(tmp_path / "openface.csv")
    assert rows["frame"].tolist() == [1, 1, 4, 7]
    assert rows["face_id"].tolist() == [0, 1, 0, 1]
    assert rows["success"].tolist() == [1, 1, 0, 1]
    assert rows["confidence"].tolist() == [0.9, 0.9, 0.0, 0.9]
    first = rows.loc[0]
    # Up is negative around x, toward the left of the picture positive around y.
    assert first["pose_Rx"] < 0 < first["pose_Ry"]
    assert first["happy"] == pytest.approx(0.75)
    # Zeros where no face is found, nothing where the pose alone is not known.
    assert rows.loc[2, "pose_Rx"] == 0
    assert np.isnan(rows.loc[3, "pose_Rx"])


def test_py_feats_reader_of_openface_files_finds_its_columns(tmp_path: Path) -> None:
    OPENFACE.write(document_of(TWO_FACES, FER7), tmp_path / "openface.csv")

    # What read_openface(path, features=[...]) does.
    rows = pd.read_csv(tmp_path / "openface.csv", sep=",")
    rows.columns = rows.columns.str.strip(" ")
    assert len(rows[["frame", "timestamp", "confidence", "success", "pose_Rx"]]) == 4


def test_openface_has_no_pose_where_none_is_known(tmp_path: Path) -> None:
    OPENFACE.write(document_of([sample(0.0, face(1, BOX, HAPPY))], FER7), tmp_path / "of.csv")

    assert "pose_Rx" not in (tmp_path / "of.csv").read_text()


def test_what_the_detector_does_not_tell_is_no_zero(tmp_path: Path) -> None:
    unsure = FaceResult(TrackedFace(1, FaceBox(*BOX), 1), HAPPY, HAPPY)
    OPENFACE.write(document_of([sample(0.0, unsure)], FER7), tmp_path / "of.csv")
    FEX.write(document_of([sample(0.0, unsure)], FER7), tmp_path / "fex.csv")

    assert np.isnan(pd.read_csv(tmp_path / "of.csv").loc[0, "confidence"])
    assert np.isnan(pd.read_csv(tmp_path / "fex.csv").loc[0, "FaceScore"])


def test_py_feats_reader_finds_a_fex(tmp_path: Path) -> None:
    document = document_of(TWO_FACES, FER7, source="/data/talk.mp4")
    FEX.write(document, tmp_path / "fex.csv")

    # What read_feat does: all columns, none of them taken for an action unit, then by name.
    fex = pd.read_csv(tmp_path / "fex.csv")
    assert [name for name in fex.columns if "AU" in name] == []
    boxes, emotions = fex[FEAT_FACEBOX_COLUMNS], fex[FEAT_EMOTION_COLUMNS]
    assert boxes.loc[0].tolist() == [1.0, 2.0, 30.5, 40.0, 0.9]
    assert emotions.loc[0, "happiness"] == pytest.approx(0.75)
    assert emotions.loc[[0, 1, 3]].sum(axis=1).tolist() == pytest.approx([1, 1, 1], abs=1e-5)
    assert emotions.loc[2].isna().all()
    assert fex["frame"].tolist() == [0, 0, 3, 6]
    assert set(fex["input"]) == {"/data/talk.mp4"}
    assert fex["Identity"].fillna("").tolist() == ["Face 1", "Face 2", "", "Face 2"]


def test_a_pose_points_where_py_feat_draws_it(tmp_path: Path) -> None:
    FEX.write(document_of(TWO_FACES, FER7), tmp_path / "fex.csv")
    pitch, roll, yaw = pd.read_csv(tmp_path / "fex.csv").loc[0, FEAT_FACEPOSE_COLUMNS].astype(float)

    # draw_facepose: degrees; the axis out of the face ends at (sin(-yaw), -cos(yaw) sin(pitch)).
    out = np.array([np.sin(np.radians(-yaw)), np.cos(np.radians(yaw)) * np.sin(np.radians(pitch))])
    own_pitch, own_yaw = np.radians([UP_LEFT.pitch, UP_LEFT.yaw])
    assert out == pytest.approx([np.sin(own_yaw) * np.cos(own_pitch), np.sin(own_pitch)], abs=1e-3)
    assert roll > 0


def test_a_fex_of_pictures_tells_where_they_lie(tmp_path: Path) -> None:
    results = [
        FrameResult(None, 0, None, 0, (face(1, BOX, HAPPY),), "model", name="a.jpg"),
        FrameResult(None, 1, None, 1, (), "model", name="b, 2.jpg"),
    ]
    document = document_of(results, FER7, source="/data/portraits")
    FEX.write(document, tmp_path / "fex.csv")
    OPENFACE.write(document, tmp_path / "openface.csv")

    fex = pd.read_csv(tmp_path / "fex.csv")
    assert fex["input"].tolist() == ["/data/portraits/a.jpg", "/data/portraits/b, 2.jpg"]
    assert pd.read_csv(tmp_path / "openface.csv")["file"].tolist() == ["a.jpg", "b, 2.jpg"]


def read_facereader(path: Path) -> pd.DataFrame:
    """As users' scripts do: eight lines skipped, what failed is not a number."""
    return pd.read_table(path, sep="\t", skiprows=8, na_values=["FIND_FAILED", "FIT_FAILED"])


def test_facereaders_users_read_the_log_of_a_face(tmp_path: Path) -> None:
    document = document_of(NAMED, FER7, source="/data/talk.mp4")

    assert FACEREADER.write(document, tmp_path / "log.txt") == (tmp_path / "log.txt",)

    lines = (tmp_path / "log.txt").read_text().splitlines()
    assert lines[:8] == [
        "Video analysis detailed log",
        "",
        "Face Model\tferqt mini48",
        "Calibration\t-",
        "Start time\t-",
        "Filename\t/data/talk.mp4",
        "Frame rate\t30.000000000",
        "",
    ]
    assert lines[8].split("\t")[:10] == [
        "Video Time",
        *[
            "Neutral",
            "Happy",
            "Sad",
            "Angry",
            "Surprised",
            "Scared",
            "Disgusted",
            "Valence",
            "Arousal",
        ],
    ]
    assert lines[10].split("\t")[:10] == ["00:00:01.500", *["FIND_FAILED"] * 9]
    log = read_facereader(tmp_path / "log.txt")
    assert log["Video Time"].tolist() == ["00:00:00.000", "00:00:01.500"]
    assert log.loc[0, "Happy"] == pytest.approx(0.75)
    assert np.isnan(log.loc[1, "Happy"])
    assert log["Participant Name"].tolist() == ["Änne 3", "Änne 3"]


def test_several_faces_have_a_log_each_with_all_frames(tmp_path: Path) -> None:
    written = FACEREADER.write(document_of(TWO_FACES, FER7), tmp_path / "log.txt")

    assert [path.name for path in written] == ["log_face1.txt", "log_face2.txt"]
    first, second = (read_facereader(path) for path in written)
    assert first["Happy"].notna().tolist() == [True, False, False]
    assert second["Sad"].notna().tolist() == [True, False, True]


def test_a_session_without_a_face_has_a_log_of_failures(tmp_path: Path) -> None:
    FACEREADER.write(document_of([sample(0.0), sample(0.1)], FER7), tmp_path / "log.txt")

    assert read_facereader(tmp_path / "log.txt")["Neutral"].isna().all()


def test_markers_stand_at_their_frames_in_the_log(tmp_path: Path) -> None:
    # Every third frame was analyzed: a marker between two stands at the later one.
    markers = (
        Marker(0, 0.0, 0, "start"),
        Marker(50, 0.05, 2, "a\tb"),
        Marker(90, 0.09, 3, "c"),
        Marker(9000, 9.0, 270, "late"),
    )
    document = document_of([sample(0.0), sample(0.1), sample(0.2)], FER7, markers=markers)

    FACEREADER.write(document, tmp_path / "log.txt")

    log = pd.read_table(tmp_path / "log.txt", skiprows=8, keep_default_na=False)
    assert log["Event Marker"].tolist() == ["start", "a b; c", "late"]


@pytest.mark.parametrize(
    ("labels", "extra", "unknown"),
    [
        (FERPLUS8, "Contempt", []),
        (CK7, "Contempt", ["Neutral"]),
        (LabelSet("mine", ("bored", "happy")), "bored", ["Neutral", "Sad", "Disgusted"]),
    ],
)
def test_other_classes_stand_beside_facereaders_seven(
    labels: LabelSet, extra: str, unknown: list[str], tmp_path: Path
) -> None:
    given_scores = scores({"happy": 0.4}, labels)
    FACEREADER.write(
        document_of([sample(0.0, face(1, BOX, given_scores))], labels), tmp_path / "log.txt"
    )

    log = read_facereader(tmp_path / "log.txt")
    own = "contempt" if extra == "Contempt" else extra
    assert log.loc[0, extra] == pytest.approx(given_scores.probability(own), abs=1e-6)
    assert all(np.isnan(log.loc[0, name]) for name in unknown)


@pytest.mark.parametrize("labels", [FERPLUS8, CK7, LabelSet("mine", ("bored", "happy"))])
def test_other_classes_stand_behind_py_feats_seven(labels: LabelSet, tmp_path: Path) -> None:
    given_scores = scores({"happy": 0.4}, labels)
    FEX.write(document_of([sample(0.0, face(1, BOX, given_scores))], labels), tmp_path / "fex.csv")

    fex = pd.read_csv(tmp_path / "fex.csv")
    known = [name for name in fex.columns if name in (*FEAT_EMOTION_COLUMNS, *labels.names)]
    assert known[:7] == FEAT_EMOTION_COLUMNS
    assert fex.loc[0, known].sum() == pytest.approx(1, abs=1e-5)
    assert np.isnan(fex.loc[0, "neutral"]) == ("neutral" not in labels.names)


@pytest.mark.parametrize(
    ("one", "name"), [(OPENFACE, "success"), (FEX, "Identity"), (FACEREADER, "Valence")]
)
def test_a_class_named_like_a_column_is_refused(one, name: str, tmp_path: Path) -> None:
    labels = LabelSet("custom", (name, "happy"))
    document = document_of([sample(0.0, face(1, BOX, scores({"happy": 1.0}, labels)))], labels)

    with pytest.raises(OutputError, match=name):
        one.write(document, tmp_path / one.file_name)
    assert list(tmp_path.iterdir()) == []


def test_a_log_of_pictures_is_refused_in_one_sentence(tmp_path: Path) -> None:
    picture = FrameResult(None, 0, None, 0, (), "model", name="a.jpg")

    with pytest.raises(OutputError, match="pictures have no times"):
        FACEREADER.write(document_of([picture], FER7), tmp_path / "log.txt")


def test_odd_names_stay_in_their_cells(tmp_path: Path) -> None:
    results = [sample(0.0, face(1, BOX, HAPPY, name='Anna "A", 1\n2'))]
    FEX.write(document_of(results, FER7, source='/da,ta/"x".mp4'), tmp_path / "fex.csv")

    with (tmp_path / "fex.csv").open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["Identity"], row["input"]) == ('Anna "A", 1 2', '/da,ta/"x".mp4')
