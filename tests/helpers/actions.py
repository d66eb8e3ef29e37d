"""Actions without a program behind them: they note what was asked for."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from ferqt.ui.action_table import ACTIONS
from ferqt.ui.actions import build_actions, build_menus


class NotingCommands(QObject):
    """Has a method for every handler of the table.

    Attributes:
        calls: Names of the handlers that were called.
    """

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []

    def __getattr__(self, name: str):
        if name in {spec.handler for spec in ACTIONS}:
            return lambda *_: self.calls.append(name)
        raise AttributeError(name)


class ActionWindow(QMainWindow):
    """A window with the menus and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.commands = NotingCommands()
        self.actions_by_id: dict[str, QAction] = build_actions((self.commands,), self)
        self.menus = build_menus(self.menuBar(), self.actions_by_id)
