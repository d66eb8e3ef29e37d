"""Which face the person looks at: one selection that picture and plot follow."""

from PySide6.QtCore import QObject, Signal

from ferqt.core.types import FrameResult


class FaceSelection(QObject):
    """The selected track, or none."""

    changed = Signal(object)
    """Track id, or None."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._track_id: int | None = None

    @property
    def track_id(self) -> int | None:
        """Id of the selected track, None for none."""
        return self._track_id

    def select(self, track_id: int | None) -> None:
        """Select a track; what is not in the picture stays selected until it comes back."""
        if track_id != self._track_id:
            self._track_id = track_id
            self.changed.emit(track_id)

    def toggle(self, track_id: int | None) -> None:
        """Select a track, or none when it is the selected one."""
        self.select(None if track_id == self._track_id else track_id)

    def toggle_number(self, number: int, result: FrameResult | None) -> None:
        """Select what a number key means: the face with that id.

        Ids grow with every newcomer: when all of those in the picture are past the keys, the number
        counts the faces from the left.
        """
        faces = result.faces if result is not None else ()
        ids = {face.face.track_id for face in faces}
        if number in ids:
            self.toggle(number)
        elif ids and min(ids) > 9 and number <= len(faces):
            from_left = sorted(faces, key=lambda face: face.face.box.center[0])
            self.toggle(from_left[number - 1].face.track_id)
