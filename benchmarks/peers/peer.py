"""The programs that are compared, and how one of them is run once."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.peers.environments import Environment

ROOT: Final = Path(__file__).resolve().parents[2]
_PATIENCE_S: Final = 600.0

_VARIABLES: Final = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "2"}
"""None is to use a graphics card, and none is to fill the screen."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Trained weights that a program does not ship with but fetches at its first use.

    Attributes:
        place: Returns the folder that they are below, for the folder of the environments.
        pattern: Where they are in it.
    """

    place: Callable[[Path], Path]
    pattern: str


class NotMeasured(Exception):  # noqa: N818 - it says what became of a peer
    """A peer cannot be measured here; the text says why."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that reads faces from a clip.

    Attributes:
        id: Short name, that of its environment's folder too.
        name: What it is called in tables.
        runner: Module under `benchmarks.peers.runners`.
        environment: Where its packages are; None for those of ferqt.
        weights: What it fetches by itself; None when all ships with it.
    """

    id: str
    name: str
    runner: str
    environment: Environment | None = None
    weights: Weights | None = None

    def check(self, folder: Path) -> None:
        """Look whether all that the peer needs is at hand; nothing is fetched.

        Args:
            folder: Where environments are.

        Raises:
            NotMeasured: Its weights are not.
        """
        if self.weights is None:
            return
        place = self.weights.place(folder)
        if not any(place.glob(self.weights.pattern)):
            raise NotMeasured(f"weights not at hand: there is no '{place / self.weights.pattern}'")

    def run(self, folder: Path, clip: Path, seconds: float) -> dict[str, Any]:
        """Run the peer once, in a process of its own.

        Args:
            folder: Where environments are.
            clip: The video.
            seconds: How long to read at most, loading apart.

        Returns:
            What the runner answered; see `benchmarks.peers.runners.loop`.

        Raises:
            NotMeasured: It failed, or took too long.
        """
        python = sys.executable
        if self.environment is not None:
            python = str(self.environment.python(folder))
        command = [python, "-m", f"benchmarks.peers.runners.{self.runner}", str(clip)]
        command += ["--seconds", str(seconds), "--began", repr(time.perf_counter())]
        try:
            run = subprocess.run(
                command,
                check=False,
                cwd=ROOT,
                env={**os.environ, **_VARIABLES},
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=_PATIENCE_S,
            )
        except subprocess.TimeoutExpired:
            raise NotMeasured(f"it took longer than {_PATIENCE_S:.0f} s") from None
        if run.returncode != 0:
            last = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise NotMeasured(f"it ended with code {run.returncode}: {last}")
        found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
        return found


LIVE: Final = "ferqt-live"
WINDOW: Final = "ferqt-window"

PEERS: Final = (
    Peer(LIVE, "ferqt, live pipeline", "ferqt_live"),
    Peer("ferqt-analysis", "ferqt analyze", "ferqt_analysis"),
    Peer(WINDOW, "ferqt, window", "ferqt_window"),
    Peer("fer", "fer 25.10.3, FER()", "fer_package", Environment("fer")),
    Peer("haar-keras", "Haar cascade + model.predict", "haar_keras"),
    Peer(
        "deepface",
        "deepface 0.0.103",
        "deepface_package",
        Environment("deepface"),
        Weights(
            lambda _: Path(os.environ.get("DEEPFACE_HOME") or Path.home()),
            ".deepface/weights/facial_expression_model_weights.onnx",
        ),
    ),
    Peer(
        "py-feat",
        "py-feat 2.1.5",
        "py_feat",
        Environment("py-feat", is_whole=False),
        Weights(
            lambda folder: folder / "py-feat",
            "lib/python*/site-packages/feat/resources/models--py-feat--resmasknet",
        ),
    ),
)
"""In the order in which they run in each round."""
