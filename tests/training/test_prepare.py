import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ferqt.core.emotions import EMOTIONS
from tests.helpers.datasets import write_ckplus
from tests.helpers.face_crops import face_crops
from tests.helpers.fer2013 import picture, write_fer2013, write_ferplus
from training.__main__ import main
from training.datasets.base import PARTS, TEST, TRAIN, VALIDATION
from training.datasets.prepared import read_prepared

USAGES = ["Training"] * 4 + ["PublicTest"] * 2 + ["PrivateTest"] * 2


@pytest.fixture
def fer2013(tmp_path: Path) -> Path:
    """Three faces and a pattern of stripes to train on, two faces in each other part."""
    faces = face_crops(7)
    images = [*faces[:3], picture(3, 0), *faces[3:]]
    labels = [3, 4, 3, 3, 3, 4, 3, 4]
    rows = list(zip(labels, images, USAGES, strict=True))
    return write_fer2013(tmp_path / "fer2013.csv", rows)


@pytest.fixture
def ferplus(tmp_path: Path) -> Path:
    return write_ferplus(tmp_path / "fer2013new.csv", USAGES, {})


def prepare(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[Any, str]:
    """Run the command with --json; returns the summary and what stood on standard error."""
    assert main(["prepare", *map(str, arguments), "--json"]) == 0
    shown = capsys.readouterr()
    return json.loads(shown.out), shown.err


def test_several_data_sets_become_one_file(
    fer2013: Path, ferplus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    ckplus = write_ckplus(tmp_path / "ck", ["S010", "S011", "S022", "S026", "S032", "S055"])
    out = tmp_path / "new" / "data.npz"

    summary, _ = prepare(
        capsys,
        f"fer2013={fer2013}",
        f"ckplus={ckplus}",
        f"ferplus={ferplus}",
        *("--out", out, "--side", 32, "--seed", 5, "--validation", 0.2, "--test", 0.3),
    )

    data = read_prepared(out)
    assert data.sha256() == summary["sha256"]
    assert data.sources == ("fer2013", "ckplus")
    assert data.votes_from == summary["votes_from"] == "ferplus"
    assert data.splits[TRAIN].images.shape[1:] == (32, 32)
    assert summary["parts"][TEST]["by_source"] == {"fer2013": 2, "ckplus": 42}
    assert summary["parts"][TEST]["subjects"] == 2
    assert summary["parts"][VALIDATION]["classes"]["majority"]["ferplus8"]["happy"] == 2 + 3


def test_near_duplicates_are_reported_and_dropped_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    hopper, collins = face_crops(2)
    images = [picture(3, 0), collins, hopper, picture(5, 0), picture(2, 1), hopper[:, ::-1]]
    usages = [*["Training"] * 3, "PublicTest", "PrivateTest", "PrivateTest"]
    path = write_fer2013(tmp_path / "fer2013.csv", list(zip([3] * 6, images, usages, strict=True)))
    arguments = [f"fer2013={path}", "--out", tmp_path / "data.npz", "--near-duplicates"]

    reported, _ = prepare(capsys, *arguments, "report")
    ignored, _ = prepare(capsys, *arguments, "ignore")
    dropped, _ = prepare(capsys, *arguments, "drop")

    (pair,) = reported["near_duplicates"]["pairs"]
    assert pair.pop("correlation") == pytest.approx(1.0, abs=0.01)
    assert pair == {"train": "fer2013 row 2", "test": "fer2013 row 5", "mirrored": True}
    assert reported["near_duplicates"]["training_pictures"] == 1
    assert reported["parts"][TRAIN]["pictures"] == 3
    assert "near_duplicates" not in ignored
    assert ignored["sha256"] == reported["sha256"]
    assert dropped["dropped"]["nearly the same picture in another part"] == 1
    data = read_prepared(tmp_path / "data.npz")
    assert data.splits[TRAIN].names.tolist() == ["row 0", "row 1"]
    assert len(data.splits[TEST]) == 2


def test_pictures_without_a_face_are_counted_and_dropped_on_request(
    fer2013: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "data.npz"

    counted, _ = prepare(capsys, f"fer2013={fer2013}", "--out", out, "--faceless", "report")
    assert counted["faceless"] == {"train": 1, "validation": 0, "test": 0, "dropped": False}
    assert counted["parts"][TRAIN]["pictures"] == 4

    dropped, _ = prepare(capsys, f"fer2013={fer2013}", "--out", out, "--drop-faceless")
    assert dropped["dropped"]["no face found by the detector"] == 1
    assert read_prepared(out).splits[TRAIN].names.tolist() == ["row 0", "row 1", "row 2"]


def test_chart_and_folders_are_written_beside_it(
    fer2013: Path, ferplus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    chart, folders = tmp_path / "chart.png", tmp_path / "folders"
    arguments = [f"fer2013={fer2013}", f"ferplus={ferplus}", "--out", tmp_path / "data.npz"]

    summary, _ = prepare(
        capsys, *arguments, "--chart", chart, "--folders", folders, "--labeling", "majority"
    )

    assert chart.read_bytes().startswith(b"\x89PNG")
    assert summary["folders"] == {"path": str(folders), "without_class": 0}
    assert {path.parent.relative_to(folders).as_posix() for path in folders.rglob("*.png")} == {
        f"{part}/happy" for part in PARTS
    }
    # A second run would mix old pictures with new ones.
    assert main(["prepare", *map(str, arguments), "--folders", str(folders)]) == 1
    assert "Choose a new folder" in capsys.readouterr().err


def test_the_printed_summary_counts_classes_and_says_what_was_left_out(
    fer2013: Path, ferplus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = str(tmp_path / "data.npz")

    assert main(["prepare", f"fer2013={fer2013}", f"ferplus={ferplus}", "--out", out]) == 0

    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    heads = lines[1].split()
    assert heads == ["class", "by", "all", *EMOTIONS, "fer7", "ferplus8", "ck7"]
    assert lines[2].split()[:5] == ["fer2013/training", "own", "4", "0", "3"]
    assert lines[3].split()[:5] == ["fer2013/training", "majority", "4", "0", "4"]
    assert any("near duplicates across parts" in line for line in lines)
    assert f"sha256 {read_prepared(Path(out)).sha256()}" in lines
    assert shown.err == ""


def test_a_class_that_a_part_lacks_is_noted_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    rows = [(i % 2, picture(i, 0), usage) for i, usage in enumerate(USAGES[:-1])]
    path = write_fer2013(tmp_path / "fer2013.csv", rows)

    _, notes = prepare(capsys, f"fer2013={path}", "--out", tmp_path / "data.npz")

    assert notes == "ferqt-train: note: fer2013/private has no picture of disgust\n"


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (["imagenet=x.csv"], "unknown data set 'imagenet'"),
        (["fer2013=nothing.csv"], "there is no nothing.csv"),
        (["ferplus={ferplus}"], "ferplus holds votes for the pictures of fer2013"),
        (["fer2013={fer2013}", "fer2013={fer2013}"], "fer2013 is given twice"),
        (["fer2013={fer2013}", "ferplus={fer2013}"], "has no column"),
    ],
)
def test_what_is_wrong_with_the_sources_is_one_line(
    sources: list[str],
    said: str,
    fer2013: Path,
    ferplus: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    out = tmp_path / "data.npz"
    named = [one.format(fer2013=fer2013, ferplus=ferplus) for one in sources]

    assert main(["prepare", *named, "--out", str(out)]) == 1

    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments",
    [["fer2013", "--out", "data.npz"], ["fer2013=a.csv", "--out", "data.csv"], ["fer2013=a.csv"]],
)
def test_wrong_usage_is_told_as_such(arguments: list[str]):
    with pytest.raises(SystemExit) as exit_:
        main(["prepare", *arguments])
    assert exit_.value.code == 2


def test_shares_that_leave_nothing_are_refused_before_anything_is_read(
    capsys: pytest.CaptureFixture[str],
):
    assert main(["prepare", "fer2013=a.csv", "--out", "b.npz", "--test", "1"]) == 1
    assert "leave something to train on" in capsys.readouterr().err


def test_the_same_command_gives_the_same_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    ckplus = write_ckplus(tmp_path / "ck")

    hashes = [
        prepare(capsys, f"ckplus={ckplus}", "--out", tmp_path / name)[0]["sha256"]
        for name in ("a.npz", "b.npz")
    ]

    assert hashes[0] == hashes[1]
    np.testing.assert_array_equal(
        read_prepared(tmp_path / "a.npz").splits[TRAIN].images,
        read_prepared(tmp_path / "b.npz").splits[TRAIN].images,
    )
