"""Makes models ready in the background, then lets them answer or be compared."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, SignalInstance

from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import Catalog, prepare_model
from ferqt.core.types import Notice, Severity
from ferqt.errors import ModelError
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.notifications import notice_of
from ferqt.runtime.tasks import TaskRunner


class ModelSwitch(QObject):
    """Chooses the model that answers and the one that it is compared with.

    What runs goes on until the new model is ready; of several wishes the newest counts. Lives on
    the GUI thread.

    Args:
        catalog: The models.
        tasks: Runs what takes long.
        config: Tells the settings that are wished for now.
        apply: Wishes for other settings.
    """

    loading = Signal(str)
    """Id of the model that is being made ready to answer; "" when it is done."""

    compare_loading = Signal(str)
    """Id of the model that is being made ready for comparing; "" when it is done."""

    compare_changed = Signal(object)
    """ModelCard of the model that is compared from now on; None for none."""

    notice_posted = Signal(object)
    """Notice: a model cannot be used."""

    def __init__(
        self,
        catalog: Catalog,
        tasks: TaskRunner,
        config: Callable[[], PipelineConfig],
        apply: Callable[[PipelineConfig], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._tasks = tasks
        self._config = config
        self._apply = apply
        self._wish = _Wish(self.loading)
        self._compare_wish = _Wish(self.compare_loading)
        self._compared: ModelCard | None = None

    @property
    def compared(self) -> ModelCard | None:
        """Card of the model that is compared now, None for none."""
        return self._compared

    def select(self, model_id: str) -> None:
        """Let another model answer; if it is the compared one, both change places."""
        title = self.tr("The model was not changed")
        self._prepare(model_id, self._wish, title, self._on_prepared)

    def select_next(self, direction: int) -> None:
        """Select the next usable model of the catalog, or the one before with -1."""
        ids = [entry.id for entry in self._catalog.entries if entry.card is not None]
        if not ids:
            return
        wanted = self._config().model_id
        now = ids.index(wanted) if wanted in ids else -direction
        following = ids[(now + direction) % len(ids)]
        if following != wanted:
            self.select(following)

    def compare(self, model_id: str) -> None:
        """Let a second model read the same faces; "" for none."""
        title = self.tr("The model is not compared")
        if not model_id:
            self._compare_wish.end()
            self._apply(replace(self._config(), compare_id=""))
        elif model_id == self._config().model_id:
            text = self.tr("It is the model that answers already")
            hint = self.tr("Choose another model.")
            self.notice_posted.emit(Notice(Severity.WARNING, title, text, hint))
        else:
            self._prepare(model_id, self._compare_wish, title, self._on_compare_prepared)

    def settle(self, config: PipelineConfig) -> None:
        """Take note of the settings in force."""
        self._end_wishes(config)
        now = "" if self._compared is None else self._compared.id
        if config.compare_id != now:
            entry = self._catalog.entry(config.compare_id) if config.compare_id else None
            self._compared = None if entry is None else entry.card
            self.compare_changed.emit(self._compared)

    def give_up(self, refused: PipelineConfig) -> None:
        """Take note that settings could not be put in force."""
        self._end_wishes(refused)

    def _end_wishes(self, config: PipelineConfig) -> None:
        # A model that is still being made ready has not been asked for yet.
        if self._wish.model_id in ("", config.model_id):
            self._wish.end()
        if self._compare_wish.model_id in ("", config.compare_id):
            self._compare_wish.end()

    def _prepare(
        self, model_id: str, wish: "_Wish", title: str, on_ready: Callable[[str], None]
    ) -> None:
        def on_prepared(_: object) -> None:
            if wish.model_id == model_id:
                on_ready(model_id)

        def on_failed(notice: Notice) -> None:
            if wish.model_id == model_id:
                wish.end()
            self.notice_posted.emit(notice)

        try:
            entry = self._catalog.entry(model_id)
        except ModelError as error:
            self.notice_posted.emit(notice_of(error, title))
            return
        wish.begin(model_id)
        self._tasks.run(partial(prepare_model, entry), on_prepared, on_failed, title=title)

    def _on_prepared(self, model_id: str) -> None:
        config = self._config()
        compare_id = config.model_id if config.compare_id == model_id else config.compare_id
        self._apply(replace(config, model_id=model_id, compare_id=compare_id))

    def _on_compare_prepared(self, model_id: str) -> None:
        config = self._config()
        if model_id == config.model_id:
            self._compare_wish.end()
        else:
            self._apply(replace(config, compare_id=model_id))


class _Wish:
    """A model that was asked for and does not run yet; "" for none."""

    def __init__(self, loading: SignalInstance) -> None:
        self._loading = loading
        self.model_id = ""

    def begin(self, model_id: str) -> None:
        self.model_id = model_id
        self._loading.emit(model_id)

    def end(self) -> None:
        self.model_id = ""
        self._loading.emit("")
