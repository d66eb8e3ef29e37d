from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ferqt.errors import FerqtError
from tests.helpers.face_crops import face_crops, split_of
from training.architectures import registry
from training.architectures.registry import Architecture
from training.config import AugmentConfig, Recipe
from training.contact_sheet import Block, Row, Sheet, draw_sheet, write_sheet
from training.datasets.base import TRAIN, Dataset
from training.preview import CHANGES, MIXTURES, preview

HAPPY, NEUTRAL, CONTEMPT = 1, 0, 7
"""Places in the canonical list of expressions."""


@pytest.fixture
def faces(data: Dataset) -> Dataset:
    """Twelve real faces in the training part: Grace Hopper neutral, Eileen Collins happy."""
    split = split_of(face_crops(12), [NEUTRAL, HAPPY] * 6, name="faces/training")
    return replace(data, splits={**data.splits, TRAIN: split})


@pytest.fixture
def everything(recipe: Recipe) -> Recipe:
    """A recipe with every switch on."""
    return replace(recipe, augment=replace(recipe.augment, mixup=0.4, cutmix=0.5))


def column(block: Block, title: str) -> np.ndarray:
    """Pictures of the column whose title begins so, one a row."""
    place = [one.split("\n")[0] for one in block.titles].index(title)
    return np.stack([row.pictures[place] for row in block.rows])


def test_every_switch_of_a_recipe_has_its_place_on_the_sheet():
    switches = {field.name for field in fields(AugmentConfig)} - {"erase_side"}
    assert switches == {*CHANGES, *MIXTURES}


def test_a_row_a_picture_shows_each_change_alone_and_then_all_together(
    everything: Recipe, faces: Dataset
):
    changes, mixtures = preview(everything, faces, 6, 1).blocks

    assert [title.split("\n")[0] for title in changes.titles] == [
        "original",
        *CHANGES,
        *["together"] * 4,
    ]
    assert len(changes.rows) == 6
    assert {len(row.pictures) for row in changes.rows} == {len(changes.titles)}
    original = column(changes, "original")
    for name in CHANGES:
        assert (column(changes, name) != original).any(), name
    draws = [np.stack([row.pictures[-i] for row in changes.rows]) for i in range(1, 5)]
    for one in range(4):
        assert all((draws[one] != draws[other]).any() for other in range(one))
    assert [row.label.split("\n")[0] for row in mixtures.rows] == [*MIXTURES]


def test_pictures_are_those_of_the_training_part_with_their_class(
    everything: Recipe, faces: Dataset
):
    changes = preview(everything, faces, 6, 1).blocks[0]
    images, labels = faces.splits[TRAIN].images, faces.splits[TRAIN].labels

    # Classes take turns, in the order of the label set: happy stands before neutral in fer7.
    assert [row.label for row in changes.rows] == ["happy", "neutral"] * 3
    rows = [(images == shown).all(axis=(1, 2)).argmax() for shown in column(changes, "original")]
    assert len(set(rows)) == 6
    assert [labels[row] for row in rows] == [HAPPY, NEUTRAL] * 3


def test_what_is_off_is_not_shown(still: Recipe, faces: Dataset):
    recipe = replace(still, augment=replace(still.augment, flip=True))
    sheet = preview(recipe, faces, 8, 1)

    assert len(sheet.blocks) == 1
    assert [title.split("\n")[0] for title in sheet.blocks[0].titles] == [
        "original",
        "flip",
        *["together"] * 4,
    ]


def test_a_change_on_chance_is_shown_on_every_picture(still: Recipe, faces: Dataset):
    rare = replace(still.augment, median=0.01, closing=0.01, erase=0.01, erase_side=0.3)
    block = preview(replace(still, augment=rare), faces, 8, 1).blocks[0]

    original = column(block, "original")
    for name in ("median", "closing", "erase"):
        assert (column(block, name) != original).any(axis=(1, 2)).all()
    medians = np.median(column(block, "median"), axis=(1, 2))
    np.testing.assert_allclose(medians, 128, atol=1)


def test_the_first_draw_together_joins_the_changes_shown_alone(still: Recipe, faces: Dataset):
    two = replace(still.augment, flip=True, erase=1.0, erase_side=0.4)
    block = preview(replace(still, augment=two), faces, 8, 1).blocks[0]

    original, flipped, erased, together = (
        column(block, title) for title in ("original", "flip", "erase", "together")
    )
    rectangles = erased != original
    same = np.where(rectangles, erased, flipped) == together
    # A pixel inside a rectangle can have had its gray before.
    assert same.mean() > 0.99


def test_mixed_pictures_say_what_they_are_worth(everything: Recipe, faces: Dataset):
    mixup, cutmix = preview(everything, faces, 8, 1).blocks[1].rows

    original = preview(everything, faces, 8, 1).blocks[0]
    for row in (mixup, cutmix):
        assert len(row.pictures) == len(row.captions) == 8
        assert (np.stack(row.pictures) != column(original, "original")).any()
        for caption in row.captions:
            shares = {
                line.split()[0]: int(line.split()[1].rstrip("%")) for line in caption.split("\n")
            }
            assert set(shares) <= {"happy", "neutral"}
            assert sum(shares.values()) in (99, 100, 101)
    assert any("\n" in caption for caption in cutmix.captions)


def test_equal_seeds_give_equal_sheets(everything: Recipe, faces: Dataset):
    first, again, other = (
        np.asarray(draw_sheet(preview(everything, faces, 4, seed))) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_color_pictures_stay_in_color(
    still: Recipe, faces: Dataset, tiny: Architecture, monkeypatch: pytest.MonkeyPatch
):
    table = {"color": replace(tiny, id="color", channels=3)}
    monkeypatch.setattr(registry, "ARCHITECTURES", table)
    gray = faces.splits[TRAIN].images
    tinted = np.stack([gray, gray // 2, gray // 3], axis=-1)
    split = replace(faces.splits[TRAIN], images=tinted)
    faces = replace(faces, splits={**faces.splits, TRAIN: split})
    recipe = replace(still, model=replace(still.model, architecture="color"))
    block = preview(recipe, faces, 2, 1).blocks[0]

    shown = block.rows[0].pictures[0]
    assert shown.ndim == 3
    assert shown[..., 0].mean() > 1.5 * shown[..., 1].mean() > 1.5 * shown[..., 2].mean()


def test_no_picture_for_the_recipes_classes_is_one_clear_error(still: Recipe, faces: Dataset):
    split = replace(faces.splits[TRAIN], labels=np.full(12, CONTEMPT))
    faces = replace(faces, splits={**faces.splits, TRAIN: split})

    with pytest.raises(FerqtError, match="faces/training has no picture for fer7"):
        preview(still, faces, 8, 1)


# The drawn sheet


def test_a_drawn_sheet_holds_each_picture_enlarged_pixel_for_pixel():
    images = face_crops(6)
    rows = [Row("a", list(images[:3])), Row("b\nc", list(images[3:]), ("one", "two\nlines", "x"))]
    drawn = np.asarray(draw_sheet(Sheet("title", [Block(("1", "2", "3"), rows)])).convert("L"))

    tops = []
    for image in images:
        large = image.repeat(2, axis=0).repeat(2, axis=1)
        windows = np.lib.stride_tricks.sliding_window_view(drawn, large.shape)
        # Its diagonal tells a place from nearly all others; the rest is compared there alone.
        diagonal = windows.diagonal(axis1=2, axis2=3) == large.diagonal()
        (top, left), *others = np.argwhere(diagonal.all(axis=2))
        assert not others
        np.testing.assert_array_equal(windows[top, left], large)
        tops.append(top)
    assert len(set(tops)) == 2


def test_titles_labels_and_captions_are_drawn_on_white():
    row = Row("label", [face_crops(1)[0]], ("caption",))
    with_texts = np.asarray(draw_sheet(Sheet("title", [Block(("column",), [row])])).convert("L"))
    image = row.pictures[0].repeat(2, axis=0).repeat(2, axis=1)

    assert with_texts[:, -1].min() == 255
    ink = (with_texts < 128).sum() - (image < 128).sum()
    assert ink > 150


def test_a_sheet_is_written_where_no_folder_was(tmp_path: Path):
    path = tmp_path / "sheets" / "one"
    sheet = Sheet("title", [Block((), [Row("a", [face_crops(1)[0]])])])
    write_sheet(sheet, path)

    with Image.open(path) as image:
        assert image.format == "PNG"
        np.testing.assert_array_equal(np.asarray(image), np.asarray(draw_sheet(sheet)))


def test_a_sheet_that_cannot_be_written_is_one_clear_error(tmp_path: Path):
    (tmp_path / "file").write_text("")
    sheet = Sheet("title", [Block((), [Row("a", [face_crops(1)[0]])])])

    with pytest.raises(FerqtError, match=r"cannot write the sheet .*file.sheet\.png"):
        write_sheet(sheet, tmp_path / "file" / "sheet.png")


# The command


def parsed(*arguments: str):
    import argparse

    from training.commands import preview as command

    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    return parser.parse_args(["preview", *arguments])


def test_the_command_writes_a_sheet_from_a_recipe_and_prepared_data(
    faces: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    from training.datasets.prepared import write_prepared

    write_prepared(faces, tmp_path / "faces.npz")
    recipe = Path(__file__).parents[2] / "training" / "configs" / "live48-base.toml"
    out = tmp_path / "sheet.png"
    options = parsed(
        *(str(recipe), "--data", str(tmp_path / "faces.npz"), "--out", str(out)),
        *("--set", "heads.0.votes_weight=0", "--set", "augment.cutmix=0.5"),
        *("--count", "3", "--seed", "5"),
    )
    options.command(options)

    assert capsys.readouterr().out == f"{out}\n"
    with Image.open(out) as image:
        assert image.width > 1000
        assert image.height > 4 * 96


@pytest.mark.parametrize("wrong", [("--count", "0"), ("--count", "x"), ("--seed", "-1")])
def test_counts_that_make_no_sense_are_wrong_usage(
    wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit):
        parsed("recipe.toml", "--data", "x", "--out", "y", *wrong)
    assert "not a whole number from" in capsys.readouterr().err
