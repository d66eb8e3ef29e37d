"""Hours of live pictures in the real window: does it grow, does it get slower?

One face at 1280 x 720 in an endless clip, read as fast as the computer can; every few seconds of
the clip's time the face comes back under another id. All panels are open. Full run: 200,000 frames.
"""

from typing import Any, Final

from scripts.soak.endless import FRAMES_A_FACE, EndlessClip, ReadCount, write_one_face
from scripts.soak.part import Options, Progress, bar
from scripts.soak.resources import Watch, figures, thread_names, verdict
from scripts.soak.window import live_window

_FRAMES: Final = 200_000
_SETTLED: Final = 5_000
_LOOK_MS: Final = 2_000


def run(options: Options) -> dict[str, Any]:
    """Let the window read so many frames; returns figures and bars."""
    wanted = options.count or _FRAMES
    settled = min(_SETTLED, wanted // 3)
    clip = options.folder / "one-face.mp4"
    write_one_face(clip)
    count = ReadCount()
    progress = Progress("frames", wanted, options.every_s)
    with live_window(lambda _: EndlessClip(clip, count)) as live:
        watch = Watch(live.window)
        shown = _Shown()
        live.session.result_ready.connect(shown.on_result)
        live.session.set_tap(count.take)
        live.session.open_source("endless")
        while count.read < wanted:
            live.live(_LOOK_MS)
            look = watch.look(count.read)
            text = f"{look.rss_mb:.0f} MB  {look.handles} files  {look.threads} threads"
            progress.tell(look.done, f"{text}  {look.blocks:,} blocks  face {shown.last_id}")
        names = thread_names()
        live.session.close_source()
        live.live(_LOOK_MS)
    ids = wanted // FRAMES_A_FACE
    return {
        "frames": count.read,
        "samples_shown": shown.samples,
        "pictures_shown": shown.pictures,
        "last_face": shown.last_id,
        "notices": [notice.text for notice in live.notices],
        "python_threads": names,
        **figures(watch.looks, settled),
        "bars": [
            *verdict(watch.looks, settled, "frames"),
            bar("frames read", count.read, wanted, met=count.read >= wanted),
            bar("ids of faces", shown.last_id, ids // 2, met=shown.last_id >= ids // 2),
            bar("notices", len(live.notices), 0, met=not live.notices),
        ],
    }


class _Shown:
    """Counts what reaches the window."""

    def __init__(self) -> None:
        self.pictures = self.samples = self.last_id = 0

    def on_result(self, newest: Any, samples: list[Any]) -> None:
        """Count a result and the samples before it."""
        self.pictures += 1
        self.samples += len(samples)
        self.last_id = max([self.last_id, *(face.face.track_id for face in newest.faces)])
