"""Which sockets a program opens: asked of Linux itself, so that native libraries are seen, too.

`strace` notes every call that makes or names a socket, of all threads and children. A network
namespace without an interface makes sure that nothing could have answered.
"""

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOCAL: Final = frozenset({"AF_UNIX", "AF_LOCAL"})
"""Sockets that lead to programs of the same computer: display, D-Bus, sound."""

_CALLS: Final = "socket,socketpair,connect,bind,listen,sendto,sendmsg"
_CALL: Final = re.compile(r"^\d+ +(?P<name>\w+)\((?P<rest>.*)$")
_FAMILY: Final = re.compile(r"\b(?:sa_family=)?(AF_[A-Z0-9_]+)")
_TRIED: Final = frozenset({"socket", "connect", "bind"})


@dataclass(frozen=True, slots=True)
class Watched:
    """What became of a command.

    Attributes:
        code: Its exit code.
        output: What it said on both outputs.
        families: How many sockets of each kind of address it and its children made or named.
        strange: The calls among these that are not of this computer alone, as strace tells them.
    """

    code: int
    output: str
    families: Mapping[str, int]
    strange: tuple[str, ...]


def can_watch() -> bool:
    """Return whether this system lets a program be watched."""
    if shutil.which("strace") is None:
        return False
    return _works(["strace", "-f", "--seccomp-bpf", "-o", os.devnull, "true"])


def alone() -> list[str]:
    """Return what to put before a command so that it has no network at all, not even loopback.

    Empty where the system does not allow that.
    """
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which(command[0]) is None:
            break
        if _works([*command, "true"]):
            return command
    return []


def _works(command: Sequence[str]) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def watch(command: Sequence[str], folder: Path, timeout_s: float) -> Watched:
    """Run a command to its end, without a network where that is possible, and note its sockets.

    Args:
        command: Program and arguments.
        folder: For what strace writes.
        timeout_s: After this time it is ended.

    Raises:
        subprocess.TimeoutExpired: It took longer.
    """
    notes = folder / "strace.txt"
    tracer = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", f"trace={_CALLS}", "-o", str(notes)]
    done = subprocess.run(
        [*alone(), *tracer, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        timeout=timeout_s,
        check=False,
    )
    families, strange = read_notes(notes.read_text(encoding="utf-8", errors="replace"))
    return Watched(done.returncode, done.stdout, families, strange)


def read_notes(notes: str) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """Return the kinds of sockets in what strace wrote, and the calls that lead elsewhere."""
    families: Counter[str] = Counter()
    strange = []
    for line in notes.splitlines():
        call = _CALL.match(line)
        family = _FAMILY.search(call["rest"]) if call is not None else None
        if call is None or family is None:
            continue
        if call["name"] in _TRIED:
            families[family[1]] += 1
        if family[1] not in LOCAL:
            strange.append(f"{call['name']}({call['rest']}")
    return dict(families), tuple(strange)
