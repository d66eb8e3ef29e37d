"""Settings of an analysis, totals of the queue, and what is found in files and folders."""

from pathlib import Path

import numpy as np
import pytest

from ferqt.errors import SessionError
from ferqt.runtime.analysis_jobs import AnalysisJob, JobState, totals_of
from ferqt.runtime.analysis_preset import (
    AnalysisPreset,
    preset_of,
    read_presets,
    with_preset,
    write_presets,
)
from ferqt.runtime.analysis_sources import MediaSource, Refusal, find_media, length_of
from tests.helpers.clips import write_clip

FULL = AnalysisPreset(
    "Fine", "vgg48", "haar", 2, 0.5, 0.4, True, ("csv", "vtt"), True, True, 1.5, 20
)


def test_settings_come_back_as_they_were_kept() -> None:
    assert read_presets(write_presets([FULL, AnalysisPreset("Coarse", every=10)])) == (
        FULL,
        AnalysisPreset("Coarse", every=10),
    )


@pytest.mark.parametrize(
    "text", ["", "[]", '{"every": 0}', '{"every": true}', '{"formats": "csv"}', '{"name": 3}']
)
def test_damaged_settings_are_left_out(text: str) -> None:
    assert read_presets([text, *write_presets([FULL])]) == (FULL,)


def test_settings_with_a_known_name_take_the_place_of_the_older_ones() -> None:
    finer = AnalysisPreset("Fine", every=1)
    coarse = AnalysisPreset("Coarse", every=10)
    assert with_preset((FULL, coarse), finer) == (finer, coarse)
    assert with_preset((FULL,), coarse) == (FULL, coarse)


def test_usual_settings_tell_the_program_nothing() -> None:
    assert AnalysisPreset("Plain", blur=True).arguments() == []


def test_all_settings_reach_the_program() -> None:
    assert " ".join(FULL.arguments()) == (
        "--model vgg48 --detector haar --smoothing 0.5 --uncertain-below 0.4 --from 1.5 --to 20 "
        "--every 2 "
        "--format csv,vtt --blendshapes --annotated --blur"
    )


def test_pictures_get_no_files_that_tell_times() -> None:
    assert FULL.for_pictures().formats == ("csv",)
    assert AnalysisPreset(formats=("vtt", "elan")).for_pictures().formats == ("csv",)
    assert not FULL.for_pictures().annotated


def test_a_report_can_be_blurred_without_a_video() -> None:
    assert AnalysisPreset(formats=("html",), blur=True).arguments() == [
        "--format",
        "html",
        "--blur",
    ]


def test_a_session_says_what_it_was_asked_for() -> None:
    facts = {
        "part": {"from_s": None, "to_s": 20.0, "every": 5},
        "model": {"id": "vgg48"},
        "settings": {
            "detector": {"id": "haar", "blendshapes": True},
            "smoothing_s": 0.3,
            "uncertain_below": None,
        },
    }
    assert preset_of(facts, "As before") == AnalysisPreset(
        "As before", "vgg48", "haar", 5, 0.3, blendshapes=True, stop_s=20.0
    )
    with pytest.raises(SessionError, match="how it was begun"):
        preset_of({"part": {}})


def job(number: int, state: JobState, **values: object) -> AnalysisJob:
    return AnalysisJob(number, f"{number}", f"{number}", Path(f"{number}"), state=state, **values)


def test_the_time_left_counts_what_waits_too() -> None:
    running = job(1, JobState.RUNNING, frames=100, total=200, fps=50.0, length_s=8.0)
    waiting = job(2, JobState.QUEUED, length_s=16.0)
    totals = totals_of([running, waiting])
    assert totals.seconds_left == pytest.approx((100 + 400) / 50)
    assert totals.share == pytest.approx(100 / 600)


def test_a_failed_job_is_no_work_that_is_left() -> None:
    totals = totals_of([job(1, JobState.FAILED, total=100), job(2, JobState.DONE, total=100)])
    assert totals.share == 1.0
    assert (totals.done, totals.problems, totals.seconds_left) == (1, 1, None)


def test_no_jobs_are_no_progress() -> None:
    assert totals_of([]).share == 0.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b10.mp4",
        "b2.MOV",
        "notes.txt",
        ".hidden.mp4",
        "deep/c.mkv",
        "deep/stills/1.jpg",
        "deep/stills/2.png",
        "deep/stills/d.webm",
        ".trash/e.mp4",
    ):
        path = tmp_path / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "media"


def test_a_folder_gives_its_videos_and_its_folders_of_pictures(folder: Path) -> None:
    found = find_media([str(folder)])
    assert [Path(one.location).relative_to(folder).as_posix() for one in found.sources] == [
        "b2.MOV",
        "b10.mp4",
        "deep/c.mkv",
        "deep/stills/d.webm",
        "deep/stills",
    ]
    assert found.sources[-1] == MediaSource(str(folder / "deep/stills"), "stills", 2)
    assert found.refused == [(str(folder / "notes.txt"), Refusal.UNKNOWN_KIND)]


def test_what_cannot_be_analyzed_is_listed_with_a_reason(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    known = str(folder / "b2.MOV")
    asked = ["rtsp://camera/1", str(folder / "gone.mp4"), str(tmp_path / "empty"), known]
    found = find_media(asked, known=[known])
    assert found.sources == []
    assert [reason for _, reason in found.refused] == [
        Refusal.ENDLESS,
        Refusal.MISSING,
        Refusal.EMPTY,
        Refusal.KNOWN,
    ]


def test_the_same_file_is_taken_once(folder: Path) -> None:
    found = find_media([str(folder / "b10.mp4"), str(folder)])
    assert [one.title for one in found.sources].count("b10.mp4") == 1


def test_a_chosen_file_with_an_odd_ending_is_looked_into(tmp_path: Path) -> None:
    frames = [np.full((32, 32, 3), 90, np.uint8)] * 30
    write_clip(tmp_path / "clip.mp4", frames)
    odd = (tmp_path / "clip.mp4").rename(tmp_path / "clip.dat")
    (tmp_path / "text.dat").write_text("no video")
    found = find_media([str(odd), str(tmp_path / "text.dat")])
    assert [one.location for one in found.sources] == [str(odd)]
    assert found.refused == [(str(tmp_path / "text.dat"), Refusal.UNKNOWN_KIND)]
    assert length_of(found.sources[0]) == pytest.approx(1.0, abs=0.05)


def test_the_length_of_what_is_no_video_is_not_known(folder: Path) -> None:
    assert length_of(MediaSource(str(folder / "b2.MOV"), "b2.MOV")) is None
    assert length_of(MediaSource(str(folder), "media", 3)) is None
