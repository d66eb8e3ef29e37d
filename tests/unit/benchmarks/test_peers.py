from itertools import count
from pathlib import Path

import av
import pytest

from benchmarks.peers.clip import write_one_face_clip
from benchmarks.peers.environments import LISTS, Environment
from benchmarks.peers.peer import LIVE, PEERS, WINDOW, NotMeasured, Peer, Weights
from benchmarks.peers.report import figures, table
from benchmarks.peers.runners.loop import FPS, WARM_UP, timed

ROOT = Path(__file__).resolve().parents[3]


def run(*, frames: int = 0, seconds: float = 0.0, first_face_s: float | None = None) -> dict:
    return {
        "read": frames + WARM_UP if frames else 0,
        "with_face": frames,
        "frames": frames,
        "seconds": seconds,
        "first_face_s": first_face_s,
        "versions": {"numpy": "2"},
    }


def test_the_first_frames_do_not_count_for_speed():
    # Each frame takes a second by this clock.
    ticks = count(1)
    told = timed(range(30), lambda frame: frame >= 3, 60, clock=lambda: float(next(ticks)))
    assert told == {
        "first_face": 4.0,
        "read": 30,
        "with_face": 27,
        "frames": 30 - WARM_UP,
        "seconds": 30.0 - WARM_UP,
    }


def test_a_slow_program_reads_only_for_some_time():
    ticks = count(1)
    told = timed(range(1000), lambda _: 1, 5, clock=lambda: float(next(ticks)))
    assert (told["read"], told["frames"], told["seconds"]) == (WARM_UP + 5, 5, 5.0)


def test_a_program_that_finds_nothing_has_no_first_face():
    told = timed(range(30), lambda _: 0, 60)
    assert told["first_face"] is None
    assert told["with_face"] == 0


def test_ratios_are_those_of_the_same_round():
    found = figures(
        {
            # The second round is that of a busy computer.
            LIVE: [run(frames=100, seconds=1), run(frames=100, seconds=4)],
            WINDOW: [run(first_face_s=2), run(first_face_s=8)],
            "slow": [
                run(frames=100, seconds=10, first_face_s=20),
                run(frames=100, seconds=40, first_face_s=80),
            ],
        }
    )
    assert found["slow"]["ferqt_faster"] == 10
    assert found["slow"]["ferqt_sooner"] == 10
    assert found["slow"]["frames_per_s"] == pytest.approx((10 + 2.5) / 2)
    assert found[WINDOW]["frames_per_s"] is None
    assert found[WINDOW]["with_face"] is None
    assert found["slow"]["with_face"] == pytest.approx(100 / 110)


def test_the_table_says_what_was_not_measured_and_why():
    peers = [Peer("a", "A", "a"), Peer("b", "B", "b")]
    measured = figures({"a": [run(frames=100, seconds=4, first_face_s=1.5)]})
    lines = table(peers, measured, {"b": "weights not at hand"}).splitlines()
    assert lines[2] == "| A | 25.0 | – | 91% | 1.50 s | – |"
    assert lines[-1] == "B: not measured: weights not at hand"


def test_nothing_is_tried_without_its_weights(tmp_path: Path):
    peer = Peer("x", "X", "x", weights=Weights(lambda folder: folder / "home", "w/*.onnx"))
    with pytest.raises(NotMeasured, match="weights not at hand"):
        peer.check(tmp_path)
    (tmp_path / "home" / "w").mkdir(parents=True)
    (tmp_path / "home" / "w" / "a.onnx").touch()
    peer.check(tmp_path)


def test_a_runner_that_fails_is_told_with_its_last_words(tmp_path: Path):
    with pytest.raises(NotMeasured, match=r"it ended with code 1: .*no_such_runner"):
        Peer("x", "X", "no_such_runner").run(tmp_path, tmp_path / "clip.mp4", 20)


def test_an_environment_is_ready_only_with_the_list_of_today(tmp_path: Path):
    environment = Environment("fer")
    (tmp_path / "fer").mkdir()
    note = tmp_path / "fer" / "ready.txt"
    note.write_text(environment.packages, encoding="utf-8")
    assert environment.is_ready(tmp_path)
    note.write_text("fer==22.5\n", encoding="utf-8")
    assert not environment.is_ready(tmp_path)


def test_every_peer_has_its_runner_and_its_pinned_packages():
    runners = ROOT / "benchmarks" / "peers" / "runners"
    assert [peer.id for peer in PEERS if not (runners / f"{peer.runner}.py").is_file()] == []
    lists = {peer.environment.name for peer in PEERS if peer.environment is not None}
    assert {path.stem for path in LISTS.iterdir()} == lists
    lines = [line for path in LISTS.iterdir() for line in path.read_text().splitlines()]
    assert [line for line in lines if "==" not in line] == []


def test_the_clip_has_the_size_and_the_rate_that_are_told(tmp_path: Path):
    clip = tmp_path / "clip.mp4"
    write_one_face_clip(clip, 4)
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (1280, 720)
        assert stream.average_rate == FPS
        assert sum(1 for _ in container.decode(stream)) == 4
