"""What the report of a session says, and that its page stands alone."""

import base64
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ferqt.core.episodes import EpisodeRule
from ferqt.core.range_statistics import range_statistics
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.errors import OutputError
from ferqt.outputs.report import (
    ModelFigures,
    ModelSummary,
    ReportOptions,
    StillWanted,
    write_report,
)
from tests.helpers.pages import Page
from tests.helpers.session_tables import hour, session, steady

FACTS = {
    "version": "1.2.3",
    "complete": True,
    "source": {
        "kind": "video",
        "name": "talk.mp4",
        "sha256": "ab" * 32,
        "fps": 10.0,
        "frame_count": 60,
        "duration_s": 6.0,
    },
    "part": {"from_s": None, "to_s": None, "every": 1},
    "model": {"id": "tiny", "name": "Tiny", "files": {"keras": {"sha256": "cd" * 32}}},
    "settings": {"detector": {"id": "mediapipe"}, "smoothing_s": 0.3, "baselines": []},
    "libraries": {"numpy": "2.0"},
}
SHOWN = ["neutral"] * 20 + ["happy"] * 3 + ["neutral"] * 7 + ["happy"] * 20 + ["angry"] * 10


def talk(**changes: object) -> SessionDocument:
    """Six seconds of two faces; the second one leaves."""
    document = session(
        steady(60),
        {1: SHOWN, 2: ["sad"] * 30 + [None] * 30},
        facts=FACTS,
        markers=[(2.0, "question"), (4.5, "answer")],
        title="talk.mp4",
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def page_of(document: SessionDocument, folder: Path, options: ReportOptions | None = None) -> Page:
    path = folder / "report.html"
    write_report(document, path, options)
    return Page(path.read_text(encoding="utf-8"))


def test_the_page_is_whole_and_asks_for_nothing(tmp_path: Path) -> None:
    page = page_of(talk(), tmp_path)
    assert page.problems == []
    assert page.asked == []
    assert "://" not in page.source
    assert "url(" not in page.source
    assert not {"script", "link", "iframe", "object", "a", "form"} & {tag for tag, _ in page.tags}
    (policy,) = [a["content"] for tag, a in page.tags if tag == "meta" and "http-equiv" in a]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_figures_equal_the_statistics(tmp_path: Path) -> None:
    document = talk()
    page = page_of(document, tmp_path)
    told = range_statistics(document, 1)
    table = page.table("expression", "share of time", "longest")
    assert [row[0] for row in table.rows[1:]] == list(told.names)
    for one in told.expressions:
        row = table.row(one.name)
        assert row["share of time"] == f"{100 * one.share:.1f} %"
        assert row["episodes"] == str(one.episodes)
        assert row["brief"] == str(one.brief)
        assert row["mean"] == f"{100 * (one.mean or 0):.1f} %"
        assert row["SD"] == f"{100 * (one.sd or 0):.1f} %"
    assert table.row("happy")["longest"] == "2.00 s"
    assert table.row("angry")["first after"] == "5.00 s"
    faces = page.table("face", "in the picture")
    assert faces.row("Face 2")["in the picture"] == "3.00 s"
    assert faces.row("Face 1")["shows most"] == "neutral, 45.0 %"


def test_transitions_and_brief_episodes_are_listed(tmp_path: Path) -> None:
    page = page_of(talk(), tmp_path)
    matrix = page.table("from \\ to")
    assert matrix.rows[0] == ["from \\ to", "neutral", "happy", "angry"]
    assert matrix.row("neutral") == {
        "from \\ to": "neutral",
        "neutral": "0",
        "happy": "2",
        "angry": "0",
    }
    lists = [one for one in page.tables if one.rows[0][:2] == ["from", "to"]]
    assert [row[:4] for row in lists[1].rows[1:]] == [["00:02.000", "00:02.300", "happy", "0.30 s"]]
    assert "At 10 analyzed frames a second one comes every 100 ms" in page.text


def test_the_rule_and_the_ranges_are_heeded_and_told(tmp_path: Path) -> None:
    rule = EpisodeRule(min_duration_s=0.5, enter=0.7, leave=0.6)
    options = ReportOptions(rule=rule, ranges=(TimeRange(2.0, 4.0),))
    page = page_of(talk(), tmp_path, options)
    told = range_statistics(talk(), 1, options.ranges, rule)
    row = page.table("expression", "longest").row("happy")
    assert row["episodes"] == str(told.expression("happy").episodes)
    assert row["time"] == f"{told.expression('happy').seconds:.2f} s"
    assert "Figures of 00:02.000 to 00:04.000." in page.text
    assert "at least 70 % and ends under 60 %" in page.text


def test_what_people_wrote_is_shown_and_never_run(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>\"'&<img src=x onerror=y>"
    document = talk(title=hostile, notes=hostile, tags=(hostile,))
    markers = tuple(replace(one, label=hostile, note=hostile) for one in document.markers)
    facts = {**FACTS, "source": {**FACTS["source"], "name": hostile}, "version": hostile}
    model = ModelSummary(hostile, hostile, 1, limits=hostile)
    document = replace(
        document,
        markers=markers,
        facts=facts,
        table=replace(document.table, names={1: hostile}),
    )
    page = page_of(document, tmp_path, ReportOptions(models={"tiny": model}))
    assert page.problems == []
    assert not {"script", "img"} & {tag for tag, _ in page.tags}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert page.text.count(hostile) >= 8


def test_markers_and_what_is_left_out_are_told(tmp_path: Path) -> None:
    page = page_of(talk(excluded=(TimeRange(0.0, 1.0),)), tmp_path)
    assert page.table("label", "note").rows[1][:3] == ["00:02.000", "0", "question"]
    assert "00:00.000 to 00:01.000" in page.text
    assert page.table("expression", "longest").row("neutral")["time"] == "1.70 s"


def test_source_model_and_settings_are_told(tmp_path: Path) -> None:
    card = ModelSummary(
        "Tiny", "net", 1000, (ModelFigures("fer2013/private", 3589, 0.7, 0.65, 0.02),), limits="No."
    )
    page = page_of(talk(), tmp_path, ReportOptions(models={"tiny": card}))
    assert page.table("data set").row("fer2013/private")["macro F1"] == "65.0 %"
    for said in ("ab" * 32, "cd" * 32, "talk.mp4 (video)", "detector: id", "No.", "AI Act"):
        assert said in page.text
    assert "not on this computer" in page_of(talk(), tmp_path).text


def test_a_report_tells_when(tmp_path: Path) -> None:
    document = talk(
        created="2026-03-01T14:03:22.125+00:00",
        facts={**FACTS, "started_at": "2026-02-28T09:15:00.000+01:00"},
    )
    text = page_of(document, tmp_path).text
    assert "2026-03-01 14:03 UTC" in text
    assert "2026-02-28 09:15 UTC+01:00" in text


def test_stills_are_in_the_page_with_words_for_them(tmp_path: Path) -> None:
    asked: list[StillWanted] = []

    def read(wanted: "list[StillWanted]") -> list[bytes | None]:
        asked.extend(wanted)
        return [b"jpeg" if one.name != "angry" else None for one in wanted]

    page = page_of(talk(), tmp_path, ReportOptions(stills=read, stills_blurred=True))
    assert {(one.face_id, one.name, one.frame) for one in asked} == {
        (1, "neutral", 0),
        (1, "happy", 20),
        (1, "angry", 50),
        (2, "sad", 0),
    }
    pictures = [attrs for tag, attrs in page.tags if tag == "img"]
    assert len(pictures) == 3
    for attrs in pictures:
        kind, _, data = (attrs["src"] or "").partition(",")
        assert kind == "data:image/jpeg;base64"
        assert base64.b64decode(data) == b"jpeg"
        assert "Face" in (attrs["alt"] or "")
    assert "1 pictures of peaks could not be read" in page.text
    assert "covered" in page.text


def test_a_film_that_is_gone_is_told(tmp_path: Path) -> None:
    def read(_wanted: object) -> list[bytes | None]:
        raise OutputError("the video of this session is no longer there: 'talk.mp4'")

    page = page_of(talk(), tmp_path, ReportOptions(stills=read))
    assert "no longer there: 'talk.mp4'" in page.text


def test_an_hour_makes_a_page_that_is_sent_by_mail(tmp_path: Path) -> None:
    document = hour()
    page = page_of(document, tmp_path)
    assert page.problems == []
    assert len(page.source) < 300_000
    told = range_statistics(document, 1)
    for one in told.expressions:
        row = page.table("expression", "longest").row(one.name)
        assert row["share of time"] == f"{100 * one.share:.1f} %"


@pytest.mark.parametrize("frames", [0, 1])
def test_a_session_of_nothing_or_of_one_frame_has_a_page(tmp_path: Path, frames: int) -> None:
    document = session(steady(frames), {1: ["happy"] * frames}, title="short")
    page = page_of(document, tmp_path)
    assert page.problems == []
    assert ("No face was found." in page.text) == (frames == 0)


def test_pictures_have_no_timeline(tmp_path: Path) -> None:
    document = session([np.nan] * 3, {1: ["happy", "sad", "happy"]}, title="photos")
    page = page_of(document, tmp_path)
    assert "Timeline" not in page.text
    assert page.table("expression", "longest").row("happy")["share of time"] == "66.7 %"


def test_every_drawing_has_words_beside_it(tmp_path: Path) -> None:
    page = page_of(talk(), tmp_path)
    drawings = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert len(drawings) > 10
    assert all(attrs["aria-hidden"] == "true" for attrs in drawings)
    told = [attrs["aria-label"] for _, attrs in page.tags if attrs.get("role") == "img"]
    assert any("happy 38.3 %" in (text or "") for text in told)
    heads = [attrs.get("scope") for tag, attrs in page.tags if tag == "th"]
    assert None not in heads
