"""Make a checkout ready to run: virtual environment, pinned packages, Qt's system libraries.

`python3 scripts/bootstrap.py` needs the standard library alone. It does each step only when it is
needed, so the Makefile calls it before every target. What only the administrator may install is
installed when the administrator runs it and is otherwise printed as the command to give.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - older interpreters reach this line and must be told why
    sys.exit("ferqt needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "constraints.txt"
STAMP = VENV / "ferqt-bootstrap.txt"

# What the wheels leave to the system on Linux, and its Debian package. Found by running ldd over
# every library of PySide6 (xcb, Wayland and offscreen), OpenCV and MediaPipe on a bare system, and
# by asking sounddevice what it plays with.
SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLESv2.so.2": "libgles2",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libportaudio.so.2": "libportaudio2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}


FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
FONT_PACKAGE = "fonts-dejavu-core"


def main() -> int:
    """Bring the checkout up to date.

    Returns:
        The exit code: 0 ready, 1 something is missing and the message says what to do.
    """
    try:
        install_system_packages(missing_system_packages())
        if not is_up_to_date():
            install_python_packages()
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        print(f"bootstrap: this command failed: {command}", file=sys.stderr)
        return 1
    except RuntimeError as error:
        print(f"bootstrap: {error}", file=sys.stderr)
        return 1
    return 0


def venv_python() -> Path:
    """The interpreter inside the virtual environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def missing_system_packages() -> list[str]:
    """Debian packages of what this system lacks; empty on systems other than Linux."""
    if not sys.platform.startswith("linux"):
        return []
    packages = {package for name, package in SYSTEM_LIBRARIES.items() if not _loads(name)}
    if not venv_python().exists() and importlib.util.find_spec("ensurepip") is None:
        packages.add("python3-venv")
    if not _has_fonts():
        packages.add(FONT_PACKAGE)
    return sorted(packages)


def _has_fonts() -> bool:
    """Whether there is any font: Qt brings none, and without one every text is a row of boxes."""
    return any(
        file.suffix.lower() in {".ttf", ".otf", ".ttc"}
        for folder in FONT_FOLDERS
        if folder.is_dir()
        for file in folder.rglob("*")
    )


def install_system_packages(packages: list[str]) -> None:
    """Install Debian packages as the administrator.

    Raises:
        RuntimeError: The user is not the administrator, or the system is not Debian's kind.
        subprocess.CalledProcessError: apt-get failed.
    """
    if not packages:
        return
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise RuntimeError(
            "system libraries are missing. Install what your system calls these Debian packages: "
            f"{names}"
        )
    if os.geteuid() != 0:
        raise RuntimeError(
            f"system libraries are missing. Install them with: sudo apt-get install -y {names}"
        )
    print(f"bootstrap: installing system libraries: {names}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    subprocess.run(["apt-get", "update", "-q"], check=True, env=environment)
    subprocess.run(install, check=True, env=environment)


def is_up_to_date() -> bool:
    """Whether the virtual environment was made here from the files as they are now."""
    return (
        venv_python().exists()
        and STAMP.exists()
        and STAMP.read_text(encoding="utf-8") == _fingerprint()
    )


def is_usable() -> bool:
    """Whether the virtual environment can be installed into.

    One that was left half made has no pip; one that was moved, or that another Python made, holds
    scripts and libraries that no longer work.
    """
    if not venv_python().exists():
        return False
    if STAMP.exists() and _origin() not in STAMP.read_text(encoding="utf-8"):
        return False
    check = [str(venv_python()), "-m", "pip", "--version"]
    return subprocess.run(check, check=False, capture_output=True).returncode == 0


def install_python_packages() -> None:
    """Install ferqt for development into a virtual environment, made first where none works.

    Raises:
        subprocess.CalledProcessError: venv or pip failed; their own output says why.
    """
    if not is_usable():
        print(f"bootstrap: creating {VENV.name}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    print("bootstrap: installing packages; the first time takes some minutes", flush=True)
    python = str(venv_python())
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    options = ["--constraint", str(CONSTRAINTS), "--no-compile"]
    subprocess.run([*pip, *options, "--editable", f"{ROOT}[dev]"], check=True)
    # On all processors; pip would take one. Some packages bring files of other Pythons, which fail.
    compiling = [python, "-m", "compileall", "-qq", "-j", "0", str(VENV)]
    subprocess.run(compiling, check=False)
    STAMP.write_text(_fingerprint(), encoding="utf-8")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in (ROOT / "pyproject.toml", CONSTRAINTS):
        digest.update(path.read_bytes())
    return f"{digest.hexdigest()}\n{_origin()}\n"


def _origin() -> str:
    return f"Python {sys.version_info.major}.{sys.version_info.minor} in {VENV}"


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
