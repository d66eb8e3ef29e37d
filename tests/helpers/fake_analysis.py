"""Speaks the protocol of `ferqt analyze --progress jsonl`, without analyzing anything.

Run as a program. The name of the source says what happens: "good-20" has 20 frames, "endless" goes
on until it is told to end, "failing" fails, "crashing" is killed in the middle, "deaf" hears
nothing, "babbling" prints what is no event, "silent" ends well without a word. Frames are counted
in the session's file, so that a test sees where a second run begins.
"""

import json
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path

COMMAND = [sys.executable, str(Path(__file__).resolve())]
"""What an `AnalysisProcess` is to start."""

_STEP_S = 0.005


def say(event: str, **facts: object) -> None:
    """Print an event."""
    write(json.dumps({"event": event, **facts}))


def write(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def hear() -> "queue.Queue[str]":
    """Return the queue into which what is said on standard input comes."""
    words: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        for line in sys.stdin:
            words.put(line.strip())

    threading.Thread(target=listen, daemon=True).start()
    return words


def main(arguments: list[str]) -> int:
    """Pretend; returns the exit code."""
    name = Path(arguments[1]).stem
    out = Path(arguments[arguments.index("--out") + 1])
    session = out / "session.db"
    out.mkdir(parents=True, exist_ok=True)
    (out / "arguments.json").write_text(json.dumps(arguments))
    kind, _, count = name.partition("-")
    total = int(count) if count else None
    going_on = "--resume" in arguments and session.exists()
    done = int(session.read_text()) if going_on else 0
    words = hear()
    if kind == "silent":
        return 0
    say("started", frames=done, total=total, fps=0.0, seconds_left=None)
    if kind == "babbling":
        write("no event\n[1]\n{}")
        say("progress", frames="x")
    if kind == "failing":
        say("failed", message="cannot read 'failing'", hint="Copy it again.")
        return 1
    while total is None or done < total:
        done += 1
        session.write_text(str(done))
        left = None if total is None else (total - done) / 10
        say("progress", frames=done, total=total, fps=10.0, seconds_left=left)
        if kind == "crashing" and not going_on and done == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        if kind != "deaf" and not _go_on(words, done, total):
            say("interrupted", frames=done, total=total)
            return 130
        time.sleep(_STEP_S)
    say("writing", frames=done, total=done, file="frames.csv")
    say("done", frames=done, total=done)
    return 0


def _go_on(words: "queue.Queue[str]", done: int, total: int | None) -> bool:
    """Do as was said; returns False when that is to end."""
    paused = False
    while True:
        try:
            word = words.get(block=paused)
        except queue.Empty:
            return True
        if word == "cancel":
            return False
        if word == "pause":
            paused = True
            say("paused", frames=done, total=total, fps=0.0, seconds_left=None)
        elif word == "resume" and paused:
            paused = False
            say("resumed", frames=done, total=total)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
