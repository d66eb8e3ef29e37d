"""`ferqt analyze` as a person runs it: real faces in, rows out."""

import csv
import itertools
import json
import signal
import subprocess
import sys
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import pytest

from ferqt.core.emotions import FER7
from tests.helpers.clips import write_clip
from tests.helpers.command_line import PROGRAM, run_ferqt, wait_for_rows
from tests.helpers.mjpeg_server import MjpegServer
from tests.helpers.models import TINY_ID, add_tiny_model
from tests.helpers.portraits import PlacedFace, portrait_path, scene

pytestmark = pytest.mark.usefixtures("tiny_model")


@pytest.fixture
def tiny_model(user_home: Path) -> None:
    add_tiny_model(user_home / "ferqt" / "data" / "models")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _metadata(folder: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    return content


def _two_people(x: float) -> object:
    return scene(
        640,
        360,
        [PlacedFace(160 + x, 180, 110), PlacedFace(460 - x, 190, 120, person="collins")],
    )


@pytest.fixture
def uneven_clip(tmp_path: Path) -> tuple[Path, list[Fraction]]:
    """Two people for 10 frames, then nobody for 3, at uneven times."""
    path = tmp_path / "uneven.mp4"
    times, time_s = [], Fraction(0)
    for number in range(13):
        times.append(time_s)
        time_s += Fraction(17 + 31 * (number % 4), 1000)
    frames = [*(_two_people(2 * n) for n in range(10)), *[scene(640, 360)] * 3]
    return path, write_clip(path, frames, times_s=times)


def test_a_video_has_a_row_per_frame_and_face_at_the_containers_times(
    uneven_clip: tuple[Path, list[Fraction]], tmp_path: Path
) -> None:
    path, times = uneven_clip

    ended = run_ferqt("analyze", path, "--out", tmp_path / "out", "--model", TINY_ID)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f"uneven.mp4: 13 frames, 10 with faces, 2 faces -> {tmp_path / 'out'}\n"
    rows = _rows(tmp_path / "out" / "frames.csv")
    expected = [(n, face) for n in range(10) for face in ("1", "2")] + [
        (n, "") for n in (10, 11, 12)
    ]
    assert [(int(row["frame"]), row["face_id"]) for row in rows] == expected
    for row in rows:
        assert float(row["timestamp"]) == pytest.approx(float(times[int(row["frame"])]), abs=5e-4)
        assert row["success"] == ("1" if row["face_id"] else "0")
    steps = {round(float(b - a), 3) for a, b in itertools.pairwise(times)}
    assert len(steps) > 2


def test_a_row_tells_where_the_face_is_and_what_it_shows(
    uneven_clip: tuple[Path, list[Fraction]], tmp_path: Path
) -> None:
    run_ferqt(
        "analyze", uneven_clip[0], "--out", tmp_path / "out", "--model", TINY_ID, "--every", 9
    )

    first = _rows(tmp_path / "out" / "frames.csv")[:2]
    centers = sorted(
        (float(row["x"]) + float(row["width"]) / 2, float(row["y"]) + float(row["height"]) / 2)
        for row in first
    )
    assert centers[0] == pytest.approx((160, 180), abs=12)
    assert centers[1] == pytest.approx((460, 190), abs=12)
    for row in first:
        shares = {name: float(row[name]) for name in FER7.names}
        assert sum(shares.values()) == pytest.approx(1, abs=1e-5)
        assert row["expression"] == max(shares, key=shares.__getitem__)
        assert float(row["confidence"]) == max(shares.values())
        assert abs(float(row["yaw"])) < 30


def test_two_runs_write_equal_files(
    uneven_clip: tuple[Path, list[Fraction]], tmp_path: Path
) -> None:
    for folder in ("one", "two"):
        ended = run_ferqt("analyze", uneven_clip[0], "--out", tmp_path / folder, "--model", TINY_ID)
        assert ended.returncode == 0

    for name in ("frames.csv", "metadata.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_metadata_tells_where_the_rows_come_from(
    uneven_clip: tuple[Path, list[Fraction]], tmp_path: Path
) -> None:
    path, times = uneven_clip

    run_ferqt(
        *("analyze", path, "--out", tmp_path / "out", "--model", TINY_ID),
        *("--from", 0.1, "--to", 0.3, "--every", 2),
    )

    content = _metadata(tmp_path / "out")
    assert content["program"] == "ferqt"
    assert "not what a person feels" in str(content["note"])
    assert content["complete"] is True
    assert content["part"] == {"from_s": 0.1, "to_s": 0.3, "every": 2}
    source, model = content["source"], content["model"]
    assert isinstance(source, dict)
    assert isinstance(model, dict)
    assert (source["kind"], source["name"]) == ("video", "uneven.mp4")
    assert (source["bytes"], len(source["sha256"])) == (path.stat().st_size, 64)
    assert (source["width"], source["height"], source["frame_count"]) == (640, 360, len(times))
    assert source["variable_frame_rate"] is True
    assert (model["id"], model["runtime"]) == (TINY_ID, "LiteRT")
    assert model["labels"] == {"id": "fer7", "names": list(FER7.names)}
    assert set(model["files"]) == {"keras", "litert"}
    inside = [
        n for n, t in enumerate(times) if Fraction("0.1") <= t < Fraction("0.3") and n % 2 == 0
    ]
    assert content["results"] == {
        "frames": len(inside),
        "frames_with_faces": len(inside),
        "faces": 2,
        "rows": 2 * len(inside),
    }
    assert str(tmp_path) not in (tmp_path / "out" / "metadata.json").read_text(encoding="utf-8")


def test_pictures_of_a_folder_are_told_a_line_for_each_face(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, person in (("img10.jpg", "hopper"), ("img2.png", "collins")):
        (folder / name).write_bytes(portrait_path(person).read_bytes())
    (folder / "img11.jpg").write_bytes(b"torn")

    ended = run_ferqt("analyze", folder, "--out", tmp_path / "out", "--model", TINY_ID)

    assert ended.returncode == 1
    lines = [line.split(", ") for line in ended.stdout.splitlines()]
    assert [line[:2] for line in lines[:2]] == [["img2.png", "1"], ["img10.jpg", "1"]]
    assert all(line[2] in FER7.names and line[3].endswith("%") for line in lines[:2])
    assert lines[2][0].startswith("pictures: 2 pictures")
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("ferqt: passed over 'img11.jpg': ")
    rows = _rows(tmp_path / "out" / "frames.csv")
    assert [(row["file"], row["face_id"], row["timestamp"]) for row in rows] == [
        ("img2.png", "1", ""),
        ("img10.jpg", "1", ""),
    ]
    source = _metadata(tmp_path / "out")["source"]
    assert isinstance(source, dict)
    assert [picture["name"] for picture in source["pictures"]] == ["img2.png", "img10.jpg"]
    assert source["skipped"] == ["img11.jpg"]


def test_each_of_several_sources_has_its_folder_and_a_failing_one_stops_no_other(
    tmp_path: Path,
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "face.jpg").write_bytes(portrait_path().read_bytes())

    ended = run_ferqt(
        *("analyze", tmp_path / "a" / "face.jpg", "missing.mp4", tmp_path / "b" / "face.jpg"),
        *("--out", tmp_path / "out", "--model", TINY_ID, "--json"),
    )

    assert ended.returncode == 1
    assert ended.stderr == (
        "ferqt: cannot open 'missing.mp4': there is no such file. Check the path.\n"
    )
    summary = json.loads(ended.stdout)
    assert summary["model"] == TINY_ID
    assert [one["status"] for one in summary["sources"]] == ["done", "failed", "done"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["face", "face-2"]
    for name in ("face", "face-2"):
        assert len(_rows(tmp_path / "out" / name / "frames.csv")) == 1


def test_the_shipped_model_reads_a_portrait_without_tensorflow(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from ferqt.app import main\n"
        "code = main(sys.argv[1:])\n"
        "print(code, *sorted({'tensorflow', 'keras', 'PySide6'} & sys.modules.keys()))\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", script, "analyze", portrait_path(), "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (ended.stdout.splitlines()[-1], ended.stderr) == ("0", "")
    (row,) = _rows(tmp_path / "out" / "frames.csv")
    assert (row["file"], row["success"]) == (portrait_path().name, "1")
    assert float(row["confidence"]) > 1 / 7


def test_a_stream_is_analyzed_up_to_a_time_after_its_opening(tmp_path: Path) -> None:
    with MjpegServer([scene(320, 240, [(160, 120, 100)])], fps=20) as server:
        ended = run_ferqt(
            *("analyze", server.url, "--out", tmp_path / "out", "--to", "1", "--model", TINY_ID)
        )

    assert (ended.returncode, ended.stderr) == (0, "")
    times = [float(row["timestamp"]) for row in _rows(tmp_path / "out" / "frames.csv")]
    assert len(times) > 2
    assert times == sorted(times)
    assert times[-1] < 1
    source = _metadata(tmp_path / "out")["source"]
    assert isinstance(source, dict)
    assert (source["kind"], source["width"], source["height"]) == ("stream", 320, 240)


def test_ctrl_c_keeps_what_was_analyzed_and_says_so(tmp_path: Path) -> None:
    table = tmp_path / "out" / "frames.csv"
    running = subprocess.Popen(
        [*PROGRAM, "analyze", "demo", "--to", "600", "--out", table.parent, "--model", TINY_ID],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for_rows(table.parent / "session.db", 5)
    running.send_signal(signal.SIGINT)
    output, said = running.communicate(timeout=20)

    assert running.returncode == 130
    assert said == ("ferqt: interrupted. What was analyzed is kept; --resume goes on from there.\n")
    assert output.startswith("Demo: ")
    assert table.read_bytes().endswith(b"\n")
    rows = _rows(table)
    assert all(None not in row and None not in row.values() for row in rows)
    content = _metadata(table.parent)
    assert content["complete"] is False
    results = content["results"]
    assert isinstance(results, dict)
    assert results["rows"] == len(rows) >= 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")
def test_a_terminal_shows_a_bar_with_the_time_left(tmp_path: Path) -> None:
    import fcntl
    import os
    import pty
    import struct
    import termios

    clip = tmp_path / "clip.mp4"
    write_clip(clip, [scene(320, 240, [(160, 120, 100)])] * 60, fps=30)
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"this system gives no terminal: {error}")
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    ended = subprocess.run(
        [*PROGRAM, "analyze", clip, "--out", tmp_path / "out", "--model", TINY_ID],
        stdout=subprocess.PIPE,
        stderr=theirs,
        timeout=60,
    )
    os.close(theirs)
    written = b""
    # One reading ends where a buffer does; after the last one a terminal that is gone is an error.
    with suppress(OSError):
        while part := os.read(ours, 65536):
            written += part
    shown = written.decode()
    os.close(ours)

    assert ended.returncode == 0
    assert "/60 frames" in shown
    assert " left" in shown
    assert shown.rpartition("\r")[2] == ""
