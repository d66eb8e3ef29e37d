"""The live pipeline on frames in memory: its stages, its pace, and how late its results are.

It runs in a thread of its own, as in the window: networks stay in the thread that made them.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from threading import Event, Thread
from types import MappingProxyType
from typing import Final

from ferqt.bench.clip import Clip
from ferqt.bench.figures import Figures, rate
from ferqt.bench.worker import in_thread
from ferqt.classifiers.catalog import Catalog, load_classifier
from ferqt.core.latest import Closed, LatestSlot
from ferqt.core.types import FaceResult, Frame, FrameResult
from ferqt.faces.face_mesh import FaceMesh, Region
from ferqt.faces.registry import build_detector
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.pipeline import Pipeline

PIPELINE_STAGES: Final = ("detect", "track", "crop", "classify", "smooth")

SEARCH_ROUND: Final = 30
"""Frames in which every detector has had all its turns: a whole number of them is measured, so that
the mean is right."""

_WARM_UP: Final = 5
_LANDMARKS_EVERY: Final = 3
_WAIT_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class LiveFigures:
    """What the live pipeline took for a clip.

    Attributes:
        model_id: The model.
        runtime: What ran it.
        detector_id: The detector.
        size: Of the pictures, as "1280x720".
        faces: Median number of faces found in a frame.
        frames: Number of frames that the figures are of.
        load_ms: Loading the "model" and the "detector".
        stages_ms: By stage. "detect" holds all that the detector does, landmarks and search;
            "landmarks" are those of all faces of a frame alone, measured by themselves.
        frame_ms: The whole of a frame, from its pixels to its result.
        results_per_s: Frames read a second, one after the other.
        latency_ms: From a frame's capture to its result, while frames come at the clip's own pace;
            None when none came in time.
        paced_fps: That pace.
        dropped: Frames that were replaced by newer ones meanwhile.
    """

    model_id: str
    runtime: str
    detector_id: str
    size: str
    faces: int
    frames: int
    load_ms: Mapping[str, float]
    stages_ms: Mapping[str, Figures]
    frame_ms: Figures
    results_per_s: float
    latency_ms: Figures | None
    paced_fps: float
    dropped: int


def measure_live(
    clip: Clip,
    config: PipelineConfig,
    catalog: Catalog,
    seconds: float,
    at_least: int = SEARCH_ROUND,
) -> LiveFigures:
    """Run the pipeline on a clip in a thread of its own, as quick as it goes and then paced.

    Args:
        clip: What it reads.
        config: Model, detector and settings.
        catalog: Where the model is.
        seconds: For each of the two runs.
        at_least: Frames to read in the first, however long it takes.

    Raises:
        ModelError, DetectorError: A part cannot be loaded.
        KeyboardInterrupt: Ctrl+C; the thread has ended then.
    """
    return in_thread(
        lambda stop: _LiveRun(clip, config, catalog, stop).run(seconds, at_least),
        "ferqt-bench-live",
    )


class _LiveRun:
    """One measurement; made and run in its thread."""

    def __init__(self, clip: Clip, config: PipelineConfig, catalog: Catalog, stop: Event) -> None:
        self._clip = clip
        self._config = config
        self._catalog = catalog
        self._stop = stop
        self._frames = clip.endless()
        self._load_ms: dict[str, float] = {}
        self._stages_ms: defaultdict[str, list[float]] = defaultdict(list)
        self._frame_ms: list[float] = []
        self._found: list[int] = []

    def run(self, seconds: float, at_least: int) -> LiveFigures:
        with closing(self._loaded()) as pipeline:
            for frame in islice(self._frames, _WARM_UP):
                self._process(pipeline, frame)
            with closing(FaceMesh(self._config.detector.threads)) as mesh:
                self._run_through(pipeline, mesh, seconds, at_least)
            latencies_ms, dropped = self._run_paced(pipeline, seconds)
            runtime = pipeline.runtime
        frame_ms = Figures.of(self._frame_ms)
        assert frame_ms is not None, "a frame was read"
        times = {"decode": self._clip.decode_ms, **self._stages_ms}
        figures = {stage: Figures.of(spent) for stage, spent in times.items()}
        return LiveFigures(
            model_id=self._config.model_id,
            runtime=runtime,
            detector_id=self._config.detector_id,
            size=self._clip.size,
            faces=round(statistics.median(self._found)),
            frames=len(self._frame_ms),
            load_ms=MappingProxyType(self._load_ms),
            stages_ms=MappingProxyType(
                {stage: found for stage, found in figures.items() if found is not None}
            ),
            frame_ms=frame_ms,
            results_per_s=rate(len(self._frame_ms), sum(self._frame_ms) / 1000),
            latency_ms=Figures.of(latencies_ms),
            paced_fps=round(self._clip.fps, 2),
            dropped=dropped,
        )

    def _loaded(self) -> Pipeline:
        began = time.perf_counter()
        entry = self._catalog.entry(self._config.model_id)
        classifier = load_classifier(entry, threads=self._config.threads)
        loaded = time.perf_counter()
        try:
            detector = build_detector(self._config.detector_id, self._config.detector)
        except BaseException:
            classifier.close()
            raise
        self._load_ms["model"] = round((loaded - began) * 1000, 1)
        self._load_ms["detector"] = round((time.perf_counter() - loaded) * 1000, 1)
        return Pipeline(self._config, detector, classifier)

    def _process(self, pipeline: Pipeline, frame: Frame) -> FrameResult:
        if self._clip.pictures:
            # Pictures of a folder are no film: each begins anew, as in the window.
            pipeline.reset()
        return pipeline.process(frame)

    def _run_through(
        self, pipeline: Pipeline, mesh: FaceMesh, seconds: float, at_least: int
    ) -> None:
        """Read one frame after the other for some time, in whole rounds of the search.

        Landmarks alone are timed between frames, so that both see the same computer.
        """
        end = time.perf_counter() + seconds
        while True:
            for number, frame in enumerate(islice(self._frames, at_least)):
                before = time.perf_counter()
                result = self._process(pipeline, frame)
                self._frame_ms.append((time.perf_counter() - before) * 1000)
                for stage in PIPELINE_STAGES:
                    self._stages_ms[stage].append(result.times[stage])
                self._found.append(len(result.faces))
                if number % _LANDMARKS_EVERY == 0:
                    self._time_landmarks(mesh, result)
                if self._stop.is_set():
                    return
            if time.perf_counter() >= end:
                return

    def _run_paced(self, pipeline: Pipeline, seconds: float) -> tuple[list[float], int]:
        """Take the newest frame while another thread hands them over, as a camera does."""
        slot: LatestSlot[tuple[Frame, float]] = LatestSlot()
        capture = Thread(
            target=self._capture, args=(slot, seconds), name="ferqt-bench-capture", daemon=True
        )
        latencies_ms: list[float] = []
        capture.start()
        try:
            while True:
                try:
                    taken = slot.take(_WAIT_S)
                except Closed:
                    break
                if taken is not None:
                    frame, captured_s = taken
                    self._process(pipeline, frame)
                    latencies_ms.append((time.perf_counter() - captured_s) * 1000)
        finally:
            self._stop_capture(slot, capture)
        return latencies_ms, slot.dropped

    def _capture(self, slot: LatestSlot[tuple[Frame, float]], seconds: float) -> None:
        began = time.perf_counter()
        for number, frame in enumerate(self._frames):
            due_s = began + number / self._clip.fps
            left_s = due_s - time.perf_counter()
            # Two frames at least, however short the time.
            if number > 1 and due_s - began > seconds:
                break
            if self._stop.wait(max(left_s, 0)) or not slot.put((frame, time.perf_counter())):
                break
        slot.close()

    @staticmethod
    def _stop_capture(slot: LatestSlot[tuple[Frame, float]], capture: Thread) -> None:
        slot.close()
        capture.join()

    def _time_landmarks(self, mesh: FaceMesh, result: FrameResult) -> None:
        """Time the landmarks of all faces of a frame, without looking for any."""
        regions = [region for face in result.faces if (region := _region_of(face)) is not None]
        if result.frame is None or not regions:
            return
        before = time.perf_counter()
        for region in regions:
            mesh.measure(result.frame.image, region)
        self._stages_ms["landmarks"].append((time.perf_counter() - before) * 1000)


def _region_of(face: FaceResult) -> Region | None:
    landmarks = face.face.box.landmarks
    return None if landmarks is None else Region.around_landmarks(landmarks)
