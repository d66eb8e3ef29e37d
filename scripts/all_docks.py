"""What the window is measured with when all of its panels are open: their layout, and a clip."""

import os
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ferqt.ui.main_window import MainWindow

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_SIZE: Final = (1918, 1050)
_PERIOD_S: Final = 4
"""After that long the clip begins anew: only this much of it is encoded."""

_COLUMNS: Final = (
    ("models", "faces", "gallery", "log"),
    ("probabilities", "affect", "statistics", "markers"),
)
"""Panels left and right of the picture, from the top."""


def lay_out(folder: Path) -> None:
    """Write settings into a folder, with which the next window has all panels side by side.

    It shows a window for a moment, as sizes are saved with those of the screen.
    """
    os.environ["FERQT_CONFIG_DIR"] = str(folder)
    from PySide6.QtCore import QTimer

    from ferqt.classifiers.catalog import Catalog
    from ferqt.paths import models_dir
    from ferqt.pipeline.config import PipelineConfig
    from ferqt.runtime.session import AnalysisSession
    from ferqt.settings import PRIVACY_READ, Settings
    from ferqt.sources.factory import open_source
    from ferqt.ui.application import create_application
    from ferqt.ui.main_window import MainWindow

    application = create_application(["measure"])
    settings = Settings.load()
    settings.set(PRIVACY_READ, True)
    catalog = Catalog((models_dir(),))
    usable = next(entry.id for entry in catalog.entries if entry.card is not None)
    session = AnalysisSession(catalog, PipelineConfig(usable), open_source)
    window = MainWindow(session, settings)
    window.setGeometry(0, 24, *_SIZE)
    window.show()

    def arrange_and_close() -> None:
        arrange(window)
        QTimer.singleShot(500, window.close)

    QTimer.singleShot(500, window, arrange_and_close)
    application.exec()
    session.shutdown()


def arrange(window: "MainWindow") -> None:
    """Put all panels of a window side by side."""
    from PySide6.QtCore import Qt

    area = Qt.DockWidgetArea
    for side, names in zip(
        (area.LeftDockWidgetArea, area.RightDockWidgetArea), _COLUMNS, strict=True
    ):
        docks = [window.docking.docks[name] for name in names]
        for dock in docks:
            window.removeDockWidget(dock)
            window.addDockWidget(side, dock)
            dock.show()
        for upper, lower in pairwise(docks):
            window.splitDockWidget(upper, lower, Qt.Orientation.Vertical)


def write_two_faces_clip(path: Path, seconds: float, fps: int) -> None:
    """Encode two real faces that move a little, at 1280 x 720, in a fraction of its length."""
    import av
    import numpy as np

    from tests.helpers.portraits import PlacedFace, scene

    with av.open(str(path), "w") as container:
        # Without frames that refer to later ones the packets can be repeated as they are.
        options = {"preset": "ultrafast", "tune": "zerolatency"}
        stream = container.add_stream("libx264", rate=fps, options=options)
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        stream.codec_context.gop_size = _PERIOD_S * fps
        packets = []
        for number in range(_PERIOD_S * fps):
            turn = 2 * np.pi * number / (_PERIOD_S * fps)
            faces = [
                PlacedFace(420 + 120 * np.sin(turn), 360, 200, roll=6 * np.sin(turn)),
                PlacedFace(950 + 60 * np.cos(turn), 360, 150, "collins"),
            ]
            picture = scene(1280, 720, faces, (70, 80, 90))
            packets += stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24"))
        packets += stream.encode(None)
        kept = [(bytes(packet), packet.is_keyframe) for packet in packets]
        for number in range(round(seconds * fps)):
            data, is_keyframe = kept[number % len(kept)]
            packet = av.Packet(data)
            packet.stream, packet.time_base = stream, Fraction(1, fps)
            packet.pts = packet.dts = number
            packet.duration, packet.is_keyframe = 1, is_keyframe
            container.mux(packet)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]))
