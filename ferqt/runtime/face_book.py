"""What a person says of the faces of the open source: names, merges, neutral baselines."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from ferqt.classifiers.card import ModelCard
from ferqt.core.baseline import Baseline
from ferqt.core.people import People
from ferqt.core.types import FrameResult, Notice, Severity
from ferqt.errors import FerqtError
from ferqt.pipeline.config import PipelineConfig
from ferqt.runtime.calibration import BaselineCollector
from ferqt.runtime.notifications import notice_of
from ferqt.sources.base import SourceInfo, SourceKind


class FaceBook(QObject):
    """Turns wishes about faces into settings of the pipeline; refuses those without sense.

    Lives on the GUI thread; the session attaches sources and results. Nothing outlives a source,
    because ids start over with the next.

    Args:
        config: Tells the settings that are wished for now.
        apply: Wishes for other settings.
    """

    baseline_progress = Signal(int, float)
    """Face and share of its neutral face that was seen: 1.0 done, less than 0 given up."""

    notice_posted = Signal(object)
    """Notice: a wish was refused or failed."""

    def __init__(
        self,
        config: Callable[[], PipelineConfig],
        apply: Callable[[PipelineConfig], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._config = config
        self._apply = apply
        self._info: SourceInfo | None = None
        self._latest: FrameResult | None = None
        self._collector = BaselineCollector(parent=self)
        self._collector.progress.connect(self.baseline_progress)
        self._collector.learned.connect(self._on_learned)
        self._collector.notice_posted.connect(self.notice_posted)

    def attach(self, info: SourceInfo) -> None:
        """Know the faces of another source from now on."""
        self._info = info

    def detach(self) -> None:
        """Forget everything: the source was closed."""
        self._info = self._latest = None
        self._collector.cancel_all()
        config = self._config()
        if config.people != People() or config.baselines:
            self._apply(replace(config, people=People(), baselines=MappingProxyType({})))

    def follow(self, results: Sequence[FrameResult]) -> None:
        """Take in what was read, in order; light samples suffice."""
        if results:
            self._latest = results[-1]
            self._collector.add(results)

    def rename(self, track_id: int, name: str) -> None:
        """Give a face a name, or take it away with ""."""
        config = self._config()
        if self._knows_people():
            self._apply(replace(config, people=config.people.renamed(track_id, name)))

    def merge(self, track_id: int, into: int) -> None:
        """Let a face go by the id of another, which it is in truth, from the next frame on."""
        if not self._knows_people():
            return
        title = self.tr("The faces were not merged")
        config = self._config()
        gone, stays = config.people.id_of(track_id), config.people.id_of(into)
        if gone != stays and self._seen(gone) and self._seen(stays):
            text = self.tr("Both are in the picture at the same time")
            hint = self.tr("Merge a face that came back with the one that it was before.")
            self.notice_posted.emit(Notice(Severity.WARNING, title, text, hint))
            return
        try:
            people = config.people.merged_into(track_id, into)
        except FerqtError as error:
            self.notice_posted.emit(notice_of(error, title))
            return
        baselines = dict(config.baselines)
        if (baseline := baselines.pop(gone, None)) is not None:
            baselines.setdefault(stays, baseline)
        self._apply(replace(config, people=people, baselines=MappingProxyType(baselines)))
        self._collector.merge(gone, stays)

    def start_baseline(self, track_id: int, *, running: bool) -> None:
        """Look at a face until its neutral baseline is known.

        Args:
            track_id: The face.
            running: Whether the source gives new frames; a look at one frame is none.
        """
        if not self._knows_people():
            return
        if not running:
            title = self.tr("The neutral face was not learned")
            text = self.tr("The picture stands still")
            hint = self.tr("Let it run while the face is held neutral.")
            self.notice_posted.emit(Notice(Severity.WARNING, title, text, hint))
            return
        self._collector.start(self._config().people.id_of(track_id))

    def clear_baseline(self, track_id: int) -> None:
        """Show a face as the models read it; ends a look at it, too."""
        config = self._config()
        known = config.people.id_of(track_id)
        self._collector.cancel(known)
        if known in config.baselines:
            kept = {other: one for other, one in config.baselines.items() if other != known}
            self._apply(replace(config, baselines=MappingProxyType(kept)))

    def check_model(self, card: ModelCard) -> None:
        """Say so when another model answers that never saw the neutral faces."""
        baselines = self._config().baselines.values()
        if any(one.of(card.id, card.output.labels) is None for one in baselines):
            title = self.tr("Neutral baselines have to be taken anew")
            text = self.tr("{model} has not seen them and shows faces as it reads them").format(
                model=card.name
            )
            hint = self.tr("Take them again, or go back to the other model.")
            self.notice_posted.emit(Notice(Severity.INFO, title, text, hint))

    def _knows_people(self) -> bool:
        if self._info is not None and self._info.kind is SourceKind.IMAGES:
            title = self.tr("Faces of pictures stay as they are")
            text = self.tr("In each picture faces are counted anew, so none is known again")
            hint = self.tr(
                "Open a video or a camera to name or merge faces, or to take a baseline."
            )
            self.notice_posted.emit(Notice(Severity.INFO, title, text, hint))
            return False
        return self._info is not None

    def _seen(self, track_id: int) -> bool:
        return self._latest is not None and self._latest.face(track_id) is not None

    def _on_learned(self, track_id: int, baseline: Baseline) -> None:
        config = self._config()
        baselines = MappingProxyType({**config.baselines, track_id: baseline})
        self._apply(replace(config, baselines=baselines))
