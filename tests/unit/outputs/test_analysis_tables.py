import csv
import io
from dataclasses import replace

import pytest

from ferqt.core.comparison import Alignment, ComparedFace, compare
from ferqt.core.range_statistics import range_statistics
from ferqt.outputs.analysis_tables import (
    brief_table,
    comparison_table,
    expression_table,
    transition_table,
)
from tests.helpers.sessions import session_document


@pytest.fixture(scope="module")
def told():
    return range_statistics(session_document(60, seed=5), 1)


def rows(text):
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def test_each_expression_has_a_row(told):
    table = rows(expression_table(told))
    assert [row["expression"] for row in table] == list(told.names)
    happy = table[told.names.index("happy")]
    assert float(happy["share"]) == pytest.approx(told.expression("happy").share, rel=1e-5)
    assert int(happy["brief"]) == told.expression("happy").brief


def test_what_is_not_known_is_empty():
    nobody = range_statistics(session_document(2, faces=1), 99)
    assert {row["latency_s"] for row in rows(expression_table(nobody))} == {""}


def test_transitions_are_a_square(told):
    table = rows(transition_table(told))
    assert [row["from"] for row in table] == list(told.names)
    assert sum(int(row[name]) for row in table for name in told.names) == told.transitions.sum()


def test_each_brief_episode_has_a_row(told):
    table = rows(brief_table(told))
    assert len(table) == len(told.brief_episodes) > 0
    assert float(table[0]["duration_s"]) < 0.5
    assert {row["cut"] for row in table} <= {"0", "1"}


def test_compared_sessions_have_a_row_for_each_step():
    one, other = session_document(10, seed=1), session_document(10, seed=2)
    faces = [ComparedFace(replace(one, title="=cmd"), 1), ComparedFace(other, 1)]
    compared = compare(faces, Alignment(step_s=0.5))
    table = rows(comparison_table(compared, "happy"))
    assert len(table) == len(compared.time_s)
    # A title that a spreadsheet would take for a formula is text.
    assert "'=cmd (1)" in table[0]
    column = compared.names.index("happy")
    last = next(row for row in table if row["sessions"] == "2")
    place = table.index(last)
    assert float(last["mean"]) == pytest.approx(compared.mean[place, column], rel=1e-5)
