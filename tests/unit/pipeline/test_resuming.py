"""An analysis ends with the same rows whatever its threads and wherever it was broken off."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
import pytest

from ferqt.core.types import Image
from ferqt.errors import SessionError
from ferqt.pipeline.checkpoint import Checkpoint
from ferqt.pipeline.part import WHOLE, Part
from ferqt.sources.base import Losses
from tests.helpers.analyses import run_analysis
from tests.helpers.clips import write_clip
from tests.helpers.portraits import PlacedFace, portrait_path, scene

COUNT = 20
LEFT, RIGHT = PlacedFace(110, 120, 80), PlacedFace(240, 130, 70, "collins")


def _moving() -> Iterator[Image]:
    """One face walks and turns, a second one comes, both are away for a while."""
    noise = np.random.default_rng(1)
    for step in range(COUNT):
        faces = []
        if step not in (8, 9, 10):
            faces.append(replace(LEFT, center_x=110 + 2 * step, roll=float(step)))
        if 4 <= step != 9:
            faces.append(replace(RIGHT, center_y=130 - step))
        grain = noise.integers(-4, 5, (240, 320, 1))
        yield np.clip(scene(320, 240, faces) + grain, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """H.264 with reordered frames, a key frame each eighth, at uneven times."""
    path = tmp_path_factory.mktemp("clips") / "moving.mp4"
    times = [Fraction(40 * n + 7 * (n % 3), 1000) for n in range(COUNT)]
    write_clip(path, _moving(), times_s=times, keyframe_every=8)
    return path


@pytest.fixture(scope="module")
def damaged(clip: Path) -> Path:
    """The same with three frames zeroed, the last one among them, and garbage in a fourth."""
    path = clip.with_name("damaged.mp4")
    content = bytearray(clip.read_bytes())
    with av.open(str(clip)) as container:
        packets = [(one.pos, one.size) for one in container.demux(video=0) if one.pos is not None]
    for number in (3, 11, COUNT - 1):
        begin, size = packets[number]
        content[begin : begin + size] = bytes(size)
    begin, size = packets[13]
    content[begin + size // 2 : begin + size] = bytes(size - size // 2)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", ["clip", "damaged"])
def test_threads_change_nothing(name: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(name)
    alone = run_analysis(path)
    overlapped = run_analysis(path, overlap=True)

    assert overlapped.rows == alone.rows
    assert overlapped.outcome == alone.outcome
    assert len({len(row[-1]) for row in alone.rows}) == 3


@pytest.mark.parametrize(
    "part", [WHOLE, Part(every=3), Part(start_s=0.2, stop_s=0.6), Part(0.1, 0.7, 2)], ids=str
)
def test_an_analysis_that_was_broken_off_ends_with_the_rows_of_one_that_was_not(
    clip: Path, part: Part
) -> None:
    whole = run_analysis(clip, part=part)
    for after in (1, len(whole.rows) // 2, len(whole.rows) - 1):
        rest = run_analysis(clip, part=part, start=whole.commits[after], overlap=after % 2 == 0)
        assert rest.rows == whole.rows[after:], f"gone on after {after} frames"
        assert rest.outcome == whole.outcome


def test_an_analysis_may_be_broken_off_again_and_again(clip: Path) -> None:
    whole = run_analysis(clip)
    rows, start = [], None
    for _ in range(COUNT):
        broken = run_analysis(clip, start=start, break_at=8, overlap=True)
        committed = max(broken.commits)
        rows += broken.rows[:committed]
        start = broken.commits[committed]
        if broken.outcome is not None:
            break

    assert rows == whole.rows
    assert broken.outcome == whole.outcome


def test_damage_is_met_in_the_same_way_after_going_on(damaged: Path) -> None:
    whole = run_analysis(damaged)

    assert whole.outcome is not None
    assert whole.outcome.losses.lost_frames == COUNT - len(whole.rows) > 0
    for after in random.Random(7).sample(range(1, len(whole.rows)), 3):
        rest = run_analysis(damaged, start=whole.commits[after])
        assert rest.rows == whole.rows[after:], f"gone on after {after} frames"
        assert rest.outcome == whole.outcome


def test_a_folder_of_pictures_goes_on_where_it_was_left(tmp_path: Path) -> None:
    for number in range(5):
        person: Literal["hopper", "collins"] = "hopper" if number % 2 else "collins"
        (tmp_path / f"img{number}.png").write_bytes(portrait_path(person).read_bytes())
    (tmp_path / "img2.png").write_bytes(b"torn")
    (tmp_path / "img9.png").write_bytes(b"torn, too")
    whole = run_analysis(tmp_path)

    assert whole.outcome is not None
    assert [name for name, _ in whole.outcome.losses.skipped] == ["img2.png", "img9.png"]
    assert whole.outcome.pictures == ("img0.png", "img1.png", "img3.png", "img4.png")
    for after in (1, 2, 4):
        rest = run_analysis(tmp_path, start=whole.commits[after], overlap=True)
        assert rest.rows == whole.rows[after:]
        assert rest.outcome == whole.outcome


def test_nothing_is_read_twice_when_all_but_the_end_was_done(clip: Path) -> None:
    whole = run_analysis(clip)

    rest = run_analysis(clip, start=whole.commits[COUNT])

    assert rest.rows == []
    assert rest.outcome == whole.outcome


def test_a_checkpoint_follows_the_results_it_belongs_to(clip: Path) -> None:
    run = run_analysis(clip, overlap=True)

    for rows, text in run.commits.items():
        assert json.loads(text)["position"]["frame"] == run.rows[rows - 1][0]


@pytest.mark.parametrize(
    "damage",
    [
        lambda stored: stored.update(schema=99),
        lambda stored: stored.pop("position"),
        lambda stored: stored["position"].pop("frame"),
        lambda stored: stored["position"].update(losses=None),
        lambda stored: stored["locator"].pop("tracker"),
        lambda stored: stored["locator"]["detector"]["known"][0].reverse(),
        lambda stored: stored.update(reader={"smoothers": []}),
        lambda stored: stored.update(tally={"frames": "many"}),
    ],
)
@pytest.mark.parametrize("overlap", [False, True])
def test_a_damaged_checkpoint_is_refused_in_one_sentence(
    damage: object, overlap: bool, checkpoint: str, clip: Path
) -> None:
    stored = json.loads(checkpoint)
    assert callable(damage)
    damage(stored)

    with pytest.raises(SessionError, match="session"):
        run_analysis(clip, start=json.dumps(stored), overlap=overlap)


@pytest.fixture(scope="module")
def checkpoint(clip: Path) -> str:
    return run_analysis(clip, part=Part(stop_s=0.15)).commits[3]


def test_a_checkpoint_comes_back_as_it_was(checkpoint: str) -> None:
    stored = json.loads(checkpoint)
    read = Checkpoint.from_json(stored)

    assert json.loads(json.dumps(read.to_json())) == stored
    assert read.position.losses == Losses()


def test_a_film_that_looks_different_after_the_jump_is_read_from_its_start(clip: Path) -> None:
    """A flipped bit costs no frame; what is made up for it depends on the frames before."""
    path = clip.with_name("flipped.mp4")
    content = bytearray(clip.read_bytes())
    with av.open(str(clip)) as container:
        packets = [(one.pos, one.size) for one in container.demux(video=0) if one.pos is not None]
    begin, size = packets[17]
    content[begin + size * 2 // 5] ^= 16
    path.write_bytes(content)
    whole = run_analysis(path)

    assert whole.outcome is not None
    assert whole.outcome.losses.lost_frames == 0
    assert whole.rows != run_analysis(clip).rows
    for after in (16, 18):
        rest = run_analysis(path, start=whole.commits[after])
        assert rest.rows == whole.rows[after:], f"gone on after {after} frames"
