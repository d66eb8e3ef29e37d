"""Makes an environment for a peer, with the packages that its list names."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).resolve().parent / "requirements"
_READY: Final = "ready.txt"
"""Written last, with the list that was installed: a folder without it is made anew."""


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment in a folder that the person names; ferqt's own is never touched.

    Attributes:
        name: Of its folder, and of its list of packages.
        is_whole: Whether the list names all packages; otherwise pip chooses what those need.
    """

    name: str
    is_whole: bool = True

    @property
    def packages(self) -> str:
        """The list of packages, one a line, each with its version."""
        return (LISTS / f"{self.name}.txt").read_text(encoding="utf-8")

    def python(self, folder: Path) -> Path:
        """Return the interpreter of the environment in a folder."""
        inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        return folder / self.name / Path(*inside)

    def is_ready(self, folder: Path) -> bool:
        """Whether it is there, with the packages of the list as it is now."""
        note = folder / self.name / _READY
        return note.is_file() and note.read_text(encoding="utf-8") == self.packages

    def make(self, folder: Path) -> None:
        """Make it if it is not ready, which takes minutes and gigabytes.

        Raises:
            subprocess.CalledProcessError: A package cannot be installed; pip has said why.
        """
        if self.is_ready(folder):
            return
        place = folder / self.name
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        install = [str(self.python(folder)), "-m", "pip", "install", "--quiet"]
        if self.is_whole:
            install.append("--no-deps")
        subprocess.run([*install, "-r", str(LISTS / f"{self.name}.txt")], check=True)
        (place / _READY).write_text(self.packages, encoding="utf-8")
