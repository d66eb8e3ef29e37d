"""The queue that the window keeps beside the sessions, as far as one of them stands in it."""

import json
import logging
from pathlib import Path
from typing import Final

from ferqt.drafts import draft

_log = logging.getLogger(__name__)

QUEUE_NAME: Final = "queue.json"
"""The file, in the folder of sessions."""

MOST_BYTES: Final = 64_000_000


def forget_in_queue(session: Path) -> None:
    """Take the analyses off the queue that were to write into the folder of a session.

    A window that is open keeps its own list and does the same. A file that is not understood stays
    as it is: the window reads nothing from it either.
    """
    path = session.parent / QUEUE_NAME
    try:
        if path.stat().st_size > MOST_BYTES:
            return
        stored = json.loads(path.read_text(encoding="utf-8"))
        kept = [job for job in stored["jobs"] if job["folder"] != str(session)]
        if len(kept) == len(stored["jobs"]):
            return
        if not kept:
            path.unlink(missing_ok=True)
            return
        text = json.dumps({**stored, "jobs": kept}, ensure_ascii=False)
        with draft(path) as part:
            part.write_text(text + "\n", encoding="utf-8")
    except FileNotFoundError:
        return
    except (OSError, ValueError, RecursionError, KeyError, TypeError) as error:
        _log.warning("the queue still knows of a deleted session: %s", error)
