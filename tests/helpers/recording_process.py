"""Records a clip as the window does, and says how far it is, until it is killed.

Run with the folder of models, the clip and the folder of recordings. Prints the seconds recorded,
a line each.
"""

import sys
from contextlib import nullcontext
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from ferqt.classifiers.catalog import Catalog
from ferqt.core.types import Notice
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.markers import Markers
from ferqt.runtime.recording import Recording, RecordingOptions
from ferqt.runtime.session import AnalysisSession, SessionState
from ferqt.runtime.wake_lock import WakeLock
from ferqt.sources.factory import open_source
from tests.helpers.models import TINY_ID


def main(models: str, clip: str, folder: str) -> int:
    """Record until something ends the process."""
    application = QCoreApplication([])
    config = PipelineConfig(model_id=TINY_ID, detector_id="haar")
    session = AnalysisSession(Catalog((Path(models),)), config, open_source)
    recording = Recording(session, Markers(), WakeLock(lambda _: nullcontext(())))
    options = RecordingOptions(Path(folder), countdown_s=0)

    def on_state(state: SessionState) -> None:
        if state is SessionState.RUNNING:
            recording.start(options)

    def fail(notice: Notice) -> None:
        sys.exit(f"{notice.title}: {notice.text}")

    session.state_changed.connect(on_state)
    session.notice_posted.connect(fail)
    recording.notice_posted.connect(fail)
    session.model_changed.connect(lambda _: session.open_source(clip))
    timer = QTimer(interval=50)
    timer.timeout.connect(lambda: print(recording.progress.seconds, flush=True))  # noqa: T201
    timer.start()
    session.start()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
