"""Sources opened and closed over and over in the real window: does anything stay behind?

Demo, clip with sound, folder of pictures, picture, MJPEG stream, and files that cannot be opened,
in turn; some are closed before they are open, some replaced by the next. Full run: 500 cycles.
"""

import random
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ferqt.errors import FerqtError
from scripts.soak.part import Options, Progress, bar
from scripts.soak.resources import Watch, figures, thread_names, verdict
from scripts.soak.window import LiveWindow, live_window

_CYCLES: Final = 500
_SETTLED: Final = 50
"""Cycles after which every kind was opened in every way."""

_HURRIED_SHARE: Final = 0.15
"""So many are closed while they are being opened."""

_REPLACED_SHARE: Final = 0.5
"""So many are not closed: the next one takes their place."""

_MOST_HELD_MS: Final = 300
_REST_MS: Final = 200


@dataclass(frozen=True, slots=True)
class _Place:
    """Something to open.

    Attributes:
        kind: What it is, for the figures.
        location: What the window is given.
        opens: Whether it can be opened.
    """

    kind: str
    location: str
    opens: bool = True


def run(options: Options) -> dict[str, Any]:
    """Open and close so many sources; returns figures and bars."""
    wanted = options.count or _CYCLES
    settled = min(_SETTLED, wanted // 3)
    chance = random.Random(options.seed)
    progress = Progress("sources", wanted, options.every_s)
    with ExitStack() as stack:
        places = _places(options.folder, stack)
        live = stack.enter_context(live_window())
        watch, cycles = Watch(live.window), _Cycles(live, chance)
        for number in range(wanted):
            cycles.open(places[number % len(places)])
            look = watch.look(number + 1)
            text = f"{look.rss_mb:.0f} MB  {look.handles} files  {look.threads} threads"
            progress.tell(number + 1, f"{text}  {look.qt_objects:,} objects of Qt")
        live.session.close_source()
        live.live(_REST_MS)
        names = thread_names()
    return {
        "cycles": wanted,
        "by_kind": cycles.opened,
        "hurried": cycles.hurried,
        "python_threads": names,
        **figures(watch.looks, settled),
        "bars": [
            *verdict(watch.looks, settled, "cycles"),
            bar("sources that did not answer", cycles.silent, [], met=not cycles.silent),
        ],
    }


class _Cycles:
    """Opens sources one after another and waits for what they say.

    Args:
        live: The window.
        chance: Decides who is closed early, and how.
    """

    def __init__(self, live: LiveWindow, chance: random.Random) -> None:
        self._live = live
        self._chance = chance
        self._pictures = 0
        live.session.result_ready.connect(self._on_result)
        self.opened: dict[str, int] = {}
        self.hurried = 0
        self.silent: list[str] = []

    def open(self, place: _Place) -> None:
        """Open a place, wait for its picture or its refusal, and mostly close it."""
        session = self._live.session
        said = len(self._live.notices)
        session.open_source(place.location)
        self._pictures = 0
        if self._chance.random() < _HURRIED_SHARE:
            self.hurried += 1
            self._live.live(self._chance.randrange(60))
            session.close_source()
            return
        self.opened[place.kind] = self.opened.get(place.kind, 0) + 1
        answer: Callable[[], object] = (
            (lambda: self._pictures) if place.opens else lambda: len(self._live.notices) > said
        )
        try:
            self._live.until(answer, place.kind, patience_s=30.0)
        except FerqtError:
            self.silent.append(place.kind)
        self._live.live(self._chance.randrange(_MOST_HELD_MS))
        if self._chance.random() >= _REPLACED_SHARE:
            session.close_source()

    def _on_result(self, _newest: object, _samples: object) -> None:
        self._pictures += 1


def _places(folder: Path, stack: ExitStack) -> list[_Place]:
    """Make what is opened, and the server of the stream for the time of the run."""
    import numpy as np
    from PIL import Image

    from tests.helpers.clips import SOUND_RATE, write_clip
    from tests.helpers.mjpeg_server import MjpegServer
    from tests.helpers.portraits import PlacedFace, scene

    face = scene(640, 360, [PlacedFace(320, 180, 110)], (70, 80, 90))
    tone = (np.sin(np.arange(4 * SOUND_RATE) / 20) / 4).astype(np.float32)
    write_clip(folder / "clip.mp4", [face] * 120, sound=tone)
    pictures = folder / "pictures"
    pictures.mkdir()
    for number in range(5):
        Image.fromarray(face).save(pictures / f"{number}.png")
    server = stack.enter_context(MjpegServer([face] * 3))
    (folder / "empty.mp4").write_bytes(b"")
    (folder / "noise.mp4").write_bytes(random.Random(1).randbytes(200_000))
    (folder / "text.jpg").write_text("no picture", encoding="utf-8")
    (folder / "nothing").mkdir()
    whole = (folder / "clip.mp4").read_bytes()
    (folder / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    shutil.copy(pictures / "0.png", folder / "picture.png")
    return [
        _Place("clip", str(folder / "clip.mp4")),
        _Place("empty file", str(folder / "empty.mp4"), opens=False),
        _Place("demo", "demo"),
        _Place("noise", str(folder / "noise.mp4"), opens=False),
        _Place("folder of pictures", str(pictures)),
        _Place("text as a picture", str(folder / "text.jpg"), opens=False),
        _Place("stream", server.url),
        _Place("folder without pictures", str(folder / "nothing"), opens=False),
        _Place("picture", str(folder / "picture.png")),
        _Place("missing file", str(folder / "missing.mp4"), opens=False),
        _Place("half a clip", str(folder / "cut.mp4"), opens=False),
    ]
