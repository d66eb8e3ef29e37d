"""The licenses of ferqt, its libraries, its models and the files it ships."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ferqt.core.types import Notice
from ferqt.licenses import Licensed, Part, license_text, list_licensed
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.theme import strong_font

if TYPE_CHECKING:
    from ferqt.classifiers.catalog import Catalog

_ENTRY: Final = Qt.ItemDataRole.UserRole


class LicensesDialog(QDialog):
    """A list by part of the program, and the text of what is chosen.

    What is installed is looked through in a thread.

    Args:
        catalog: The models.
        tasks: Looks through what is installed.
    """

    def __init__(
        self, catalog: "Catalog", tasks: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Licenses"))
        self._tasks = tasks
        self._closed = False
        self._wanted = ""
        note = QLabel(
            self.tr(
                "ferqt is free software under the MIT license. It is built from the parts below, "
                "each under the license of its makers."
            )
        )
        note.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Parts of the program"))
        self.list.setHeaderLabels([self.tr("Name"), self.tr("Version"), self.tr("License")])
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(12)
        self.list.setUniformRowHeights(True)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(self.tr("Text of the license"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(self.tr("Reading what is installed …"))
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(16)
        halves.addWidget(self.list)
        halves.addWidget(self.text)
        halves.setSizes([320, 200])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(24, 24, 24, 16)
        outside.setSpacing(16)
        outside.addWidget(note)
        outside.addWidget(halves, 1)
        outside.addWidget(buttons)
        self.resize(720, 560)
        self.finished.connect(self._on_finished)
        self._tasks.run(
            partial(list_licensed, catalog),
            self._fill,
            self._on_failed,
            title=self.tr("The licenses could not be listed"),
        )

    def _on_finished(self) -> None:
        # Answers may still come when the list is no more.
        self._closed = True

    def _fill(self, licensed: Sequence[Licensed]) -> None:
        if self._closed:
            return
        titles = {
            Part.PROGRAM: self.tr("Program"),
            Part.LIBRARY: self.tr("Libraries"),
            Part.MODEL: self.tr("Expression models"),
            Part.FILE: self.tr("Face models"),
        }
        for part, title in titles.items():
            entries = [each for each in licensed if each.part is part]
            if not entries:
                continue
            heading = QTreeWidgetItem([title])
            heading.setFont(0, strong_font(self.font()))
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.list.addTopLevelItem(heading)
            for each in entries:
                item = QTreeWidgetItem(
                    [each.name, each.version, each.license or self.tr("see the text")]
                )
                item.setData(0, _ENTRY, each)
                heading.addChild(item)
        self.list.expandAll()
        for column in (0, 1):
            self.list.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.text.setPlaceholderText(self.tr("Choose a part to read its license."))

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        each = None if item is None else item.data(0, _ENTRY)
        if not isinstance(each, Licensed):
            return
        self._wanted = each.name
        self.text.setPlainText(_facts(each))
        if each.part in (Part.PROGRAM, Part.LIBRARY):
            self._tasks.run(
                partial(license_text, each.name),
                partial(self._on_text, each),
                self._on_failed,
                title=self.tr("The license could not be read"),
            )

    def _on_text(self, each: Licensed, text: str) -> None:
        # Another part may have been chosen while this one was read.
        if text and each.name == self._wanted and not self._closed:
            self.text.setPlainText(f"{_facts(each)}\n\n{text}")

    def _on_failed(self, notice: Notice) -> None:
        if not self._closed:
            self.text.setPlainText(f"{notice.title}. {notice.text}")


def _facts(each: Licensed) -> str:
    first = " ".join(word for word in (each.name, each.version) if word)
    return "\n".join(line for line in (first, each.license, each.note) if line)
