"""Drives the real window for pictures of it: patience, and small files."""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PIL import Image
from PIL.Image import Dither, Quantize, Resampling

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from ferqt.runtime.session import AnalysisSession
    from ferqt.ui.main_window import MainWindow

_Box = tuple[int, int, int, int]

_WIDEST_PX: Final = 1280
_COLORS: Final = 256
_WINDOW_COLORS: Final = 96
"""Colors that are kept for the window when a photo is in it."""

_PATIENCE_S: Final = 60.0

D = TypeVar("D", bound="QDialog")


def few_colors(picture: Image.Image, photo: _Box | None) -> Image.Image:
    """Return a picture of 256 colors.

    Args:
        picture: RGB.
        photo: Box (left, top, right, bottom) of a photo in it: it must not take the colors of the
            window around it, and is dithered, which text must not be.
    """
    if photo is None:
        return picture.quantize(palette=_strip(_colors(picture, _COLORS)), dither=Dither.NONE)
    window = picture.copy()
    window.paste((0, 0, 0), photo)
    seen = picture.crop(photo)
    colors = _colors(window, _WINDOW_COLORS)
    colors += _spread(seen, _COLORS - _WINDOW_COLORS, Quantize.MEDIANCUT)
    palette = _strip(colors)
    small = picture.quantize(palette=palette, dither=Dither.NONE)
    small.paste(seen.quantize(palette=palette, dither=Dither.FLOYDSTEINBERG), photo)
    return small


def _scaled(box: _Box, scale: float) -> _Box:
    left, top, right, bottom = (round(side * scale) for side in box)
    return left, top, right, bottom


def _colors(picture: Image.Image, count: int) -> list[int]:
    """Return colors for a picture, three numbers each: the commonest as they are, and others."""
    counted = picture.getcolors(picture.width * picture.height) or []
    exact = [color for _, color in sorted(counted, reverse=True)[: count // 2]]
    common = [part for color in exact if isinstance(color, tuple) for part in color]
    return common + _spread(picture, count - len(common) // 3, Quantize.MAXCOVERAGE)


def _spread(picture: Image.Image, count: int, method: Quantize) -> list[int]:
    """Return as many colors as asked for, from all over a picture."""
    found = picture.quantize(count, method, dither=Dither.NONE).getpalette() or []
    return (found + [0] * 3 * count)[: 3 * count]


def _strip(colors: list[int]) -> Image.Image:
    """Return a picture that has a palette."""
    strip = Image.new("P", (1, 1))
    strip.putpalette(colors)
    return strip


class Photographer:
    """Drives the window and saves what it shows.

    Args:
        window: The window.
        session: What it shows.
        home: Folder of the clip and of everything that is saved on the way.
        folder: Where pictures go.
        wanted: Names of the pictures that are saved; all if there are none.
    """

    def __init__(
        self,
        window: "MainWindow",
        session: "AnalysisSession",
        home: Path,
        folder: Path,
        wanted: list[str],
    ) -> None:
        self.window = window
        self.session = session
        self.home = home
        self._folder = folder
        self._wanted = wanted

    def do(self, action_id: str) -> None:
        """Choose an entry of a menu."""
        self.window.actions_by_id[action_id].trigger()

    def live(self, seconds: float) -> None:
        """Let the window live for a while."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def until(
        self, holds: Callable[[], object], what: str, patience_s: float = _PATIENCE_S
    ) -> None:
        """Let the window live until something holds."""
        deadline = time.monotonic() + patience_s
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited in vain for {what}, while {self.session.state}")
            self.live(0.05)

    def open(self, location: str, faces: int) -> None:
        """Open a source and wait for its faces."""
        self.session.open_source(location)
        self.faces(faces)

    def faces(self, count: int) -> None:
        """Wait until so many faces are in the picture."""
        self.until(lambda: self._face_count() >= count, f"{count} faces")

    def faces_within(self, width: int) -> None:
        """Wait until two faces are wholly in the left part of the picture, so wide in its px."""

        def within() -> bool:
            result = self.window.view.result
            boxes = [] if result is None else [face.face.box for face in result.faces]
            return len(boxes) > 1 and all(box.x + box.width < width for box in boxes)

        self.until(within, "two faces")

    def size(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.window.resize(width, height)
        self.until(lambda: self.window.width() == width, f"{width} x {height}")
        self.live(1.0)

    def save(self, name: str, widget: "QWidget | None" = None) -> None:
        """Save the window, or a part of it, as a small PNG."""
        if self._wanted and name not in self._wanted:
            return
        self.live(0.4)
        widget = widget or self.window
        path = self._folder / f"{name}.png"
        shown = widget.grab()
        shown.save(str(path))
        with Image.open(path) as opened:
            picture = opened.convert("RGB")
        photo = self._photo_in(widget)
        if picture.width > _WIDEST_PX:
            scale = _WIDEST_PX / picture.width
            picture = picture.resize(
                (_WIDEST_PX, round(picture.height * scale)), Resampling.LANCZOS
            )
            photo = photo and _scaled(photo, scale)
        few_colors(picture, photo).save(path, optimize=True)
        print(f"{path}  {path.stat().st_size / 1000:.0f} kB", flush=True)

    def _photo_in(self, widget: "QWidget") -> _Box | None:
        """Where the photo lies in what is saved."""
        view = self.window.view
        if not view.isVisible() or widget is not self.window:
            return None
        place = view.mapTo(widget, view.rect().topLeft())
        return place.x(), place.y(), place.x() + view.width(), place.y() + view.height()

    def save_dialog(
        self, name: str, kind: type[D], prepare: Callable[[D], None] | None = None
    ) -> None:
        """Save the dialog that has opened, and close it."""
        self.until(lambda: _shown(kind) is not None, kind.__name__)
        dialog = _shown(kind)
        assert dialog is not None
        self.live(0.6)
        if prepare is not None:
            prepare(dialog)
        self.save(name, dialog)
        dialog.reject()
        self.until(lambda: _shown(kind) is None, "the dialog to close")

    def save_panel(self, panel_id: str, name: str = "") -> None:
        """Bring a panel into sight and save it."""
        docking = self.window.docking
        docking.show(panel_id)
        self.live(1.2)
        self.save(name or panel_id, docking.docks[panel_id])

    def _face_count(self) -> int:
        result = self.window.view.result
        return 0 if result is None else len(result.faces)


def _shown(kind: type[D]) -> D | None:
    """Return the dialog of a kind that is open."""
    from PySide6.QtWidgets import QApplication

    dialogs = (one for one in QApplication.topLevelWidgets() if isinstance(one, kind))
    return next((one for one in dialogs if one.isVisible()), None)


@contextlib.contextmanager
def some_display() -> Iterator[None]:
    """Use the display that is set, or start one for the time."""
    if os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        yield
        return
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "2600x1500x24"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as numbers:
            os.environ["DISPLAY"] = f":{numbers.readline().strip()}"
        try:
            yield
        finally:
            server.terminate()
