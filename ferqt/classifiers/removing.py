"""Removes a model that the user added, with what was compiled from it."""

import logging
from typing import Final

from ferqt.classifiers.card import ModelFiles
from ferqt.classifiers.catalog import CatalogEntry
from ferqt.classifiers.compile import compiled_path
from ferqt.drafts import scratch_folder
from ferqt.errors import ModelError

_log = logging.getLogger(__name__)

_PREFIX: Final = ".removed-"


def remove_model(entry: CatalogEntry) -> None:
    """Remove a model's folder; a broken one too.

    The folder leaves the catalog's sight in one step, then its files go. A folder that is a link
    loses the link alone.

    Raises:
        ModelError: The model came with the program, or the folder cannot be removed.
    """
    if entry.shipped:
        raise ModelError(
            f"the model came with the program: {entry.id!r}", "Only models of your own go."
        )
    folder = entry.folder
    try:
        if folder.is_symlink():
            folder.unlink()
        else:
            with scratch_folder(folder.parent, _PREFIX) as grave:
                folder.rename(grave / folder.name)
    except OSError as error:
        raise ModelError(
            f"the model cannot be removed: {folder} ({error.strerror})",
            "Check the folder's rights.",
        ) from error
    _log.info("removed %s", folder)
    if entry.card is not None:
        _drop_cached(entry.card.files)


def _drop_cached(files: ModelFiles) -> None:
    """What was compiled from the files, and the notes on whether they can be used."""
    for file in (files.keras, files.litert):
        if file is not None:
            for path in compiled_path(file.sha256).parent.glob(f"{file.sha256}-*"):
                path.unlink(missing_ok=True)
