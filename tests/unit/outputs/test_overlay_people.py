"""Names, calibrated faces and two models on one face, as the overlay shows them."""

from dataclasses import replace

import pytest

from ferqt.core.emotions import CK7, EMOTIONS, FER7, FERPLUS8, LabelSet
from ferqt.core.types import FaceResult, FrameResult
from ferqt.outputs.overlay import (
    Canvas,
    Dots,
    OverlayMemory,
    OverlayOptions,
    Polyline,
    Primitive,
    Rect,
    Text,
)
from tests.helpers.overlays import PICTURE, overlay, plates, texts
from tests.helpers.readings import face, reading, scores

BOX = (500.0, 200.0, 200.0, 240.0)
LABELS_ONLY = OverlayOptions(show_all_bars=False)
HAPPY = scores({"happy": 0.86})
WHITE = (255, 255, 255)


def compared(*faces: FaceResult, session_ms: int = 0) -> FrameResult:
    result = reading(PICTURE, *faces, session_ms=session_ms)
    return replace(result, model_id="live48-ferplus8", other_model_id="live48-fer7")


def shown(*faces: FaceResult, options: OverlayOptions = LABELS_ONLY) -> tuple[Primitive, ...]:
    return overlay(result=compared(*faces), options=options)


def hollow_bars(shapes: tuple[Primitive, ...]) -> list[Rect]:
    """Outlines within the panel, where the face's box is not drawn."""
    return [
        shape
        for shape in shapes
        if isinstance(shape, Rect) and shape.stroke and not shape.fill and shape.height < 20
    ]


def test_a_given_name_takes_the_place_of_the_number() -> None:
    assert texts(overlay(face(3, BOX, HAPPY, name="Anna"), options=LABELS_ONLY)) == [
        "Anna",
        "happy",
        "86%",
    ]


def test_a_long_name_is_cut_and_the_plate_grows_with_a_short_one() -> None:
    def plate(name: str) -> Rect:
        return plates(overlay(face(3, BOX, HAPPY, name=name), options=LABELS_ONLY))[0]

    assert texts(overlay(face(3, BOX, HAPPY, name="Anna-Maria Magdalena")))[0] == (
        "Anna-Maria Magdal…"
    )
    assert plate("").width < plate("Anna Maria").width < plate("x" * 40).width < 400


def test_a_calibrated_face_wears_a_neutral_face_and_others_do_not() -> None:
    def marks(seen: FaceResult) -> tuple[int, int]:
        shapes = overlay(seen, options=LABELS_ONLY)
        eyes = sum(isinstance(shape, Dots) and len(shape.points) == 2 for shape in shapes)
        return eyes, sum(isinstance(shape, Polyline) for shape in shapes)

    assert marks(face(1, BOX, HAPPY, corrected=HAPPY)) == (1, 1)
    assert marks(face(1, BOX, HAPPY)) == (0, 0)


def test_the_sign_of_a_calibrated_face_lies_on_its_plate() -> None:
    for selected in (None, 1):
        shapes = overlay(
            face(1, BOX, HAPPY, corrected=HAPPY, name="Anna"),
            options=replace(LABELS_ONLY, selected_id=selected),
        )
        (plate,) = plates(shapes)
        (eyes,) = (shape for shape in shapes if isinstance(shape, Dots))
        name, expression = [shape for shape in shapes if isinstance(shape, Text)][:2]
        assert plate.x < name.x < eyes.points[0, 0] < eyes.points[1, 0] < expression.x
        assert plate.y < eyes.points[0, 1] < plate.y + plate.height


def test_both_models_answer_on_one_plate() -> None:
    shapes = shown(face(1, BOX, HAPPY, other=scores({"happy": 0.55}, FER7)))

    assert texts(shapes) == ["1", "happy", "86%", "happy", "55%"]
    assert len(plates(shapes)) == 1


def test_disagreement_is_marked_by_more_than_color() -> None:
    agreeing = shown(face(1, BOX, HAPPY, other=scores({"happy": 0.5}, FER7)))
    differing = shown(face(1, BOX, HAPPY, other=scores({"sad": 0.5}, FER7)))

    def strokes(shapes: tuple[Primitive, ...]) -> int:
        """Lines of the sign: two for equal, three for struck out."""
        return sum(isinstance(shape, Polyline) for shape in shapes)

    assert (strokes(agreeing), strokes(differing)) == (2, 3)
    assert plates(agreeing)[0].stroke is None
    edge = plates(differing)[0].stroke
    assert edge is not None
    assert edge[:3] == WHITE


def test_the_box_keeps_the_color_of_the_model_that_answers() -> None:
    def box(shapes: tuple[Primitive, ...]) -> list[Primitive]:
        return [s for s in shapes if isinstance(s, Rect) and s.height > 100]

    alone = overlay(face(1, BOX, HAPPY), options=LABELS_ONLY)
    both = shown(face(1, BOX, HAPPY, other=scores({"sad": 0.5}, FER7)))
    assert box(alone) == box(both)


def test_an_uncertain_compared_answer_is_said_in_words() -> None:
    unsure = scores({"sad": 0.3}, FER7, uncertain=True)

    assert texts(shown(face(1, BOX, HAPPY, other=unsure)))[3:] == ["uncertain", "sad?", "30%"]


def test_the_panel_shows_both_models_values_and_names() -> None:
    given = face(1, BOX, HAPPY, other=scores({"sad": 0.9}, FER7))
    said = texts(shown(given, options=OverlayOptions(show_labels=False)))

    assert said[:2] == ["live48-ferplus8", "live48-fer7"]
    rows = [said[start : start + 3] for start in range(2, len(said), 3)]
    assert [row[0] for row in rows] == list(EMOTIONS)
    assert rows[1] == ["happy", "86%", "2%"]
    assert rows[2] == ["sad", "2%", "90%"]
    assert rows[7] == ["contempt", "2%", "–"]


def test_the_compared_models_bars_are_hollow_and_as_long_as_their_values() -> None:
    given = face(1, BOX, scores({"happy": 0.5}), other=scores({"happy": 0.8}, FERPLUS8))
    shapes = shown(given, options=OverlayOptions(show_labels=False))
    full = [
        shape
        for shape in shapes
        if isinstance(shape, Rect) and shape.fill and shape.fill[:3] == (0xE6, 0x9F, 0)
    ]
    hollow = [shape for shape in hollow_bars(shapes) if (shape.stroke or ())[:3] == (0xE6, 0x9F, 0)]
    assert len(full) == len(hollow) == 1
    outside = hollow[0].width + hollow[0].stroke_width
    assert outside / full[0].width == pytest.approx(0.8 / 0.5, rel=0.01)
    assert hollow[0].y > full[0].y + full[0].height - 1


def test_one_model_alone_has_no_hollow_bars() -> None:
    assert hollow_bars(overlay(face(1, BOX, HAPPY))) == []


def test_classes_that_only_the_compared_model_has_are_listed() -> None:
    own = LabelSet("own", ("bored", "happy"))
    given = face(1, BOX, scores({"happy": 0.9}, CK7), other=scores({"bored": 0.9}, own))
    said = texts(shown(given, options=OverlayOptions(show_labels=False)))

    assert said[-3:] == ["bored", "–", "90%"]
    assert "neutral" not in said


@pytest.mark.parametrize("size", [(320, 180), (640, 360), (1280, 720)])
def test_plates_of_two_models_fit_into_small_pictures(size: tuple[int, int]) -> None:
    seen = face(
        1,
        (450, 200, 300, 340),
        scores({"surprise": 0.3}, uncertain=True),
        name="Anna-Maria Magdalena",
        corrected=HAPPY,
        smoothed=scores({"surprise": 0.3}, uncertain=True),
        other=scores({"contempt": 0.3}, CK7, uncertain=True),
    )
    shapes = overlay(
        result=compared(seen), canvas=Canvas(*size), options=OverlayOptions(selected_id=1)
    )
    for plate in plates(shapes):
        assert plate.x >= 0
        assert plate.y >= 0
        assert plate.x + plate.width <= size[0]
        assert plate.y + plate.height <= size[1]
    for text in (shape for shape in shapes if isinstance(shape, Text)):
        assert any(
            plate.x <= text.x <= plate.x + plate.width
            and plate.y < text.baseline < plate.y + plate.height
            for plate in plates(shapes)
        )


def test_names_of_both_models_are_calm() -> None:
    memory = OverlayMemory()
    said = []
    for step in range(40):
        # A close race in the compared model.
        other = scores({"sad": 0.45 + 0.02 * (-1) ** step, "angry": 0.45}, FER7)
        result = compared(face(1, BOX, HAPPY, other=other), session_ms=33 * step)
        said.append(texts(overlay(result=result, memory=memory, options=LABELS_ONLY))[3])
    assert len(set(said)) == 1
    memory = OverlayMemory()
    result = compared(face(1, BOX, HAPPY, other=scores({"fear": 0.4}, FER7)), session_ms=1400)
    assert texts(overlay(result=result, memory=memory, options=LABELS_ONLY))[3] == "fear"
