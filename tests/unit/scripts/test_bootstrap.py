import os
import sys
import venv
from pathlib import Path

import pytest

from scripts import bootstrap


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout whose environment was just made."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "constraints.txt").write_text("numpy==2.4.6\n")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "CONSTRAINTS", tmp_path / "constraints.txt")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "stamp.txt")
    bootstrap.venv_python().parent.mkdir(parents=True)
    bootstrap.venv_python().touch()
    bootstrap.STAMP.write_text(bootstrap._fingerprint())
    return tmp_path


def test_nothing_is_installed_twice(checkout):
    assert bootstrap.is_up_to_date()


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_requirement_calls_for_an_install(checkout, name):
    with (checkout / name).open("a") as file:
        file.write("# changed\n")
    assert not bootstrap.is_up_to_date()


def test_an_install_that_did_not_finish_is_done_again(checkout):
    bootstrap.STAMP.unlink()
    assert not bootstrap.is_up_to_date()


def test_an_environment_that_was_moved_is_made_anew(checkout, monkeypatch):
    monkeypatch.setattr(bootstrap, "venv_python", lambda: Path(sys.executable))
    assert bootstrap.is_usable()
    monkeypatch.setattr(bootstrap, "_origin", lambda: "Python 3.11 in another place")
    assert not bootstrap.is_usable()


def test_an_environment_without_pip_is_made_anew(checkout):
    venv.create(checkout / ".venv", with_pip=False, clear=True)
    assert not bootstrap.is_usable()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="users are told apart on POSIX alone")
def test_a_plain_user_gets_the_command_to_give(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(RuntimeError, match=r"sudo apt-get install -y libegl1 libgl1$"):
        bootstrap.install_system_packages(["libegl1", "libgl1"])


def test_another_system_gets_the_names_to_look_for(monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    with pytest.raises(RuntimeError, match="what your system calls these Debian packages: libegl1"):
        bootstrap.install_system_packages(["libegl1"])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="system libraries of Linux")
def test_a_library_that_is_not_there_is_named_by_its_package(monkeypatch):
    libraries = {"libc.so.6": "libc6", "libferqt-none.so.9": "libferqt-none9"}
    monkeypatch.setattr(bootstrap, "SYSTEM_LIBRARIES", libraries)
    assert "libferqt-none9" in bootstrap.missing_system_packages()
    assert "libc6" not in bootstrap.missing_system_packages()
