"""What every format of rows keeps to, whatever its rows tell."""

from dataclasses import replace
from pathlib import Path

import pytest

from ferqt.core.emotions import CK7, FER7, FERPLUS8
from ferqt.core.types import FrameResult
from ferqt.errors import OutputError
from ferqt.outputs.base import OutputFormat, ResultSink
from ferqt.outputs.layout import RowLayout
from ferqt.outputs.registry import FORMATS
from tests.helpers.readings import face, sample, scores

LAYOUTS = [
    RowLayout(FER7),
    RowLayout(FER7, baseline=True),
    RowLayout(FER7, compared=CK7),
    RowLayout(FER7, compared=FERPLUS8, models=True),
    RowLayout(FER7, baseline=True, compared=CK7, models=True),
]
HAPPY = scores({"happy": 0.75}, FER7)
EVERYTHING = replace(
    sample(
        0.1,
        face(1, (1, 2, 3, 4), HAPPY, name="Anna", corrected=HAPPY, other=scores({"sad": 1.0}, CK7)),
        face(2, (5, 6, 7, 8), HAPPY),
    ),
    other_model_id="other",
)

pytestmark = pytest.mark.parametrize("one", FORMATS.values(), ids=list(FORMATS))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_result_can_be_written_and_is_on_disk_at_once(
    one: OutputFormat, layout: RowLayout, tmp_path: Path
) -> None:
    path = tmp_path / one.file_name
    with one.open(path, layout, False) as sink:
        assert isinstance(sink, ResultSink)
        sizes = [path.stat().st_size]
        results: list[FrameResult] = [
            sample(0.0),
            EVERYTHING,
            sample(0.2, face(1, (1, 2, 3, 4), HAPPY)),
        ]
        for result in results:
            sink.write(result)
            sizes.append(path.stat().st_size)
    assert sizes == sorted(set(sizes))
    assert path.stat().st_size == sizes[-1]


def test_an_older_file_stays_unless_it_may_be_replaced(one: OutputFormat, tmp_path: Path) -> None:
    path = tmp_path / one.file_name
    path.write_bytes(b"precious")
    with pytest.raises(OutputError, match="there already"):
        one.open(path, LAYOUTS[0], False)
    assert path.read_bytes() == b"precious"
    one.open(path, LAYOUTS[0], True).close()
    assert path.read_bytes() != b"precious"


def test_closing_again_is_harmless(one: OutputFormat, tmp_path: Path) -> None:
    sink = one.open(tmp_path / one.file_name, LAYOUTS[0], False)
    sink.close()
    sink.close()


def test_equal_results_give_equal_files(one: OutputFormat, tmp_path: Path) -> None:
    for number in (1, 2):
        with one.open(tmp_path / str(number), LAYOUTS[-1], False) as sink:
            sink.write(EVERYTHING)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
