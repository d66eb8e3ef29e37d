"""Builds the self-contained folder `dist/ferqt` with PyInstaller: `make package`.

What goes into it is listed here, where a test compares it with what the program reads;
`scripts/ferqt.spec` hands the lists to PyInstaller. TensorFlow stays out: it would triple the size,
and only a user's own Keras file needs it.
"""

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "scripts" / "ferqt.spec"
TOOLS = ROOT / "build" / "packaging"
WORK = ROOT / "build" / "pyinstaller"
DIST = ROOT / "dist"
CONSTRAINTS = ROOT / "constraints.txt"

_PIP = (sys.executable, "-m", "pip", "install", "--quiet")

SHIPPED = ("resources", "models", "docs")
"""Folders of the project that the program reads; `scripts/hatch_build.py` has the same."""

PACKAGE_DATA = ("ferqt/outputs/report/templates",)
"""Folders of files in the package itself that are read beside its modules; wheels have them."""

LEFT_OUT = frozenset({"tensorflow", "keras", "jax", "tensorboard"})
"""Requirements that the folder does without, with what only they need."""

HIDDEN_IMPORTS = (
    "ferqt.bench.start_child",
    "ferqt.classifiers.compile",
    "ferqt.classifiers.examine",
    "ferqt.classifiers.first_load",
    "ferqt.classifiers.keras_backend",
    "ferqt.ui.painting_times",
    "mediapipe.tasks.c",
    "mediapipe.tasks.python.core.base_options",
    "mediapipe.tasks.python.vision",
    "PySide6.QtDBus",
    "PySide6.QtSvg",
    "sounddevice",
)
"""Modules that are imported by a name that is put together, or started as a process."""

EXCLUDED = (
    "IPython",
    "hypothesis",
    "jax",
    "jaxlib",
    "keras",
    "mypy",
    "networkx",
    "pandas",
    "pytest",
    "scipy",
    "skimage",
    "tensorboard",
    "tensorflow",
    "tkinter",
    "torch",
    "training",
    "yaml",
)
"""Packages that some library would use if they were there."""


def data_files() -> list[tuple[str, str]]:
    """Return files and folders that no import leads to, each with its folder in the build."""
    return [
        *((str(ROOT / name), f"ferqt/_data/{name}") for name in SHIPPED),
        *((str(ROOT / name), name) for name in PACKAGE_DATA),
        (str(_folder("cv2") / "data" / "haarcascade_frontalface_alt2.xml"), "cv2/data"),
        (
            str(_folder("matplotlib") / "mpl-data" / "sample_data" / "grace_hopper.jpg"),
            "matplotlib/mpl-data/sample_data",
        ),
    ]


def native_libraries() -> list[tuple[str, str]]:
    """Return libraries that are loaded by path, each with its folder in the build."""
    folder = _folder("mediapipe") / "tasks" / "c"
    return [
        (str(path), "mediapipe/tasks/c")
        for path in sorted(folder.iterdir())
        if path.suffix in {".so", ".dylib", ".dll"}
    ]


def is_left_out(name: str, prefixes: tuple[str, ...]) -> bool:
    """Say whether a library of the build is left to the system that the folder will run on.

    Wheels bring some under the same names in folders of their own, "pillow.libs" for one; what
    needs those finds no other.

    Args:
        name: Where the library lies in the build.
        prefixes: Beginnings of the names of what is left out.
    """
    path = Path(name)
    return path.name.startswith(prefixes) and path.parent.suffix != ".libs"


def distributions() -> list[str]:
    """Return the installed libraries whose versions and licenses the folder tells."""
    return sorted(_needed("ferqt", set()))


def main() -> int:
    """Build the folder; returns the exit code."""
    if not (TOOLS / "PyInstaller").is_dir():
        subprocess.run(
            [*_PIP, "--target", str(TOOLS), "-c", str(CONSTRAINTS), *_packaging_requirements()],
            check=True,
        )
    # Apart from the environment of the program: what builds it shall not end up in it.
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(WORK), str(SPEC)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if ended.returncode != 0:
        return ended.returncode
    size = sum(path.lstat().st_size for path in (DIST / "ferqt").rglob("*"))
    print(f"{DIST / 'ferqt'}: {size / 1e6:.0f} MB")
    return 0


def _packaging_requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["optional-dependencies"]["packaging"])


def _needed(name: str, seen: set[str]) -> Iterator[str]:
    """Yield a library and those that it needs on this system, without what is left out."""
    plain = re.sub(r"[-_.]+", "-", name).lower()
    if plain in seen or plain in LEFT_OUT:
        return
    seen.add(plain)
    try:
        requirements = importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return
    yield name
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield from _needed(requirement.name, seen)


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed")
    return Path(spec.origin).parent


if __name__ == "__main__":
    sys.exit(main())
