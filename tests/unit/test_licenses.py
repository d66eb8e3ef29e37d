"""What ferqt is made of is told, with its license."""

import tomllib
from pathlib import Path

import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.licenses import Licensed, Part, license_text, list_licensed
from ferqt.paths import models_dir, resources_dir

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def listed() -> tuple[Licensed, ...]:
    return list_licensed(Catalog((models_dir(),)))


def plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def test_the_program_comes_first(listed: tuple[Licensed, ...]) -> None:
    assert (listed[0].part, listed[0].name, listed[0].license) == (Part.PROGRAM, "ferqt", "MIT")


def test_every_library_that_is_asked_for_is_listed(listed: tuple[Licensed, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {plain(each.name) for each in listed if each.part is Part.LIBRARY}
    for requirement in project["dependencies"]:
        name = requirement.split(">")[0].split("<")[0].split("=")[0].split("[")[0]
        assert plain(name.strip()) in names
    assert names.isdisjoint({"pytest", "mypy", "ruff"})


def test_every_library_names_its_license_or_brings_its_text(listed: tuple[Licensed, ...]) -> None:
    silent = {each.name for each in listed if not each.license and not license_text(each.name)}
    assert silent == set()
    assert all("\n" not in each.license for each in listed)


def test_what_comes_inside_another_library_is_listed(listed: tuple[Licensed, ...]) -> None:
    (codec,) = (each for each in listed if each.name == "FFmpeg libavcodec")
    assert "GPL" in codec.license


def test_models_and_face_models_are_listed(listed: tuple[Licensed, ...]) -> None:
    models = {each.name: each for each in listed if each.part is Part.MODEL}
    assert models
    assert all(each.license and each.note for each in models.values())
    files = {each.name for each in listed if each.part is Part.FILE}
    on_disk = {
        path.name
        for path in resources_dir().iterdir()
        if path.suffix in {".task", ".prototxt", ".caffemodel"}
    }
    assert files == on_disk


def test_the_text_of_a_license_can_be_read() -> None:
    assert "Permission" in license_text("platformdirs")
    assert license_text("no-such-library") == ""
