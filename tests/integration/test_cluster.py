"""A batch of files on a Dask cluster of this computer: a scheduler, two workers, one is killed."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from distributed import Client

from ferqt.cli.cluster import analyze_on_cluster
from ferqt.cli.jobs import Job
from ferqt.errors import FerqtError
from tests.helpers.clips import write_clip
from tests.helpers.loopback import need_loopback
from tests.helpers.portraits import PlacedFace, scene

pytestmark = [pytest.mark.allow_threads, pytest.mark.timeout(300)]

_START_S = 60.0


class Cluster:
    """Processes of a cluster, as people start them."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.folder = folder
        self._processes = [
            self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        ]
        # It is there before it is written.
        _wait_for(lambda: self.file.exists() and self.file.read_text().endswith("}"))
        self.address = json.loads(self.file.read_text())["address"]

    def start_worker(self) -> subprocess.Popen[bytes]:
        process = self._start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        self._processes.append(process)
        return process

    def wait_for_workers(self, count: int) -> None:
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=_START_S)

    def close(self) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen(
                [
                    sys.executable, "-m", "dask", kind, "--scheduler-file", str(self.file), *options
                ],
                cwd=self.folder, stdout=log, stderr=log,
            )  # fmt: skip


def _wait_for(happened, timeout_s=_START_S):
    deadline = time.monotonic() + timeout_s
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """Three short films of one real face, and a file that is none."""
    folder = tmp_path_factory.mktemp("films")
    paths = []
    for number in range(3):
        frames = [scene(320, 240, [PlacedFace(120 + n + 10 * number, 120, 110)]) for n in range(40)]
        paths.append(folder / f"film{number}.mp4")
        write_clip(paths[-1], frames, fps=20)
    broken = folder / "broken.mp4"
    broken.write_text("no film")
    return [*paths, broken]


@pytest.fixture(scope="module")
def local(clips, tmp_path_factory):
    """What the same command makes of the films on this computer alone."""
    out = tmp_path_factory.mktemp("local")
    command = [sys.executable, "-m", "ferqt", "analyze", *map(str, clips), "--out", str(out)]
    subprocess.run(command, check=False, capture_output=True)
    return out


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler; the tests add workers to it, in their order."""
    need_loopback()
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.close()


def run(cluster, clips, out, *, should_stop=lambda: False):
    jobs = [Job(str(path), out / path.stem) for path in clips]
    reports = []
    analyze_on_cluster(cluster.address, jobs, ("--resume",), reports.append, should_stop)
    return {Path(one["source"]).stem: one for one in reports}


def test_a_cluster_without_workers_and_an_address_without_a_scheduler_are_told(
    cluster, clips, tmp_path, monkeypatch
):
    monkeypatch.setattr("ferqt.cli.cluster._WORKERS_S", 0.5)
    with pytest.raises(FerqtError, match="no worker"):
        run(cluster, clips, tmp_path / "out")
    for address in ("tcp://127.0.0.1:1", "nowhere", "tcp://127.0.0.1"):
        with pytest.raises(FerqtError, match="no Dask scheduler answers"):
            analyze_on_cluster(address, [], (), print, lambda: False)


def test_two_workers_one_of_them_killed_give_the_files_of_a_local_run(
    cluster, clips, local, tmp_path
):
    out = tmp_path / "out"
    first = cluster.start_worker()
    cluster.start_worker()
    cluster.wait_for_workers(2)
    killed = []

    def kill_once_it_works() -> bool:
        # The first session that appears is one that a worker is busy with.
        if not killed and any(out.glob("*/session.db-wal")):
            first.send_signal(signal.SIGKILL)
            killed.append(first.pid)
        return False

    reports = run(cluster, clips, out, should_stop=kill_once_it_works)
    assert killed
    assert reports.keys() == {"film0", "film1", "film2", "broken"}
    assert reports["broken"]["status"] == "failed"
    assert "broken.mp4" in reports["broken"]["error"]
    for name in ("film0", "film1", "film2"):
        assert reports[name]["status"] == "done", reports[name]
        for file in ("frames.csv", "metadata.json"):
            assert (out / name / file).read_bytes() == (local / name / file).read_bytes()


def test_the_command_spreads_its_sources_and_tells_of_each(cluster, clips, local, tmp_path):
    command = [
        sys.executable, "-m", "ferqt", "analyze", *map(str, [clips[0], clips[3]]),
        "--out", str(tmp_path / "out"), "--scheduler", cluster.address, "--format", "csv,vtt",
    ]  # fmt: skip
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 1, ended.stderr
    assert f"{clips[0]}: done" in ended.stdout
    assert "broken.mp4" in ended.stderr
    assert "Traceback" not in ended.stderr
    out = tmp_path / "out" / "film0"
    assert (out / "frames.csv").read_bytes() == (local / "film0" / "frames.csv").read_bytes()
    assert (out / "expressions.vtt").read_text().startswith("WEBVTT")


def test_what_is_canceled_ends_and_can_go_on(cluster, clips, local, tmp_path):
    out = tmp_path / "out"
    reports = run(cluster, clips[:2], out, should_stop=lambda: any(out.glob("*/session.db-wal")))
    assert "interrupted" in {one["status"] for one in reports.values()}
    assert not list(out.glob("*/session.db.lock"))
    reports = run(cluster, clips[:2], out)
    assert {one["status"] for one in reports.values()} == {"done"}
    for name in ("film0", "film1"):
        assert (out / name / "frames.csv").read_bytes() == (
            local / name / "frames.csv"
        ).read_bytes()
