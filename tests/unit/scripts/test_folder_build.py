"""The lists of the self-contained folder hold all that the program reads, and no TensorFlow."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ferqt.faces import haar
from ferqt.pipeline import provenance
from ferqt.sources import demo
from scripts import folder_build

ROOT = Path(__file__).resolve().parents[3]
LIBRARIES_OF_TRAINING = {"keras", "tensorflow"}


def calls(name: str) -> Iterator[ast.Call]:
    """Every call of a function of that name in the program."""
    for path in (ROOT / "ferqt").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node, "func", None)
            if isinstance(node, ast.Call) and name in (
                getattr(called, "attr", ""),
                getattr(called, "id", ""),
            ):
                yield node


def imported() -> set[str]:
    """Every module that the program imports by an import statement."""
    found = set()
    for path in (ROOT / "ferqt").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def places() -> dict[Path, str]:
    return {Path(source): place for source, place in folder_build.data_files()}


def test_own_files_lie_where_an_installed_program_looks() -> None:
    read = {ast.literal_eval(call.args[0]) for call in calls("_shipped")}
    assert {"resources", "models"} <= read
    for name in read:
        assert places()[ROOT / name] == f"ferqt/_data/{name}"


def test_files_in_the_package_lie_beside_its_modules() -> None:
    package = ROOT / "ferqt"
    folders = {
        path.parent.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"} and "_data" not in path.parts
    } - {"ferqt"}
    assert folders == set(folder_build.PACKAGE_DATA)
    for name in folders:
        assert places()[ROOT / name] == name


def test_files_of_libraries_lie_where_those_look() -> None:
    import cv2.data

    cascade = Path(cv2.data.haarcascades) / haar._CASCADE
    assert places()[cascade] == "cv2/data"
    assert places()[demo._portrait_path()] == "matplotlib/mpl-data/sample_data"
    assert all(path.exists() for path in places())


def test_libraries_that_are_loaded_by_path_are_listed() -> None:
    (library,) = folder_build.native_libraries()
    assert Path(library[0]).stem.startswith("libmediapipe")
    assert library[1] == "mediapipe/tasks/c"


def test_modules_that_no_statement_imports_are_listed() -> None:
    named = {
        call.args[0].value
        for call in calls("import_module")
        if isinstance(call.args[0], ast.Constant)
    }
    assert named
    listed = set(folder_build.HIDDEN_IMPORTS)
    packages = {name.rpartition(".")[0] for name in listed} | {"mediapipe"}
    assert named - listed - packages == set()


def test_helper_processes_are_listed() -> None:
    assert len(list(calls("run_helper"))) == 3
    names = ("compile", "examine", "first_load")
    helpers = {f"ferqt.classifiers.{name}" for name in names}
    assert helpers <= set(folder_build.HIDDEN_IMPORTS)


def test_nothing_that_the_program_imports_is_excluded() -> None:
    tops = {name.partition(".")[0] for name in imported()}
    assert tops & set(folder_build.EXCLUDED) == LIBRARIES_OF_TRAINING


def test_versions_are_told_of_what_is_in_the_folder_alone() -> None:
    told = {_plain(name) for name in folder_build.distributions()}
    assert {_plain(name) for name in (*provenance._LIBRARIES, "ferqt", "sounddevice")} <= told
    assert "pyside6-essentials" in told
    assert told & (LIBRARIES_OF_TRAINING | {"jax", "tensorboard", "pytest", "grpcio"}) == set()


def test_what_wheels_bring_is_not_left_to_the_system() -> None:
    prefixes = ("libharfbuzz", "libqgtk3")
    assert folder_build.is_left_out("libharfbuzz.so.0", prefixes)
    assert folder_build.is_left_out("PySide6/Qt/plugins/platformthemes/libqgtk3.so", prefixes)
    assert not folder_build.is_left_out("pillow.libs/libharfbuzz-fb49c9fc.so.0.61450.0", prefixes)
    assert not folder_build.is_left_out("libtiff.so.6", prefixes)


def test_the_description_for_pyinstaller_is_python() -> None:
    compile(folder_build.SPEC.read_text(encoding="utf-8"), str(folder_build.SPEC), "exec")


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
