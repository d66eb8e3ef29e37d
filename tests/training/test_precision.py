from pathlib import Path

import pytest

from tests.training.test_train import of, phases, replace, trained
from training import precision
from training.config import Recipe
from training.datasets.base import Dataset
from training.precision import precision_here


def test_a_recipe_s_own_precision_is_taken_as_it_is():
    assert precision_here("float32") == "float32"
    assert precision_here("mixed_bfloat16") == "mixed_bfloat16"


@pytest.mark.parametrize(
    ("seconds", "faster"),
    [
        ({"mixed_bfloat16": 0.001, "float32": 0.002}, "mixed_bfloat16"),
        ({"mixed_bfloat16": 0.020, "float32": 0.002}, "float32"),
    ],
)
def test_auto_takes_what_this_machine_computes_faster(
    monkeypatch: pytest.MonkeyPatch, seconds: dict[str, float], faster: str
):
    monkeypatch.setattr(precision, "_seconds", seconds.__getitem__)
    assert precision_here("auto") == faster


def test_both_are_timed_for_real():
    assert precision._seconds("float32") > 0
    assert precision._seconds("mixed_bfloat16") > 0


def test_a_resumed_run_keeps_the_precision_it_was_started_in(
    recipe: Recipe, data: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    recipe = replace(recipe, fit=replace(recipe.fit, precision="auto"), phases=phases(of(2)))
    monkeypatch.setattr("training.train.precision_here", lambda wanted: "float32")
    assert trained(recipe, data, tmp_path, stop_after=1).precision == "float32"

    monkeypatch.setattr("training.train.precision_here", lambda wanted: "mixed_bfloat16")
    assert trained(recipe, data, tmp_path, resume=True).precision == "float32"
