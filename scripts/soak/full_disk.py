"""Fills a small disk under everything that writes, at any byte, and looks what is left.

    unshare --mount python -m scripts.soak.full_disk FOLDER MOMENTS SEED

Needs a name space in which it may mount; `scripts.soak.devices` starts it in one. FOLDER is empty.
Prints a JSON line.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from scripts.soak.disk_base import Writer
from scripts.soak.disk_writers import all_writers
from tests.helpers.clips import write_clip
from tests.helpers.models import add_tiny_model
from tests.helpers.portraits import PlacedFace, scene

_DISK_BYTES: Final = 24_000_000
_BALLAST: Final = "ballast"
_FIRST_ROOM: Final = 3_000_000
_TRIES: Final = 12


@dataclass(frozen=True, slots=True)
class Moment:
    """What came of a disk that was full at one moment.

    Attributes:
        writer: What was written.
        room: Bytes that were left when it began.
        said: The sentence for the person, "" when it went on without the file.
        problem: What broke; "" when all was well.
    """

    writer: str
    room: int
    said: str
    problem: str = ""


def main(folder: Path, moments: int, seed: int) -> int:
    """Go through all writers at least once, and on until there were enough moments."""
    application = QCoreApplication([])
    rng = random.Random(seed)
    disk = folder / "disk"
    disk.mkdir()
    add_tiny_model(folder / "data" / "models")
    os.environ["FERQT_DATA_DIR"] = str(folder / "data")
    clip = folder / "talk.mp4"
    write_clip(clip, [scene(320, 240, [PlacedFace(120 + n, 120, 90)]) for n in range(60)])
    writers = all_writers(folder, clip)
    found = []
    for number in range(moments):
        writer = writers[number % len(writers)]
        _mount(disk)
        try:
            moment = _moment(writer, disk, rng)
        finally:
            subprocess.run(["umount", str(disk)], check=True)
        print(f"{moment.writer}: {moment.room} bytes left: {moment.said}", file=sys.stderr)
        if moment.problem:
            print(moment.problem, file=sys.stderr)
        found.append(moment)
    application.shutdown()
    print(json.dumps([asdict(moment) for moment in found]))
    return 0


def _mount(disk: Path) -> None:
    size = f"size={_DISK_BYTES}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], check=True)


def _moment(writer: Writer, disk: Path, rng: random.Random) -> Moment:
    """Fill the disk under a writer, look at what is left, make room and let it write again."""
    room, said = _FIRST_ROOM, ""
    try:
        for _ in range(_TRIES):
            _clear(disk)
            writer.begin(disk)
            room = rng.randrange(room)
            _fill(disk, room)
            said = writer.write(disk)
            writer.check(disk, whole=not said)
            if said:
                break
        assert said or not writer.fails, "it never failed"
        assert "\n" not in said, "more than a sentence"
        left = [path.name for path in disk.rglob(".*.part*")]
        assert not left, f"unfinished: {left}"
        (disk / _BALLAST).unlink()
        again = writer.write(disk)
        assert not again, f"with room again: {again}"
        writer.check(disk, whole=True)
    except Exception:  # noqa: BLE001 - whatever breaks is what is looked for
        return Moment(writer.name, room, said, traceback.format_exc(limit=-4))
    return Moment(writer.name, room, said)


def _fill(disk: Path, room: int) -> None:
    """Leave so many bytes on the disk, to the next page of it."""
    left = shutil.disk_usage(disk).free - room
    with (disk / _BALLAST).open("wb") as file:
        file.write(b"\1" * max(0, left))


def _clear(disk: Path) -> None:
    for path in disk.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
