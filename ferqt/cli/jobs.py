"""Which source goes into which folder, and that nothing older is lost there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ferqt import paths
from ferqt.core.addresses import without_credentials
from ferqt.errors import OutputError, UsageError
from ferqt.outputs.store.names import SESSION_NAME


@dataclass(frozen=True, slots=True)
class Job:
    """One source and the folder for its results."""

    location: str
    folder: Path


def plan_jobs(locations: Sequence[str], out: Path) -> tuple[Job, ...]:
    """One source is written to the folder itself, several each to a folder of its own in it."""
    if len(locations) == 1:
        return (Job(locations[0], out),)
    taken: set[str] = set()
    jobs = []
    for location in locations:
        path = Path(shown_location(location))
        stem = re.sub(r"[^\w.-]+", "-", path.name if path.is_dir() else path.stem).strip("-.")
        name, number = stem or "source", 1
        # Compared without case: some file systems make no difference.
        while name.casefold() in taken:
            number += 1
            name = f"{stem or 'source'}-{number}"
        taken.add(name.casefold())
        jobs.append(Job(location, out / name))
    return tuple(jobs)


def shown_location(location: str) -> str:
    """A location as it may be printed: a URL can hold a password."""
    return without_credentials(location) if "://" in location else location


def refuse_old_results(jobs: Sequence[Job], names: Sequence[str], *, resume: bool) -> None:
    """Raise `UsageError` if results would be replaced that are there already.

    Args:
        jobs: What is to be done.
        names: Files that are written beside each session.
        resume: Whether sessions that are there go on; files beside them are theirs.
    """
    for job in jobs:
        session = job.folder / SESSION_NAME
        if resume and session.exists():
            continue
        for path in (session, *(job.folder / name for name in names)):
            if path.exists():
                raise UsageError(
                    f"there are results already: '{path}'",
                    "Choose another folder, or give --overwrite to replace them, or --resume to go "
                    "on with an analysis that was broken off.",
                )


def make_folder(folder: Path) -> None:
    """Make a folder for results; `OutputError` if that is not possible."""
    try:
        paths.make_folder(folder)
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(
            f"cannot make the folder '{folder}': a file is in its place", "Choose another folder."
        ) from error
    except OSError as error:
        raise OutputError(
            f"cannot make the folder '{folder}': {error.strerror or error}",
            "Choose a folder that you may write to.",
        ) from error
