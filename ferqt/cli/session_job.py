"""The analysis of one source into one session: begun, gone on with, finished and exported."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from ferqt.classifiers.catalog import Catalog, runtime_of
from ferqt.cli.exporting import check_formats, export
from ferqt.cli.jobs import Job, make_folder, shown_location
from ferqt.cli.picture_lines import PictureLines
from ferqt.cli.tellers import Teller
from ferqt.cli.wanted import Wanted
from ferqt.errors import FerqtError, ModelError, OutputError, SessionError
from ferqt.outputs.base import ResultSink
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.store.names import SESSION_NAME
from ferqt.outputs.store.reader import open_session, opened_session, read_facts
from ferqt.outputs.store.writer import SessionWriter
from ferqt.pipeline.batch import BatchOutcome, Parts, analyze_source, batch_options
from ferqt.pipeline.checkpoint import Checkpoint
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.origin import Origin
from ferqt.pipeline.provenance import describe_run, source_file
from ferqt.pipeline.read_ahead import ReadAhead, ReadHere
from ferqt.pipeline.resuming import (
    frame_before,
    listing_of,
    require_same_listing,
    require_same_work,
)
from ferqt.sources.base import Losses, SourceInfo, SourceKind
from ferqt.sources.factory import open_source, source_kind

_LIVE: Final = (SourceKind.CAMERA, SourceKind.STREAM)

_Reader = ReadAhead | ReadHere


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a source.

    Attributes:
        title: Its name.
        kind: What it is.
        facts: What `metadata.json` holds.
        files: Everything that was written beside the session, by this run.
        losses: What the source could not deliver.
        resumed_after: Number of the last frame of an earlier run; None without one.
        nothing_to_do: Whether an earlier run had finished already.
        failure: Why the source could not be read on; None when it could.
    """

    title: str
    kind: SourceKind
    facts: Mapping[str, Any]
    files: tuple[Path, ...]
    losses: Losses
    resumed_after: int | None = None
    nothing_to_do: bool = False
    failure: FerqtError | None = None


class SessionJob:
    """Analyzes sources one after the other, each into `session.db` of its folder.

    Args:
        wanted: What is done with each.
        catalog: Where the models are.
        teller: Is told how it goes.
        should_stop: Asked all the time; True ends the analysis and keeps what is there.
    """

    def __init__(
        self, wanted: Wanted, catalog: Catalog, teller: Teller, should_stop: Callable[[], bool]
    ) -> None:
        self._wanted = wanted
        self._catalog = catalog
        self._teller = teller
        self._should_stop = should_stop

    def run(self, job: Job) -> Done:
        """Analyze a source, or go on with it, and write what was asked for.

        Raises:
            SourceError: It cannot be opened, or has no such part.
            SessionError: An earlier run cannot be gone on with.
            OutputError: Results cannot be written.
            ModelError, DetectorError: Neither this nor another source can be analyzed.
        """
        path = job.folder / SESSION_NAME
        going_on = self._wanted.resume and path.exists()
        if going_on and open_facts(path).get("complete"):
            return self._finished(job, path)
        with ExitStack() as stack:
            writer, start = self._stored(path, stack) if going_on else (None, None)
            reader = self._reader(job, start)
            stack.enter_context(reader)
            info = reader.info
            self._wanted.part.check(info)
            check_formats(self._wanted.formats, info)
            work = self._work(info)
            if writer is None:
                make_folder(job.folder)
                writer = self._begun(path, info, work, stack)
            else:
                require_same_work(writer.facts, work.facts)
                if start is not None:
                    require_same_listing(start, work.listing, info.title)
            done = self._analyzed(job, reader, writer, work, start)
        document = open_session(path)
        files = export(document, job.folder, self._wanted, self._teller, self._should_stop)
        return replace(done, files=files)

    def _stored(self, path: Path, stack: ExitStack) -> tuple[SessionWriter, Checkpoint | None]:
        writer, stored = SessionWriter.resume(path)
        stack.enter_context(writer)
        return writer, None if stored is None else Checkpoint.from_json(stored)

    def _reader(self, job: Job, start: Checkpoint | None) -> "_Reader":
        live = source_kind(job.location) in _LIVE
        if live and start is not None:
            raise SessionError(
                f"a camera or stream cannot go on: '{shown_location(job.location)}'",
                "Begin anew with --overwrite, or in another folder.",
            )
        # What a camera sends while nobody reads is lost, so it always has a thread of its own.
        reader: type[_Reader] = ReadAhead if live or self._wanted.overlap else ReadHere
        return reader(
            partial(open_source, job.location),
            start_s=self._wanted.part.start_s,
            again=None if start is None else frame_before(start),
            should_stop=self._should_stop,
        )

    def _work(self, info: SourceInfo) -> "_Work":
        config = _config_for(self._wanted, info.kind)
        origin = _planned_origin(config, self._catalog)
        file = source_file(info)
        nothing = BatchOutcome(complete=False)
        facts = describe_run(info, self._wanted.part, origin, nothing, file)
        return _Work(config, origin, file, facts, listing_of(info))

    def _begun(
        self, path: Path, info: SourceInfo, work: "_Work", stack: ExitStack
    ) -> SessionWriter:
        other = work.origin.other_card
        layout = RowLayout(
            work.origin.card.output.labels,
            compared=None if other is None else other.output.labels,
            blendshapes=work.config.detector.blendshapes,
        )
        writer = SessionWriter.create(
            path,
            layout,
            work.facts,
            source=shown_location(info.location),
            overwrite=self._wanted.overwrite,
        )
        return stack.enter_context(writer)

    def _analyzed(
        self,
        job: Job,
        reader: "_Reader",
        writer: SessionWriter,
        work: "_Work",
        start: Checkpoint | None,
    ) -> Done:
        info, part = reader.info, self._wanted.part
        sinks: list[ResultSink] = [writer]
        if info.kind is SourceKind.IMAGES:
            sinks.append(PictureLines(self._teller.print))
        read = 0 if start is None else start.position.read
        self._teller.begin(info.title, str(job.folder), part.expected_frames(info), read)
        try:
            outcome = analyze_source(
                reader,
                Parts.of(work.config, self._catalog),
                sinks,
                part=part,
                start=start,
                listing=work.listing,
                overlap=self._wanted.overlap,
                commit=lambda checkpoint: writer.commit(checkpoint.to_json()),
                on_progress=self._teller.show,
            )
        except (OutputError, SessionError):
            # The writer has closed the session, or there is nothing to say in it.
            raise
        except FerqtError as error:
            writer.fail(error.message)
            raise
        # A live source knows its size only after its frames.
        reader.close()
        assert outcome.origin is not None, "it is known after the last step"
        facts = describe_run(reader.info, part, outcome.origin, outcome, work.file)
        writer.finish(facts)
        return Done(
            info.title,
            info.kind,
            facts,
            (),
            outcome.losses,
            None if start is None else start.position.frame,
            failure=outcome.failure,
        )

    def _finished(self, job: Job, path: Path) -> Done:
        """Write what is missing beside a session that is finished."""
        with self._reader(job, None) as reader:
            info = reader.info
            check_formats(self._wanted.formats, info)
            work = self._work(info)
        document = open_session(path)
        require_same_work(document.facts, work.facts)
        self._teller.begin(info.title, str(job.folder), None, 0)
        files = export(
            document, job.folder, self._wanted, self._teller, self._should_stop, missing_only=True
        )
        source = document.facts.get("source", {})
        skipped = tuple((name, "not readable") for name in source.get("skipped", ()))
        losses = Losses(skipped, source.get("lost_frames", 0))
        return Done(info.title, info.kind, document.facts, files, losses, nothing_to_do=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Work:
    """What an analysis is made with, known before its first frame."""

    config: PipelineConfig
    origin: Origin
    file: Mapping[str, Any]
    facts: Mapping[str, Any]
    listing: str


def open_facts(path: Path) -> Mapping[str, Any]:
    """Return what a session says of itself.

    Raises:
        SessionError: It cannot be read.
    """
    with opened_session(path) as connection:
        return read_facts(connection)


def _config_for(wanted: Wanted, kind: SourceKind) -> PipelineConfig:
    options = batch_options(wanted.config.detector, kind)
    aside = wanted.overlap and kind is not SourceKind.IMAGES
    return replace(wanted.config, detector=replace(options, search_aside=aside))


def _planned_origin(config: PipelineConfig, catalog: Catalog) -> Origin:
    """Return what will read the frames, as far as that is known before anything is loaded."""
    entry = catalog.entry(config.model_id)
    if entry.card is None:
        raise ModelError(f"model {entry.id!r} cannot be used: {entry.problem}")
    if not config.compare_id:
        return Origin(entry.card, runtime_of(entry), config)
    other = catalog.entry(config.compare_id)
    if other.card is None:
        raise ModelError(f"model {other.id!r} cannot be used: {other.problem}")
    return Origin(entry.card, runtime_of(entry), config, other.card, runtime_of(other))
