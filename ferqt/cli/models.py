"""`ferqt models`: what models there are, what their cards say, and adding and removing one."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ferqt.cli.base import Action, Command, declare_actions
from ferqt.cli.console import EXIT_DONE, EXIT_FAILED, print_json, report
from ferqt.cli.model_adding import ADD_EXAMPLES, add_model, declare_add
from ferqt.cli.model_texts import card_text, entry_json, table
from ferqt.errors import ModelError, UsageError

if TYPE_CHECKING:
    from ferqt.classifiers.catalog import Catalog, CatalogEntry


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    declare_actions(parser, _ACTIONS)


def _run(args: argparse.Namespace) -> int:
    from ferqt.classifiers.catalog import Catalog
    from ferqt.paths import models_dir, user_models_dir

    return _ACTIONS[args.action].run(Catalog((models_dir(), user_models_dir())), args)


def _list(catalog: "Catalog", args: argparse.Namespace) -> int:
    if args.json:
        print_json([entry_json(entry) for entry in catalog.entries])
    elif catalog.entries:
        print(table(catalog.entries))
    else:
        report("no model found", "Install ferqt anew: its models are missing.")
    return EXIT_DONE


def _show(catalog: "Catalog", args: argparse.Namespace) -> int:
    entry = _entry(catalog, args)
    if entry.card is None:
        raise ModelError(f"model {entry.id!r} cannot be used: {entry.problem}")
    if args.json:
        print_json(entry_json(entry))
    else:
        print(card_text(entry, entry.card))
    return EXIT_DONE


def _verify(catalog: "Catalog", args: argparse.Namespace) -> int:
    from ferqt.classifiers.verification import verify_model

    entries = catalog.entries if args.id is None else (_entry(catalog, args),)
    found = [(entry, verify_model(entry)) for entry in entries]
    if args.json:
        print_json(
            [
                {"id": entry.id, "runtime": one.runtime, "problems": list(one.problems)}
                for entry, one in found
            ]
        )
    else:
        for entry, one in found:
            state = f"runs on {one.runtime}" if one.passed else "; ".join(one.problems)
            print(f"{entry.id}: {'whole' if one.passed else 'damaged'}, {state}")
    return EXIT_DONE if all(one.passed for _, one in found) else EXIT_FAILED


def _remove(catalog: "Catalog", args: argparse.Namespace) -> int:
    from ferqt.classifiers.removing import remove_model

    entry = _entry(catalog, args)
    remove_model(entry)
    if args.json:
        print_json({"removed": entry.id, "folder": str(entry.folder)})
    else:
        print(f"{entry.folder}: removed")
    return EXIT_DONE


def _entry(catalog: "Catalog", args: argparse.Namespace) -> "CatalogEntry":
    if args.id is None:
        raise UsageError(f"{args.action} needs the ID of a model", "See 'ferqt models list'.")
    try:
        return catalog.entry(args.id)
    except ModelError as error:
        raise UsageError(error.message, error.hint) from error


def _declare_nothing(_: argparse.ArgumentParser) -> None:
    return None


def _declare_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", nargs="?", help="model, see 'ferqt models list'")


_ACTIONS: Final[Mapping[str, Action["Catalog"]]] = {
    "list": Action("list all models with their measured accuracy", _declare_nothing, _list),
    "show": Action("show everything that is known of a model", _declare_id, _show),
    "add": Action("add a bare Keras or LiteRT file to your models", declare_add, add_model),
    "verify": Action(
        "check the files of a model, or of all, and that it answers", _declare_id, _verify
    ),
    "remove": Action("remove a model that you added", _declare_id, _remove),
}

MODELS = Command(
    name="models",
    summary="list, show, add, verify and remove expression models",
    description="List the expression models, show one's card, or add, verify and remove one.",
    examples=(
        ("ferqt models list", "a table of all models"),
        ("ferqt models show ID", "everything that is known of a model"),
        *ADD_EXAMPLES,
        ("ferqt models verify", "check all models"),
        ("ferqt models list --json", "the same table for a script"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
