"""The report as an export."""

from pathlib import Path

from ferqt.core.emotions import FER7
from ferqt.core.episodes import EpisodeRule
from ferqt.core.session_document import SessionDocument
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.registry import EXPORTS
from ferqt.outputs.report import ModelSummary, ReportOptions
from tests.helpers.documents import document_of
from tests.helpers.readings import face, sample, scores

HAPPY = scores({"happy": 0.75}, FER7)


def test_the_report_says_what_the_caller_gathers_for_it(tmp_path: Path) -> None:
    asked: list[EpisodeRule] = []

    def gather(document: SessionDocument, rule: EpisodeRule) -> ReportOptions:
        asked.append(rule)
        summary = ModelSummary(name="Model of the test", architecture="net", parameters=1)
        return ReportOptions(rule=rule, models={"mini48": summary})

    rule = EpisodeRule(min_duration_s=0.25)
    document = document_of([sample(0.1, face(1, (1, 2, 3, 4), HAPPY))], FER7)
    EXPORTS["html"].write(document, tmp_path / "a.html", ExportOptions(rule=rule, report=gather))

    assert asked == [rule]
    assert "Model of the test" in (tmp_path / "a.html").read_text(encoding="utf-8")
