"""Adding, verifying and removing models from the command line, in this process."""

import json
from pathlib import Path

import pytest

from ferqt.app import main
from tests.helpers.models import TINY_FOLDER, add_tiny_model

BARE = TINY_FOLDER / "model.tflite"
ADD = ("models", "add", str(BARE))


@pytest.fixture
def models(user_home: Path) -> Path:
    return user_home / "ferqt" / "data" / "models"


def ferqt(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


def test_a_file_is_added_shown_verified_and_removed(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ferqt(*ADD, "--labels", "rafdb7", "--id", "mine", "--crop", "box:0.2") == 0
    assert f"{models / 'mine'}: added as mine" in capsys.readouterr().out
    assert ferqt("models", "show", "mine", "--json") == 0
    card = json.loads(capsys.readouterr().out)["card"]
    assert card["output"]["labels"]["id"] == "rafdb7"
    assert card["input"]["crop"] == {"kind": "box", "margin": 0.2}
    assert card["input"]["value_range"] == [0.0, 255.0]
    assert ferqt("models", "verify", "mine") == 0
    assert capsys.readouterr().out == "mine: whole, runs on LiteRT\n"
    assert ferqt("models", "remove", "mine") == 0
    assert list(models.iterdir()) == []


def test_names_and_range_can_be_said_one_by_one(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = "Joy,sadness,anger,fear,disgust,surprise,calm"
    assert ferqt(*ADD, "--labels", names, "--range=-1,1", "--name", "Mine", "--json") == 0
    card = json.loads(capsys.readouterr().out)["card"]
    expected = ["happy", "sad", "angry", "fear", "disgust", "surprise", "calm"]
    assert card["output"]["labels"] == {"id": "custom", "names": expected}
    assert (card["name"], card["input"]["value_range"]) == ("Mine", [-1.0, 1.0])


@pytest.mark.allow_error_logs
@pytest.mark.parametrize(
    ("code", "arguments", "said"),
    [
        (2, ADD, "the file does not name its expressions"),
        (2, (*ADD, "--labels", "nosuch"), "unknown order of expressions: 'nosuch'"),
        (1, (*ADD, "--labels", "ferplus8"), "8 expressions are named, the model has 7"),
        (2, (*ADD, "--labels", "a,b,a"), "an expression is named twice: 'a'"),
        (2, (*ADD, "--labels", "fer7", "--color", "rgb"), "which is gray"),
        (2, (*ADD, "--labels", "fer7", "--id", "there"), "there is a model of this id: 'there'"),
        (2, ("models", "verify", "nosuch"), "unknown model: 'nosuch'"),
        (2, ("models", "remove"), "remove needs the ID of a model"),
        (1, ("models", "remove", "live48-fer7"), "came with the program"),
        (1, ("models", "add", "no.keras", "--labels", "fer7"), "no.keras"),
    ],
)
def test_a_failure_is_one_line_and_leaves_nothing(
    code: int,
    arguments: tuple[str, ...],
    said: str,
    models: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    add_tiny_model(models, "there")
    assert ferqt(*arguments) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert [path.name for path in models.iterdir()] == ["there"]


@pytest.mark.parametrize(
    ("option", "said"),
    [("--range=1,0", "the lower first: '1,0'"), ("--crop=round", "'round'"), ("--crop=box:9", "9")],
)
def test_a_value_that_is_none_is_wrong_usage(
    option: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        ferqt(*ADD, "--labels", "fer7", option)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_a_damaged_model_fails_verification(
    models: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = add_tiny_model(models, "torn")
    (folder / "model.tflite").write_bytes(BARE.read_bytes()[:-1] + b"x")
    assert ferqt("models", "verify", "torn", "--json") == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert found["id"] == "torn"
    assert "SHA-256" in found["problems"][0]
