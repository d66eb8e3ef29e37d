"""Types of arguments that several commands take."""

import argparse
from pathlib import Path


def named_source(text: str) -> tuple[str, Path]:
    """`importer=path`."""
    importer, equals, path = text.partition("=")
    if not (importer and equals and path):
        raise argparse.ArgumentTypeError(
            f"write importer=path, as fer2013=fer2013.csv, not {text!r}"
        )
    return importer, Path(path).expanduser()


def from_zero(text: str) -> int:
    """A whole number, 0 or more."""
    return _whole(text, 0)


def from_one(text: str) -> int:
    """A whole number, 1 or more."""
    return _whole(text, 1)


def _whole(text: str, least: int) -> int:
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        raise argparse.ArgumentTypeError(f"not a whole number from {least}: {text!r}")
    return int(text)
