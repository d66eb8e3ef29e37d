"""The probability plot as files: a picture and a table."""

import csv
import io
from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from ferqt.core.emotions import LabelSet
from ferqt.core.history import Times
from ferqt.core.types import FloatArray

_SCALE = 2


def widget_png(widget: QWidget, background: QColor) -> bytes:
    """Return a widget as a PNG, at twice the resolution it has on the screen."""
    image = QImage(widget.size() * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    image.fill(background)
    widget.render(image, renderFlags=QWidget.RenderFlag.DrawChildren)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def curves_csv(labels: LabelSet, faces: Mapping[int, tuple[Times, FloatArray]]) -> bytes:
    """Return what is kept of faces as a table.

    Columns are `time_s` (since the source was opened), `face_id` and `<name>_smoothed` (0..1) for
    each class; cells are empty where the face was lost.

    Args:
        labels: The classes.
        faces: Times in s (n) and probabilities (classes x n) by track id.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["time_s", "face_id", *(f"{name}_smoothed" for name in labels.names)])
    for track_id, (times, values) in faces.items():
        for time_s, row in zip(times.tolist(), values.T.tolist(), strict=True):
            cells = ["" if np.isnan(value) else f"{value:.4f}" for value in row]
            writer.writerow([f"{time_s:.3f}", track_id, *cells])
    return text.getvalue().encode()
