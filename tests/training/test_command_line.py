import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.fer2013 import write_ferplus
from tests.helpers.models import add_tiny_model
from tests.helpers.small_run import recipe_text
from training.__main__ import main
from training.config import Recipe

SURPRISED = ("x.png", 0, 0, 9, 0, 0, 0, 0, 0, 0, 1, 0)


@pytest.fixture
def recipe_file(recipe: Recipe, tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(recipe_text(recipe), encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """Run a command that has to succeed; returns what it printed."""
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_from_the_published_file_to_figures(
    fer2013_csv: Path, recipe_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    data, run, models = (tmp_path / name for name in ("data.npz", "run", "models"))

    said(capsys, "prepare", f"fer2013={fer2013_csv}", "--out", data)
    said(capsys, "train", recipe_file, "--data", data, "--run", run, "--stop-after", "1")
    trained = said(capsys, "train", recipe_file, "--data", data, "--run", run, "--resume")
    assert "tiny-fer7: best epoch" in trained
    exported = said(
        capsys, "export", run, "--data", data, "--models", models, "--also", "float16,h5"
    )
    assert "fer2013/private  n 14  accuracy" in exported
    assert "model.float16.tflite" in exported

    model = models / "tiny-fer7"
    card = json.loads((model / "card.json").read_text())
    where = ["--data", fer2013_csv, "--split", "private"]
    plain = json.loads(said(capsys, "evaluate", model, *where, "--keras", "--json"))
    assert plain["accuracy"] == card["metrics"][-1]["accuracy"]
    assert plain["keras_difference"] < 1e-4
    report = tmp_path / "report"
    text = said(capsys, "evaluate", model, "--data", data, "--report", report)
    assert "tiny-fer7 on fer2013/private, n 14, true class: own" in text
    assert (report / "report.html").is_file()


def evaluated(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Any:
    return json.loads(said(capsys, "evaluate", *arguments, "--json"))


def test_votes_give_another_true_class(
    fer2013_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Nine raters call every picture happy but one, which FER2013 calls angry: surprised."""
    usages = ["Training"] * 28 + ["PublicTest"] * 14 + ["PrivateTest"] * 14
    votes = write_ferplus(tmp_path / "votes.csv", usages, {42: SURPRISED})
    model = add_tiny_model(tmp_path / "models")
    where = ["--data", fer2013_csv, "--ferplus", votes, "--split", "private"]

    own = evaluated(capsys, model, *where)
    by_votes = evaluated(capsys, model, *where, "--labeling", "majority")

    assert (own["dataset"], own["labeling"]) == ("fer2013/private", "own")
    assert (by_votes["dataset"], by_votes["n"]) == ("ferplus/private", 14)
    assert by_votes["per_class"]["happy"]["support"] == 13
    assert by_votes["per_class"]["surprise"]["support"] == 1


def test_several_models_are_measured_at_once_and_compared(
    fer2013_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    one, two = (add_tiny_model(tmp_path / "models", name) for name in ("one", "two"))
    where = ["--data", fer2013_csv, "--split", "public"]

    results = evaluated(capsys, one, two, *where, "--report", tmp_path / "reports")
    assert [result["model"] for result in results] == ["one", "two"]
    assert (tmp_path / "reports" / "two" / "report.json").is_file()

    table = said(capsys, "compare", one, two, *where)
    assert [line.split()[0] for line in table.splitlines()[-3:]] == ["model", "one", "two"]
    page = tmp_path / "models.html"
    plain = json.loads(said(capsys, "compare", one, two, *where, "--html", page, "--json"))
    assert (plain["n"], len(plain["rows"])) == (14, 2)
    assert plain["rows"][0]["accuracy"] == results[0]["accuracy"]
    assert "<td>one</td>" in page.read_text(encoding="utf-8")


def test_pictures_that_are_cut_otherwise_than_the_model_wants_are_told(
    fer2013_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    model = add_tiny_model(
        tmp_path / "models",
        edit=lambda card: card["input"].update(crop={"kind": "box", "margin": 0.1}),
    )

    assert main(["evaluate", str(model), "--data", str(fer2013_csv), "--json"]) == 0

    shown = capsys.readouterr()
    json.loads(shown.out)
    assert "note: fer2013 is cut otherwise than tiny-fer7 wants its faces" in shown.err


def test_the_layers_of_a_network_are_listed(capsys: pytest.CaptureFixture[str]):
    listed = said(capsys, "architectures", "cnn64")

    assert listed.startswith("cnn64: ")
    assert "Dense" in listed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["prepare", "fer2013=nothing.csv", "--out", "x.npz"], "no nothing.csv"),
        (["train", "nothing.toml", "--data", "x", "--run", "r"], "cannot read recipe nothing.toml"),
        (["export", "nothing", "--data", "nothing.npz"], "no data at nothing.npz"),
        (["evaluate", "nothing", "--data", "nothing.npz"], "no model at nothing"),
        (["compare", "nothing", "--data", "nothing.npz"], "no model at nothing"),
    ],
)
def test_a_failure_is_one_line_on_standard_error(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
):
    assert main(arguments) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("data", "dataset", "words"),
    [
        ("data.npz", "fer2013", "holds its votes already"),
        ("faces", "folders", "holds votes for the pictures of fer2013"),
    ],
)
def test_votes_belong_to_the_published_fer2013_alone(
    data: str, dataset: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    model = add_tiny_model(tmp_path / "models")
    for name in ("faces", "votes.csv"):
        (tmp_path / name).touch()

    where = ["--data", str(tmp_path / data), "--dataset", dataset]
    votes = ["--ferplus", str(tmp_path / "votes.csv")]
    assert main(["evaluate", str(model), *where, *votes]) == 1
    assert words in capsys.readouterr().err


def test_votes_that_a_recipe_wants_have_to_be_in_the_data(
    fer2013_csv: Path, recipe_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    data = tmp_path / "data.npz"
    said(capsys, "prepare", f"fer2013={fer2013_csv}", "--out", data)
    text = recipe_file.read_text(encoding="utf-8")
    recipe_file.write_text(text.replace("votes_weight = 0.0", "votes_weight = 0.3"))

    run = str(tmp_path / "run")
    assert main(["train", str(recipe_file), "--data", str(data), "--run", run]) == 1
    assert "ferplus=fer2013new.csv" in capsys.readouterr().err


def test_a_missing_argument_is_a_usage_error():
    with pytest.raises(SystemExit) as exit_:
        main(["train"])
    assert exit_.value.code == 2
