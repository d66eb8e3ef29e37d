"""From a film to its figures: `ferqt analyze`, the stored session, the statistics."""

from pathlib import Path

import pytest

from ferqt.core.comparison import ComparedFace, compare
from ferqt.core.range_statistics import statistics_of_faces
from ferqt.core.session_document import SessionDocument
from ferqt.core.time_limits import time_limits
from ferqt.outputs.store.reader import open_session
from tests.helpers.clips import write_clip
from tests.helpers.command_line import run_ferqt
from tests.helpers.portraits import PlacedFace, scene


@pytest.fixture
def film(tmp_path: Path) -> SessionDocument:
    """Three seconds at 10 frames a second: one person smiles and leaves after two of them."""
    serious = PlacedFace(160, 180, 130)
    smiling = PlacedFace(470, 180, 120, person="collins")
    both, alone = scene(640, 360, [serious, smiling]), scene(640, 360, [serious])
    write_clip(tmp_path / "film.mp4", [both] * 20 + [alone] * 10, fps=10)
    ran = run_ferqt("analyze", tmp_path / "film.mp4", "--out", tmp_path / "out", "--blendshapes")
    assert ran.returncode == 0, ran.stderr
    return open_session(tmp_path / "out" / "session.db")


def test_a_smile_of_two_seconds_is_one_episode_one_smile_and_two_thirds_of_a_curve(
    film: SessionDocument,
) -> None:
    told = statistics_of_faces(film)
    assert [one.analyzed_s for one in told.values()] == [pytest.approx(3)] * 2
    smiling, serious = sorted(told.values(), key=lambda one: one.face_s)
    assert (smiling.face_s, serious.face_s) == (pytest.approx(2), pytest.approx(3))

    (happy,) = smiling.episodes
    assert (happy.name, happy.start_s, happy.end_s) == ("happy", 0.0, pytest.approx(2))
    assert smiling.expression("happy").share == pytest.approx(1)
    assert smiling.valence is not None
    assert smiling.valence > 0.5
    assert smiling.smiles is not None
    assert (smiling.smiles.count, smiling.smiles.seconds) == (1, pytest.approx(2))

    assert serious.smiles is not None
    assert serious.blinks is not None
    assert (serious.smiles.count, serious.blinks.count) == (0, 0)
    assert serious.expression("happy").share == 0

    found = compare([ComparedFace(film, face_id) for face_id in film.table.faces])
    assert list(found.count) == [2] * 20 + [1] * 10
    assert time_limits(film)[0].text.startswith("At 10 analyzed frames a second")
