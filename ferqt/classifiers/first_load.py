"""Lets a process of its own load a stranger's compiled model before the program does.

    ferqt.classifiers.first_load CARD FILE

What was verified can still bring LiteRT to a crash, to endless computing or to all of the memory.
That a file did none of this is noted in the cache, by its SHA-256 and the size of its input.
"""

import logging
import sys
import threading
from pathlib import Path
from typing import Final

from ferqt.classifiers.card import CARD_NAME, ModelCard, read_card, write_card
from ferqt.classifiers.confinement import LITERT_MEMORY_BYTES, limit_memory
from ferqt.classifiers.helper_process import Ended, Watch, run_helper, tell_reason
from ferqt.classifiers.inspection import format_of
from ferqt.drafts import scratch_folder
from ferqt.errors import FerqtError, ModelError
from ferqt.paths import cache_dir, make_folder

_log = logging.getLogger(__name__)

_MODULE: Final = "ferqt.classifiers.first_load"
_TIMEOUT_S: Final = 60.0
_one_at_a_time = threading.Lock()


def ensure_tried(card: ModelCard, path: Path) -> None:
    """Let a helper process load a compiled model, unless one has done so before.

    Any thread; takes a second the first time.

    Args:
        card: The model's card; names a LiteRT file.
        path: That file; its hash has been checked.

    Raises:
        ModelError: The file is refused, or the process did not end well; says why.
    """
    with _one_at_a_time:
        if _note(card).is_file():
            return
        format_of(path)
        ended = _try(card, path)
        if ended.code != 0:
            raise ModelError(f"model {card.id} cannot be used: {ended.reason}", ended.hint)
        remember_tried(card)


def _try(card: ModelCard, path: Path) -> Ended:
    place = _note(card).parent.resolve()
    try:
        make_folder(place)
        with scratch_folder(place, ".first-load-") as folder:
            write_card(card, folder / CARD_NAME)
            arguments = [folder / CARD_NAME, path.resolve()]
            return run_helper(_MODULE, arguments, folder, Watch(), _TIMEOUT_S)
    except OSError as error:
        raise ModelError(
            f"model {card.id} cannot be tried: {place} ({error.strerror})",
            "Make room in the cache folder, or set FERQT_CACHE_DIR.",
        ) from error


def remember_tried(card: ModelCard) -> None:
    """Note that the card's LiteRT file was loaded in a process of its own and did no harm."""
    note = _note(card)
    try:
        make_folder(note.parent)
        note.touch()
    except OSError as error:
        _log.warning("not noted that %s was tried: %s", card.id, error)


def _note(card: ModelCard) -> Path:
    assert card.files.litert is not None
    spec = card.input
    name = f"{card.files.litert.sha256}-{spec.width}x{spec.height}x{spec.channels}.tried"
    return cache_dir() / "models" / name


def main(arguments: list[str]) -> int:
    """Load one model and let it answer; what fails goes to standard error as one line."""
    from ferqt.classifiers.compile import probes
    from ferqt.classifiers.litert_backend import LiteRTClassifier

    card_path, path = map(Path, arguments)
    limit_memory(LITERT_MEMORY_BYTES)
    try:
        card = read_card(card_path)
        classifier = LiteRTClassifier(card, path)
        classifier.predict(probes(card.input))
    except FerqtError as error:
        tell_reason(error.message, error.hint)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
