"""Timelines of synthetic sessions."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from ferqt.core.session_document import SessionDocument
from ferqt.runtime.tasks import TaskRunner
from ferqt.ui.theme import Theme
from ferqt.ui.timeline.timeline_view import TimelineView
from tests.helpers.sessions import session_document


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    """The dark theme, in force."""
    made = Theme("dark")
    made.apply()
    return made


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    """Runs jobs that end with the test."""
    runner = TaskRunner()
    yield runner
    runner.shutdown()


@pytest.fixture(scope="session")
def minute() -> SessionDocument:
    """A minute of two faces at 30 frames a second, with a marker and an excluded range."""
    return session_document(60, seed=5)


@pytest.fixture
def open_timeline(
    qtbot: QtBot, theme: Theme, tasks: TaskRunner
) -> Callable[[SessionDocument], TimelineView]:
    """Shows a session in a timeline 1,000 px wide and waits until it is prepared."""

    def open_(document: SessionDocument) -> TimelineView:
        view = TimelineView(theme, tasks)
        qtbot.addWidget(view)
        view.resize(1000, 400)
        view.show()
        with qtbot.waitSignal(view.ready):
            view.set_document(document)
        return view

    return open_


@pytest.fixture
def view(
    open_timeline: Callable[[SessionDocument], TimelineView], minute: SessionDocument
) -> TimelineView:
    """A timeline of a minute."""
    return open_timeline(minute)
