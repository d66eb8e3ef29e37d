"""The keys of the actions: the usual ones from the table, and what the person made of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from ferqt.settings import SHORTCUTS, Setting, Settings
from ferqt.ui.action_table import ACTIONS, ActionSpec
from ferqt.ui.actions import set_keys

_SPECS: dict[str, ActionSpec] = {spec.id: spec for spec in ACTIONS}


class Shortcuts(QObject):
    """Puts keys on the actions and changes them while the program runs.

    No two actions ever have one key. Stored is only what differs from the table, so that a better
    key reaches people who never changed it. Keys are portable texts, as "Ctrl+O".

    Args:
        actions: By id; they get their keys at once.
        settings: Where changed keys are kept.
    """

    changed = Signal(str)
    """Id of an action whose keys are others now."""

    def __init__(
        self, actions: Mapping[str, QAction], settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._settings = settings
        self._keys: dict[str, tuple[str, ...]] = {spec.id: spec.keys for spec in ACTIONS}
        self.destroyed.connect(settings.watch(self._on_setting))
        self._apply()

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the keys in force."""
        return self._keys[action_id]

    def is_usual(self, action_id: str) -> bool:
        """Tell whether an action has the keys that the table gives it."""
        return self._keys[action_id] == _SPECS[action_id].keys

    def owner(self, key: str, besides: str = "") -> str:
        """Return the id of the action that has a key, "" if none but `besides` has it."""
        return next((id_ for id_, has in self._keys.items() if key in has and id_ != besides), "")

    def assign(self, action_id: str, keys: Sequence[str]) -> str:
        """Give an action other keys, or none.

        Returns:
            The id of the action that has one of the keys already: then nothing is changed. Else "".
        """
        wanted = _normal(keys)
        for key in wanted:
            other = self.owner(key, besides=action_id)
            if other:
                return other
        self._store({**self._changed(), action_id: wanted})
        return ""

    def reset(self, action_id: str) -> str:
        """Give an action its usual keys; answers as `assign`."""
        return self.assign(action_id, _SPECS[action_id].keys)

    def reset_all(self) -> None:
        """Give all actions their usual keys."""
        self._settings.reset(SHORTCUTS)

    def _changed(self) -> dict[str, tuple[str, ...]]:
        """Return the stored keys by action; actions of other versions are among them."""
        found: dict[str, tuple[str, ...]] = {}
        for entry in self._settings.get(SHORTCUTS):
            action_id, _, key = entry.partition("=")
            found[action_id] = (*found.get(action_id, ()), *_normal([key]))
        return found

    def _store(self, changed: Mapping[str, tuple[str, ...]]) -> None:
        entries: list[str] = []
        for action_id, keys in sorted(changed.items()):
            if action_id not in _SPECS or keys != _SPECS[action_id].keys:
                entries += [f"{action_id}={key}" for key in keys or ("",)]
        self._settings.set(SHORTCUTS, tuple(entries))

    def _on_setting(self, setting: Setting[Any]) -> None:
        if setting == SHORTCUTS:
            self._apply()

    def _apply(self) -> None:
        """Bring the actions to the stored keys; of a key that is asked for twice the first holds.

        Keys that a person chose go before the table's: a later version may bring an action with a
        key that is taken.
        """
        changed = self._changed()
        taken: set[str] = set()
        wanted: dict[str, tuple[str, ...]] = {}
        for spec in sorted(ACTIONS, key=lambda spec: spec.id not in changed):
            keys = changed.get(spec.id, _normal(spec.keys))
            wanted[spec.id] = tuple(key for key in keys if key not in taken)
            taken.update(keys)
        for action_id, keys in wanted.items():
            before, self._keys[action_id] = self._keys[action_id], keys
            if before != keys:
                set_keys(self._actions[action_id], _SPECS[action_id], keys)
                self.changed.emit(action_id)


def _normal(keys: Sequence[str]) -> tuple[str, ...]:
    """Return keys as Qt writes them, each once, without those that it does not know.

    Of several keys in a row, as editors of text have them, nothing is known here.
    """
    sequences = [QKeySequence(key) for key in keys]
    texts = [
        sequence.toString(QKeySequence.SequenceFormat.PortableText)
        for sequence in sequences
        if sequence.count() == 1
    ]
    return tuple(dict.fromkeys(text for text in texts if text))
