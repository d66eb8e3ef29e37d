"""What stands in the rows of a live view is what the screen showed: names, merges, both models."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.core.baseline import BaselineMeter
from ferqt.core.people import People
from ferqt.core.types import EmotionScores, FaceResult, Frame, FrameResult
from ferqt.outputs.frames_csv import FramesCsv
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.overlay import Canvas, OverlayOptions, Text, build_overlay, percent_text
from ferqt.paths import models_dir
from ferqt.pipeline.build import build_pipeline, reconfigure
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.pipeline import Pipeline
from tests.helpers.overlays import measure
from tests.helpers.portraits import PlacedFace, scene

FIRST, SECOND = "live48-ferplus8", "live48-fer7"
Row = dict[str, str]


class Live:
    """A pipeline whose settings a person changes while its results are shown and written."""

    def __init__(self, pipeline: Pipeline, catalog: Catalog, path: Path) -> None:
        self._pipeline = pipeline
        self._catalog = catalog
        cards = [catalog.entry(model_id).card for model_id in (FIRST, SECOND)]
        self.first, self.second = (card.output for card in cards if card is not None)
        self.layout = RowLayout(
            self.first.labels, baseline=True, compared=self.second.labels, models=True
        )
        self._table = FramesCsv(path, self.layout)
        self._path = path
        self.config = pipeline.config
        self.results: list[FrameResult] = []

    def set(self, **changes: object) -> None:
        self.config = replace(self.config, **changes)  # type: ignore[arg-type]
        reconfigure(self._pipeline, self.config, self._catalog)

    def show(self, frames: int) -> None:
        """Two real faces that turn a little from frame to frame."""
        for _ in range(frames):
            step = len(self.results)
            faces = [
                PlacedFace(170, 180, 130, roll=2.0 * (step % 5)),
                PlacedFace(470, 180, 130, "collins", roll=-2.0 * (step % 5)),
            ]
            frame = Frame(scene(640, 360, faces), step, None, 40 * step)
            self.results.append(self._pipeline.process(frame))
            assert self.layout.for_result(self.results[-1]) == self.layout
            self._table.write(self.results[-1])

    def rows(self) -> list[Row]:
        with self._path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    catalog = Catalog((models_dir(),))
    pipeline = build_pipeline(PipelineConfig(FIRST), catalog)
    yield Live(pipeline, catalog, tmp_path / "frames.csv")
    pipeline.close()


def assert_equal(
    row: Row, pattern: str, scores: EmotionScores | None, names: tuple[str, ...]
) -> None:
    for name in names:
        wanted = None if scores is None else scores.probability(name)
        cell = row[pattern.format(name)]
        assert cell == "" if wanted is None else float(cell) == pytest.approx(wanted, abs=1e-6)


def said_on_screen(result: FrameResult, face: FaceResult) -> list[str]:
    """Texts of the label of one face, as without what the frames before showed."""
    shapes = build_overlay(
        replace(result, faces=(face,)),
        OverlayOptions(show_all_bars=False),
        Canvas(1280, 720),
        measure,
    )
    return [shape.text for shape in shapes if isinstance(shape, Text)]


def label_of(row: Row, prefix: str, suffix: str, names: tuple[str, ...], below: float) -> list[str]:
    """What the screen says of a row's smoothed values."""
    values = {name: float(row[f"{prefix}{name}{suffix}"]) for name in names}
    top = max(values, key=lambda name: values[name])
    said = ["uncertain", f"{top}?"] if values[top] < below else [top]
    return [*said, percent_text(values[top])]


def test_rows_hold_what_the_screen_showed(live: Live) -> None:
    live.show(3)
    live.set(compare_id=SECOND)
    live.show(3)
    # The person on the left is calibrated, then named, then merged with who it was before.
    track_id = live.results[-1].faces[0].face.track_id
    meter = BaselineMeter(track_id)
    for result in live.results[-3:]:
        meter.add(result)
    live.set(baselines={track_id: meter.baseline()})
    live.show(3)
    live.set(people=People().renamed(track_id, "Anna"))
    live.show(3)
    live.set(people=live.config.people.merged_into(track_id, 7), baselines={7: meter.baseline()})
    live.show(3)

    rows = iter(live.rows())
    names, other_names = live.first.labels.names, live.second.labels.names
    for result in live.results:
        for face in result.faces:
            row = next(rows)
            assert (row["frame"], row["face_id"]) == (str(result.index), str(face.face.track_id))
            assert (row["face_label"], row["model"]) == (face.name, FIRST)
            assert row["compare_model"] == result.other_model_id
            assert_equal(row, "{}", face.scores, names)
            assert_equal(row, "{}_smoothed", face.smoothed, names)
            assert_equal(row, "{}_baseline", face.corrected, names)
            assert_equal(row, "compare_{}", face.other, other_names)
            assert_equal(row, "compare_{}_smoothed", face.other_smoothed, other_names)
            assert_equal(row, "compare_{}_baseline", face.other_corrected, other_names)

            said = said_on_screen(result, face)
            expected = [row["face_label"] or row["face_id"]]
            expected += label_of(row, "", "_smoothed", names, live.first.uncertain_below)
            if row["compare_model"]:
                expected += label_of(
                    row, "compare_", "_smoothed", other_names, live.second.uncertain_below
                )
                assert row["disagrees"] == str(int(face.disagrees))
            assert said == expected
    assert next(rows, None) is None


def test_what_a_person_did_is_seen_in_the_rows_from_that_frame_on(live: Live) -> None:
    live.set(compare_id=SECOND)
    live.show(2)
    live.set(people=People().renamed(1, "Anna").merged_into(2, 8))
    live.show(2)
    live.set(compare_id="", people=People())
    live.show(1)

    seen = [(row["face_id"], row["face_label"], row["compare_model"]) for row in live.rows()]
    assert seen == (
        [("1", "", SECOND), ("2", "", SECOND)] * 2
        + [("1", "Anna", SECOND), ("8", "", SECOND)] * 2
        + [("1", "", ""), ("2", "", "")]
    )
