"""The real window for a long run: built as the program builds it, without a screen."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from ferqt.core.timing import THREAD_TURN_S
from ferqt.errors import FerqtError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ferqt.core.types import Notice
    from ferqt.runtime.session import AnalysisSession
    from ferqt.sources.base import FrameSource
    from ferqt.ui.main_window import MainWindow

_PATIENCE_S: Final = 120.0
_STEP_MS: Final = 20


@dataclass(slots=True)
class LiveWindow:
    """A window that lives, with its session.

    Attributes:
        application: Qt's application.
        window: The window.
        session: What it shows.
        notices: Everything that the session had to say.
    """

    application: "QApplication"
    window: "MainWindow"
    session: "AnalysisSession"
    notices: "list[Notice]"

    def live(self, milliseconds: int) -> None:
        """Let the window live for a while."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(
        self, holds: Callable[[], object], what: str, patience_s: float = _PATIENCE_S
    ) -> None:
        """Let the window live until something holds.

        Raises:
            FerqtError: It does not within the time.
        """
        deadline = time.monotonic() + patience_s
        while not holds():
            if time.monotonic() > deadline:
                raise FerqtError(f"waited in vain for {what}, while {self.session.state}")
            self.live(_STEP_MS)


@contextmanager
def live_window(
    open_source: "Callable[[str], FrameSource] | None" = None, *, side_by_side: bool = True
) -> "Iterator[LiveWindow]":
    """Show the window, its model ready; close it afterwards.

    Args:
        open_source: Opens a location; what the program opens if None.
        side_by_side: Show all panels; else those that a first start shows.
    """
    from ferqt.log import quiet_libraries, start_logging
    from ferqt.runtime.memory import (
        return_free_memory,
        share_memory_among_threads,
        spare_start_up,
    )
    from ferqt.settings import PRIVACY_READ, Settings
    from ferqt.ui.application import create_application

    share_memory_among_threads()
    settings = Settings.load()
    settings.set(PRIVACY_READ, True)
    application = create_application(["ferqt"])
    sys.setswitchinterval(THREAD_TURN_S)
    start_logging()
    with quiet_libraries():
        from PySide6.QtCore import QTimer

        from ferqt.classifiers.catalog import Catalog
        from ferqt.paths import models_dir, user_models_dir
        from ferqt.pipeline.build import choose_config
        from ferqt.runtime.qt_logging import install_hooks
        from ferqt.runtime.session import AnalysisSession
        from ferqt.sources import factory
        from ferqt.ui.main_window import MainWindow
        from scripts.all_docks import arrange

        install_hooks()
        catalog = Catalog((models_dir(), user_models_dir()))
        config = choose_config(catalog)
        session = AnalysisSession(catalog, config, open_source or factory.open_source)
        spare_start_up(session.model_changed)
        window = MainWindow(session, settings)
        return_free_memory(window)
        notices: list[Notice] = []
        session.notice_posted.connect(notices.append)
        lived = LiveWindow(application, window, session, notices)
        try:
            if side_by_side:
                window.setGeometry(0, 24, 1918, 1050)
                QTimer.singleShot(500, window, partial(arrange, window))
            window.show()
            session.start()
            lived.until(lambda: session.card is not None, "the model")
            yield lived
            window.close()
        finally:
            session.shutdown()
