"""Asks what a model file does not say: expressions and their order, values, crop."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ferqt.classifiers.adding import Choices, StagedModel, with_name
from ferqt.classifiers.card import FER_CROP, AlignedCrop, BoxCrop
from ferqt.errors import FerqtError
from ferqt.ui.dialogs.model_order import OrderEditor, narrow
from ferqt.ui.docks.model_texts import short_count
from ferqt.ui.theme import indent_number

_N = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_CONTEXT: Final = "ModelForm"

_RANGES: Final = (
    (_N("ModelForm", "0 to 255"), (0.0, 255.0)),
    (_N("ModelForm", "0 to 1"), (0.0, 1.0)),
    (_N("ModelForm", "−1 to 1"), (-1.0, 1.0)),
)
_CROPS: Final = (
    (_N("ModelForm", "Eyes and mouth in fixed places, as in FER2013"), AlignedCrop.kind),
    (_N("ModelForm", "A square around the face"), BoxCrop.kind),
)
_LARGEST: Final = 1000.0
_MARGIN_PERCENT: Final = (-40, 200)
_SIDES_PX: Final = (16, 1024)


class ModelForm(QWidget):
    """The questions, with answers suggested; what the file says is told, not asked.

    Args:
        staged: The model file.
        taken: Ids of models that are there already.
    """

    changed = Signal()
    """An answer changed; `choices` tells them."""

    def __init__(
        self, staged: StagedModel, taken: Collection[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._staged = staged
        self._taken = taken
        self._suggested = staged.suggested(taken)
        self._problem = ""
        self._column = QVBoxLayout(self)
        self._name = QLineEdit(self._suggested.name)
        self._order = OrderEditor(self._suggested.labels)
        self._values = QComboBox()
        self._low, self._high = _number(0.0), _number(1.0)
        self._crop = QComboBox()
        self._margin = QSpinBox()
        self._sides = (_side(self._suggested.width), _side(self._suggested.height))
        self._fill()
        self._build()
        self._connect()
        self._on_values()

    @property
    def problem(self) -> str:
        """Why the answers do not fit together, "" when they do."""
        return self._problem

    @property
    def choices(self) -> Choices | None:
        """The answers, None when they do not fit together."""
        try:
            choices = with_name(self._answers(), self._name.text(), self._taken)
            self._staged.card(choices)
        except FerqtError as error:
            self._problem = str(error)
            return None
        self._problem = ""
        return choices

    def _answers(self) -> Choices:
        margin = self._margin.value() / 100
        aligned = self._crop.currentData() == AlignedCrop.kind
        own = self._values.currentData() is None
        return replace(
            self._suggested,
            labels=self._order.labels(),
            width=self._sides[0].value(),
            height=self._sides[1].value(),
            value_range=(
                (self._low.value(), self._high.value()) if own else self._values.currentData()
            ),
            crop=replace(FER_CROP, margin=margin) if aligned else BoxCrop(margin),
        )

    def _fill(self) -> None:
        """Offer the answers, with the suggested ones chosen."""
        for text, span in _RANGES:
            self._values.addItem(_translated(text), span)
        self._values.addItem(self.tr("Others"), None)
        spans = [span for _, span in _RANGES]
        self._values.setCurrentIndex(spans.index(self._suggested.value_range))
        for text, kind in _CROPS:
            self._crop.addItem(_translated(text), kind)
        self._crop.setCurrentIndex(self._crop.findData(self._suggested.crop.kind))
        for box in (self._values, self._crop):
            narrow(box)
        self._margin.setRange(*_MARGIN_PERCENT)
        self._margin.setSingleStep(5)
        self._margin.setSuffix(" %")
        indent_number(self._margin)
        self._margin.setValue(round(100 * self._suggested.crop.margin))

    def _build(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addWidget(_note(self._told()))
        self._ask(self.tr("Name"), self._name)
        self._ask(self.tr("Expressions, in the order of the model's output"), self._order)
        self._others = _line(self._low, QLabel("–"), self._high)
        rescales = self.tr("The network rescales by itself: likely 0 to 255.")
        self._ask(
            self.tr("Values for black and white"),
            self._values,
            self._others,
            *((_note(rescales),) if self._staged.facts.rescales else ()),
        )
        margin = QLabel(self.tr("Margin around it"))
        margin.setBuddy(self._margin)
        self._ask(
            self.tr("Part of the face that it is shown"),
            self._crop,
            _line(margin, self._margin),
            _note(self.tr("More margin shows more hair and chin.")),
        )
        if self._staged.facts.width is None or self._staged.facts.height is None:
            self._ask(self.tr("Width and height in px; the network takes any"), _line(*self._sides))
        self._low.setAccessibleName(self.tr("Value for black"))
        self._high.setAccessibleName(self.tr("Value for white"))
        self._margin.setAccessibleName(margin.text())
        for side, name in zip(self._sides, (self.tr("Width"), self.tr("Height")), strict=True):
            side.setAccessibleName(name)
        self._column.addStretch(1)

    def _ask(self, question: str, field: QWidget, *below: QWidget) -> None:
        """Put a question over its field and what belongs to it."""
        label = QLabel(question)
        label.setWordWrap(True)
        label.setBuddy(field)
        field.setAccessibleName(question)
        group = QVBoxLayout()
        group.setSpacing(4)
        for widget in (label, field, *below):
            group.addWidget(widget)
        self._column.addLayout(group)

    def _told(self) -> str:
        """What the file says by itself."""
        facts = self._staged.facts
        kind = self.tr("Keras file") if facts.format == "keras" else self.tr("LiteRT file")
        color = self.tr("gray") if facts.color == "gray" else self.tr("RGB")
        width, height = (side or self.tr("any") for side in (facts.width, facts.height))
        return "  ·  ".join(
            (
                self._staged.file_name,
                kind,
                f"{width} × {height} {color}",
                self.tr("{0} expressions").format(facts.classes),
                self.tr("{0} parameters").format(short_count(facts.parameters)),
            )
        )

    def _connect(self) -> None:
        self._name.textChanged.connect(self._tell)
        self._order.changed.connect(self._tell)
        self._values.currentIndexChanged.connect(self._on_values)
        self._crop.currentIndexChanged.connect(self._tell)
        for box in (self._low, self._high, self._margin, *self._sides):
            box.valueChanged.connect(self._tell)

    def _on_values(self) -> None:
        self._others.setVisible(self._values.currentData() is None)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()


def _translated(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def _number(value: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(-_LARGEST, _LARGEST)
    box.setDecimals(3)
    indent_number(box)
    box.setValue(value)
    return box


def _side(value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(*_SIDES_PX)
    box.setSuffix(" px")
    indent_number(box)
    box.setValue(value)
    return box


def _line(*widgets: QWidget) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return box


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("Muted")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
