"""What the dialogs that ask for one line have in common."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

_WIDTH_PX = 320


class OneLineDialog(QDialog):
    """A question, a line for the answer, a word about it, and two buttons.

    Enter accepts. Those who build on it say what becomes of the answer.

    Attributes:
        line: Where the answer is typed.
        note: What is said below it; takes room only where something is said.
        ok: The button that accepts.

    Args:
        title: Of the dialog.
        question: Before the line.
        answer: What the line begins with, selected, so that typing replaces it.
        button: The button that accepts.
        accept: What it says; "" for its usual text.
    """

    def __init__(
        self,
        title: str,
        question: str,
        answer: str = "",
        *,
        button: QDialogButtonBox.StandardButton = QDialogButtonBox.StandardButton.Ok,
        accept: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        label = QLabel(question)
        self.line = QLineEdit(answer)
        self.line.setAccessibleName(question)
        self.line.setMinimumWidth(_WIDTH_PX)
        self.line.selectAll()
        label.setBuddy(self.line)
        self.note = QLabel()
        self.note.setObjectName("Muted")
        self.note.setWordWrap(True)
        self.note.hide()
        buttons = QDialogButtonBox(button | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(button)
        if accept:
            self.ok.setText(accept)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for widget in (label, self.line, self.note):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self.line.setFocus()

    def say(self, text: str) -> None:
        """Say something about the answer."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
