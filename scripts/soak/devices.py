"""Cameras that drop, disks that fill up under everything that writes, and a clock that jumps."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from scripts.soak.camera_drops import drop_cameras
from scripts.soak.clock_jumps import jump
from scripts.soak.part import Options, bar

_DROPS: Final = 50
_MOMENTS: Final = 26
"""Once for everything that writes."""


def run(options: Options) -> dict[str, Any]:
    """Drop cameras and fill disks; `options.count` is the number of each."""
    drops = _DROPS if options.count is None else options.count
    moments = _MOMENTS if options.count is None else options.count
    cameras = drop_cameras(options.folder / "recordings", drops, options.seed, options.every_s)
    disks = _fill_disks(options.folder / "disks", moments, options.seed)
    clock = jump(options.folder / "clock", options.seed)
    broken = [problem for one in cameras.values() for problem in one["problems"]]
    failed = [moment for moment in disks if moment["problem"]]
    return {
        "camera_drops": cameras,
        "full_disks": {
            "moments": len(disks),
            "told": [f"{one['writer']}: {one['said']}" for one in disks],
            "failed": failed,
        },
        "clock_jumps": clock,
        "bars": [
            bar("camera drops after which all went on", drops - len(broken), drops, met=not broken),
            bar(
                "full disks that lost nothing written before",
                len(disks) - len(failed),
                moments,
                met=not failed and len(disks) == moments,
            ),
            bar(
                "problems while the clock jumped", clock["problems"], [], met=not clock["problems"]
            ),
        ],
    }


def _fill_disks(folder: Path, moments: int, seed: int) -> list[dict[str, Any]]:
    """Run the moments where a disk of our own may be mounted, which goes with the process."""
    folder.mkdir(parents=True)
    space = ["unshare", "--mount", *(() if os.geteuid() == 0 else ("--map-root-user",))]
    words = [sys.executable, "-m", "scripts.soak.full_disk", str(folder), str(moments), str(seed)]
    done = subprocess.run([*space, *words], stdout=subprocess.PIPE, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout) if done.returncode == 0 else []
    return found
