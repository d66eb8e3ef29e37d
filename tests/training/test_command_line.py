import json
from pathlib import Path

import pytest

from training.__main__ import main

RECIPE = """
[model]
id = "tiny-fer7"
name = "Tiny"
architecture = "tiny"
dropout = 0.1
licence = "MIT"
intended_use = "Tests."
limits = "Knows stripes only."
[data]
dataset = "fer2013"
votes_weight = 0.0
votes_epochs = 0
balance = 0.5
[fit]
epochs = 2
batch = 7
seed = 1
precision = "mixed_bfloat16"
learning_rate = 0.01
warmup_epochs = 0.5
weight_decay = 0.001
label_smoothing = 0.05
ema = 0.9
select_by = "macro_f1"
[augment]
flip = true
rotation = 5
shift = 0.05
zoom = 0.05
stretch = 0.0
brightness = 10
contrast = 0.1
erase = 0.1
erase_side = 0.2
"""


@pytest.fixture
def recipe_file(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(RECIPE, encoding="utf-8")
    return path


@pytest.mark.usefixtures("tiny")
def test_from_the_published_file_to_figures(
    fer2013_csv: Path, recipe_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    data, run, models = (str(tmp_path / name) for name in ("data.npz", "run", "models"))

    assert main(["prepare", "fer2013", "--data", str(fer2013_csv), "--out", data]) == 0
    assert "train      fer2013/training" in capsys.readouterr().out
    first = ["train", str(recipe_file), "--data", data, "--run", run]
    assert main([*first, "--stop-after", "1"]) == 0
    assert main([*first, "--resume"]) == 0
    assert "best epoch" in capsys.readouterr().out
    assert main(["export", run, "--data", data, "--models", models]) == 0
    assert "fer2013/private  n 14  accuracy" in capsys.readouterr().out

    model = str(tmp_path / "models" / "tiny-fer7")
    arguments = ["evaluate", model, "--data", str(fer2013_csv), "--split", "private", "--keras"]
    assert main([*arguments, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    card = json.loads((tmp_path / "models" / "tiny-fer7" / "card.json").read_text())
    assert result["accuracy"] == card["metrics"][1]["accuracy"]
    assert result["keras_difference"] < 1e-4
    assert main(arguments) == 0
    assert "Keras agrees" in capsys.readouterr().out


def test_the_networks_are_listed(capsys: pytest.CaptureFixture[str]):
    assert main(["architectures"]) == 0
    assert "live48" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["prepare", "fer2013", "--data", "nothing.csv", "--out", "x.npz"],
            "no data at nothing.csv",
        ),
        (["train", "nothing.toml", "--data", "x", "--run", "r"], "cannot read recipe nothing.toml"),
        (["export", "nothing", "--data", "x"], "nothing is no training run"),
    ],
)
def test_a_failure_is_one_line_on_standard_error(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
):
    assert main(arguments) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_votes_that_a_recipe_wants_have_to_be_given(
    fer2013_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "recipe.toml"
    text = RECIPE.replace("votes_weight = 0.0", "votes_weight = 0.3")
    path.write_text(text.replace('"tiny"', '"live48"'), encoding="utf-8")

    assert main(["train", str(path), "--data", str(fer2013_csv), "--run", str(tmp_path / "r")]) == 1
    assert "--votes" in capsys.readouterr().err


def test_a_missing_argument_is_a_usage_error():
    with pytest.raises(SystemExit) as exit_:
        main(["train"])
    assert exit_.value.code == 2
