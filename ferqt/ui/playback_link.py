"""Ties what plays a file to what shows and steers it in the window."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ferqt.core.types import FrameResult
from ferqt.runtime.playback import PlayRange
from ferqt.runtime.session import AnalysisSession
from ferqt.runtime.thumbnails import Thumbnails
from ferqt.sources.base import SourceInfo
from ferqt.ui.expression_strip import ExpressionStrip
from ferqt.ui.selection import FaceSelection
from ferqt.ui.theme import Theme
from ferqt.ui.transport_bar import TransportBar


class PlaybackLink(QObject):
    """Speed, range, loop, sound, thumbnails and strip of expressions, each connected to its part.

    Lives on the GUI thread; `shutdown` before the program ends.

    Args:
        session: What plays.
        transport: The bar under the picture.
        selection: The face whose expressions the strip shows.
        theme: Colors of the strip.
        loop: Switch that shows whether the range is looped.
        sound: Switch that shows whether sound is on.

    Attributes:
        strip: The strip, for merging faces.
    """

    def __init__(
        self,
        session: AnalysisSession,
        transport: TransportBar,
        selection: FaceSelection,
        theme: Theme,
        loop: QAction,
        sound: QAction,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = Thumbnails(self)
        self.strip = ExpressionStrip(theme, self)
        self._loop = loop
        self._connect_playing(transport, sound)
        self._connect_views(transport, selection)

    def open_jump_dialog(self, window: QWidget) -> None:
        """Ask for a time or a frame, and go there."""
        from ferqt.ui.dialogs.jump import JumpDialog

        info, latest = self._session.source_info, self._session.latest
        if info is None:
            return
        now_s = latest.media_time if latest is not None else None
        dialog = JumpDialog(info, now_s or 0.0, window)
        dialog.time_chosen.connect(self._session.seek)
        dialog.frame_chosen.connect(self._session.seek_frame)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def shutdown(self) -> None:
        """End what runs in the background."""
        self._thumbnails.shutdown()

    def _connect_playing(self, transport: TransportBar, sound: QAction) -> None:
        playback = self._session.playback
        transport.speed_requested.connect(playback.set_speed)
        transport.in_requested.connect(playback.set_in)
        transport.out_requested.connect(playback.set_out)
        transport.range_clear_requested.connect(playback.clear_range)
        playback.speed_changed.connect(transport.show_speed)
        playback.range_changed.connect(transport.show_range)
        playback.range_changed.connect(self._show_looping)
        playback.sound.switched.connect(sound.setChecked)

    def _connect_views(self, transport: TransportBar, selection: FaceSelection) -> None:
        self._session.source_changed.connect(self._on_source_changed)
        self._session.result_ready.connect(self._on_result)
        selection.changed.connect(self.strip.set_face)
        self.strip.stretches_changed.connect(transport.set_stretches)
        transport.thumbnail_requested.connect(self._thumbnails.request)
        self._thumbnails.ready.connect(transport.show_thumbnail)

    def _show_looping(self, marked: PlayRange) -> None:
        self._loop.setChecked(marked.looping)

    def _on_source_changed(self, info: SourceInfo | None) -> None:
        self._thumbnails.set_source(info)
        self.strip.set_source(info)

    def _on_result(self, _newest: FrameResult, samples: Sequence[FrameResult]) -> None:
        self.strip.add(samples)
