"""Composition root: reads the command line, and puts session and window together.

Nothing heavy is imported before it is needed: `--version` and the headless commands never load Qt,
and the window is on screen before networks are.
"""

import argparse
import logging
import os
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ferqt.cli import build_parser, report_error, report_unexpected, run
from ferqt.core.timing import THREAD_TURN_S
from ferqt.errors import FerqtError, ModelError
from ferqt.log import quiet_libraries

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ferqt.runtime.session import AnalysisSession
    from ferqt.runtime.trace import Trace
    from ferqt.settings import Settings
    from ferqt.sources.base import FrameSource
    from ferqt.ui.main_window import MainWindow

_log = logging.getLogger(__name__)

_MODELS_HINT = "See 'ferqt models list'."
_NO_DISPLAY_HINT = "Without a screen, use 'ferqt analyze SOURCE --out DIR'."


def main(argv: Sequence[str] | None = None) -> int:
    """Run ferqt: a headless command, or the window.

    Args:
        argv: Arguments without the program's name; those of the process if None.

    Returns:
        The exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
    """
    started = time.perf_counter()
    args = build_parser().parse_args(argv)
    if args.command is not None:
        return run(args)
    try:
        _require_display()
        from ferqt.runtime.memory import uncollected

        with quiet_libraries(), uncollected():
            return _open_window(args, started)
    except FerqtError as error:
        return report_error(error)
    except Exception as error:  # noqa: BLE001 - the outermost boundary: no traceback on the screen
        return report_unexpected(error)


def _require_display() -> None:
    """Raise if no window can be opened: Qt itself would abort the process."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or (platform and not platform.startswith("xcb")):
        return
    if os.environ.get("WAYLAND_DISPLAY") and not platform:
        return
    display = os.environ.get("DISPLAY", "")
    if not display:
        raise FerqtError("there is no display to open a window on", _NO_DISPLAY_HINT)
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdigit():
        raise FerqtError(f"DISPLAY is not understood: {display!r}", _NO_DISPLAY_HINT)
    if host in ("", "unix") and not _answers(int(number)):
        raise FerqtError(f"the display does not answer: {display!r}", _NO_DISPLAY_HINT)


def _answers(number: int) -> bool:
    """Whether an X server listens on the local display of that number."""
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    for address in (path, "\0" + path):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(2.0)
            try:
                client.connect(address)
            except OSError:
                continue
            return True
    return False


def _open_window(args: argparse.Namespace, started: float) -> int:
    """Show the window and run until it is closed."""
    from ferqt.runtime.memory import share_memory_among_threads

    share_memory_among_threads()
    # Without Qt, which reads the source of each module that is imported after it.
    from ferqt.settings import LANGUAGE, Settings

    settings = Settings.load()
    # The application comes before OpenCV, which points Qt to plug-ins of its own on import.
    from ferqt.ui.application import create_application

    application = create_application(sys.argv[:1], settings.get(LANGUAGE))
    sys.setswitchinterval(THREAD_TURN_S)

    from ferqt.log import start_logging
    from ferqt.runtime.qt_logging import install_hooks

    start_logging()
    install_hooks()
    _log.info("ferqt starts")

    from ferqt.ui.main_window import MainWindow

    session = _build_session(args, settings)
    trace = _start_trace(args, started)
    window = MainWindow(session, settings)
    window.show()
    code = _run(application, args, session, window, trace)
    _log.info("ferqt ends")
    return code


def _build_session(args: argparse.Namespace, settings: "Settings") -> "AnalysisSession":
    from ferqt.classifiers.catalog import Catalog
    from ferqt.paths import models_dir, user_models_dir
    from ferqt.pipeline.build import choose_config
    from ferqt.preferences import pipeline_config
    from ferqt.runtime.session import AnalysisSession
    from ferqt.settings import MODEL

    catalog = Catalog((models_dir(), user_models_dir()))
    usable = {entry.id for entry in catalog.entries if entry.card is not None}
    remembered = settings.get(MODEL) if settings.get(MODEL) in usable else None
    chosen = choose_config(catalog, args.model or remembered, args.detector)
    config = pipeline_config(chosen, settings)
    if args.detector:
        # The command line goes before the settings, for this run.
        config = replace(config, detector_id=chosen.detector_id)
    entry = catalog.entry(config.model_id)
    if entry.card is None:
        raise ModelError(f"model {entry.id} cannot be used: {entry.problem}", _MODELS_HINT)
    return AnalysisSession(catalog, config, partial(_open_source, settings))


def _open_source(settings: "Settings", location: str) -> "FrameSource":
    """Open a source with the camera format that is set now; called in the capture thread."""
    from ferqt.preferences import camera_format
    from ferqt.sources.factory import open_source

    return open_source(location, camera_format=camera_format(settings))


def _start_trace(args: argparse.Namespace, started: float) -> "Trace | None":
    if args.trace is None:
        return None
    from ferqt.runtime.trace import Trace

    return Trace(Path(args.trace), started)


def _run(
    application: "QApplication",
    args: argparse.Namespace,
    session: "AnalysisSession",
    window: "MainWindow",
    trace: "Trace | None",
) -> int:
    from PySide6.QtCore import QTimer

    from ferqt.runtime.memory import collect, return_free_memory, spare_start_up
    from ferqt.ui.first_paint import FirstPaint

    def begin() -> None:
        collect()
        if trace is not None:
            trace.write("window_shown")
            trace.follow(session, window.view)
        session.start()
        if args.source is not None:
            # What comes of it is told to panels, which are not made in one go that way.
            window.parts.beside.when_done(partial(session.open_source, args.source))
        if args.exit_after is not None:
            QTimer.singleShot(round(args.exit_after * 1000), window.close)

    spare_start_up(session.model_changed)
    return_free_memory(window)
    FirstPaint(window, begin)
    try:
        return application.exec()
    finally:
        session.shutdown()
        if trace is not None:
            trace.close()
