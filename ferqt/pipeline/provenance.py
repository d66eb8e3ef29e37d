"""Says where a table comes from: source, part, model, detector and settings, as plain values."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ferqt import __version__
from ferqt.classifiers.card import ModelCard
from ferqt.core.baseline import Baseline
from ferqt.outputs.metadata import EXPRESSIONS_NOTE, fingerprint
from ferqt.pipeline.config import PipelineConfig
from ferqt.pipeline.origin import Origin
from ferqt.pipeline.part import Part
from ferqt.sources.base import SourceInfo, SourceKind

if TYPE_CHECKING:
    from ferqt.pipeline.batch import BatchOutcome

_SCHEMA: Final = 1

_LIBRARIES: Final = (
    "ai-edge-litert",
    "av",
    "mediapipe",
    "numpy",
    "opencv-contrib-python",
    "Pillow",
)


def describe_run(
    info: SourceInfo,
    part: Part,
    origin: Origin,
    outcome: "BatchOutcome",
    file: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the content of `metadata.json`; equal for two equal runs.

    Args:
        info: The source.
        part: Which of its frames were asked for.
        origin: What reads them.
        outcome: What came of it; that of no frames before an analysis.
        file: What `source_file` returned.

    Raises:
        OutputError: A picture of a folder can no longer be read for its sha256.
    """
    return {
        "schema": _SCHEMA,
        "program": "ferqt",
        "version": __version__,
        "note": EXPRESSIONS_NOTE,
        "complete": outcome.complete,
        "source": _source(info, outcome, file),
        "part": {"from_s": part.start_s, "to_s": part.stop_s, "every": part.every},
        "model": describe_model(origin.card, origin.runtime),
        "compared_model": (
            None
            if origin.other_card is None
            else describe_model(origin.other_card, origin.other_runtime)
        ),
        "settings": describe_settings(origin.config),
        "results": {
            "frames": outcome.frames,
            "frames_with_faces": outcome.frames_with_faces,
            "faces": outcome.faces,
            # A frame without a face has a row too.
            "rows": outcome.readings + outcome.frames - outcome.frames_with_faces,
        },
        "libraries": describe_libraries(),
    }


def source_file(info: SourceInfo) -> dict[str, Any]:
    """Return name, size and sha256 of a source that is one file; nothing for others.

    Raises:
        OutputError: The file can no longer be read.
    """
    path = Path(info.location)
    if info.kind not in (SourceKind.IMAGES, SourceKind.VIDEO) or path.is_dir():
        return {}
    return fingerprint(path)


def describe_libraries() -> dict[str, str]:
    """Return the versions of the libraries that may change a number."""
    # It brings the whole e-mail package along, which the window's start has no use for.
    from importlib import metadata

    return {name: metadata.version(name) for name in _LIBRARIES}


def _source(info: SourceInfo, outcome: "BatchOutcome", file: Mapping[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {"kind": str(info.kind), "name": info.title}
    path = Path(info.location)
    if info.kind is SourceKind.IMAGES and path.is_dir():
        described["pictures"] = [fingerprint(path / name) for name in outcome.pictures]
        described["skipped"] = [name for name, _ in outcome.losses.skipped]
        return described
    described.update(
        file,
        width=info.width,
        height=info.height,
        fps=None if info.fps is None else round(info.fps, 6),
        variable_frame_rate=info.variable_frame_rate,
        duration_s=None if info.duration_s is None else round(info.duration_s, 6),
        frame_count=info.frame_count,
        lost_frames=outcome.losses.lost_frames,
        has_audio=info.has_audio,
    )
    return described


def describe_model(card: ModelCard, runtime: str) -> dict[str, Any]:
    """Return which model answered and what ran it."""
    files = {"keras": card.files.keras, "litert": card.files.litert}
    return {
        "id": card.id,
        "name": card.name,
        "runtime": runtime,
        "files": {
            kind: {"name": file.path, "sha256": file.sha256}
            for kind, file in files.items()
            if file is not None
        },
        "labels": {"id": card.output.labels.id, "names": list(card.output.labels.names)},
        "temperature": card.output.temperature,
        "uncertain_below": card.output.uncertain_below,
    }


def describe_settings(config: PipelineConfig) -> dict[str, Any]:
    """Return the settings that change what is found."""
    detector = asdict(config.detector)
    # Threads change the time that an analysis takes, not what it finds.
    for name in ("threads", "search_aside", "share_faces_from"):
        del detector[name]
    return {
        "detector": {"id": config.detector_id, **detector},
        "smoothing_s": config.smoothing_s,
        "lost_after_s": config.lost_after_s,
        "uncertain_below": config.uncertain_below,
        "baselines": [
            _baseline(face_id, baseline) for face_id, baseline in sorted(config.baselines.items())
        ],
    }


def _baseline(face_id: int, baseline: Baseline) -> dict[str, Any]:
    return {
        "face_id": face_id,
        "samples": baseline.samples,
        "seconds": round(baseline.seconds, 3),
        "log_offsets": {
            model_id: {
                name: round(offset, 6)
                for name, offset in zip(offsets.labels.names, offsets.log_offsets, strict=True)
            }
            for model_id, offsets in sorted(baseline.offsets.items())
        },
    }
