"""Holds the shape of the project: who imports whom, how long a module is, what is shipped."""

import ast
import hashlib
import importlib.metadata
import itertools
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES = 400
HEAVY = {
    "PySide6",
    "ai_edge_litert",
    "av",
    "h5py",
    "keras",
    "matplotlib",
    "mediapipe",
    "pyqtgraph",
    "tensorflow",
}
# The brackets keep this file from finding itself.
INDEX_ADDRESSES = re.compile(r"pypi[.]org|python[h]osted|registry[.]npmjs|deb[.]debian")


def _sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _requirements() -> list[list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [project["dependencies"], *project["optional-dependencies"].values()]


def test_import_contracts_hold():
    command = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_no_module_does_two_things():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in _sources("ferqt", "training", "scripts", "benchmarks", "tests")
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


@pytest.mark.parametrize("module", ["ferqt.pipeline.pipeline", "ferqt.app", "ferqt.cli"])
def test_importing_the_engine_is_quick_and_loads_no_heavy_library(module: str):
    program = (
        f"import json, sys, time; import {module}; "
        "print(json.dumps([time.process_time(), sorted(sys.modules)]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    seconds, modules = json.loads(run.stdout)
    assert HEAVY & set(modules) == set()
    assert seconds < 1.5


def test_only_command_lines_print():
    printing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _sources("ferqt", "training")
        if path.relative_to(ROOT).parts[1] not in {"cli", "commands", "__main__.py"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert printing == []


def test_every_package_folder_is_a_package():
    folders = {path.parent for path in _sources("ferqt", "training")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_face_models_are_those_that_their_list_names():
    table = (ROOT / "resources" / "SOURCES.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| (\S+) \| ([0-9a-f]{64}) \|", table, flags=re.MULTILINE))
    present = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / "resources").iterdir()
        if path.is_file() and path.suffix not in {".md", ".py", ".svg"}
    }
    assert present == listed


def test_no_file_names_a_package_index():
    skipped = {"build", "dist", "data", "runs", "__pycache__"}
    tops = [one for one in ROOT.iterdir() if one.name == ".ci" or not one.name.startswith(".")]
    files = [one for one in tops if one.is_file()]
    for top in (one for one in tops if one.is_dir() and one.name not in skipped):
        for folder, below, names in os.walk(top):
            # What others make meanwhile, and what was installed, is not even looked into.
            below[:] = [name for name in below if name not in skipped]
            files += [Path(folder, name) for name in names]
    assert len(files) > 500
    naming = [
        str(path.relative_to(ROOT))
        for path in files
        if path.is_file()
        and path.stat().st_size < 1_000_000
        and INDEX_ADDRESSES.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert naming == []


def test_one_opencv_wheel_is_installed():
    wheels = {
        name.lower()
        for distribution in importlib.metadata.distributions()
        if (name := distribution.metadata["Name"]) and name.lower().startswith("opencv")
    }
    assert wheels == {"opencv-contrib-python"}


def test_constraints_pin_every_direct_dependency_within_its_bounds():
    pins = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            pin = Requirement(line)
            pins[_plain(pin.name)] = str(pin.specifier).removeprefix("==")
    for wanted in map(Requirement, itertools.chain(*_requirements())):
        assert _plain(wanted.name) in pins, f"{wanted.name} has no pin"
        assert pins[_plain(wanted.name)] in wanted.specifier, wanted


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
