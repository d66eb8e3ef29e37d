"""Does what the cards of models ask for: details, verification, adding, removing, timing."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import KERAS, LITERT, Catalog, CatalogEntry, runtime_of
from ferqt.classifiers.inspection import MODEL_SUFFIXES
from ferqt.classifiers.removing import remove_model
from ferqt.classifiers.speed import known_speed, measured_speed
from ferqt.classifiers.verification import Verification, verify_model
from ferqt.core.types import FaceBox, Image, Notice, Severity
from ferqt.paths import user_models_dir
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.docks.model_dock import ModelPanel
from ferqt.ui.docks.model_texts import CardState
from ferqt.ui.file_manager import open_folder
from ferqt.ui.notice_bar import NoticeAction
from ferqt.ui.theme import Theme

if TYPE_CHECKING:
    from ferqt.ui.dialogs.model_add import AddModelDialog

_SETTLED_MS: Final = 1_500
"""How long after a switch the model's time is measured: not while the first frames come."""


class ModelDesk(QObject):
    """Stands between the panel of models, the catalog and the window; lives on the GUI thread.

    It wires the panel's requests to itself, but for `model_requested` and `compare_requested`,
    which it passes on with its own. The window tells it what the session says, calls
    `list_models` once it is there, and `shutdown` before its tasks end.

    Args:
        panel: The cards.
        catalog: The models.
        theme: Gives dialogs their colors.
        tasks: Does in the background what takes long.
        current_face: Returns a face on screen and its picture, None while there is none.
        window: Over which dialogs open.
    """

    model_requested = Signal(str)
    """Id of the model that shall answer."""
    compare_requested = Signal(str)
    """Id of the model that shall read the same faces, "" for none."""
    models_changed = Signal()
    """The catalog has other models now."""
    notice_posted = Signal(object, object)
    """Notice, and the NoticeAction that goes with it or None."""

    def __init__(
        self,
        panel: ModelPanel,
        catalog: Catalog,
        theme: Theme,
        tasks: TaskRunner,
        current_face: Callable[[], tuple[FaceBox, Image] | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._panel = panel
        self._catalog = catalog
        self._theme = theme
        self._tasks = tasks
        self._current_face = current_face
        self._window = window
        self._active = self._compared = ""
        self._leaving: CatalogEntry | None = None
        self._timed: set[Path] = set()
        self._adding: AddModelDialog | None = None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._time_active)
        panel.model_requested.connect(self.model_requested)
        panel.compare_requested.connect(self.compare_requested)
        panel.rescan_requested.connect(self.rescan)
        panel.add_requested.connect(self.add)
        panel.details_requested.connect(self.show_details)
        panel.verify_requested.connect(self.verify)
        panel.folder_requested.connect(self.show_folder)
        panel.remove_requested.connect(self.remove)

    def list_models(self) -> None:
        """Show what the catalog has, with the times that were measured before."""
        entries = self._catalog.entries
        self._panel.set_entries(entries)
        self._tasks.run(
            partial(_known_speeds, entries),
            self._on_known,
            self._ignore,
            title=self.tr("The models' times were not read"),
        )

    def rescan(self) -> None:
        """Read the model folders again."""
        self._catalog.rescan()
        self.models_changed.emit()

    def set_model(self, card: ModelCard, runtime: str) -> None:
        """Take note of the model that answers from now on, and of what runs it."""
        self._active = card.id
        self._panel.set_active(card.id)
        self._panel.set_known(card.id, runtime=runtime)
        self._settled.start()
        leaving, self._leaving = self._leaving, None
        if leaving is not None and leaving.id != card.id:
            self._remove_now(leaving)

    def set_loading(self, model_id: str) -> None:
        """Take note of the model that is being made ready; "" when none is."""
        self._panel.set_loading(model_id)
        if not model_id and self._leaving is not None and self._leaving.id == self._active:
            # Its successor could not be made ready, so it stays.
            self._leaving = None

    def set_compared(self, card: ModelCard | None) -> None:
        """Take note of the model that reads the same faces."""
        self._compared = "" if card is None else card.id
        self._panel.set_compared(self._compared)
        if card is not None:
            self._time(self._catalog.entry(card.id))

    def shutdown(self) -> None:
        """Give up what is under way; before the tasks are shut down."""
        self._settled.stop()
        if self._adding is not None:
            self._adding.reject()

    def add(self, path: str = "") -> None:
        """Add a model file; asks for it unless it is given."""
        if self._adding is not None:
            return
        if path:
            self._open_adding(Path(path))
            return
        dialog = QFileDialog(self._window, self.tr("Add a Model"))
        patterns = " ".join(f"*{suffix}" for suffix in MODEL_SUFFIXES)
        dialog.setNameFilters([self.tr("Models ({0})").format(patterns), self.tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_details(self, entry: CatalogEntry) -> None:
        """Show all that is known of a model."""
        from ferqt.ui.dialogs.model_details import ModelDetailsDialog

        if entry.card is None:
            return
        card = self._panel.card(entry.id)
        state = CardState() if card is None else card.state
        dialog = ModelDetailsDialog(entry, state, self._theme, self._tasks, self._window)
        dialog.folder_requested.connect(self.show_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self._time(entry)

    def show_folder(self, entry: CatalogEntry) -> None:
        """Show a model's folder in the desktop's file manager."""
        open_folder(entry.folder)

    def verify(self, entry: CatalogEntry) -> None:
        """Hash a model's files and let it answer."""
        self._panel.set_verified(entry, None)
        self._tasks.run(
            partial(verify_model, entry),
            partial(self._on_verified, entry),
            partial(self._on_not_verified, entry),
            title=self.tr("The model was not verified"),
        )

    def remove(self, entry: CatalogEntry) -> None:
        """Remove a model of the user's own, after asking."""
        name = entry.id if entry.card is None else entry.card.name
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(self.tr("Remove a Model"))
        box.setText(self.tr("Remove the model {0}?").format(name))
        box.setInformativeText(self._consequences(entry))
        removing = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.finished.connect(partial(self._on_answered, box, removing, entry))
        box.open()

    def _consequences(self, entry: CatalogEntry) -> str:
        words = self.tr("Its folder and all files in it are deleted: {0}").format(entry.folder)
        following = self._successor(entry)
        if self._is_active(entry) and following is not None and following.card is not None:
            words += "\n\n" + self.tr("It is in use; {0} takes over first.").format(
                following.card.name
            )
        return words

    def _on_answered(
        self, box: QMessageBox, removing: QPushButton, entry: CatalogEntry, _: int
    ) -> None:
        wanted = box.clickedButton() is removing
        box.deleteLater()
        if not wanted:
            return
        if entry.id == self._compared:
            self.compare_requested.emit("")
        following = self._successor(entry)
        if not self._is_active(entry):
            self._remove_now(entry)
        elif following is None:
            self._post(
                Severity.WARNING,
                self.tr("The model was not removed"),
                self.tr("it is in use, and no other can take over"),
            )
        else:
            self._leaving = entry
            self.model_requested.emit(following.id)

    def _is_active(self, entry: CatalogEntry) -> bool:
        return entry.card is not None and entry.id == self._active

    def _successor(self, leaving: CatalogEntry) -> CatalogEntry | None:
        """The default model, or the first usable one when the default is the one that goes."""
        others = [
            entry
            for entry in self._catalog.entries
            if entry.card is not None and entry.folder != leaving.folder
        ]
        default = [entry for entry in others if entry.id == self._catalog.default_id()]
        return next(iter(default + others), None)

    def _remove_now(self, entry: CatalogEntry) -> None:
        self._tasks.run(
            partial(remove_model, entry),
            partial(self._on_removed, entry),
            lambda notice: self.notice_posted.emit(notice, None),
            title=self.tr("The model was not removed"),
        )

    def _on_removed(self, entry: CatalogEntry, _: None) -> None:
        self.rescan()
        name = entry.id if entry.card is None else entry.card.name
        self._post(Severity.INFO, self.tr("Model removed"), name)

    def _open_adding(self, path: Path) -> None:
        from ferqt.ui.dialogs.model_add import AddModelDialog

        dialog = AddModelDialog(
            path,
            user_models_dir(),
            {entry.id for entry in self._catalog.entries},
            self._theme,
            self._tasks,
            self._current_face,
            self._window,
        )
        self._adding = dialog
        dialog.added.connect(self._on_added)
        # The refused one has to be gone before another opens.
        dialog.another_requested.connect(self.add, Qt.ConnectionType.QueuedConnection)
        dialog.finished.connect(self._on_adding_done)
        dialog.open()
        dialog.begin()

    def _on_adding_done(self) -> None:
        if self._adding is not None:
            self._adding.deleteLater()
        self._adding = None

    def _on_added(self, model_id: str, use: bool) -> None:
        self.rescan()
        if use:
            self.model_requested.emit(model_id)
            return
        entry = self._catalog.entry(model_id)
        name = model_id if entry.card is None else entry.card.name
        action = NoticeAction(self.tr("Use"), partial(self.model_requested.emit, model_id))
        self._post(Severity.INFO, self.tr("Model added"), name, action)

    def _on_verified(self, entry: CatalogEntry, found: Verification) -> None:
        self._panel.set_verified(entry, found.problems)
        name = entry.id if entry.card is None else entry.card.name
        if found.passed:
            text = self.tr("{0}: its files are whole, and it answers on {1}").format(
                name, found.runtime
            )
            self._post(Severity.INFO, self.tr("Model verified"), text)
            self._time(entry)
        else:
            self._post(
                Severity.ERROR,
                self.tr("The model is damaged"),
                f"{name}: {'; '.join(found.problems)}",
                hint=self.tr("Remove it and add it anew."),
            )

    def _on_not_verified(self, entry: CatalogEntry, notice: Notice) -> None:
        self._panel.set_verified(entry, (notice.text,))
        self.notice_posted.emit(notice, None)

    def _time_active(self) -> None:
        entries = [entry for entry in self._catalog.entries if self._is_active(entry)]
        for entry in entries[:1]:
            self._time(entry)

    def _time(self, entry: CatalogEntry) -> None:
        """Measure a model once, unless that would compile it or load TensorFlow for it alone."""
        runtime = runtime_of(entry)
        ready = runtime == LITERT or (runtime == KERAS and self._is_active(entry))
        if not ready or entry.folder in self._timed:
            return
        self._timed.add(entry.folder)
        self._tasks.run(
            partial(measured_speed, entry),
            partial(self._on_timed, entry.id),
            self._ignore,
            title=self.tr("The model was not timed"),
        )

    def _on_timed(self, model_id: str, found: tuple[str, float]) -> None:
        runtime, speed_ms = found
        self._panel.set_known(model_id, runtime=runtime, speed_ms=speed_ms)

    def _on_known(self, found: dict[str, float]) -> None:
        for model_id, speed_ms in found.items():
            self._panel.set_known(model_id, speed_ms=speed_ms)

    def _ignore(self, _: Notice) -> None:
        """A time that is missing is no news; the log has the reason."""

    def _post(
        self,
        severity: Severity,
        title: str,
        text: str,
        action: NoticeAction | None = None,
        hint: str = "",
    ) -> None:
        self.notice_posted.emit(Notice(severity, title, text, hint), action)


def _known_speeds(entries: tuple[CatalogEntry, ...]) -> dict[str, float]:
    """The times that were measured before, by the models' ids."""
    found = {}
    for entry in entries:
        speed = None if entry.card is None else known_speed(entry.card, runtime_of(entry))
        if speed is not None:
            found[entry.id] = speed
    return found
