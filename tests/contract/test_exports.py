"""What every format that a session is exported to keeps to."""

import resource
from pathlib import Path

import pytest

from ferqt.core.emotions import FER7
from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.types import HeadPose
from ferqt.errors import OutputError
from ferqt.outputs.exports.base import ExportFormat
from ferqt.outputs.exports.registry import EXPORTS
from tests.helpers.documents import document_of
from tests.helpers.readings import face, sample, scores

HAPPY = scores({"happy": 0.75}, FER7)
POSE = HeadPose(1, 2, 3)

pytestmark = pytest.mark.parametrize("one", EXPORTS.values(), ids=list(EXPORTS))


def talk() -> SessionDocument:
    results = [sample(number / 10, face(1, (1, 2, 3, 4), HAPPY, pose=POSE)) for number in range(20)]
    return document_of(
        [*results, sample(2.0)],
        FER7,
        markers=(Marker(500, 0.5, 5, "laughs", "loud"),),
        excluded=(TimeRange(1.0, 1.2),),
    )


def test_an_export_tells_which_files_it_wrote(one: ExportFormat, tmp_path: Path) -> None:
    written = one.write(talk(), tmp_path / "out" / one.file_name)

    assert set(written) == set((tmp_path / "out").iterdir())
    assert all(path.stat().st_size for path in written)


def test_an_older_file_is_replaced(one: ExportFormat, tmp_path: Path) -> None:
    path = tmp_path / one.file_name
    path.write_bytes(b"old")

    one.write(talk(), path)

    assert b"old" not in path.read_bytes()[:3]


def test_when_the_disk_is_full_the_older_file_stays(one: ExportFormat, tmp_path: Path) -> None:
    path = tmp_path / one.file_name
    path.write_bytes(b"precious")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(OutputError, match=f"cannot write .*{path.stem}"):
            one.write(talk(), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert path.read_bytes() == b"precious"
    assert list(tmp_path.iterdir()) == [path]


def test_a_format_says_what_it_is(one: ExportFormat) -> None:
    assert EXPORTS[one.id] is one
    assert one.title
    assert Path(one.file_name).suffix


def test_a_format_is_described(one: ExportFormat) -> None:
    described = Path(__file__).parents[2].joinpath("docs/formats.md").read_text(encoding="utf-8")

    assert f"`{one.file_name}`" in described
    assert f"`{one.id}`" in described
