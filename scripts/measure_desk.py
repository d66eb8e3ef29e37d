"""Measures what the window costs on a desk: at rest, in memory, and while models are switched.

    python scripts/measure_desk.py idle      share of a core, with no source and with a paused clip
    python scripts/measure_desk.py memory    resident MB while the demo is read with one model
    python scripts/measure_desk.py switch    ms from the click to the first result of another model

All show the window as a first start does, on the display that is set (`QT_QPA_PLATFORM=offscreen`
needs none), in this process. Prints JSON. Nothing else should run meanwhile.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.soak.window import LiveWindow, live_window  # noqa: E402 - found by the line above

if TYPE_CHECKING:
    from ferqt.core.types import FrameResult

_SETTLING_MS: Final = 5_000
"""After so long start-up, or what a change brings with it, is over."""


@contextmanager
def _first_start() -> Iterator[LiveWindow]:
    """Show the window as on a first start, with settings of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FERQT_CONFIG_DIR"] = folder
        with live_window(side_by_side=False) as lived:
            yield lived


def _watch_clip(lived: LiveWindow, folder: Path) -> None:
    """Open a clip of one face, and wait until it is read."""
    from scripts.measure import write_one_face_clip

    clip = folder / "one-face.mp4"
    write_one_face_clip(clip, 20, 30)
    lived.session.open_source(str(clip))
    lived.until(lambda: lived.session.latest and lived.session.latest.faces, "a face")


def measure_idle(seconds: float) -> dict[str, Any]:
    """Processor time of all threads while nothing moves, as a share of one core in percent."""
    with _first_start() as lived, tempfile.TemporaryDirectory() as folder:
        nothing = _share(lived, seconds)
        _watch_clip(lived, Path(folder))
        lived.live(_SETTLING_MS)
        lived.session.set_paused(True)
        paused = _share(lived, seconds)
    return {"seconds": seconds, "no_source_percent": nothing, "paused_clip_percent": paused}


def _share(lived: LiveWindow, seconds: float) -> float:
    lived.live(_SETTLING_MS)
    began, spent = time.perf_counter(), time.process_time()
    lived.live(round(seconds * 1000))
    return round((time.process_time() - spent) / (time.perf_counter() - began) * 100, 3)


def measure_memory(seconds: float) -> dict[str, Any]:
    """Resident memory, in MB of a million bytes, as the demo goes on."""
    import psutil  # type: ignore[import-untyped]

    process = psutil.Process()

    def resident() -> float:
        return round(float(process.memory_info().rss) / 1e6, 1)

    with _first_start() as lived:
        lived.live(_SETTLING_MS)
        nothing = resident()
        lived.session.open_source("demo")
        lived.until(lambda: lived.session.latest and lived.session.latest.faces, "a face")
        first = resident()
        lived.live(round(seconds * 1000))
        return {
            "seconds": seconds,
            "no_source_mb": nothing,
            "first_face_mb": first,
            "live_mb": resident(),
        }


def measure_switch(switches: int) -> dict[str, Any]:
    """Milliseconds from the wish for a model to the first result that it answered.

    Goes through the models that ship, each of which is compiled: the first time that a model is
    chosen its file is checked, so first and later times are told apart.
    """
    with _first_start() as lived:
        session = lived.session
        session.open_source("demo")
        lived.until(lambda: session.latest and session.latest.faces, "a face")
        lived.live(_SETTLING_MS)
        usable = [entry.id for entry in session.catalog.entries if entry.card is not None]
        assert session.card is not None
        seen = {session.card.id}
        first: list[float] = []
        later: list[float] = []
        for number in range(switches):
            following = usable[(usable.index(session.card.id) + 1) % len(usable)]
            spent = _switch(lived, following)
            (later if following in seen else first).append(spent)
            seen.add(following)
            lived.live(500 + 7 * number)
    return {
        "switches": switches,
        "first_ms": [round(ms, 1) for ms in first],
        "later_median_ms": round(statistics.median(later), 1),
        "later_worst_ms": round(max(later), 1),
    }


def _switch(lived: LiveWindow, model_id: str) -> float:
    """Ask for a model as the box in the tool bar does; return the ms until it has answered."""
    from PySide6.QtCore import QEventLoop

    session, loop = lived.session, QEventLoop()
    ended: list[float] = []

    def on_result(_newest: "FrameResult", _samples: object) -> None:
        if session.card is not None and session.card.id == model_id:
            ended.append(time.perf_counter())
            loop.quit()

    session.result_ready.connect(on_result)
    began = time.perf_counter()
    lived.window.tool_bar.model_box.model_requested.emit(model_id)
    loop.exec()
    session.result_ready.disconnect(on_result)
    return (ended[0] - began) * 1000


def main() -> None:
    """Read the command line, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=("idle", "memory", "switch"))
    parser.add_argument("--seconds", type=float, help="length of a measure: 30, memory 60")
    parser.add_argument("--switches", type=int, default=12, help="how often the model is changed")
    args = parser.parse_args()
    measures: dict[str, Callable[[], dict[str, Any]]] = {
        "idle": lambda: measure_idle(args.seconds or 30.0),
        "memory": lambda: measure_memory(args.seconds or 60.0),
        "switch": lambda: measure_switch(args.switches),
    }
    print(json.dumps(measures[args.what](), indent=2))


if __name__ == "__main__":
    main()
