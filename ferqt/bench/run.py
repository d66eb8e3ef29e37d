"""Measures what a plan asks for, one thing after the other, so that none disturbs another."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from ferqt.bench import plan as parts
from ferqt.bench.analysis import measure_analysis
from ferqt.bench.clip import Clip, check_source, read_clip, scene_clip, write_video
from ferqt.bench.live import measure_live
from ferqt.bench.machine import LoadWatch, describe_machine
from ferqt.bench.painting import measure_painting
from ferqt.bench.plan import Plan
from ferqt.bench.report import Problem, Report, Row
from ferqt.bench.scenes import FPS, ONE_FACE, Setting, scene_pictures
from ferqt.bench.startup import measure_memory, measure_start
from ferqt.classifiers.catalog import Catalog, prepare_model
from ferqt.core.timing import short_thread_turns
from ferqt.core.types import Image
from ferqt.drafts import scratch_folder
from ferqt.errors import FerqtError, OutputError
from ferqt.faces.registry import DETECTORS
from ferqt.pipeline.config import PipelineConfig

_PAINT_SHARE: Final = 0.2
"""A paint takes a few ms and varies little: a fifth of the time of a live run is enough."""


class Bench:
    """One run.

    Args:
        plan: What is measured.
        config: Model and detector where nothing else is said.
        catalog: All models.
    """

    def __init__(self, plan: Plan, config: PipelineConfig, catalog: Catalog) -> None:
        self._plan = plan
        self._config = config
        self._catalog = catalog
        self._on_step: Callable[[int], None] = lambda _done: None
        self._done = 0
        self._report = Report(describe_machine(config), plan.source, plan.seconds)
        self._models = [entry for entry in catalog.entries if entry.card is not None]
        self._scenes: list[Setting | str] = (
            list(plan.scenes) if plan.source is None else [plan.source]
        )

    @property
    def steps(self) -> int:
        """How many steps the run has."""
        counts = {
            parts.LIVE: len(self._scenes),
            parts.DETECTORS: len(DETECTORS),
            parts.MODELS: len(self._models),
        }
        return sum(counts.get(part, 1) for part in self._plan.parts)

    def run(self, on_step: Callable[[int], None]) -> Report:
        """Measure everything; what cannot be measured is told in the report.

        Args:
            on_step: Called with the number of steps done; there are `steps` of them.

        Raises:
            UsageError: The source is no file.
            SourceError: The source cannot be read.
            ModelError, DetectorError: The usual model or detector cannot be loaded.
            OutputError: There is no room for temporary files.
            KeyboardInterrupt: Ctrl+C; nothing is left behind.
        """
        if self._plan.source is not None:
            check_source(self._plan.source)
        self._on_step = on_step
        watch = LoadWatch()
        measures = {
            parts.LIVE: self._measure_live,
            parts.DETECTORS: self._measure_detectors,
            parts.MODELS: self._measure_models,
            parts.PAINTING: self._measure_painting,
            parts.START: self._measure_start,
            parts.ANALYSIS: self._measure_analysis,
        }
        with _room() as folder, short_thread_turns():
            for part in self._plan.parts:
                measures[part](folder)
        self._report.load = watch.load()
        return self._report

    def _measure_live(self, folder: Path) -> None:
        for scene in self._scenes:
            self._report.live.append(self._row(scene, self._clip(scene, folder), self._config))
            self._step()

    def _measure_detectors(self, folder: Path) -> None:
        scene = self._plan.source or ONE_FACE
        clip = self._clip(scene, folder)
        configs = [replace(self._config, detector_id=each) for each in DETECTORS]
        for config in configs:
            with self._told(config.detector_id):
                self._report.detectors.append(self._row(scene, clip, config))
            self._step()

    def _measure_models(self, folder: Path) -> None:
        scene = self._plan.source or ONE_FACE
        clip = self._clip(scene, folder)
        for entry in self._models:
            with self._told(entry.id):
                # A model that was never compiled is compiled now, which is not to be measured.
                prepare_model(entry)
                config = replace(self._config, model_id=entry.id)
                self._report.models.append(self._row(scene, clip, config))
            self._step()

    def _measure_painting(self, _folder: Path) -> None:
        with self._told(parts.PAINTING):
            self._report.painting = measure_painting(
                self._scenes, self._config, self._plan.seconds * _PAINT_SHARE
            )
        self._step()

    def _measure_start(self, _folder: Path) -> None:
        with self._told(parts.START):
            self._report.start = measure_start(self._config, self._plan.starts)
        self._step()

    def _measure_analysis(self, folder: Path) -> None:
        path, fps = self._film(folder)
        with self._told(parts.ANALYSIS):
            self._report.analysis = measure_analysis(
                path, self._config, folder / "results", fps, self._plan.analysis_s
            )
        self._step()

    def _film(self, folder: Path) -> tuple[Path, float | None]:
        """The file to analyze, and its frames a second; none for pictures."""
        if self._plan.source is not None:
            clip = read_clip(self._plan.source, 1)
            return Path(self._plan.source), None if clip.pictures else clip.fps
        path = folder / "one-face.mp4"
        write_video(path, _going_round(self._plan.frames, self._plan.analysis_s))
        return path, float(FPS)

    def _clip(self, scene: Setting | str, folder: Path) -> Clip:
        if isinstance(scene, str):
            return read_clip(scene, self._plan.frames)
        return scene_clip(scene, self._plan.frames, folder)

    def _row(self, scene: Setting | str, clip: Clip, config: PipelineConfig) -> Row:
        plan = self._plan
        live = measure_live(clip, config, self._catalog, plan.seconds, plan.at_least)
        placed = scene.faces if isinstance(scene, Setting) else None
        return Row(placed, live, measure_memory(config, scene))

    def _step(self) -> None:
        self._done += 1
        self._on_step(self._done)

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Note a failure of one thing and go on with the next."""
        try:
            yield
        except FerqtError as error:
            self._report.problems.append(Problem(what, error.message))


def _going_round(period: int, seconds: float) -> Iterable[Image]:
    """Pictures of one face for some time."""
    pictures = list(scene_pictures(ONE_FACE, period))
    return (pictures[number % period] for number in range(round(seconds * FPS)))


@contextmanager
def _room() -> Iterator[Path]:
    place = Path(tempfile.gettempdir())
    try:
        with scratch_folder(place, ".ferqt-bench-") as folder:
            yield folder
    except OSError as error:
        raise OutputError(
            f"no room for temporary files in '{place}' ({error.strerror or error})",
            "Free some space on that disk, or set TMPDIR.",
        ) from error
