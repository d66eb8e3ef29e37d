"""A person at the real window who uses everything but a camera and an address; see `offline`.

    python -m scripts.soak.offline_tour FOLDER [STEP ...]

Settings and data lie where the environment says. Prints the steps that were taken, and then the
sockets that Python code asked for.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from scripts.soak.window import LiveWindow, live_window

_CLIP_S: Final = 3.0
_EVENTS: Final = frozenset(
    {
        "socket.__new__",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "urllib.Request",
    }
)
_UNIX: Final = 1
_PATIENCE_S: Final = 240.0


def demo(live: LiveWindow, _folder: Path) -> None:
    """The demo runs, and a face is read."""
    live.session.open_source("demo")
    live.until(lambda: live.session.latest is not None and live.session.latest.faces, "a face")


def models(live: LiveWindow, _folder: Path) -> None:
    """Another model answers."""
    before = live.session.config.model_id
    live.session.next_model(1)
    live.until(lambda: _answers(live) not in ("", before), "another model")


def shot(live: LiveWindow, folder: Path) -> None:
    """A screenshot is taken."""
    live.window.actions_by_id["shot"].trigger()
    live.until(lambda: list((folder / "shots").glob("*.png")), "a screenshot")


def recording(live: LiveWindow, folder: Path) -> None:
    """Something is recorded."""
    live.window.actions_by_id["record"].trigger()
    live.until(lambda: list((folder / "recordings").glob("*/video.mp4")), "a recording")
    live.live(1_000)
    live.window.actions_by_id["record"].trigger()
    live.until(lambda: live.window.parts.recording.state == "off", "the end of the recording")


def helps(live: LiveWindow, _folder: Path) -> None:
    """Guide, keys, privacy, licenses and settings are read."""
    from PySide6.QtWidgets import QApplication, QDialog

    for name in ("guide", "shortcuts", "privacy", "licenses", "about", "settings"):
        live.window.actions_by_id[name].trigger()
        live.live(300)
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog) and top.isVisible():
                top.close()


def clip(live: LiveWindow, folder: Path) -> None:
    """A film plays."""
    from ferqt.cli.demo_video import encode_demo

    encode_demo(folder / "clip.mp4", _CLIP_S)
    live.session.open_source(str(folder / "clip.mp4"))
    live.until(lambda: _shown(live) == str(folder / "clip.mp4"), "the film")
    live.live(1_000)


def analysis(live: LiveWindow, folder: Path) -> None:
    """The film is analyzed, opened again, exported in every format, and deleted."""
    from ferqt.outputs.exports.base import ExportOptions
    from ferqt.outputs.exports.registry import EXPORTS
    from ferqt.runtime.analysis_jobs import JobState
    from ferqt.runtime.session_export import ExportWish, SessionExport

    live.window.actions_by_id["analyze_source"].trigger()
    page = live.window.analysis.page
    live.until(lambda: len(page.queue.jobs) == 1, "the queue")
    page.queue.start()
    live.until(lambda: page.queue.jobs[0].state is JobState.DONE, "the analysis", _PATIENCE_S)
    session = page.queue.jobs[0].folder / "session.db"
    page.session_requested.emit(session)
    live.until(lambda: live.window.parts.review.document is not None, "the session")
    wish = ExportWish({session: folder / "out"}, tuple(EXPORTS.values()), ExportOptions())
    export = SessionExport(wish, live.window.parts.tasks)
    ended: list[object] = []
    export.ended.connect(ended.append)
    export.start()
    live.until(lambda: ended, "the exports", _PATIENCE_S)
    page.feed.delete([session.parent.name])
    live.until(lambda: not session.parent.exists(), "the deletion")
    live.until(lambda: live.window.parts.review.document is None, "the end of the session")


STEPS: Final[dict[str, Callable[[LiveWindow, Path], None]]] = {
    "demo": demo,
    "models": models,
    "shot": shot,
    "recording": recording,
    "help": helps,
    "clip": clip,
    "analysis": analysis,
}
"""What is done, in this order."""


def _answers(live: LiveWindow) -> str:
    return "" if live.session.latest is None else live.session.latest.model_id


def _shown(live: LiveWindow) -> str:
    info = live.session.source_info
    return "" if info is None or live.window.view.result is None else info.location


def main(arguments: list[str]) -> int:
    """Take the steps; exit code 1 says that Python code asked for a socket of the network."""
    asked: list[str] = []

    def hear(event: str, values: tuple[object, ...]) -> None:
        if event in _EVENTS and not (event == "socket.__new__" and values[1] == _UNIX):
            address = values[1] if event in ("socket.connect", "socket.bind") else values
            if not isinstance(address, str | bytes):
                asked.append(f"{event} {values[1:]}")

    sys.addaudithook(hear)
    folder = Path(arguments[0])
    from ferqt.settings import RECORD_COUNTDOWN, RECORDING_FOLDER, SCREENSHOT_FOLDER, Settings

    settings = Settings.load()
    settings.set(SCREENSHOT_FOLDER, str(folder / "shots"))
    settings.set(RECORDING_FOLDER, str(folder / "recordings"))
    settings.set(RECORD_COUNTDOWN, False)
    settings.save()
    with live_window() as live:
        for name in arguments[1:] or STEPS:
            STEPS[name](live, folder)
            print(f"step {name}", flush=True)
    for one in asked:
        print(f"socket {one}", flush=True)
    return 1 if asked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
