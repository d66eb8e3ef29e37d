from pathlib import Path

import pytest

from ferqt.errors import FerqtError
from training.architectures.registry import architecture
from training.config import load_recipe
from training.datasets.registry import importer

CONFIGS = Path(__file__).parents[2] / "training" / "configs"
SHIPPED = CONFIGS / "live48-base.toml"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "recipe.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_recipe_fits_a_known_network(path: Path):
    recipe = load_recipe(path)

    network = architecture(recipe.model.architecture)
    assert all(head.id.startswith(network.id) for head in recipe.heads)
    assert all(network.side_or_own(phase.side) for phase in recipe.phases)
    assert network.side_or_own(recipe.phases[-1].side) == network.side


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("batch = 128\n", "", "the key fit.batch is missing"),
        ("batch = 128\n", "batch = 128\nbach = 2\n", "unknown key fit.bach"),
        ("batch = 128\n", "batch = 2.5\n", "fit.batch is 2.5"),
        ("batch = 128\n", "batch = 0\n", "fit.batch is 0"),
        ("flip = true\n", "flip = 1\n", "augment.flip is 1"),
        ("dropout = 0.3\n", "dropout = 1.5\n", "model.dropout is 1.5"),
        ('precision = "auto"', 'precision = "int8"', "fit.precision is 'int8'"),
        ('labels = "ferplus8"', 'labels = "ferplus9"', r"heads\[0\].labels is 'ferplus9'"),
        ('labeling = "own"', 'labeling = "best"', r"heads\[1\].labeling is 'best'"),
        ('id = "live48-fer7"', 'id = "live48-base8"', "two heads have the same id"),
        ("epochs = 14\n", "epochs = 0\n", r"phases\[0\].epochs is 0"),
        ("epochs = 14\nshare = 1.0", "epochs = 14\nshare = 2", r"phases\[0\].share is 2"),
        ("plateau_patience = 0", "plateau_patience = 3", "needs fit.schedule = 'constant'"),
        ("[augment]", "[augmentation]", "the key augment is missing"),
        ("[data]", "[more]\na = 1\n[data]", "unknown key more"),
        ("[data]", "[[data]]", "data is not a table"),
        ("[model]", "[model", "cannot read recipe"),
    ],
)
def test_a_wrong_recipe_is_told_by_file_and_key(tmp_path: Path, old: str, new: str, said: str):
    with pytest.raises(FerqtError, match=said) as error:
        load_recipe(changed(tmp_path, old, new))
    assert "recipe.toml" in error.value.message


def test_a_whole_number_is_taken_where_a_fraction_may_stand(tmp_path: Path):
    assert load_recipe(changed(tmp_path, "rotation = 15.0", "rotation = 9")).augment.rotation == 9.0


def test_keys_can_be_changed_without_another_file():
    recipe = load_recipe(SHIPPED, ["data.balance=0", "heads.1.weight=2.5", 'fit.loss="focal"'])

    assert (recipe.data.balance, recipe.heads[1].weight, recipe.fit.loss) == (0.0, 2.5, "focal")


@pytest.mark.parametrize(
    "change", ["data.balanc=1", "data.balance", "heads.7.weight=1", "data.balance=", "fit.a.b=1"]
)
def test_a_change_of_no_known_key_is_refused(change: str):
    with pytest.raises(FerqtError, match="cannot set"):
        load_recipe(SHIPPED, [change])


@pytest.mark.parametrize("find", [architecture, importer])
def test_an_unknown_name_is_answered_with_the_known_ones(find):
    with pytest.raises(FerqtError, match=r"Choose one of: .*(live48|fer2013)"):
        find("nothing")
