"""Models switched and compared over and over while pictures run: does anything stay behind?

Two shipped models answer in turn; at every fourth switch the other one is compared for a moment.
Full run: 200 switches.
"""

from typing import Any, Final

from scripts.soak.endless import EndlessClip, ReadCount, write_one_face
from scripts.soak.part import Options, Progress, bar
from scripts.soak.resources import Watch, figures, thread_names, verdict
from scripts.soak.window import LiveWindow, live_window

_SWITCHES: Final = 200
_SETTLED: Final = 20
"""Switches after which what is loaded once, and what allocators keep, is there."""

_COMPARED_EVERY: Final = 4
_FRAMES_EACH: Final = 10
"""Frames that a model reads before the next one answers."""


def run(options: Options) -> dict[str, Any]:
    """Switch so often; returns figures and bars."""
    wanted = options.count or _SWITCHES
    settled = min(_SETTLED, wanted // 3)
    clip = options.folder / "one-face.mp4"
    write_one_face(clip)
    count = ReadCount()
    progress = Progress("models", wanted, options.every_s)
    compared = 0
    with live_window(lambda _: EndlessClip(clip, count)) as live:
        ids = _two_models(live)
        live.session.set_tap(count.take)
        live.session.open_source("endless")
        watch = Watch(live.window)
        for number in range(1, wanted + 1):
            _switch(live, ids[number % 2])
            if number % _COMPARED_EVERY == 0:
                _compare(live, ids[(number + 1) % 2])
                compared += 1
            _read_some(live, count)
            look = watch.look(number)
            text = f"{look.rss_mb:.0f} MB  {look.handles} files  {look.threads} threads"
            progress.tell(number, f"{text}  {look.blocks:,} blocks")
        names = thread_names()
        live.session.close_source()
    return {
        "switches": wanted,
        "comparisons": compared,
        "models": ids,
        "frames": count.read,
        "notices": [notice.text for notice in live.notices],
        "python_threads": names,
        **figures(watch.looks, settled),
        "bars": [
            *verdict(watch.looks, settled, "switches"),
            bar("notices", len(live.notices), 0, met=not live.notices),
        ],
    }


def _two_models(live: LiveWindow) -> tuple[str, str]:
    """Return the ids of the model that answers and of the next one."""
    card = live.session.card
    assert card is not None
    others = [one.id for one in live.session.catalog.entries if one.card and one.id != card.id]
    return card.id, others[0]


def _switch(live: LiveWindow, model_id: str) -> None:
    session = live.session
    session.select_model(model_id)
    live.until(lambda: session.card is not None and session.card.id == model_id, model_id)


def _compare(live: LiveWindow, model_id: str) -> None:
    """Compare with a model for some frames, and then with none."""
    session = live.session
    session.compare_with(model_id)
    live.until(lambda: session.compared_card is not None, f"{model_id} to be compared")
    session.compare_with("")
    live.until(lambda: session.compared_card is None, "the comparison to end")


def _read_some(live: LiveWindow, count: ReadCount) -> None:
    enough = count.read + _FRAMES_EACH
    live.until(lambda: count.read >= enough, "frames")
