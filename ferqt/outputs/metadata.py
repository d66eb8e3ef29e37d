"""`metadata.json`: what somebody needs to know to judge a table or to make it again.

It holds no clock time and no folder of the computer, so that two runs over one file give equal
files.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ferqt.errors import OutputError
from ferqt.outputs.whole_file import write_whole

METADATA_NAME: Final = "metadata.json"

EXPRESSIONS_NOTE: Final = (
    "Expressions are what a face shows, not what a person feels. Valence and arousal are coarse "
    "estimates from the probabilities of the expressions."
)


def fingerprint(path: Path) -> dict[str, Any]:
    """Return a file's name, size in bytes and sha256.

    Raises:
        OutputError: The file can no longer be read.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"name": path.name, "bytes": path.stat().st_size, "sha256": digest}
    except OSError as error:
        raise OutputError(
            f"cannot read '{path}' again for its sha256: {error.strerror or error}",
            "Leave the file in its place while it is analyzed.",
        ) from error


def write_metadata(folder: Path, content: Mapping[str, Any]) -> Path:
    """Write `metadata.json` into a folder, replacing an older one, and return its path.

    Raises:
        OutputError: It cannot be written.
    """
    path = folder / METADATA_NAME
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    # What a file name that is no text leaves behind, \udcXX, is a valid escape in JSON.
    write_whole(path, text.encode("utf-8", errors="backslashreplace"))
    return path
