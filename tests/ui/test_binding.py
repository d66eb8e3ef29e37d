import sys

from PySide6.QtGui import QColor, QFont, QImage, QPainter


def test_painting_takes_no_reference_of_none_away(qapp):
    """PySide6 6.12.0 did, and killed the process on Python 3.11 (docs/decisions/0002)."""
    painter = QPainter(image := QImage(8, 8, QImage.Format.Format_RGB32))
    font, color = QFont(), QColor(1, 2, 3)
    before = sys.getrefcount(None)
    for _ in range(1000):
        painter.setFont(font)
        painter.setPen(color)
    after = sys.getrefcount(None)
    painter.end()
    assert not image.isNull()
    # 2,000 references were lost; a few come and go in other threads.
    assert after - before > -1000
