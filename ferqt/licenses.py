"""What ferqt is made of, and under which licenses: itself, its libraries, its models and files."""

import importlib.metadata
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ferqt.classifiers.catalog import Catalog
from ferqt.paths import resources_dir

_PROGRAM: Final = "ferqt"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_FILE = re.compile(r"(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
_ROW = re.compile(r"^\| (\S+) \| [0-9a-f]{64} \| (.+?) \| (.+?) \|$", re.MULTILINE)
_LONGEST_NAME: Final = 60
_MOST_BYTES: Final = 400_000


class Part(StrEnum):
    """What something is of the program."""

    PROGRAM = "program"
    LIBRARY = "library"
    MODEL = "model"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Licensed:
    """Something that ferqt is made of.

    Attributes:
        part: What it is.
        name: Name of the library, model or file.
        version: "" where there is none.
        license: Name of its license; "" when it is told in the text alone.
        note: What else is to be known, as where the data of a model come from.
    """

    part: Part
    name: str
    version: str
    license: str
    note: str = ""


def list_licensed(catalog: Catalog) -> tuple[Licensed, ...]:
    """Return everything that ferqt is made of; reads many small files, so call it in a thread."""
    libraries = sorted(_libraries(), key=lambda each: each.name.casefold())
    program = [each for each in libraries if each.name == _PROGRAM]
    others = [each for each in libraries if each.name != _PROGRAM]
    models = [
        Licensed(Part.MODEL, card.name, "", card.licence, card.data_licence)
        for entry in catalog.entries
        if (card := entry.card) is not None
    ]
    return (*program, *others, *_bundled_libraries(), *models, *_files())


def license_text(library: str) -> str:
    """Return the license texts that came with a library, "" if none did."""
    try:
        files = importlib.metadata.files(library) or []
    except importlib.metadata.PackageNotFoundError:
        return ""
    texts: list[str] = []
    left = _MOST_BYTES
    for file in files:
        told = _FILE.match(file.name) and file.suffix not in {".py", ".pyc"}
        path = Path(str(file.locate()))
        if ".dist-info" in str(file) and told and path.is_file() and left > 0:
            text = path.read_bytes()[:left].decode("utf-8", errors="replace").strip()
            left -= len(text)
            texts.append(f"{file.name}\n\n{text}")
    return "\n\n\n".join(texts)


def _libraries() -> Iterator[Licensed]:
    """Yield the program and every library that it needs, directly or by another."""
    seen: set[str] = set()
    waiting = [_PROGRAM]
    while waiting:
        name = waiting.pop()
        plain = re.sub(r"[-_.]+", "-", name).lower()
        if plain in seen:
            continue
        seen.add(plain)
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            # Needed on other systems only, or left out of a bundled program.
            continue
        part = Part.PROGRAM if plain == _PROGRAM else Part.LIBRARY
        yield Licensed(part, found.metadata["Name"], found.version, _license_name(found))
        # What is needed for a choice alone, as for tests, is no part of the program.
        needed = (text for text in found.requires or () if "extra ==" not in text)
        waiting += [match.group() for text in needed if (match := _NAME.match(text))]


def _license_name(found: importlib.metadata.Distribution) -> str:
    """Return the name in the metadata; some libraries put the whole text there instead."""
    metadata = found.metadata
    for key in ("License-Expression", "License"):
        told = str((metadata.get_all(key) or [""])[0]).strip()
        if told and len(told) <= _LONGEST_NAME and "\n" not in told:
            return told
    classifiers = metadata.get_all("Classifier") or []
    names = [
        text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License :: OSI")
    ]
    return ", ".join(names)


def _bundled_libraries() -> Iterator[Licensed]:
    """Yield the parts of FFmpeg that come inside PyAV; how they were built sets their license."""
    try:
        from av._core import library_meta
    except ImportError:
        return
    for name, told in sorted(library_meta.items()):
        version = ".".join(map(str, told["version"]))
        yield Licensed(Part.LIBRARY, f"FFmpeg {name}", version, told["license"])


def _files() -> Iterator[Licensed]:
    sources = resources_dir() / "SOURCES.md"
    if sources.is_file():
        for name, maker, license_ in _ROW.findall(sources.read_text(encoding="utf-8")):
            yield Licensed(Part.FILE, name, "", license_, maker)
