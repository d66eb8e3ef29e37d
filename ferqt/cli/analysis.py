"""The work of `ferqt analyze`: sources one after the other through one pipeline."""

import argparse
import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Self

from ferqt import __version__
from ferqt.classifiers.catalog import Catalog
from ferqt.cli.console import (
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_INTERRUPTED,
    print_json,
    report,
    report_error,
)
from ferqt.cli.interrupt import InterruptRequest
from ferqt.cli.jobs import Job, make_folder, plan_jobs, refuse_old_results, shown_location
from ferqt.cli.picture_lines import PictureLines
from ferqt.cli.progress import ProgressBar
from ferqt.errors import OutputError, SourceError
from ferqt.outputs.base import OutputFormat, ResultSink
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.metadata import write_metadata
from ferqt.outputs.registry import formats_named
from ferqt.paths import models_dir, user_models_dir
from ferqt.pipeline.batch import BatchOutcome, Part, analyze_source, batch_options
from ferqt.pipeline.build import build_pipeline, choose_config, reconfigure
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.pipeline import Pipeline
from ferqt.pipeline.provenance import describe_run
from ferqt.pipeline.read_ahead import ReadAhead
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.factory import open_source

_log = logging.getLogger(__name__)


def analyze_all(args: argparse.Namespace) -> int:
    """Analyze all sources; one that fails does not stop the others.

    Returns:
        The exit code: 0 all done, 1 some failed, 130 interrupted.

    Raises:
        UsageError: The arguments contradict each other or name what is not known.
        ModelError, DetectorError: No source can be analyzed with these.
    """
    part = Part(args.start_s, args.stop_s, args.every)
    formats = formats_named(args.format)
    catalog = Catalog((models_dir(), user_models_dir()))
    config = choose_config(catalog, args.model, args.detector)
    jobs = plan_jobs(args.sources, args.out)
    if not args.overwrite:
        refuse_old_results(jobs, formats)
    reports: list[dict[str, Any]] = []
    interrupt = InterruptRequest()
    with _Engine(config, catalog) as engine:
        analysis = _Analysis(engine, formats, part, args, interrupt)
        for job in jobs:
            if interrupt.requested:
                break
            reports.append(analysis.run(job))
    if args.json:
        print_json(
            {
                "program": "ferqt",
                "version": __version__,
                "model": config.model_id,
                "detector": config.detector_id,
                "sources": reports,
            }
        )
    if interrupt.requested:
        report("interrupted", "The rows that are written are whole.")
        return EXIT_INTERRUPTED
    return EXIT_DONE if all(one["status"] == "done" for one in reports) else EXIT_FAILED


class _Engine:
    """One pipeline for all sources, built when the first of them is open.

    A missing file is told at once then, not after a network was loaded.
    """

    def __init__(self, config: PipelineConfig, catalog: Catalog) -> None:
        self._config = config
        self._catalog = catalog
        self._pipeline: Pipeline | None = None

    def pipeline(self, kind: SourceKind) -> Pipeline:
        """Return the pipeline, set for this kind of source."""
        options = batch_options(self._config.detector, kind)
        config = replace(self._config, detector=options)
        if self._pipeline is None:
            self._pipeline = build_pipeline(config, self._catalog)
        else:
            reconfigure(self._pipeline, config, self._catalog)
        return self._pipeline

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._pipeline is not None:
            self._pipeline.close()


class _Analysis:
    """Analyzes one source after the other and says what came of each."""

    def __init__(
        self,
        engine: _Engine,
        formats: Sequence[OutputFormat],
        part: Part,
        args: argparse.Namespace,
        interrupt: InterruptRequest,
    ) -> None:
        self._engine = engine
        self._formats = formats
        self._part = part
        self._overwrite: bool = args.overwrite
        self._quiet: bool = args.json
        self._interrupt = interrupt
        self._should_stop: Callable[[], bool] = lambda: interrupt.requested

    def run(self, job: Job) -> dict[str, Any]:
        """Analyze a source; its failure is reported and returned.

        Raises:
            ModelError, DetectorError: Neither this nor another source can be analyzed.
        """
        result: dict[str, Any] = {"source": shown_location(job.location), "folder": str(job.folder)}
        try:
            result.update(self._analyze(job))
        except (SourceError, OutputError) as error:
            # Not the location: a URL may hold a password.
            _log.exception("the analysis into %s failed", job.folder)
            report_error(error)
            result.update(status="failed", error=error.message, hint=error.hint)
        return result

    def _analyze(self, job: Job) -> dict[str, Any]:
        reader = ReadAhead(
            partial(open_source, job.location),
            start_s=self._part.start_s,
            should_stop=self._should_stop,
        )
        with reader:
            self._part.check(reader.info)
            pipeline = self._engine.pipeline(reader.info.kind)
            make_folder(job.folder)
            total = self._part.expected_frames(reader.info)
            with ExitStack() as stack:
                stack.enter_context(self._interrupt)
                bar = stack.enter_context(ProgressBar(reader.info.title, total))
                paths = [job.folder / one.file_name for one in self._formats]
                layout = RowLayout(pipeline.card.output.labels)
                sinks: list[ResultSink] = [
                    stack.enter_context(one.open(path, layout, self._overwrite))
                    for one, path in zip(self._formats, paths, strict=True)
                ]
                if reader.info.kind is SourceKind.IMAGES and not self._quiet:
                    sinks.append(PictureLines(bar.print))
                outcome = analyze_source(
                    reader,
                    pipeline,
                    sinks,
                    part=self._part,
                    on_progress=bar.show,
                    should_stop=self._should_stop,
                )
            # What was lost is known when the reading thread has ended.
            reader.close()
            paths.append(
                write_metadata(
                    job.folder,
                    describe_run(reader.info, self._part, pipeline, outcome, reader.losses),
                )
            )
            return self._conclude(job, reader, outcome, paths)

    def _conclude(
        self, job: Job, reader: ReadAhead, outcome: BatchOutcome, paths: Sequence[Path]
    ) -> dict[str, Any]:
        losses = reader.losses
        for name, reason in losses.skipped:
            report(f"passed over '{name}': {reason}")
        if losses.lost_frames:
            report(f"damaged frames of '{reader.info.title}': {losses.lost_frames} are missing")
        if not self._quiet:
            print(_summary(reader.info, outcome, job.folder), flush=True)
        status = "failed" if losses.skipped else "done"
        return {
            "status": status if outcome.complete else "interrupted",
            "files": [str(path) for path in paths],
            "frames": outcome.frames,
            "frames_with_faces": outcome.frames_with_faces,
            "faces": outcome.faces,
            "skipped": [{"name": name, "reason": reason} for name, reason in losses.skipped],
            "lost_frames": losses.lost_frames,
        }


def _summary(info: SourceInfo, outcome: BatchOutcome, folder: Path) -> str:
    unit = "picture" if info.kind is SourceKind.IMAGES else "frame"
    return (
        f"{info.title}: {_count(outcome.frames, unit)}, {outcome.frames_with_faces} with faces, "
        f"{_count(outcome.faces, 'face')} -> {folder}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
