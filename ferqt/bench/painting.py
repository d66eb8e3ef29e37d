"""What the window's overlay takes to paint, measured in a process that has Qt but no screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from ferqt.bench.children import PAINTING, ask_child
from ferqt.bench.figures import Figures
from ferqt.bench.scenes import Setting, word_of
from ferqt.pipeline.config import PipelineConfig

_TIMEOUT_S: Final = 600.0


@dataclass(frozen=True, slots=True)
class PaintFigures:
    """What the view of the window takes for a frame.

    Attributes:
        scene: Size and number of faces, or path.
        overlay_ms: Laying the overlay out and painting it.
        view_ms: All that the view paints: the picture brought to its size, and the overlay.
        view_size: Size of the view in px, as "960x540".
    """

    scene: str
    overlay_ms: Figures
    view_ms: Figures
    view_size: str

    @classmethod
    def of(cls, scene: Setting | str, answer: Mapping[str, Any]) -> Self:
        """Return what such a process has answered for a scene."""
        return cls(
            scene if isinstance(scene, str) else f"{scene.size}, faces {scene.faces}",
            Figures(**answer["overlay_ms"]),
            Figures(**answer["view_ms"]),
            answer["view_size"],
        )


def measure_painting(
    scenes: Sequence[Setting | str], config: PipelineConfig, seconds: float
) -> list[PaintFigures]:
    """Paint results of scenes, or of a file, with the code of the window.

    Args:
        scenes: Each a scene, or the path of a video, a picture or a folder of pictures.
        config: Model and detector that read them.
        seconds: For each.

    Raises:
        BenchError: Qt cannot start here, or the process failed.
    """
    answer = ask_child(
        PAINTING,
        config.model_id,
        config.detector_id,
        str(seconds),
        *map(word_of, scenes),
        timeout_s=_TIMEOUT_S,
    )
    answers = answer["scenes"]
    return [PaintFigures.of(scene, one) for scene, one in zip(scenes, answers, strict=True)]
