"""Pictures of the analysis of recorded material: queue, library, timeline, figures, exports."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from scripts.films import write_take, write_talk

if TYPE_CHECKING:
    from ferqt.outputs.store.entry import LibraryEntry
    from ferqt.ui.analyze.page import AnalyzePage
    from scripts.photographer import Photographer

_TALK: Final = "interview.mp4"
_TAKES: Final = (("take-1.mp4", 1.0), ("take-2.mp4", 2.5), ("take-3.mp4", 4.0))
_ANALYSES_S: Final = 400.0
"""How long the analysis of a film may take on a busy computer."""

_HALF: Final = 0.5
_STIMULUS: Final = "stimulus"
_FIGURES: Final = (600, 440)
"""Size of the panel of figures when it stands by itself."""


def take_analysis(at: "Photographer") -> None:
    """From files in the queue to what is made of their sessions."""
    folder = at.home / "films"
    folder.mkdir()
    write_talk(folder / _TALK)
    for name, begins_s in _TAKES:
        write_take(folder / name, begins_s)
    at.session.close_source()
    at.window.notice_bar.clear()
    at.do("reset_panels")
    at.do("analysis")
    page = at.window.analysis.page
    at.live(1.0)
    at.save("analyze-empty")
    _take_queue(at, page, folder)
    entries = _take_library(at, page)
    _take_timeline(at, entries)
    _take_dialogs(at)
    _take_figures(at)
    _take_small(at)
    _take_comparison(at, page, entries)
    at.do("close_session")


def _take_queue(at: "Photographer", page: "AnalyzePage", folder: Path) -> None:
    """The settings of analyses, and the queue while it works."""
    from ferqt.runtime.analysis_jobs import JobState
    from ferqt.ui.analyze.preset_dialog import PresetDialog

    names = (_TAKES[0][0], _TALK, *(name for name, _ in _TAKES[1:]))
    page.queue_pane.presets.new_action.trigger()
    at.save_dialog("analyze-settings", PresetDialog)
    page.add_locations([str(folder / name) for name in names])
    queue = page.queue
    at.until(lambda: len(queue.jobs) == len(names), "the jobs")
    queue.start()

    def half_done() -> bool:
        talk = queue.jobs[1]
        return talk.state is JobState.RUNNING and (talk.frames or 0) >= _HALF * (talk.total or 1e9)

    at.until(half_done, "the second film", _ANALYSES_S)
    at.window.notice_bar.clear()
    at.save("queue")
    at.until(
        lambda: all(job.state is JobState.DONE for job in queue.jobs), "all films", _ANALYSES_S
    )
    at.live(1.5)
    at.window.notice_bar.clear()


def _take_library(at: "Photographer", page: "AnalyzePage") -> dict[str, "LibraryEntry"]:
    """The library, with what a person wrote into it."""
    from ferqt.core.markers import Marker
    from ferqt.outputs.store.editor import SessionEditor

    library = page.feed.library
    entries = {entry.title: entry for entry in library.sessions()}
    for title, entry in entries.items():
        with SessionEditor(entry.path) as editor:
            if title == _TALK:
                editor.rename_face(1, "Grace")
                editor.rename_face(2, "Eileen")
                # She comes back under another number.
                editor.merge_faces(3, 2)
            editor.set_tags(("pilot",) if title == _TALK else ("takes",))
            if title == _TALK:
                editor.set_notes("Two people, one of them away from 0:13 to 0:17.")
    for name, begins_s in _TAKES:
        with SessionEditor(entries[name].path) as editor:
            editor.add_marker(
                Marker(round(begins_s * 1000), begins_s, round(begins_s * 15), _STIMULUS)
            )
    page.feed.refresh()
    page.library_pane.choose(entries[_TALK].folder)
    at.live(2.0)
    at.save("library")
    return entries


def _take_timeline(at: "Photographer", entries: dict[str, "LibraryEntry"]) -> None:
    """A session along its time, in both themes and in a small window, and its figures."""
    from ferqt.core.markers import Marker
    from ferqt.core.session_document import TimeRange

    parts, session = at.window.parts, at.session
    parts.review.open(entries[_TALK].path)
    at.until(lambda: at.window.timeline.state is not None, "the timeline")
    at.until(lambda: session.reviewing and at.window.view.result is not None, "the first frame")
    for second, label in ((3.0, "question"), (9.0, "answer"), (20.0, "question")):
        parts.markers.add(Marker(round(second * 1000), second, round(second * 15), label))
    parts.review.exclude(TimeRange(26.0, 28.5))
    at.live(1.0)
    at.do("pause")
    session.playback.set_in(8.0)
    session.playback.set_out(12.0)
    parts.selection.select(1)
    session.seek(9.2)
    at.window.docking.show("figures")
    at.live(3.0)
    at.window.notice_bar.clear()
    at.save("timeline")
    at.do("theme_light")
    at.live(2.0)
    at.save("timeline-light")
    at.do("theme_dark")


def _take_figures(at: "Photographer") -> None:
    """What is counted of a range, and the brief episodes of all."""
    from PySide6.QtWidgets import QTabWidget

    figures = at.window.parts.panels.figures
    dock = at.window.docking.docks["figures"]
    dock.setFloating(True)
    dock.resize(*_FIGURES)
    at.save_panel("figures", "session-figures")
    at.do("clear_range")
    tabs = figures.findChild(QTabWidget)
    assert tabs is not None
    tabs.setCurrentIndex(2)
    at.save_panel("figures", "brief-episodes")
    tabs.setCurrentIndex(0)
    dock.setFloating(False)


def _take_small(at: "Photographer") -> None:
    """The least size that the window is made for."""
    at.window.docking.show("figures")
    at.size(900, 600)
    at.save("timeline-900x600")
    at.do("analysis")
    at.live(1.0)
    at.save("library-900x600")
    at.size(1280, 800)
    at.do("analysis")
    at.do("reset_panels")


def _take_dialogs(at: "Photographer") -> None:
    """What a session is written to."""
    from ferqt.ui.analyze.export_dialog import ExportDialog
    from ferqt.ui.dialogs.annotated_video import AnnotatedVideoDialog

    def place(dialog: ExportDialog) -> None:
        dialog.set_folder(at.home / "exports")

    at.do("export_session")
    at.save_dialog("export", ExportDialog, place)
    at.do("annotated_video")
    at.save_dialog("annotated-video", AnnotatedVideoDialog)


def _take_comparison(
    at: "Photographer", page: "AnalyzePage", entries: dict[str, "LibraryEntry"]
) -> None:
    """Several sessions over each other."""
    from ferqt.ui.comparison_page import ComparisonPage

    page.comparison_requested.emit([entries[name].path for name, _ in _TAKES])
    at.until(lambda: at.window.findChild(ComparisonPage) is not None, "the page")
    shown = at.window.findChild(ComparisonPage)
    assert shown is not None
    at.until(lambda: shown.view.comparison is not None, "the comparison")
    shown.view.align_at(_STIMULUS)
    shown.view.show_expression("sad")
    at.live(2.0)
    at.window.notice_bar.clear()
    at.save("comparison")
    shown.left.emit()
    at.do("analysis")
