"""`architectures`: what networks there are, and every layer of one."""

import argparse
import json
from typing import Any

from training.architectures.registry import ARCHITECTURES, architecture


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser("architectures", help="list the networks, or one network's layers")
    one.add_argument("id", nargs="?", metavar="ID", help="show this network's layers")
    one.add_argument("--json", action="store_true", help="print JSON, with every layer")
    one.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> None:
    from training.architectures.describe import describe

    ids = [architecture(options.id).id] if options.id else list(ARCHITECTURES)
    found = [describe(one) for one in ids]
    if options.json:
        print(json.dumps({one["id"]: one for one in found}, indent=2))
    elif options.id:
        _print_layers(found[0])
    else:
        print(f"{'id':<16}{'parameters':>12}{'trainable':>12}  summary")
        for one in found:
            counts = f"{one['parameters']:>12,}{one['trainable']:>12,}"
            print(f"{one['id']:<16}{counts}  {one['summary']}")


def _print_layers(one: dict[str, Any]) -> None:
    print(f"{one['id']}: {one['summary']}")
    print(f"{one['parameters']:,} parameters, {one['trainable']:,} trainable, with 7 classes")
    print(f"{'layer':<28}{'kind':<26}{'output':<20}{'parameters':>12}")
    for layer in one["layers"]:
        shape = " x ".join(str(side) for side in layer["output"])
        print(f"{layer['name']:<28}{layer['kind']:<26}{shape:<20}{layer['parameters']:>12,}")
