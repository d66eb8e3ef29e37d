"""What `ferqt analyze` was asked for, read from its arguments once."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Self

from ferqt.classifiers.catalog import Catalog
from ferqt.core.episodes import EpisodeRule
from ferqt.errors import UsageError
from ferqt.outputs.exports.base import ExportFormat, ExportOptions
from ferqt.outputs.exports.registry import formats_named
from ferqt.pipeline.build import choose_config
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.part import Part

_REPORT: Final = "html"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is done with each source.

    Attributes:
        config: Model, detector and settings.
        part: Which frames.
        formats: Files to write beside the session.
        options: What they tell.
        annotated: Whether a film with the overlay is written.
        blur: Whether faces are blurred in it and in the report.
        overlap: Whether the stages of an analysis have threads of their own.
        overwrite: Whether older results are replaced.
        resume: Whether an analysis that was broken off goes on.
    """

    config: PipelineConfig
    part: Part
    formats: Sequence[ExportFormat]
    options: ExportOptions
    annotated: bool
    blur: bool
    overlap: bool
    overwrite: bool
    resume: bool

    @classmethod
    def of(cls, args: argparse.Namespace, catalog: Catalog) -> Self:
        """Read the arguments.

        Raises:
            UsageError: They contradict each other or name what is not known.
            ModelError: No model can be used at all.
        """
        if args.resume and args.overwrite:
            raise UsageError(
                "an analysis cannot both go on and begin anew",
                "Give --resume or --overwrite, not both.",
            )
        formats = formats_named(args.format)
        if args.blur and not (args.annotated or any(one.id == _REPORT for one in formats)):
            raise UsageError(
                "faces are blurred in the annotated video and in reports only",
                "Give --annotated or --format html, too.",
            )
        if args.progress and args.json:
            raise UsageError(
                "--progress and --json both write to standard output", "Give one of them."
            )
        return cls(
            config=_config(args, catalog),
            part=Part(args.start_s, args.stop_s, args.every),
            formats=formats,
            options=_options(args, catalog),
            annotated=args.annotated,
            blur=args.blur,
            overlap=args.threads is None or args.threads > 1,
            overwrite=args.overwrite,
            resume=args.resume,
        )


def _config(args: argparse.Namespace, catalog: Catalog) -> PipelineConfig:
    config = choose_config(catalog, args.model, args.detector)
    if args.compare is not None:
        config = replace(config, compare_id=choose_config(catalog, args.compare).model_id)
        if config.compare_id == config.model_id:
            raise UsageError(
                f"a model cannot be compared with itself: {config.model_id!r}",
                "Choose another one for --compare.",
            )
    if args.smoothing_s is not None:
        config = replace(config, smoothing_s=args.smoothing_s)
    if args.uncertain_below is not None:
        config = replace(config, uncertain_below=args.uncertain_below)
    detector = replace(config.detector, blendshapes=args.blendshapes)
    return replace(config, detector=detector)


def _options(args: argparse.Namespace, catalog: Catalog) -> ExportOptions:
    # It brings the templates of reports along.
    from ferqt.pipeline.session_report import report_options

    return ExportOptions(
        _rule(args),
        blendshapes=args.blendshapes,
        report=partial(report_options, catalog=catalog, blur=args.blur),
    )


def _rule(args: argparse.Namespace) -> EpisodeRule:
    usual = EpisodeRule()
    enter = usual.enter if args.enter is None else args.enter
    leave = min(usual.leave, enter) if args.leave is None else args.leave
    shortest = usual.min_duration_s if args.min_duration_s is None else args.min_duration_s
    return replace(usual, min_duration_s=shortest, enter=enter, leave=leave)
