"""Adds a bare model file: looks at it, asks what it does not say, and shows what that does."""

import threading
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ferqt.classifiers.adding import StagedModel, stage_model
from ferqt.classifiers.helper_process import CanceledError, Step, Watch
from ferqt.core.types import Notice
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.dialogs.model_form import ModelForm
from ferqt.ui.dialogs.model_preview import FaceSource, ModelPreview
from ferqt.ui.theme import Theme, strong_font

_SIZE: Final = QSize(820, 620)
_SMALLEST: Final = QSize(640, 420)
_PREVIEW_PX: Final = 248
_UNDER_NAME: Final = 2
"""Place in the column of the page that waits."""

_STEPS: Final = tuple(Step)


class AddModelDialog(QDialog):
    """From a file to a model of the user's; nothing stays behind when it is closed before.

    Call `begin` once it is shown.

    Args:
        path: The file.
        models: Folder of the user's models.
        taken: Ids of models that are there already.
        theme: Gives the colors.
        tasks: Looks at the file in the background.
        current_face: A face on screen to try the model on.
    """

    added = Signal(str, bool)
    """Id of the new model, and whether it shall be used at once."""
    another_requested = Signal()
    """The file was refused, and the person wants to choose another."""
    _step = Signal(object)

    def __init__(
        self,
        path: Path,
        models: Path,
        taken: Collection[str],
        theme: Theme,
        tasks: TaskRunner,
        current_face: FaceSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._models = models
        self._taken = taken
        self._theme = theme
        self._tasks = tasks
        self._current_face = current_face
        self._canceled = threading.Event()
        self._holding = False
        self._staged: StagedModel | None = None
        self._form: ModelForm | None = None
        self._preview: ModelPreview | None = None
        self.setWindowTitle(self.tr("Add a Model"))
        self._doing = QLabel()
        self._bar = QProgressBar()
        self._note = QLabel()
        self._pages = QStackedWidget()
        self._waiting = QVBoxLayout()
        self._cancel = QPushButton(self.tr("Cancel"))
        self._add = QPushButton(self.tr("Add"))
        self._use = QPushButton(self.tr("Add and Use"))
        self._another = QPushButton(self.tr("Choose Another File …"))
        self._build()
        self._step.connect(self._on_step)

    @property
    def form(self) -> ModelForm | None:
        """The questions, once the file was looked at."""
        return self._form

    @property
    def preview(self) -> ModelPreview | None:
        """What the model says of a face, once the file was looked at."""
        return self._preview

    @property
    def note(self) -> str:
        """What is told at the foot: why it cannot be added (yet)."""
        return self._note.text()

    def begin(self) -> None:
        """Look at the file; a Keras file is compiled, which takes half a minute."""
        self._on_step(Step.INSPECT)
        self._tasks.run(
            partial(_stage, self._path, self._models, self._canceled, self._tell_step),
            self._on_staged,
            self._on_refused,
            title=self.tr("The model was not added"),
        )

    def reject(self) -> None:
        """Give up, unless the model is being kept just now."""
        if not self._holding:
            super().reject()

    def done(self, result: int) -> None:
        """Close, and leave nothing behind of what was not added."""
        self._canceled.set()
        if self._preview is not None:
            self._preview.close_for_good()
        if self._staged is not None:
            self._staged.discard()
        super().done(result)

    def _build(self) -> None:
        self._bar.setRange(0, len(_STEPS))
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        name = QLabel(self._path.name)
        name.setFont(strong_font(self.font()))
        name.setTextFormat(Qt.TextFormat.PlainText)
        self._doing.setObjectName("Muted")
        page = QWidget()
        page.setLayout(self._waiting)
        self._waiting.setContentsMargins(0, 0, 0, 0)
        self._waiting.setSpacing(8)
        self._waiting.addStretch(1)
        for widget in (name, self._bar, self._doing):
            self._waiting.addWidget(widget)
        self._waiting.addStretch(2)
        self._pages.addWidget(page)
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setObjectName("Problem")
        self._note.hide()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._another)
        foot.addStretch(1)
        for button in (self._cancel, self._add, self._use):
            foot.addWidget(button)
        for button in (self._cancel, self._another, self._add, self._use):
            button.setAutoDefault(False)
            button.setVisible(button is self._cancel)
        self._cancel.clicked.connect(self.reject)
        self._add.clicked.connect(lambda: self._keep(use=False))
        self._use.clicked.connect(lambda: self._keep(use=True))
        self._another.clicked.connect(self._on_another)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 24, 24, 16)
        outside.setSpacing(16)
        outside.addWidget(self._pages, 1)
        outside.addWidget(self._note)
        outside.addLayout(foot)
        self.setMinimumSize(_SMALLEST)
        self.resize(_SIZE)

    def _tell_step(self, step: Step) -> None:
        """Called in the thread that looks at the file."""
        if not self._canceled.is_set():
            self._step.emit(step)

    def _on_step(self, step: Step) -> None:
        texts = {
            Step.INSPECT: self.tr("Looking into the file …"),
            Step.COPY: self.tr("Copying it …"),
            Step.START: self.tr("Starting …"),
            Step.LOAD: self.tr("Keras loads the network; that takes a while …"),
            Step.CONVERT: self.tr("Compiling the network for LiteRT …"),
            Step.COMPARE: self.tr("Comparing the answers of both …"),
        }
        self._doing.setText(texts[step])
        self._bar.setValue(_STEPS.index(step) + 1)

    def _on_staged(self, staged: StagedModel) -> None:
        if self._canceled.is_set():
            staged.discard()
            return
        self._staged = staged
        self._form = ModelForm(staged, self._taken)
        self._preview = ModelPreview(staged, self._theme, self._tasks, self._current_face)
        self._preview.setFixedWidth(_PREVIEW_PX)
        area = QScrollArea()
        area.setWidget(self._form)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(24)
        line.addWidget(area, 1)
        line.addWidget(self._preview)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        for button in (self._add, self._use):
            button.show()
        self._use.setDefault(True)
        self._form.changed.connect(self._on_changed)
        self._form.setFocus()
        self._on_changed()

    def _on_changed(self) -> None:
        assert self._form is not None
        assert self._preview is not None
        choices = self._form.choices
        self._preview.set_choices(choices)
        self._say(self._form.problem)
        for button in (self._add, self._use):
            button.setEnabled(choices is not None)

    def _on_refused(self, notice: Notice) -> None:
        if self._canceled.is_set():
            return
        self._doing.hide()
        self._bar.hide()
        self._waiting.insertWidget(_UNDER_NAME, self._note)
        self._say(_sentences(notice))
        self._cancel.setText(self.tr("Close"))
        self._another.show()
        self._another.setDefault(True)

    def _on_another(self) -> None:
        self.reject()
        self.another_requested.emit()

    def _keep(self, *, use: bool) -> None:
        choices = None if self._form is None else self._form.choices
        if self._staged is None or choices is None:
            return
        self._hold(still=True)
        self._say("")
        self._tasks.run(
            partial(self._staged.keep, choices),
            partial(self._on_kept, use),
            self._on_not_kept,
            title=self.tr("The model was not added"),
        )

    def _on_kept(self, use: bool, model_id: str) -> None:
        self._holding = False
        self.accept()
        self.added.emit(model_id, use)

    def _on_not_kept(self, notice: Notice) -> None:
        self._hold(still=False)
        self._say(_sentences(notice))

    def _hold(self, *, still: bool) -> None:
        """Let nothing be pressed while the model is being kept."""
        assert self._form is not None
        self._holding = still
        self._form.setEnabled(not still)
        for button in (self._cancel, self._add, self._use):
            button.setEnabled(not still)

    def _say(self, problem: str) -> None:
        text = f"{problem[:1].upper()}{problem[1:]}"
        self._note.setText(text)
        self._note.setVisible(bool(text))


def _stage(
    path: Path, models: Path, canceled: threading.Event, on_step: Callable[[Step], None]
) -> StagedModel:
    """Look at the file; one that is done too late is dropped here."""
    staged = stage_model(path, models, Watch(on_step, canceled))
    if canceled.is_set():
        staged.discard()
        raise CanceledError("given up")
    return staged


def _sentences(notice: Notice) -> str:
    """What went wrong and what to do, each ending as a sentence does."""
    parts = (part.strip() for part in (notice.text, notice.hint))
    return " ".join(
        part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part
    )
