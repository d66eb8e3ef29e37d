"""What the report of a comparison says."""

from pathlib import Path

import pytest

from ferqt.core.comparison import Alignment, ComparedFace, compare, summaries
from ferqt.core.session_document import SessionDocument
from ferqt.errors import FerqtError
from ferqt.outputs.report import ComparisonOptions, main_face, write_comparison_report
from tests.helpers.pages import Page
from tests.helpers.session_tables import hour, session, steady

ALIGNED = Alignment("start", before_s=1.0)


def participant(number: int, *, marker: str = "start", model: str = "tiny") -> SessionDocument:
    shown = ["neutral"] * (20 + number) + ["happy"] * 20
    return session(
        steady(len(shown)),
        {1: shown, 2: [None] * 30 + ["sad"] * (len(shown) - 30)},
        markers=[(2.0, marker)],
        facts={"model": {"id": model, "name": model}, "version": "1"},
        title=f"Participant <{number}>",
    )


def page_of(faces: list, folder: Path, options: ComparisonOptions | None = None) -> Page:
    path = folder / "comparison.html"
    write_comparison_report(faces, path, options)
    return Page(path.read_text(encoding="utf-8"))


def test_the_tables_equal_the_summaries(tmp_path: Path) -> None:
    faces = [ComparedFace(participant(number), 1) for number in range(3)]
    page = page_of(faces, tmp_path, ComparisonOptions("Study", ALIGNED))
    assert page.problems == []
    assert page.asked == []
    shares, episodes, latencies = (
        one for one in page.tables if one.rows[0][0] == "session" and "happy" in one.rows[0]
    )
    told = summaries(faces, ALIGNED)
    for one in told:
        happy = one.statistics.expression("happy")
        assert shares.row(one.face.title)["happy"] == f"{100 * happy.share:.1f} %"
        assert episodes.row(one.face.title)["happy"] == str(happy.episodes)
        assert latencies.row(one.face.title)["happy"] == f"{happy.latency_s:.2f} s"
    mean = sum(one.statistics.expression("happy").share for one in told) / 3
    assert shares.row("mean of sessions")["happy"] == f"{100 * mean:.1f} %"
    assert page.table("time 0 at").row("Participant <1>")["time 0 at"] == "00:02.000"


def test_each_expression_has_a_curve_with_the_marker_in_it(tmp_path: Path) -> None:
    faces = [ComparedFace(participant(number), 1) for number in range(3)]
    page = page_of(faces, tmp_path, ComparisonOptions("Study", ALIGNED))
    plots = [attrs for tag, attrs in page.tags if tag == "svg" and attrs["class"] == "plot"]
    assert len(plots) == len(compare(faces, ALIGNED).names)
    lines = [attrs["class"] for tag, attrs in page.tags if tag == "path"]
    assert lines.count("zero") == len(plots)
    assert lines.count("single") == 3 * len(plots)
    assert sum("band" in (name or "") for name in lines) == len(plots)


def test_of_a_session_alone_the_face_seen_longest_is_taken(tmp_path: Path) -> None:
    assert main_face(participant(0)).face_id == 1
    page = page_of([participant(0), participant(1)], tmp_path)
    assert "beginnings laid over each other" in page.text


def test_what_could_not_be_compared_is_told(tmp_path: Path) -> None:
    faces = [participant(0), participant(1, model="other"), participant(2, marker="end")]
    page = page_of(faces, tmp_path, ComparisonOptions(alignment=ALIGNED))
    assert "Participant <2>: It has no marker “start”." in page.text
    assert "differences between models" in page.text


def test_a_long_comparison_stays_small(tmp_path: Path) -> None:
    long = [hour(number, faces=1, frames=4_000) for number in range(14)]
    page = page_of(long, tmp_path)
    assert len(page.source) < 150_000


def test_sessions_without_a_face_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(FerqtError, match="no face was found in 'empty'"):
        page_of([session(steady(5), {}, title="empty")], tmp_path)
