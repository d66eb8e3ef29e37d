"""The menu of models that the present one can be compared with, filled when it opens."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from ferqt.runtime.session import AnalysisSession


class CompareMenu(QObject):
    """Lists the usable models besides the one that answers, and none."""

    def __init__(
        self, menu: QMenu, session: AnalysisSession, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._menu = menu
        self._session = session
        menu.aboutToShow.connect(self.refresh)

    def refresh(self) -> None:
        """List what there is now."""
        session = self._session
        compared = session.compared_card.id if session.compared_card is not None else ""
        answering = session.card.id if session.card is not None else ""
        entries = [("", self.tr("None"))]
        entries += [
            (entry.id, entry.card.name)
            for entry in session.catalog.entries
            if entry.card is not None and entry.id != answering
        ]
        self._menu.clear()
        group = QActionGroup(self._menu)
        for model_id, name in entries:
            action = self._menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(model_id == compared)
            action.triggered.connect(lambda _=False, wanted=model_id: session.compare_with(wanted))
            group.addAction(action)
