from pathlib import Path

import pytest

from ferqt.errors import FerqtError
from training.architectures.registry import architecture
from training.config import load_recipe
from training.datasets.registry import importer

CONFIGS = Path(__file__).parents[2] / "training" / "configs"
SHIPPED = CONFIGS / "live48-fer7.toml"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "recipe.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_recipe_names_a_known_network_and_data_set(path: Path):
    recipe = load_recipe(path)

    assert recipe.model.id == path.stem
    assert architecture(recipe.model.architecture).build is not None
    assert importer(recipe.data.dataset).id == recipe.data.dataset


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("epochs = 24\n", "", "the key fit.epochs is missing"),
        ("epochs = 24\n", "epochs = 24\nepoch = 2\n", "unknown key fit.epoch"),
        ("epochs = 24\n", "epochs = 2.5\n", "fit.epochs is 2.5"),
        ("epochs = 24\n", "epochs = 0\n", "fit.epochs is 0"),
        ("flip = true\n", "flip = 1\n", "augment.flip is 1"),
        ("dropout = 0.3\n", "dropout = 1.5\n", "model.dropout is 1.5"),
        ('precision = "mixed_bfloat16"', 'precision = "int8"', "fit.precision is 'int8'"),
        ("[augment]", "[augmentation]", "the key augment is missing"),
        ("[data]", "[more]\na = 1\n[data]", "unknown key more"),
        ("[model]", "[model", "cannot read recipe"),
    ],
)
def test_a_wrong_recipe_is_told_by_file_and_key(tmp_path: Path, old: str, new: str, said: str):
    with pytest.raises(FerqtError, match=said) as error:
        load_recipe(changed(tmp_path, old, new))
    assert "recipe.toml" in error.value.message


def test_a_whole_number_is_taken_where_a_fraction_may_stand(tmp_path: Path):
    assert load_recipe(changed(tmp_path, "rotation = 12.0", "rotation = 9")).augment.rotation == 9.0


@pytest.mark.parametrize("find", [architecture, importer])
def test_an_unknown_name_is_answered_with_the_known_ones(find):
    with pytest.raises(FerqtError, match=r"Choose one of: (live48|fer2013)"):
        find("nothing")
