"""Model folders as an attacker would make them: cards that lie, with harmless and hostile files."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ferqt.classifiers.card import CARD_NAME
from tests.helpers.hostile_litert import changed, far_tensor, no_numbers, operation
from tests.helpers.models import Json, add_tiny_model, sha256_of

Edit = Callable[[Json], None]


@dataclass(frozen=True)
class HostileFolder:
    """One folder of the corpus.

    Attributes:
        kind: What sort of attack it is.
        name: Of the folder, and so the id of the model.
        build: Makes the folder in a folder of models.
        said: What the sentence that refuses it says.
        listed: Whether its card is sound, so that only loading it finds out.
    """

    kind: str
    name: str
    build: Callable[[Path, str], None]
    said: str
    listed: bool = False


def lying(*keys: str | int, value: object) -> Callable[[Path, str], None]:
    """The tiny model with one value of its card changed."""

    def edit(card: Json) -> None:
        record: Any = card
        for key in keys[:-1]:
            record = record[key]
        record[keys[-1]] = value

    return lambda models, name: _tiny(models, name, edit)


def _tiny(models: Path, name: str, edit: Edit = lambda _: None) -> Path:
    return add_tiny_model(models, name, keras=False, edit=edit)


def written(content: bytes) -> Callable[[Path, str], None]:
    """A card of these bytes, in which ID stands for the model's."""

    def build(models: Path, name: str) -> None:
        path = _tiny(models, name) / CARD_NAME
        path.write_bytes(content.replace(b"ID", name.encode()))

    return build


def replaced(old: str, new: str) -> Callable[[Path, str], None]:
    """The tiny model's card with a part of its text changed."""

    def build(models: Path, name: str) -> None:
        path = _tiny(models, name) / CARD_NAME
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return build


def with_file(edit: Callable[[Any], None]) -> Callable[[Path, str], None]:
    """A card that has the right hash of a hostile file."""

    def build(models: Path, name: str) -> None:
        folder = _tiny(models, name)
        (folder / "model.tflite").write_bytes(changed(edit))
        card = json.loads((folder / CARD_NAME).read_text())
        card["files"]["litert"]["sha256"] = sha256_of(folder / "model.tflite")
        (folder / CARD_NAME).write_text(json.dumps(card))

    return build


def wrong_hash(models: Path, name: str) -> None:
    path = _tiny(models, name) / "model.tflite"
    path.write_bytes(changed(far_tensor))


def link_out(models: Path, name: str) -> None:
    path = _tiny(models, name) / "model.tflite"
    path.unlink()
    path.symlink_to("/etc/passwd")


def pipe_as_file(models: Path, name: str) -> None:
    path = _tiny(models, name) / "model.tflite"
    path.unlink()
    os.mkfifo(path)


def pipe_as_card(models: Path, name: str) -> None:
    path = _tiny(models, name) / CARD_NAME
    path.unlink()
    os.mkfifo(path)


def card_without_end(models: Path, name: str) -> None:
    path = _tiny(models, name) / CARD_NAME
    path.unlink()
    path.symlink_to("/dev/zero")


def sparse_file(models: Path, name: str) -> None:
    """A terabyte that takes no room on the disk."""
    os.truncate(_tiny(models, name) / "model.tflite", 1 << 40)


def two_classes(models: Path, name: str) -> None:
    names = {"id": "mine", "names": ["happy", "sad"]}
    lying("output", "labels", value=names)(models, name)


FAR = [[1e300, 0.4], [1e301, 0.4]]
CARDS = (
    HostileFolder("path", "upwards", lying("files", "litert", "path", value="../x"), "'../x'"),
    HostileFolder(
        "path", "absolute", lying("files", "litert", "path", value="/etc/passwd"), "'/etc"
    ),
    HostileFolder("path", "of-windows", lying("files", "litert", "path", value="C:\\x"), "inside"),
    HostileFolder("path", "zero-byte", lying("files", "litert", "path", value="a\0b"), "control"),
    HostileFolder("path", "id", lying("id", value="../../x"), "lower-case letters"),
    HostileFolder("link or device", "link-out", link_out, "outside of the model's folder"),
    HostileFolder("link or device", "pipe-as-file", pipe_as_file, "it is no file"),
    HostileFolder("link or device", "pipe-as-card", pipe_as_card, "is no file"),
    HostileFolder("link or device", "endless-card", card_without_end, "is no file"),
    HostileFolder("bomb", "terabyte", sparse_file, "1099511627776 bytes"),
    HostileFolder("bomb", "large-card", written(b" " * 1_000_001), "more than 1000000 bytes"),
    HostileFolder("number", "parameters", lying("parameters", value=10**300), "a smaller number"),
    HostileFolder("number", "height", lying("input", "height", value=10**9), "1 to 1024 px"),
    HostileFolder(
        "number", "range", lying("input", "value_range", value=[0, 1e300]), "value_range"
    ),
    HostileFolder("number", "cold", lying("output", "temperature", value=1e-300), "temperature"),
    HostileFolder("number", "eyes", lying("input", "crop", "eyes", value=FAR), "eyes"),
    HostileFolder("number", "nan", replaced('"temperature": 1.0', '"temperature": NaN'), "NaN"),
    HostileFolder(
        "number", "infinite", replaced('"temperature": 1.0', '"temperature": 1e999'), "finite"
    ),
    HostileFolder("type", "text", lying("parameters", value="many"), "must be a whole number"),
    HostileFolder("type", "list", lying("files", value=[]), "must be an object"),
    HostileFolder("type", "yes", lying("schema", value=True), "schema"),
    HostileFolder("type", "class", lying("input", "crop", "kind", value="__class__"), "one of"),
    HostileFolder("type", "no-text", written(b"\xff\xfe{}"), "no UTF-8"),
    HostileFolder("twice", "key", written(b'{"id": "ID", "id": "x"}'), "twice"),
    HostileFolder("deep nesting", "lists", written(b"[" * 500_000), "nested too deeply"),
    HostileFolder("text", "escapes", lying("name", value="\x1b]0;x\x07\x1b[2J"), "control"),
    HostileFolder("text", "backwards", lying("limits", value="gpj.\u202eexe"), "control"),
    HostileFolder("text", "endless-name", lying("name", value="x" * 5_000), "up to 200 letters"),
    HostileFolder(
        "text",
        "classes",
        lying(
            "output",
            "labels",
            value={"id": "mine", "names": [f"class {number}" for number in range(20_000)]},
        ),
        "up to 10000 values",
    ),
    HostileFolder("wrong file", "hash", wrong_hash, "SHA-256", listed=True),
    HostileFolder("wrong file", "width", two_classes, "output is 7, its card says 2", listed=True),
    HostileFolder(
        "hostile file with its hash",
        "flex",
        with_file(operation(32, "FlexWriteFile")),
        "'FlexWriteFile'",
        listed=True,
    ),
    HostileFolder(
        "hostile file with its hash", "index", with_file(far_tensor), "1000000 of", listed=True
    ),
    HostileFolder(
        "hostile file with its hash", "no-numbers", with_file(no_numbers), "NaN", listed=True
    ),
)
