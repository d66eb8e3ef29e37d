"""What everything has in common that the soak of full disks lets write."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import av

from ferqt.core.types import Notice
from ferqt.errors import FerqtError


class Writer(Protocol):
    """One thing that writes.

    Attributes:
        name: What a person calls it.
        fails: Whether a full disk ends it; False for what has to go on without the file.
    """

    name: str
    fails: bool

    def begin(self, disk: Path) -> None:
        """Make what is there before, with plenty of room."""
        ...

    def write(self, disk: Path) -> str:
        """Write once more; the sentence that a person gets when it fails, "" when all is well."""
        ...

    def check(self, disk: Path, *, whole: bool) -> None:
        """Raise AssertionError unless what was written before is there and can be read.

        Args:
            disk: The disk.
            whole: Whether the last `write` went well.
        """
        ...


def told(step: Callable[[], object]) -> str:
    """Do something; the sentence when it fails as people may see it."""
    try:
        step()
    except FerqtError as error:
        return str(error)
    return ""


def words_of(notice: Notice) -> str:
    """Return what a notice says, in one line."""
    return f"{notice.title}: {notice.text}. {notice.hint}"


def pictures_in(path: Path) -> int:
    """Return how many pictures of a video can be decoded."""
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))
