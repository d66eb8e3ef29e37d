"""The wheel holds all that the program reads, and runs where there is no checkout."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("ferqt-*.whl")
    return built


def tracked(*folders: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="asks git what belongs to the project")
def test_every_file_of_the_project_that_is_read_is_in_the_wheel(wheel: Path) -> None:
    shipped = re.findall(r'_shipped\("(\w+)"\)', (ROOT / "ferqt" / "paths.py").read_text())
    code, data = tracked("ferqt", "training"), tracked(*shipped)
    assert {"resources/desktop/ferqt.desktop", "resources/translations/ferqt_de.qm"} <= data

    held = set(zipfile.ZipFile(wheel).namelist())

    assert code - held == set()
    assert {f"ferqt/_data/{name}" for name in data} - held == set()
    others = {name.partition("/")[0] for name in held} - {"ferqt", "training"}
    assert [name.endswith(".dist-info") for name in others] == [True]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment with the wheel; its libraries are those of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=os.name != "nt")
    places = {"base": str(folder), "platbase": str(folder)}
    scripts = Path(sysconfig.get_path("scripts", "venv", places))
    packages = Path(sysconfig.get_path("purelib", "venv", places))
    pip = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install"]
    subprocess.run(
        [*pip, "--quiet", "--no-deps", "--no-index", "--no-compile", str(wheel)], check=True
    )
    # Folders that are added this way bring no links of their own, as that to the checkout.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return scripts


def test_the_installed_wheel_runs_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    def run(*command: str) -> str:
        environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
        ended = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=100
        )
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout

    ferqt, python = str(installed / "ferqt"), str(installed / "python")
    where = "import ferqt, ferqt.paths as p; print(ferqt.__file__, p.models_dir())"
    assert str(ROOT) not in run(python, "-c", where)
    assert run(ferqt, "--version").startswith("ferqt ")
    models = run(ferqt, "models", "list")
    assert {path.name for path in (ROOT / "models").iterdir()} <= set(models.split())
    assert "1.0 s" in run(ferqt, "demo-video", "demo.mp4", "--seconds", "1")
    if sys.platform.startswith("linux"):
        entry = Path(run(ferqt, "desktop", "install").partition(": ")[0])
        assert f"Exec={ferqt} %f\n" in entry.read_text(encoding="utf-8")
