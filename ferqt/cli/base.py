"""What every headless command is, and the reading of the values that they share."""

import argparse
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Command:
    """One headless command, `ferqt NAME ...`.

    Attributes:
        name: First word of the command line.
        summary: One clause for the list of commands.
        description: What the command does, for its own help.
        examples: Command lines to copy, each with a word on what it does.
        add_arguments: Declares the command's arguments on its parser.
        run: Does the work and returns the exit code; failures are `FerqtError`s.
    """

    name: str
    summary: str
    description: str
    examples: tuple[tuple[str, str], ...]
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


@dataclass(frozen=True, slots=True)
class Action(Generic[T]):
    """One thing that a command with a word of its own for each does, `ferqt NAME ACTION ...`.

    Attributes:
        help: One clause for the list of actions.
        declare: Declares its arguments on its parser.
        run: Does it on what the command is about, and returns the exit code.
    """

    help: str
    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[T, argparse.Namespace], int]


def declare_actions(parser: argparse.ArgumentParser, actions: Mapping[str, Action[Any]]) -> None:
    """Declare the actions of a command; each may answer with JSON."""
    words = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, action in actions.items():
        described = f"{action.help[0].upper()}{action.help[1:]}."
        one = words.add_parser(name, help=action.help, description=described, allow_abbrev=False)
        action.declare(one)
        one.add_argument("--json", action="store_true", help="print JSON")


def seconds(text: str) -> float:
    """Read a time in s, 0 or later."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise argparse.ArgumentTypeError(f"not a time in seconds: {text!r}")
    return value


def positive_seconds(text: str) -> float:
    """Read a length of time in s, longer than 0."""
    value = seconds(text)
    if value <= 0:
        raise argparse.ArgumentTypeError(f"not longer than 0 seconds: {text!r}")
    return value


def share(text: str) -> float:
    """Read a share, 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"not a number from 0 to 1: {text!r}")
    return value


def positive_count(text: str) -> int:
    """Read a whole number from 1."""
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"not a whole number from 1: {text!r}")
    return int(text)


def file_path(text: str) -> Path:
    """Read the path of a file or folder; "~" means the user's folder."""
    if not text:
        raise argparse.ArgumentTypeError("the path is empty")
    return Path(text).expanduser()
