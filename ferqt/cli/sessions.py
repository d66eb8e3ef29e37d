"""`ferqt sessions`: the library of analyses, listed, shown, added to and deleted from."""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from ferqt.cli.base import Action, Command, declare_actions, file_path
from ferqt.cli.console import EXIT_DONE, aligned, print_json
from ferqt.core.timecode import format_time
from ferqt.errors import SessionError, UsageError

if TYPE_CHECKING:
    from ferqt.outputs.store.entry import LibraryEntry
    from ferqt.outputs.store.library import Library

_HEADINGS: Final = ("ID", "TITLE", "LENGTH", "FRAMES", "FACES", "MODEL", "STATE", "TAGS")


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    declare_actions(parser, _ACTIONS)


def _run(args: argparse.Namespace) -> int:
    from ferqt.outputs.store.library import Library

    return _ACTIONS[args.action].run(Library(), args)


def _list(library: "Library", args: argparse.Namespace) -> int:
    entries = library.sessions(" ".join(args.words), tag=args.tag)
    if args.json:
        print_json([_as_json(entry) for entry in entries])
    elif entries:
        print(aligned([_HEADINGS, *(_row(entry) for entry in entries)]))
    else:
        print(f"no sessions in {library.folder}")
    return EXIT_DONE


def _show(library: "Library", args: argparse.Namespace) -> int:
    entry = _entry(library, args.id)
    if args.json:
        print_json(_as_json(entry))
    else:
        lines = [(key.replace("_", " "), value) for key, value in _as_json(entry).items()]
        print(aligned([(key, _text(value)) for key, value in lines if value not in ("", None, [])]))
    return EXIT_DONE


def _delete(library: "Library", args: argparse.Namespace) -> int:
    entry = _entry(library, args.id)
    library.delete(entry.id)
    if args.json:
        print_json({"deleted": entry.id, "folder": str(entry.folder)})
    else:
        print(f"{entry.folder}: deleted")
    return EXIT_DONE


def _adopt(library: "Library", args: argparse.Namespace) -> int:
    entry = library.adopt(args.folder)
    if args.json:
        print_json(_as_json(entry))
    else:
        print(f"{entry.folder}: added as {entry.id}")
    return EXIT_DONE


def _entry(library: "Library", session_id: str) -> "LibraryEntry":
    try:
        return library.entry(session_id)
    except SessionError as error:
        raise UsageError(error.message, error.hint) from error


def _as_json(entry: "LibraryEntry") -> dict[str, Any]:
    values = asdict(entry)
    for name in ("folder", "path", "thumbnail"):
        values[name] = None if values[name] is None else str(values[name])
    return {**values, "tags": list(entry.tags), "source_missing": entry.source_missing}


def _row(entry: "LibraryEntry") -> tuple[str, ...]:
    return (
        entry.id,
        entry.title,
        "-" if entry.duration_s is None else format_time(entry.duration_s, 0),
        f"{entry.frames:,}",
        f"{entry.faces:,}",
        entry.model_id or "-",
        "missing" if entry.missing else str(entry.state),
        _text(entry.tags),
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(one)}" for key, one in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_text(one) for one in value)
    # Notes of several lines stay one line of the table.
    return " ".join(str(value).split())


def _declare_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words",
        metavar="WORD",
        nargs="*",
        help="only those with all these words in title, source, notes or tags",
    )
    parser.add_argument("--tag", default="", help="only those with this tag")


def _declare_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="session, see 'ferqt sessions list'")


def _declare_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="DIR", type=file_path, help="results of 'ferqt analyze --out DIR'"
    )


_ACTIONS: Final[Mapping[str, Action["Library"]]] = {
    "list": Action("list the sessions of your library, the newest first", _declare_list, _list),
    "show": Action("show what is known of a session", _declare_id, _show),
    "delete": Action("delete a session with all its files", _declare_id, _delete),
    "adopt": Action("copy the session of an analysis into your library", _declare_folder, _adopt),
}

SESSIONS = Command(
    name="sessions",
    summary="list, show, add and delete the sessions of your library",
    description=(
        "List the analyses in your library, show what is known of one, delete one with all its\n"
        "files, or copy one in that 'ferqt analyze' made."
    ),
    examples=(
        ("ferqt sessions list", "a table of all sessions"),
        ("ferqt sessions list pilot --json", "those that a search finds, for a script"),
        ("ferqt sessions show ID", "everything that the library knows of a session"),
        ("ferqt sessions adopt results", "take an analysis into the library"),
        ("ferqt sessions delete ID", "delete a session with all its files"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
