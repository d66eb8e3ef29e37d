"""What the window is made of, built in one place and wired in another (`wiring`)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow

from ferqt.core.types import FaceBox, Image
from ferqt.runtime.identities import Identities
from ferqt.runtime.markers import Markers
from ferqt.runtime.recording import Recording
from ferqt.runtime.review import Review
from ferqt.runtime.session import AnalysisSession
from ferqt.runtime.tasks import TaskRunner
from ferqt.settings import THEME, Settings
from ferqt.ui.beside import Beside, Panels
from ferqt.ui.live_settings import LiveSettings
from ferqt.ui.marker_controls import MarkerControls
from ferqt.ui.recording_controls import RecordingControls
from ferqt.ui.recording_sign import CountdownSign, RecordingSign
from ferqt.ui.screenshots import Screenshots
from ferqt.ui.selection import FaceSelection
from ferqt.ui.theme import Theme
from ferqt.ui.video_view import VideoView

if TYPE_CHECKING:
    from ferqt.ui.docks.model_desk import ModelDesk


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that actions and wiring work on, but for actions and bars themselves."""

    window: QMainWindow
    session: AnalysisSession
    settings: Settings
    live: LiveSettings
    theme: Theme
    tasks: TaskRunner
    view: VideoView
    selection: FaceSelection
    beside: Beside
    review: Review
    identities: Identities
    screenshots: Screenshots
    markers: Markers
    marker_controls: MarkerControls
    recording: Recording
    recording_controls: RecordingControls
    recording_sign: RecordingSign
    countdown: CountdownSign

    @property
    def panels(self) -> Panels:
        """The contents of the docks; made at once when they are not there yet."""
        return self.beside.panels

    @property
    def desk(self) -> "ModelDesk":
        """What the panel of models asks; made at once when it is not there yet."""
        return self.beside.desk

    def shutdown(self) -> None:
        """End what runs in the background; the session is the caller's to end."""
        self.review.shutdown()
        self.recording.shutdown()
        self.beside.shutdown()
        self.view.shutdown()
        self.tasks.shutdown()


def build_parts(window: QMainWindow, session: AnalysisSession, settings: Settings) -> Parts:
    """Build the parts of a window; none of them knows another."""
    theme = Theme(settings.get(THEME), window)
    theme.apply()
    tasks = TaskRunner(window)
    view = VideoView()
    selection = FaceSelection(window)

    def current_face() -> tuple[FaceBox, Image] | None:
        result = view.result
        if result is None or result.frame is None or not result.faces:
            return None
        chosen = result.face(selection.track_id) if selection.track_id is not None else None
        face = chosen or max(result.faces, key=lambda one: one.face.box.width)
        return face.face.box, result.frame.image

    markers = Markers(window)
    review = Review(tasks, window)
    recording = Recording(session, markers, parent=window)
    return Parts(
        window=window,
        session=session,
        settings=settings,
        live=LiveSettings(settings, window),
        theme=theme,
        tasks=tasks,
        view=view,
        selection=selection,
        beside=Beside(theme, tasks, session.catalog, current_face, window),
        review=review,
        identities=Identities(session, review),
        screenshots=Screenshots(session, settings, view, tasks, window),
        markers=markers,
        marker_controls=MarkerControls(markers, lambda: view.result, tasks, window),
        recording=recording,
        recording_controls=RecordingControls(
            recording, settings, lambda: view.overlay_options, tasks, window
        ),
        recording_sign=RecordingSign(view),
        countdown=CountdownSign(view),
    )
