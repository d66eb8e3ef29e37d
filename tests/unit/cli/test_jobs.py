"""Where the results of each source go."""

from pathlib import Path

import pytest

from ferqt.cli.jobs import plan_jobs, shown_location


def _names(locations: list[str]) -> list[str]:
    return [job.folder.name for job in plan_jobs(locations, Path("out"))]


def test_a_single_source_uses_the_folder_itself() -> None:
    (job,) = plan_jobs(["a/clip.mp4"], Path("out"))

    assert (job.location, job.folder) == ("a/clip.mp4", Path("out"))


def test_several_sources_have_a_folder_each_named_after_them() -> None:
    assert _names(["a/clip.mp4", "b/photo.jpg", "demo"]) == ["clip", "photo", "demo"]


def test_no_two_sources_share_a_folder() -> None:
    assert _names(["a/clip.mp4", "b/clip.avi", "b/Clip.mkv", "clip-2.mp4"]) == [
        "clip",
        "clip-2",
        "Clip-3",
        "clip-2-2",
    ]


def test_a_folder_of_pictures_keeps_its_whole_name(tmp_path: Path) -> None:
    (tmp_path / "day.1").mkdir()

    assert _names([str(tmp_path / "day.1"), "other.mp4"]) == ["day.1", "other"]


@pytest.mark.parametrize("location", ["..", "/", "???.mp4"])
def test_a_name_never_leaves_the_output_folder(location: str) -> None:
    first, _ = plan_jobs([location, "other.mp4"], Path("out"))

    assert first.folder.parent == Path("out")
    assert first.folder.name not in ("", ".", "..")


def test_a_password_in_an_address_is_neither_shown_nor_a_folders_name() -> None:
    location = "rtsp://me:secret@camera.local/live"

    assert "secret" not in shown_location(location)
    assert all("secret" not in name for name in _names([location, "rtsp://me:secret@host"]))
