"""The columns for baselines and for a compared model, and when rows need another file."""

from dataclasses import replace

import pytest

from ferqt.core.emotions import CK7, FER7, FERPLUS8, LabelSet
from ferqt.core.types import FaceResult, FrameResult
from ferqt.errors import OutputError
from ferqt.outputs.frame_columns import FrameColumns
from ferqt.outputs.layout import RowLayout
from tests.helpers.readings import face, sample, scores

BOX = (1.0, 2.0, 3.0, 4.0)
HAPPY = scores({"happy": 0.75, "sad": 0.25}, FER7)
CALM = scores({"neutral": 0.8, "happy": 0.2}, FER7)
SLY = scores({"contempt": 0.6, "happy": 0.4}, CK7)
PLAIN = RowLayout(FER7)
FULL = RowLayout(FER7, baseline=True, compared=CK7, models=True)


def cells(layout: RowLayout, *faces: FaceResult, compared: str = "") -> dict[str, str]:
    """The only row of a frame."""
    columns = FrameColumns.of(layout)
    (row,) = columns.rows(replace(sample(0, *faces), other_model_id=compared))
    return dict(zip(columns.names, row, strict=True))


def test_new_columns_follow_the_old_ones() -> None:
    plain, full = FrameColumns.of(PLAIN).names, FrameColumns.of(FULL).names

    assert full[: len(plain)] == plain
    assert ",".join(full[len(plain) :]) == (
        "expression_baseline,confidence_baseline,uncertain_baseline,"
        "neutral_baseline,happy_baseline,sad_baseline,angry_baseline,fear_baseline,"
        "disgust_baseline,surprise_baseline,model,"
        "compare_model,compare_expression,compare_confidence,compare_uncertain,"
        "compare_happy,compare_sad,compare_angry,compare_fear,compare_disgust,compare_surprise,"
        "compare_contempt,"
        "compare_happy_smoothed,compare_sad_smoothed,compare_angry_smoothed,"
        "compare_fear_smoothed,compare_disgust_smoothed,compare_surprise_smoothed,"
        "compare_contempt_smoothed,"
        "compare_happy_baseline,compare_sad_baseline,compare_angry_baseline,"
        "compare_fear_baseline,compare_disgust_baseline,compare_surprise_baseline,"
        "compare_contempt_baseline,disagrees"
    )


def test_a_given_name_labels_the_face() -> None:
    row = cells(PLAIN, face(4, BOX, HAPPY, name="Anna, 4b"))

    assert (row["face_id"], row["face_label"]) == ("4", "Anna, 4b")


def test_raw_values_stay_and_corrected_ones_stand_beside_them() -> None:
    row = cells(FULL, face(1, BOX, HAPPY, corrected=CALM, smoothed=CALM))

    assert (row["expression"], row["confidence"], row["happy"]) == ("happy", "0.750000", "0.750000")
    assert (row["expression_baseline"], row["confidence_baseline"]) == ("neutral", "0.800000")
    assert (row["neutral_baseline"], row["happy_baseline"]) == ("0.800000", "0.200000")
    assert row["uncertain_baseline"] == "0"
    assert row["neutral_smoothed"] == "0.800000"


def test_a_face_without_a_baseline_leaves_its_columns_empty() -> None:
    row = cells(FULL, face(1, BOX, HAPPY))

    assert {value for name, value in row.items() if name.endswith("_baseline")} == {""}


def test_the_compared_model_has_its_own_columns_whatever_its_classes() -> None:
    row = cells(FULL, face(1, BOX, HAPPY, other=SLY), compared="other")

    assert row["happy"] == "0.750000"
    assert (row["compare_expression"], row["compare_confidence"]) == ("contempt", "0.600000")
    assert (row["compare_contempt"], row["compare_happy_smoothed"]) == ("0.600000", "0.400000")
    assert (row["model"], row["compare_model"]) == ("model", "other")
    assert row["disagrees"] == "1"


def test_models_that_name_the_same_expression_agree() -> None:
    agreeing = scores({"happy": 0.5}, CK7)

    assert cells(FULL, face(1, BOX, HAPPY, other=agreeing), compared="other")["disagrees"] == "0"


def test_while_nothing_is_compared_those_columns_are_empty() -> None:
    row = cells(FULL, face(1, BOX, HAPPY))

    assert row["disagrees"] == row["compare_model"] == row["compare_expression"] == ""
    assert row["compare_contempt_smoothed"] == ""


def test_a_frame_without_a_face_still_names_its_models() -> None:
    row = cells(FULL, compared="other")

    assert {name for name, value in row.items() if value} == {
        "frame",
        "timestamp",
        "success",
        "model",
        "compare_model",
    }


@pytest.mark.parametrize("name", ["disagrees", "compare_happy", "happy_baseline"])
def test_a_class_named_like_one_of_the_new_columns_is_refused(name: str) -> None:
    labels = LabelSet("custom", (name, "happy"))
    FrameColumns.of(RowLayout(labels))

    with pytest.raises(OutputError, match=f"'{name}'"):
        FrameColumns.of(replace(FULL, labels=labels))


def compared_with(given: FaceResult) -> FrameResult:
    return replace(sample(0, given), other_model_id="other")


def test_a_layout_fits_what_has_its_place_in_it() -> None:
    full = face(1, BOX, HAPPY, corrected=CALM, other=SLY)

    assert FULL.for_result(compared_with(full)) == FULL
    assert FULL.for_result(sample(0)) == FULL
    assert PLAIN.for_result(sample(0, face(1, BOX, HAPPY))) == PLAIN


def test_what_has_no_place_needs_another_layout() -> None:
    corrected = sample(0, face(1, BOX, HAPPY, corrected=CALM))

    assert PLAIN.for_result(corrected) == RowLayout(FER7, baseline=True)
    assert PLAIN.for_result(compared_with(face(1, BOX, HAPPY, other=SLY))) == RowLayout(
        FER7, compared=CK7
    )


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (face(1, BOX, scores({"happy": 0.5}, FERPLUS8)), replace(FULL, labels=FERPLUS8)),
        (face(1, BOX, HAPPY, other=CALM), replace(FULL, compared=FER7)),
    ],
)
def test_other_classes_need_another_file(given: FaceResult, wanted: RowLayout) -> None:
    result = compared_with(given)

    assert FULL.for_result(result) == wanted != FULL
    assert wanted.for_result(result) == wanted


def test_a_file_keeps_its_columns_when_comparing_ends() -> None:
    assert FULL.for_result(sample(0, face(1, BOX, HAPPY))) == FULL
