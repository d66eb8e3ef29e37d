"""The models that are there: those that ship with the program and those that the user added.

Listing reads cards alone. Files are hashed before one is loaded, and once only.
"""

import hashlib
import logging
import stat
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ferqt.classifiers.base import EmotionClassifier
from ferqt.classifiers.card import CARD_NAME, KerasFile, LiteRTFile, ModelCard, read_card
from ferqt.classifiers.compile import (
    NotCompilableError,
    compile_cached,
    compiled_path,
    refusal_path,
)
from ferqt.classifiers.first_load import ensure_tried
from ferqt.classifiers.inspection import MAX_BYTES
from ferqt.errors import ModelError

_log = logging.getLogger(__name__)

DEFAULT_MODEL: Final = "live48-ferplus8"
"""The model of a first start."""

LITERT: Final = "LiteRT"
KERAS: Final = "Keras"
"""What runs models, as their classifiers call it."""

_LIST_HINT: Final = "See `ferqt models list`."


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A model folder: with a card when it can be used, with a problem when it cannot.

    Attributes:
        id: Name of the folder.
        folder: Where it is.
        card: The card; None exactly when there is a problem.
        problem: Why the model cannot be used, one clause; None when it can.
        shipped: True for a model that came with the program.
        size_bytes: Of the model's files; 0 when there is a problem.
    """

    id: str
    folder: Path
    card: ModelCard | None
    problem: str | None
    shipped: bool
    size_bytes: int


class Catalog:
    """Lists the models of some folders; any thread may use it.

    Args:
        folders: Folders of model folders; those in the first ship with the program. A folder that
            does not exist is empty.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._lock = threading.Lock()
        self._entries: tuple[CatalogEntry, ...] | None = None

    @property
    def entries(self) -> tuple[CatalogEntry, ...]:
        """All models, those that ship first, then by name; broken ones with their reason."""
        with self._lock:
            if self._entries is None:
                self._entries = self._scan()
            return self._entries

    def rescan(self) -> tuple[CatalogEntry, ...]:
        """Read the folders again and return what is there now."""
        with self._lock:
            self._entries = self._scan()
            return self._entries

    def entry(self, model_id: str) -> CatalogEntry:
        """Return a model by its id; it may be a broken one.

        Raises:
            ModelError: There is none with this id.
        """
        entries = self.entries
        for entry in entries:
            if entry.id == model_id:
                return entry
        known = ", ".join(entry.id for entry in entries) or "none"
        raise ModelError(f"unknown model: {model_id!r} (there are: {known})", _LIST_HINT)

    def default_id(self) -> str:
        """Return the id of the model to begin with.

        Raises:
            ModelError: No model can be used.
        """
        usable = [entry.id for entry in self.entries if entry.card is not None]
        if not usable:
            places = ", ".join(map(str, self._folders))
            raise ModelError(f"no usable model in {places}", "Install ferqt again, or add a model.")
        return DEFAULT_MODEL if DEFAULT_MODEL in usable else usable[0]

    def _scan(self) -> tuple[CatalogEntry, ...]:
        entries: list[CatalogEntry] = []
        for number, place in enumerate(self._folders):
            taken = {entry.id for entry in entries}
            found = [
                _read_entry(folder, shipped=number == 0, taken=folder.name in taken)
                for folder in _model_folders(place)
            ]
            entries += sorted(found, key=_by_name)
        return tuple(entries)


def verify(entry: CatalogEntry, *, anew: bool = False) -> list[str]:
    """Return what is wrong with a model's files, one clause each; nothing when all are whole.

    Args:
        entry: The model.
        anew: Hash every file; else only those whose size or time of change differ from the last
            time.
    """
    if entry.card is None:
        return [entry.problem or "unusable"]
    problems = []
    for file in _files(entry.card):
        path = entry.folder / file.path
        if anew:
            _forget_hash(path)
        try:
            stat = path.stat()
            intact = _sha256_of(path, stat.st_size, stat.st_mtime_ns) == file.sha256
        except OSError as error:
            problems.append(f"{file.path} cannot be read ({error.strerror})")
            continue
        if not intact:
            problems.append(f"{file.path} is not the file that the card was written for (SHA-256)")
    return problems


def prepare_model(entry: CatalogEntry) -> None:
    """Do what takes long before a model can be loaded: check its files, try or compile it.

    Any thread; once done, `load_classifier` is quick.

    Raises:
        ModelError: The model is broken, damaged or refused.
    """
    card = _checked_card(entry)
    if _own_file(entry, card) is None:
        _compiled(entry, card)


def load_classifier(entry: CatalogEntry, threads: int = 1) -> EmotionClassifier:
    """Load a model with the quickest runtime that can run it.

    Call it in the thread that will use the classifier.

    Args:
        entry: The model.
        threads: Threads that the runtime may use.

    Raises:
        ModelError: The model is broken, damaged or refused.
    """
    card = _checked_card(entry)
    for load in _RUNTIMES.values():
        classifier = load(entry, card, threads)
        if classifier is not None:
            _log.info("model %s runs on %s", card.id, classifier.runtime)
            return classifier
    raise ModelError(f"no runtime can load the model: {card.id}", _LIST_HINT)


def runtime_of(entry: CatalogEntry) -> str:
    """Return what will run a model, "LiteRT" or "Keras"; "" when that is not known yet.

    Looks at the cache of compiled models, and loads nothing.
    """
    if entry.card is None:
        return ""
    if entry.card.files.litert is not None:
        return LITERT
    assert entry.card.files.keras is not None
    compiled = compiled_path(entry.card.files.keras.sha256)
    if compiled.is_file():
        return LITERT
    return KERAS if refusal_path(compiled).is_file() else ""


def _with_own_file(entry: CatalogEntry, card: ModelCard, threads: int) -> EmotionClassifier | None:
    from ferqt.classifiers.litert_backend import LiteRTClassifier

    path = _own_file(entry, card)
    return None if path is None else LiteRTClassifier(card, path, threads)


def _with_compiled_file(
    entry: CatalogEntry, card: ModelCard, threads: int
) -> EmotionClassifier | None:
    from ferqt.classifiers.litert_backend import LiteRTClassifier

    path = _compiled(entry, card)
    return None if path is None else LiteRTClassifier(card, path, threads)


def _with_keras(entry: CatalogEntry, card: ModelCard, _: int) -> EmotionClassifier | None:
    from ferqt.classifiers.keras_backend import KerasClassifier

    if card.files.keras is None:
        return None
    return KerasClassifier(card, entry.folder / card.files.keras.path)


_RUNTIMES: Final = MappingProxyType(
    {"own file": _with_own_file, "compiled": _with_compiled_file, "Keras": _with_keras}
)
"""Ways to run a model, the quickest first; each returns None when it does not apply."""


def _own_file(entry: CatalogEntry, card: ModelCard) -> Path | None:
    """The model's compiled file, which has been tried elsewhere if a stranger made it."""
    if card.files.litert is None:
        return None
    path = entry.folder / card.files.litert.path
    if not entry.shipped:
        ensure_tried(card, path)
    return path


def _compiled(entry: CatalogEntry, card: ModelCard) -> Path | None:
    """The compiled form of the Keras file; None when there is none or LiteRT cannot run it."""
    if card.files.keras is None:
        return None
    try:
        keras = card.files.keras
        return compile_cached(card, entry.folder / keras.path, keras.sha256)
    except NotCompilableError as error:
        _log.warning("model %s runs on Keras: %s", card.id, error.message)
        return None


def _checked_card(entry: CatalogEntry) -> ModelCard:
    problems = verify(entry)
    if entry.card is None or problems:
        raise ModelError(f"model {entry.id} cannot be used: {'; '.join(problems)}", _LIST_HINT)
    return entry.card


def _model_folders(place: Path) -> list[Path]:
    try:
        return [path for path in place.iterdir() if path.is_dir() and path.name[0] != "."]
    except OSError:
        return []


def _read_entry(folder: Path, *, shipped: bool, taken: bool) -> CatalogEntry:
    try:
        card, size = _read_model(folder, taken=taken)
    except ModelError as error:
        return CatalogEntry(folder.name, folder, None, error.message, shipped, 0)
    return CatalogEntry(card.id, folder, card, None, shipped, size)


def _read_model(folder: Path, *, taken: bool) -> tuple[ModelCard, int]:
    card = read_card(folder / CARD_NAME)
    if card.id != folder.name:
        raise ModelError(f"the card's id is {card.id!r}, the folder's name {folder.name!r}")
    if taken:
        raise ModelError(f"another model has the id {card.id!r} already")
    return card, sum(_size_inside(folder, file.path) for file in _files(card))


def _size_inside(folder: Path, relative: str) -> int:
    """Size of a file that must lie in the folder, also when links are followed."""
    path = folder / relative
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ModelError(f"the file lies outside of the model's folder: {relative}")
        status = path.stat()
    except OSError as error:
        raise ModelError(f"the file is missing: {relative} ({error.strerror})") from error
    # A pipe would be hashed without end.
    if not stat.S_ISREG(status.st_mode):
        raise ModelError(f"it is no file: {relative}")
    if status.st_size > MAX_BYTES:
        raise ModelError(f"the file has {status.st_size} bytes: {relative}")
    return status.st_size


def _files(card: ModelCard) -> list[KerasFile | LiteRTFile]:
    return [file for file in (card.files.keras, card.files.litert) if file is not None]


def _by_name(entry: CatalogEntry) -> tuple[str, str]:
    name = entry.card.name if entry.card is not None else entry.id
    return name.casefold(), entry.id


_hashes: dict[Path, tuple[int, int, str]] = {}
_hashes_lock = threading.Lock()


def _forget_hash(path: Path) -> None:
    with _hashes_lock:
        _hashes.pop(path, None)


def _sha256_of(path: Path, size: int, changed_ns: int) -> str:
    with _hashes_lock:
        known = _hashes.get(path)
    if known is not None and known[:2] == (size, changed_ns):
        return known[2]
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with _hashes_lock:
        _hashes[path] = (size, changed_ns, digest)
    return digest
