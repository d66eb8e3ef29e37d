"""One window for the whole tour, put back in order before each step."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.helpers.qt import empty_clipboard
from tests.helpers.tour import Tour, real_tour

__all__ = ["empty_clipboard"]


@pytest.fixture(scope="package")
def open_tour(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    """The window, opened once."""
    with real_tour(tmp_path_factory.mktemp("tour")) as tour:
        yield tour


@pytest.fixture
def tour(open_tour: Tour) -> Tour:
    """The window with the clip of two people held at frame 50, and nothing chosen."""
    open_tour.prepare()
    return open_tour


@pytest.fixture(autouse=True)
def no_thread_left() -> None:
    """The window's threads for jobs live as long as it does, over many tests."""
