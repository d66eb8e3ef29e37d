"""The table of a session's statistics."""

import csv
import io

from ferqt.core.emotions import FER7
from ferqt.core.statistics import SessionStatistics
from ferqt.outputs.statistics_csv import statistics_csv
from tests.helpers.readings import face, sample, scores


def shows(track_id: int, name: str, confidence: float = 0.75, *, uncertain: bool = False) -> object:
    return face(track_id, (0, 0, 9, 9), scores({name: confidence}, FER7, uncertain=uncertain))


def test_each_face_and_expression_has_a_row_and_all_faces_come_last() -> None:
    statistics = SessionStatistics()
    statistics.add(
        [
            sample(0.0, shows(2, "happy", 0.5)),
            sample(0.75, shows(2, "sad", uncertain=True)),
            sample(1.0, shows(5, "sad")),
            sample(1.5),
        ]
    )
    text = statistics_csv(statistics, {2: 'Anna, "A."'})
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3 * len(FER7)
    (happy,) = (row for row in rows if row["face_id"] == "2" and row["expression"] == "happy")
    assert happy == {
        "face_id": "2",
        "face_label": 'Anna, "A."',
        "expression": "happy",
        "seconds": "0.750",
        "share": "0.7500",
        "frames": "1",
        "episodes": "1",
        "mean_confidence": "0.5000",
        "face_seconds": "1.000",
        "face_frames": "2",
        "face_uncertain": "0.2500",
    }
    both = {row["expression"]: row["seconds"] for row in rows if row["face_id"] == ""}
    assert (both["happy"], both["sad"], both["fear"]) == ("0.750", "0.750", "0.000")
    (fear,) = (row for row in rows if row["face_id"] == "5" and row["expression"] == "fear")
    assert fear["mean_confidence"] == ""


def test_without_a_reading_there_is_only_the_head() -> None:
    text = statistics_csv(SessionStatistics(), {}, delimiter="\t")
    assert text.count("\n") == 1
    assert text.split("\t")[:3] == ["face_id", "face_label", "expression"]
