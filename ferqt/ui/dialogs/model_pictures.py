"""The pictures of a model's report, read in the background and fitted to the width."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ferqt.classifiers.catalog import CatalogEntry
from ferqt.classifiers.report_files import Intervals, read_report
from ferqt.ui.tokens import RADIUS

_MOST_PX: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class ReportContent:
    """What a model's folder holds for its details, read.

    Attributes:
        images: By the names of `report_files.PICTURES`, those that could be read.
        intervals: By the name of the data set.
        sizes: Bytes of the card's files, by their path in the folder.
    """

    images: Mapping[str, QImage]
    intervals: Mapping[str, Intervals]
    sizes: Mapping[str, int]


def read_content(entry: CatalogEntry) -> ReportContent:
    """Read a model's report and the sizes of its files; any thread."""
    report = read_report(entry)
    images = {name: _read_image(path) for name, path in report.pictures.items()}
    return ReportContent(
        {name: image for name, image in images.items() if not image.isNull()},
        report.intervals,
        _sizes(entry),
    )


class PictureView(QWidget):
    """A picture at its own size or smaller, as wide as there is room.

    Args:
        image: The picture.
        name: What it shows, for a screen reader.
    """

    def __init__(self, image: QImage, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._fitted = image
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height at a width."""
        fitted = min(width, self._image.width())
        return round(fitted * self._image.height() / self._image.width())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the picture's own size."""
        return self._image.size()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size at which there is something to see."""
        return QSize(160, self.heightForWidth(160))

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the picture with round corners."""
        width = min(self.width(), self._image.width())
        size = QSize(width, self.heightForWidth(width))
        ratio = self.devicePixelRatioF()
        if self._fitted.size() != size * ratio:
            self._fitted = self._image.scaled(
                size * ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._fitted.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corners = QPainterPath()
        corners.addRoundedRect(0, 0, size.width(), size.height(), RADIUS, RADIUS)
        painter.setClipPath(corners)
        # Pictures of reports are drawn for paper.
        painter.fillPath(corners, QColor("#FFFFFF"))
        painter.drawImage(0, 0, self._fitted)
        painter.end()


def _read_image(path: Path) -> QImage:
    """Read a picture of bounded size; a null image for what is none."""
    reader = QImageReader(str(path))
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _MOST_PX:
        return QImage()
    return reader.read()


def _sizes(entry: CatalogEntry) -> dict[str, int]:
    if entry.card is None:
        return {}
    files = (entry.card.files.keras, entry.card.files.litert)
    sizes = {}
    for file in files:
        path = None if file is None else entry.folder / file.path
        if file is not None and path is not None and path.is_file():
            sizes[file.path] = path.stat().st_size
    return sizes
