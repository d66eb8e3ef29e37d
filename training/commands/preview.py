"""`preview`: see what a recipe does to the pictures before training on them."""

import argparse
from pathlib import Path
from typing import Any

from training.commands.arguments import from_one, from_zero
from training.config import load_recipe


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser("preview", help="show what a recipe's augmentation does to pictures")
    one.add_argument("recipe", type=Path, help="a TOML file, as in training/configs")
    one.add_argument("--data", type=Path, required=True, help="what prepare wrote (.npz)")
    one.add_argument("--out", type=Path, required=True, help="the PNG to write")
    one.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change a key of the recipe, as augment.mixup=0.2",
    )
    one.add_argument("--count", type=from_one, default=8, help="pictures (default: 8)")
    one.add_argument("--seed", type=from_zero, help="of pictures and draws (default: the recipe's)")
    one.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> None:
    from training.contact_sheet import write_sheet
    from training.datasets.prepared import read_prepared
    from training.preview import preview

    recipe = load_recipe(options.recipe, options.set)
    data = read_prepared(options.data)
    seed = recipe.fit.seed if options.seed is None else options.seed
    write_sheet(preview(recipe, data, options.count, seed), options.out)
    print(options.out)
