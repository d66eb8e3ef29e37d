"""What `frames.csv` promises to those who read it."""

import csv
import resource
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ferqt.core.emotions import FER7, FERPLUS8, LabelSet
from ferqt.core.types import EmotionScores, FaceBox, FaceResult, FrameResult, HeadPose, TrackedFace
from ferqt.errors import OutputError
from ferqt.outputs.frame_columns import FrameColumns
from ferqt.outputs.frames_csv import FramesCsv
from ferqt.outputs.layout import RowLayout
from tests.helpers.readings import face, sample, scores

HAPPY = scores({"happy": 0.75, "sad": 0.25}, FER7)
PLAIN = RowLayout(FER7)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns_of(labels: LabelSet) -> tuple[str, ...]:
    return FrameColumns.of(RowLayout(labels)).names


def _picture(name: str, *faces: FaceResult) -> FrameResult:
    return FrameResult(None, 0, None, 0, faces, "model", name=name)


def test_columns_are_those_of_the_documented_table_in_its_order() -> None:
    assert ",".join(columns_of(FER7)) == (
        "file,frame,timestamp,face_id,face_label,success,detection_confidence,x,y,width,height,"
        "expression,confidence,uncertain,"
        "neutral,happy,sad,angry,fear,disgust,surprise,"
        "neutral_smoothed,happy_smoothed,sad_smoothed,angry_smoothed,fear_smoothed,"
        "disgust_smoothed,surprise_smoothed,valence,arousal,pitch,yaw,roll"
    )


def test_models_that_order_their_classes_differently_write_the_same_columns() -> None:
    turned = LabelSet("custom", tuple(reversed(FERPLUS8.names)))

    assert columns_of(turned) == columns_of(FERPLUS8)


def test_a_users_own_classes_follow_the_known_ones() -> None:
    columns = columns_of(LabelSet("custom", ("bored", "happy", "awake")))

    assert columns[14:17] == ("happy", "bored", "awake")


def test_a_class_named_like_a_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="'width'"):
        FramesCsv(tmp_path / "frames.csv", RowLayout(LabelSet("custom", ("width", "happy"))))

    assert not (tmp_path / "frames.csv").exists()


def test_each_face_has_a_row_with_its_values_under_their_names(tmp_path: Path) -> None:
    smoothed = scores({"happy": 0.5, "sad": 0.5}, FER7)
    uncertain = scores({"sad": 0.4, "fear": 0.35, "angry": 0.25}, FER7, uncertain=True)
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(
            sample(
                0.1,
                face(
                    1,
                    (10.25, 20, 30.128, 40),
                    HAPPY,
                    smoothed=smoothed,
                    pose=HeadPose(1.234, -5, 0.001),
                ),
                face(7, (1, 2, 3, 4), uncertain),
            )
        )

    first, second = _read(tmp_path / "frames.csv")
    assert {name: first[name] for name in ("frame", "timestamp", "face_id", "success")} == {
        "frame": "3",
        "timestamp": "0.100000",
        "face_id": "1",
        "success": "1",
    }
    assert [first[name] for name in ("x", "y", "width", "height")] == [
        "10.25",
        "20.00",
        "30.13",
        "40.00",
    ]
    assert (first["expression"], first["confidence"], first["uncertain"]) == (
        "happy",
        "0.750000",
        "0",
    )
    assert (first["happy"], first["sad"], first["angry"]) == ("0.750000", "0.250000", "0.000000")
    assert (first["happy_smoothed"], first["sad_smoothed"]) == ("0.500000", "0.500000")
    assert [first[name] for name in ("pitch", "yaw", "roll")] == ["1.23", "-5.00", "0.00"]
    assert first["detection_confidence"] == "0.900000"
    assert (second["face_id"], second["expression"], second["uncertain"]) == ("7", "sad", "1")
    assert second["pitch"] == ""


def test_a_frame_without_a_face_has_a_row_that_says_so(tmp_path: Path) -> None:
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(sample(1.5))

    (row,) = _read(tmp_path / "frames.csv")
    assert None not in row
    assert {name: value for name, value in row.items() if value} == {
        "frame": "45",
        "timestamp": "1.500000",
        "success": "0",
    }


def test_what_a_detector_does_not_tell_is_an_empty_cell(tmp_path: Path) -> None:
    box = FaceBox(0, 0, 9, 9, confidence=None)
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(sample(0, FaceResult(TrackedFace(1, box, 1), HAPPY, HAPPY)))

    (row,) = _read(tmp_path / "frames.csv")
    assert row["detection_confidence"] == row["yaw"] == ""


def test_no_number_is_a_negative_zero(tmp_path: Path) -> None:
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(sample(0, face(1, (-0.001, 0, 5, 5), HAPPY, pose=HeadPose(-0.004, 0, -0.0))))

    assert "-0.00" not in (tmp_path / "frames.csv").read_text(encoding="utf-8")


def test_only_a_picture_has_no_time(tmp_path: Path) -> None:
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(_picture("a.jpg"))
        table.write(FrameResult(None, 4, None, 1234, (), "model"))

    picture, live = _read(tmp_path / "frames.csv")
    assert (picture["file"], picture["timestamp"]) == ("a.jpg", "")
    assert (live["file"], live["timestamp"]) == ("", "1.234000")


@pytest.mark.parametrize("name", ['a,"b".jpg', "line\nfeed.jpg", "Grüße 顔.jpg", " spaced .jpg"])
def test_names_of_pictures_come_back_as_they_were(tmp_path: Path, name: str) -> None:
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(_picture(name))

    assert _read(tmp_path / "frames.csv")[0]["file"] == name


def test_a_name_that_is_no_text_leaves_the_table_utf_8(tmp_path: Path) -> None:
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(_picture(b"caf\xe9.jpg".decode("utf-8", "surrogateescape")))

    assert _read(tmp_path / "frames.csv")[0]["file"] == "caf\\udce9.jpg"


def test_lines_end_with_a_line_feed_alone(tmp_path: Path) -> None:
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(sample(0))

    content = (tmp_path / "frames.csv").read_bytes()
    assert content.endswith(b"\n")
    assert b"\r" not in content


def test_rows_are_on_disk_before_the_table_is_closed(tmp_path: Path) -> None:
    table = FramesCsv(tmp_path / "frames.csv", PLAIN)
    table.write(sample(0, face(1, (1, 2, 3, 4), HAPPY)))

    assert len(_read(tmp_path / "frames.csv")) == 1
    table.close()


def test_pandas_reads_the_columns_as_numbers(tmp_path: Path) -> None:
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(sample(0, face(1, (1, 2, 3, 4), HAPPY, pose=HeadPose(1, 2, 3))))
        table.write(sample(0.5))

    rows = pd.read_csv(tmp_path / "frames.csv")
    numbers = rows.drop(columns=["file", "face_label", "expression"])
    assert all(kind.kind in "if" for kind in numbers.dtypes)
    assert rows.loc[0, list(FER7.names)].sum() == pytest.approx(1, abs=1e-5)


def test_older_results_are_not_replaced_unasked(tmp_path: Path) -> None:
    path = tmp_path / "frames.csv"
    path.write_text("precious", encoding="utf-8")

    with pytest.raises(OutputError, match="there already"):
        FramesCsv(path, PLAIN)
    assert path.read_text(encoding="utf-8") == "precious"

    FramesCsv(path, PLAIN, overwrite=True).close()
    assert path.read_text(encoding="utf-8").startswith("file,frame,")


def test_a_missing_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot write .*frames\.csv"):
        FramesCsv(tmp_path / "nowhere" / "frames.csv", PLAIN)


def test_when_the_disk_is_full_the_rows_before_stay_whole(tmp_path: Path) -> None:
    path = tmp_path / "frames.csv"
    table = FramesCsv(path, PLAIN)
    table.write(sample(0, face(1, (1, 2, 3, 4), HAPPY)))
    whole = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 40, hard))
    try:
        with pytest.raises(OutputError, match="cannot write"):
            table.write(sample(0.1, face(1, (1, 2, 3, 4), HAPPY)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert path.read_bytes() == whole
    table.write(sample(0.1))
    table.close()
    assert len(_read(path)) == 2


def test_the_expression_is_the_calibrated_one_not_the_smoothed(tmp_path: Path) -> None:
    calm = EmotionScores(np.full(7, 1 / 7, np.float32), FER7)
    with FramesCsv(tmp_path / "frames.csv", PLAIN) as table:
        table.write(sample(0, face(1, (1, 2, 3, 4), HAPPY, smoothed=calm)))

    assert _read(tmp_path / "frames.csv")[0]["expression"] == "happy"
