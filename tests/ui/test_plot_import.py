"""pyqtgraph is imported little by little, and only when the plot is seen."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ferqt.core.emotions import FERPLUS8
from ferqt.ui import plot_import
from ferqt.ui.emotion_plot import EmotionPlot
from ferqt.ui.plot_import import PlotImport, import_in_steps
from ferqt.ui.theme import Theme
from tests.helpers.readings import face, sample, scores

_PACKAGE = "ferqt_stepwise"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of two modules, of which one asks the other for what it began with."""
    folder = tmp_path / _PACKAGE
    folder.mkdir()
    (folder / "__init__.py").write_text("early = 1\nfrom .part import late\nlast = late + 1\n")
    (folder / "part.py").write_text("from . import early\nlate = early + 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [one for one in sys.modules if one.startswith(_PACKAGE)]:
        del sys.modules[name]


def test_a_package_is_imported_a_statement_at_a_time(package: Path) -> None:
    steps = import_in_steps(_PACKAGE)
    next(steps)
    assert sys.modules[_PACKAGE].early == 1
    assert f"{_PACKAGE}.part" not in sys.modules
    assert len(list(steps)) == 2
    module = __import__(_PACKAGE)
    assert (module.early, module.late, module.last) == (1, 2, 3)
    assert module.__path__ == [str(package)]
    assert module.__file__ == str(package / "__init__.py")


def test_a_package_without_its_source_is_imported_at_once(package: Path) -> None:
    import py_compile

    for name in ("__init__", "part"):
        source = package / f"{name}.py"
        py_compile.compile(str(source), cfile=str(package / f"{name}.pyc"))
        source.unlink()
    assert list(import_in_steps(_PACKAGE)) == []
    assert sys.modules[_PACKAGE].last == 3


def test_a_package_that_is_broken_is_told_and_not_left_half_imported(package: Path) -> None:
    (package / "part.py").write_text("import no_such_module_anywhere\n")
    with pytest.raises(ImportError, match="no_such_module_anywhere"):
        list(import_in_steps(_PACKAGE))
    assert _PACKAGE not in sys.modules
    with pytest.raises(ImportError, match="no_such_package_anywhere"):
        list(import_in_steps("no_such_package_anywhere"))


def test_the_plot_becomes_ready_by_itself_once_it_is_seen(qtbot: QtBot) -> None:
    plot = EmotionPlot(Theme())
    qtbot.addWidget(plot)
    plot.set_labels(FERPLUS8)
    plot.legend.switch("sad").click()
    plot.set_markers([(0.5, "here")])
    qtbot.wait(50)
    assert not plot.is_ready
    plot.show()
    plot.add_samples(
        [sample(step / 30, face(1, (0, 0, 9, 9), scores({"happy": 0.8}))) for step in range(30)]
    )
    qtbot.waitUntil(lambda: plot.is_ready)
    assert plot.canvas.visible_names() == set(FERPLUS8.names) - {"sad"}
    assert plot.canvas.marker_times() == [0.5]
    qtbot.waitUntil(lambda: len(plot.canvas.curve_data("happy")[0]) == 30)


def test_a_second_window_goes_on_with_what_the_first_began(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []

    def steps() -> Iterator[None]:
        for number in range(3):
            done.append(number)
            yield

    monkeypatch.setattr(plot_import, "_steps", steps)
    monkeypatch.setattr(plot_import, "_begun", [])
    monkeypatch.setattr(plot_import, "_TURN_S", 0.0)
    first, second = PlotImport(), PlotImport()
    first.start()
    qtbot.waitUntil(lambda: bool(done))
    first.stop()
    with qtbot.waitSignal(second.done):
        second.start()
    with qtbot.waitSignal(first.done):
        first.finish()
    assert done == [0, 1, 2]


def test_pyqtgraph_is_imported_in_short_turns() -> None:
    code = (
        "import sys, time\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from ferqt.ui.plot_import import PlotImport\n"
        "done, turns = [], [time.thread_time()]\n"
        "loading = PlotImport()\n"
        "loading.done.connect(lambda: done.append(True))\n"
        "assert 'pyqtgraph' not in sys.modules\n"
        "loading.start()\n"
        "while not done:\n"
        "    app.processEvents()\n"
        "    turns.append(time.thread_time())\n"
        "import pyqtgraph\n"
        "assert pyqtgraph.PlotWidget\n"
        "spent = [after - before for before, after in zip(turns, turns[1:])]\n"
        "print(max(spent) / sum(spent), sum(one > 0.002 for one in spent))\n"
    )
    command = [sys.executable, "-c", code, "-platform", "offscreen"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    longest, turns = (float(word) for word in done.stdout.split())
    assert turns > 15
    assert longest < 0.25
