"""Works on sessions as a program of its own, so that a test can kill it or run two at once.

Run with a task and its arguments; prints a line when there is something to know.
"""

import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ferqt.core.emotions import FERPLUS8
from ferqt.errors import FerqtError
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.library import Library
from ferqt.outputs.store.writer import SessionWriter
from ferqt.pipeline.replay import frame_results
from tests.helpers.sessions import session_document, stored_session

SECONDS: Final = 40.0
FRAMES_A_COMMIT: Final = 20


def write(path: str) -> None:
    """Begin or resume a session, say each commit, and finish.

    Waits for a line before each commit, so that whoever wants to kill it is never late.
    """
    place = Path(path)
    if place.exists():
        writer, checkpoint = SessionWriter.resume(place)
    else:
        writer, checkpoint = SessionWriter.create(place, RowLayout(FERPLUS8), {}), None
    begin = 0 if checkpoint is None else checkpoint["next"]
    document = session_document(SECONDS, additions=False)
    results = list(frame_results(document))
    with writer:
        for number, result in enumerate(results[begin:], start=begin + 1):
            writer.write(result)
            if number % FRAMES_A_COMMIT == 0:
                sys.stdin.readline()
                writer.commit({"next": number})
                _say(f"{number}")
        writer.finish(document.facts)


def fill(path: str) -> None:
    """Write until no file may grow any more, as on a disk that is full; say the error."""
    results = frame_results(session_document(SECONDS))
    with SessionWriter.create(Path(path), RowLayout(FERPLUS8), {}) as writer:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
        try:
            for number, result in enumerate(results, start=1):
                writer.write(result)
                if number % FRAMES_A_COMMIT == 0:
                    writer.commit({"next": number})
        except FerqtError as error:
            resource.setrlimit(
                resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            )
            _say(f"{type(error).__name__}: {error.message}")


def keep(folder: str, count: str) -> None:
    """Add sessions to a library, annotate them, and delete every other one."""
    library = Library(Path(folder))
    document = session_document(1)
    for number in range(int(count)):
        path = stored_session(document, library.new_folder() / "session.db")
        name = path.parent.name
        with library.editing(name) as editor:
            editor.set_notes(f"number {number}")
        if number % 2:
            library.delete(name)
        else:
            _say(name)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


_TASKS: Final[dict[str, Callable[..., None]]] = {"write": write, "fill": fill, "keep": keep}

if __name__ == "__main__":
    _TASKS[sys.argv[1]](*sys.argv[2:])
