"""Rows of forms whose words stand in the middle of their controls."""

from PySide6.QtWidgets import QLabel, QWidget


def row_label(text: str, control: QWidget) -> QLabel:
    """Return the words of a control, as high as it is: Qt would place them a little too high."""
    label = QLabel(text)
    # Without the look of the window the control is not as high as it will be.
    control.ensurePolished()
    label.setMinimumHeight(control.sizeHint().height())
    label.setBuddy(control)
    return label
