"""Every key of the sheet is in a menu and changes what it says."""

from functools import partial

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ferqt.ui.action_table import ACTIONS
from tests.helpers.tour import Tour
from tests.helpers.tour_view_checks import CHECKS

KEYS = [(spec.id, key) for spec in ACTIONS for key in spec.keys]


def entries(menu: QMenu) -> list[QAction]:
    """All entries of a menu and of those below it."""
    found = []
    for action in menu.actions():
        below = action.menu()
        found += entries(below) if isinstance(below, QMenu) else [action]
    return found


def test_every_action_with_a_key_has_a_check() -> None:
    assert {action_id for action_id, _ in KEYS} <= set(CHECKS)


@pytest.mark.parametrize(("action_id", "key"), KEYS, ids=[f"{one}-{key}" for one, key in KEYS])
def test_a_key_does_what_its_menu_says(tour: Tour, action_id: str, key: str) -> None:
    action = tour.window.actions_by_id[action_id]
    top = [entry.menu() for entry in tour.window.menuBar().actions()]
    assert action in [entry for menu in top for entry in entries(menu)]
    CHECKS[action_id](tour, partial(tour.press, key))
