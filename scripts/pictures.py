"""Makes the pictures of the documentation: the real window, with its models, on a real session.

    python scripts/pictures.py                      all of them, into docs/pictures
    python scripts/pictures.py faces log --out /tmp  only some, by name, elsewhere

A clip is made of two portraits in the public domain, opened, and the window is driven by its own
actions. Settings, models and files of the user are neither read nor changed. Without a display one
is started with Xvfb.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from scripts.analysis_pictures import take_analysis
from scripts.films import write_call
from scripts.photographer import Photographer, some_display

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_MODELS: Final = (372, 640)
"""Size of the panel of models when it stands by itself, with room for all cards."""

_INSIDE_PX: Final = 1100
"""Bars of the demo's faces have room beside or below them while these are left of it."""


def take_first_start(at: Photographer) -> None:
    """What a person sees first."""
    at.until(lambda: at.session.card is not None, "the model")
    at.size(1280, 800)
    at.save("privacy-page")
    at.window.privacy_page.button.click()
    at.save("start")


def take_live(at: Photographer) -> None:
    """The live view in its sizes and colors."""
    at.open("demo", 2)
    at.live(8.0)
    at.window.parts.selection.select(1)
    at.faces_within(_INSIDE_PX)
    at.save("window")
    at.do("theme_light")
    at.live(3.0)
    at.faces_within(_INSIDE_PX)
    at.save("window-light")
    at.do("theme_dark")
    at.open(str(at.home / "call.mp4"), 2)
    at.live(4.0)
    at.do("shot")
    at.live(4.0)
    at.do("shot")
    at.live(2.0)
    at.window.notice_bar.clear()
    at.window.parts.selection.select(1)
    at.save("video")
    at.size(900, 600)
    at.save("window-900x600")
    at.size(1280, 800)


def take_playing(at: Photographer) -> None:
    """Range, loop, speed and markers."""
    from ferqt.core.markers import Marker
    from ferqt.ui.dialogs.jump import JumpDialog
    from ferqt.ui.dialogs.marker import MarkerDialog

    session, playback = at.session, at.session.playback
    session.seek(2.0)
    at.live(1.5)
    at.do("marker")
    at.save_dialog("marker", MarkerDialog)
    for second, label, note in (
        (3.0, "question", ""),
        (5.0, "answer", "laughs"),
        (8.0, "question", "second one"),
    ):
        session.seek(second)
        at.live(1.5)
        assert at.window.view.result is not None
        at.window.parts.markers.add(Marker.at(at.window.view.result, label, note))
    playback.set_in(3.0)
    playback.set_out(8.0)
    playback.set_looping(True)
    at.do("slower")
    at.live(2.0)
    at.save("playback", at.window.transport)
    at.save_panel("markers")
    at.do("jump")
    at.save_dialog("jump", JumpDialog)
    at.do("clear_range")
    at.do("normal_speed")


def take_faces(at: Photographer) -> None:
    """Names, baselines, and what is known of each face."""
    from ferqt.ui.dialogs.face_name import FaceNameDialog

    at.session.playback.set_looping(True)
    at.session.seek(0.0)
    at.window.parts.selection.select(1)
    at.live(0.5)
    at.do("rename_face")
    at.save_dialog("name", FaceNameDialog)
    at.session.rename_face(1, "Grace")
    at.session.rename_face(2, "Eileen")
    at.do("baseline")
    at.window.docking.show("faces")
    at.live(3.0)
    at.save_panel("faces", "baseline-running")
    at.until(lambda: 1 in at.session.config.baselines, "the baseline")
    at.live(3.0)
    at.window.notice_bar.clear()
    at.save_panel("faces")
    at.save_panel("statistics")
    at.save_panel("probabilities")
    at.save_panel("affect")
    at.save("baseline")


def take_models(at: Photographer) -> None:
    """Comparing, details, and adding."""
    from ferqt.ui.dialogs.model_add import AddModelDialog
    from ferqt.ui.dialogs.model_details import ModelDetailsDialog

    at.window.docking.show("probabilities")
    dock = at.window.docking.docks["models"]
    dock.setFloating(True)
    dock.resize(*_MODELS)
    at.save_panel("models")
    at.session.compare_with("live48-fer7")
    at.until(lambda: at.session.compared_card is not None, "the compared model")
    at.live(3.0)
    at.save_panel("models", "models-compared")
    dock.setFloating(False)
    at.window.docking.show("models")
    at.save("compare")
    at.session.compare_with("")
    at.do("details")
    at.save_dialog("model-details", ModelDetailsDialog, lambda _: at.live(1.5))
    bare = at.home / "my-model.tflite"
    shutil.copy(ROOT / "models" / "live48-fer7" / "model.tflite", bare)
    at.window.parts.desk.add(str(bare))
    at.save_dialog("add-model", AddModelDialog, lambda _: at.live(8.0))


def take_recording(at: Photographer) -> None:
    """A recording, from the question to the file."""
    from ferqt.runtime.recording import RecordingState
    from ferqt.ui.dialogs.recording import RecordingDialog

    at.do("record_as")
    at.save_dialog("record-as", RecordingDialog, lambda _: at.live(0.5))
    at.session.seek(1.0)
    at.do("record")
    recording = at.window.parts.recording
    at.until(lambda: recording.state is RecordingState.ON, "the recording")
    at.live(5.0)
    at.save("recording")
    at.do("record")
    at.until(lambda: recording.state is RecordingState.OFF, "the end of the recording")
    at.window.notice_bar.clear()


def take_panels(at: Photographer) -> None:
    """Gallery and log."""
    at.window.docking.show("gallery")
    at.live(3.0)
    at.save_panel("gallery")
    at.save_panel("log")


def take_help(at: Photographer) -> None:
    """Settings, Help, and what a person sees who comes back."""
    from ferqt.ui.about import AboutDialog
    from ferqt.ui.dialogs.settings_dialog import SettingsDialog
    from ferqt.ui.licenses_dialog import LicensesDialog
    from ferqt.ui.privacy import PrivacyDialog
    from ferqt.ui.shortcut_sheet import ShortcutSheet

    def show_keys(dialog: SettingsDialog) -> None:
        dialog.show_group("shortcuts")
        at.live(2.5)

    at.do("settings")
    at.save_dialog("settings", SettingsDialog)
    at.do("settings")
    at.save_dialog("settings-keys", SettingsDialog, show_keys)
    for action_id, name, kind in (
        ("shortcuts", "shortcuts", ShortcutSheet),
        ("privacy", "privacy", PrivacyDialog),
        ("about", "about", AboutDialog),
        ("licenses", "licenses", LicensesDialog),
    ):
        at.do(action_id)
        at.save_dialog(name, kind, lambda _: at.live(1.5))
    at.session.close_source()
    at.live(1.0)
    at.save("start-recent")


def take_all(home: Path, folder: Path, wanted: list[str]) -> None:
    """Open the window and take the pictures."""
    from ferqt.settings import (
        LANGUAGE,
        RECORD_COUNTDOWN,
        RECORDING_FOLDER,
        SCREENSHOT_FOLDER,
        Settings,
    )
    from ferqt.ui.application import create_application

    settings = Settings.load()
    settings.set(LANGUAGE, "en")
    settings.set(SCREENSHOT_FOLDER, str(home / "screenshots"))
    settings.set(RECORDING_FOLDER, str(home / "recordings"))
    settings.set(RECORD_COUNTDOWN, False)
    application = create_application(["ferqt"], "en")

    from ferqt.classifiers.catalog import Catalog
    from ferqt.paths import models_dir, user_models_dir
    from ferqt.pipeline.config import PipelineConfig
    from ferqt.runtime.session import AnalysisSession
    from ferqt.sources.factory import open_source
    from ferqt.ui.main_window import MainWindow

    write_call(home / "call.mp4")
    catalog = Catalog((models_dir(), user_models_dir()))
    session = AnalysisSession(catalog, PipelineConfig(catalog.default_id()), open_source)
    window = MainWindow(session, settings)
    window.show()
    session.start()
    at = Photographer(window, session, home, folder, wanted)
    try:
        for take in (
            take_first_start,
            take_live,
            take_playing,
            take_faces,
            take_models,
            take_recording,
            take_panels,
            take_analysis,
            take_help,
        ):
            take(at)
    finally:
        window.close()
        session.shutdown()
        application.processEvents()


def main() -> int:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("names", nargs="*", help="pictures to save; all if none is named")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ferqt-") as name:
        home = Path(name)
        for kind in ("DATA", "CONFIG", "CACHE", "LOG"):
            os.environ[f"FERQT_{kind}_DIR"] = str(home / kind.lower())
        with some_display():
            take_all(home, args.out, args.names)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
