"""The face models that ship with ferqt, read only when they are what they claim to be."""

import hashlib
import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

from ferqt.errors import DetectorError
from ferqt.paths import resources_dir

LANDMARKER_BUNDLE = "face_landmarker.task"
"""MediaPipe's Face Landmarker bundle: a zip of the networks that ferqt runs one by one."""

_SOURCES = "SOURCES.md"
_SHA256 = re.compile(r"\b[0-9a-f]{64}\b")
_REINSTALL = "Install ferqt again, or bring the file back from the repository."


def read_asset(name: str) -> bytes:
    """Return the bytes of a file of the resources folder after comparing its sha256.

    The expected hash is the one listed beside the file's name in `resources/SOURCES.md`.

    Raises:
        DetectorError: The file or its hash is missing, or they do not agree.
    """
    expected = _listed_hashes(resources_dir()).get(name)
    if expected is None:
        raise DetectorError(f"resources/{_SOURCES} lists no sha256 for {name}", _REINSTALL)
    path = resources_dir() / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DetectorError(f"the face model {path} cannot be read", _REINSTALL) from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise DetectorError(f"the face model {path} is damaged: its sha256 is wrong", _REINSTALL)
    return content


def read_bundle_member(bundle: str, member: str) -> bytes:
    """Return one file out of a zipped asset whose hash has been compared.

    Raises:
        DetectorError: As `read_asset`, or the bundle has no such member.
    """
    with zipfile.ZipFile(BytesIO(read_asset(bundle))) as archive:
        try:
            return archive.read(member)
        except KeyError as error:
            raise DetectorError(f"{bundle} holds no {member}", _REINSTALL) from error


@cache
def _listed_hashes(folder: Path) -> dict[str, str]:
    path = folder / _SOURCES
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DetectorError(f"the list of face models {path} cannot be read", _REINSTALL) from error
    hashes: dict[str, str] = {}
    for line in lines:
        digest = _SHA256.search(line)
        name = re.search(r"[\w.-]+\.(?:task|caffemodel|prototxt)\b", line)
        if digest and name:
            hashes[name.group()] = digest.group()
    return hashes
