"""Episodes as segments: read back by the libraries and the published columns of other programs."""

import warnings
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
import srt
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st
from pympi.Elan import Eaf

from ferqt.core.emotions import CK7, FER7, LabelSet
from ferqt.core.episodes import EpisodeRule, all_episodes
from ferqt.core.markers import Marker
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.core.types import FrameResult
from ferqt.errors import OutputError
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.registry import EXPORTS
from tests.helpers.documents import FACTS, document_of
from tests.helpers.readings import face, sample, scores

ELAN, VTT, SRT = EXPORTS["elan"], EXPORTS["vtt"], EXPORTS["srt"]
BORIS, AGGREGATED = EXPORTS["boris"], EXPORTS["boris-aggregated"]
TIMED = [ELAN, VTT, SRT, BORIS, AGGREGATED]
BOX = (1.0, 2.0, 30.5, 40.0)
HAPPY, SAD = scores({"happy": 0.9}, FER7), scores({"sad": 0.8}, FER7)
MARKERS = (
    Marker(500, 0.5, 15, "laughs <loud> & long", "a --> b"),
    Marker(2000, 2.0, 60, "Frage\t2", ""),
)

# As boris/export_observation.py and export_events.py write them, without independent variables
# and modifiers.
BORIS_TABULAR = [
    *("Observation id", "Observation date", "Description", "Observation duration"),
    *("Observation type", "Source", "Time offset (s)", "Media duration (s)", "FPS"),
    *("Subject", "Behavior", "Behavioral category", "Behavior type", "Time", "Media file name"),
    *("Image index", "Image file path", "Comment"),
]
BORIS_AGGREGATED = [
    *("Observation id", "Observation date", "Description", "Observation type", "Source"),
    *("Time offset (s)", "Coding duration", "Media duration (s)", "FPS (frame/s)", "Subject"),
    *("Observation duration by subject by observation", "Behavior", "Behavioral category"),
    *("Behavior type", "Start (s)", "Stop (s)", "Duration (s)", "Media file name"),
    *("Image index start", "Image index stop", "Image file path start", "Image file path stop"),
    *("Comment start", "Comment stop"),
]


def talk(**known: object) -> SessionDocument:
    """Face 1 is happy for a second, then sad for one; face 2 is sad in the second; 30 a second."""
    results = [
        sample(
            number / 30,
            face(1, BOX, HAPPY if number < 30 else SAD, name='Anna "A" <b>'),
            *([face(2, BOX, SAD)] if number >= 30 else []),
        )
        for number in range(60)
    ]
    return document_of(results, FER7, **{"source": "/data/my talk.mp4", **known})


def tiers(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        eaf = Eaf(str(path))
    return {name: sorted(eaf.get_annotation_data_for_tier(name)) for name in eaf.get_tier_names()}


def table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, sep="\t", keep_default_na=False, na_values=[])


def test_elan_has_a_tier_for_each_face_and_for_the_markers(tmp_path: Path) -> None:
    ELAN.write(talk(markers=MARKERS, excluded=(TimeRange(1.5, 1.6),)), tmp_path / "talk.eaf")

    assert tiers(tmp_path / "talk.eaf") == {
        'Anna "A" <b>': [(0, 1000, "happy"), (1000, 1500, "sad"), (1600, 2000, "sad")],
        "Face 2": [(1000, 1500, "sad"), (1600, 2000, "sad")],
        "Markers": [(500, 1500, "laughs <loud> & long: a --> b"), (2000, 3000, "Frage 2")],
        "Excluded": [(1500, 1600, "excluded")],
    }


def test_elan_is_told_where_the_film_lies(tmp_path: Path) -> None:
    film = tmp_path / "films" / "my talk.mp4"
    ELAN.write(talk(source=str(film)), tmp_path / "out" / "talk.eaf")

    (linked,) = Eaf(str(tmp_path / "out" / "talk.eaf")).get_linked_files()
    assert linked["MEDIA_URL"] == film.as_uri()
    assert linked["RELATIVE_MEDIA_URL"] == "./../films/my talk.mp4"
    assert linked["MIME_TYPE"] == "video/mp4"


@pytest.mark.parametrize(("kind", "source"), [("camera", "0"), ("stream", "rtsp://camera/1")])
def test_a_live_source_is_no_film(kind: str, source: str, tmp_path: Path) -> None:
    live = talk(source=source, facts={**FACTS, "source": {"kind": kind, "name": "live"}})
    ELAN.write(live, tmp_path / "talk.eaf")
    BORIS.write(live, tmp_path / "events.tsv")

    assert Eaf(str(tmp_path / "talk.eaf")).get_linked_files() == []
    first = table(tmp_path / "events.tsv").loc[0]
    assert (first["Observation type"], first["Source"]) == ("Live observation", "NA")
    assert first["Media duration (s)"] == "NA"


def test_what_xml_cannot_say_leaves_the_file_readable(tmp_path: Path) -> None:
    marker = Marker(0, 0.0, 0, "a\x0b\x00b\udce9", "\ufffe")
    ELAN.write(talk(markers=(marker,)), tmp_path / "talk.eaf")

    assert tiers(tmp_path / "talk.eaf")["Markers"][0][2].startswith("a b")


def test_webvtt_tells_what_each_face_shows(tmp_path: Path) -> None:
    VTT.write(talk(markers=MARKERS), tmp_path / "talk.vtt")

    cues = [
        (one.start, one.end, one.text) for one in webvtt.read(tmp_path / "talk.vtt", strict=True)
    ]
    assert cues == [
        ("00:00:00.000", "00:00:01.000", 'Anna "A" &lt;b&gt;: happy'),
        ("00:00:00.500", "00:00:01.500", "[laughs &lt;loud&gt; &amp; long: a --&gt; b]"),
        ("00:00:01.000", "00:00:02.000", 'Anna "A" &lt;b&gt;: sad'),
        ("00:00:01.000", "00:00:02.000", "Face 2: sad"),
        ("00:00:02.000", "00:00:03.000", "[Frage 2]"),
    ]


def test_subrip_tells_what_each_face_shows(tmp_path: Path) -> None:
    SRT.write(talk(markers=MARKERS), tmp_path / "talk.srt")

    text = (tmp_path / "talk.srt").read_text(encoding="utf-8")
    assert text.startswith("1\n00:00:00,000 --> 00:00:01,000\n")
    told = list(srt.parse(text))
    assert [(one.index, one.start, one.content) for one in told] == [
        (1, timedelta(0), 'Anna "A" <b>: happy'),
        (2, timedelta(seconds=0.5), "[laughs <loud> & long: a --> b]"),
        (3, timedelta(seconds=1), 'Anna "A" <b>: sad'),
        (4, timedelta(seconds=1), "Face 2: sad"),
        (5, timedelta(seconds=2), "[Frage 2]"),
    ]


def test_boris_tabular_events_start_and_stop(tmp_path: Path) -> None:
    BORIS.write(talk(markers=MARKERS, notes="two\nlines"), tmp_path / "events.tsv")

    events = table(tmp_path / "events.tsv")
    assert list(events.columns) == BORIS_TABULAR
    told = events[["Time", "Subject", "Behavior", "Behavior type", "Image index"]]
    assert told.to_numpy().tolist() == [
        [0.0, 'Anna "A" <b>', "happy", "START", 0],
        [0.5, "", "laughs <loud> & long", "POINT", 15],
        [1.0, 'Anna "A" <b>', "happy", "STOP", 29],
        [1.0, 'Anna "A" <b>', "sad", "START", 30],
        [1.0, "Face 2", "sad", "START", 30],
        [2.0, 'Anna "A" <b>', "sad", "STOP", 59],
        [2.0, "Face 2", "sad", "STOP", 59],
        [2.0, "", "Frage 2", "POINT", 60],
    ]
    first = events.loc[0]
    assert (first["Description"], first["Media file name"]) == ("two lines", "/data/my talk.mp4")
    assert (first["Media duration (s)"], first["FPS"]) == (12.5, 30.0)
    assert first["Observation duration"] == 2.0
    assert events.loc[1, "Comment"] == "a --> b"
    # Each start has its stop: BORIS and its readers pair them.
    starts = events[events["Behavior type"] == "START"]
    stops = events[events["Behavior type"] == "STOP"]
    assert len(starts) == len(stops)


def test_boris_aggregated_events_have_a_row_each(tmp_path: Path) -> None:
    AGGREGATED.write(talk(markers=MARKERS[:1]), tmp_path / "events.tsv")

    events = table(tmp_path / "events.tsv")
    assert list(events.columns) == BORIS_AGGREGATED
    told = events[["Subject", "Behavior", "Behavior type", "Start (s)", "Stop (s)", "Duration (s)"]]
    assert told.astype(str).to_numpy().tolist() == [
        ['Anna "A" <b>', "happy", "STATE", "0.0", "1.0", "1.000"],
        ["No focal subject", "laughs <loud> & long", "POINT", "0.5", "0.5", "NA"],
        ['Anna "A" <b>', "sad", "STATE", "1.0", "2.0", "1.000"],
        ["Face 2", "sad", "STATE", "1.0", "2.0", "1.000"],
    ]
    assert events["Observation duration by subject by observation"].tolist() == [2.0, 0.0, 2.0, 1.0]


@pytest.mark.parametrize("one", TIMED, ids=lambda one: one.id)
def test_pictures_are_refused_in_one_sentence_and_leave_no_file(one, tmp_path: Path) -> None:
    picture = FrameResult(None, 0, None, 0, (face(1, BOX, HAPPY),), "model", name="a.jpg")

    with pytest.raises(OutputError, match="pictures have no times") as refused:
        one.write(document_of([picture], FER7), tmp_path / one.file_name)
    assert "csv" in refused.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("one", TIMED, ids=lambda one: one.id)
def test_a_session_without_faces_and_markers_makes_a_file_that_can_be_read(
    one, tmp_path: Path
) -> None:
    path = tmp_path / one.file_name
    one.write(document_of([sample(0.0), sample(0.1)], FER7), path)

    if one is ELAN:
        assert tiers(path) == {}
    elif one is VTT:
        assert list(webvtt.read(path)) == []
    elif one is SRT:
        assert list(srt.parse(path.read_text())) == []
    else:
        assert len(table(path)) == 0


def test_the_rule_of_episodes_can_be_chosen(tmp_path: Path) -> None:
    flicker = [
        sample(number / 10, face(1, BOX, HAPPY if number != 4 else SAD)) for number in range(9)
    ]
    document = document_of(flicker, FER7)

    VTT.write(document, tmp_path / "all.vtt")
    VTT.write(document, tmp_path / "long.vtt", ExportOptions(rule=EpisodeRule(min_duration_s=0.3)))

    assert [one.text for one in webvtt.read(tmp_path / "all.vtt")] == [
        "Face 1: happy",
        "Face 1: sad",
        "Face 1: happy",
    ]
    assert [one.text for one in webvtt.read(tmp_path / "long.vtt")] == ["Face 1: happy"] * 2


@pytest.mark.parametrize("labels", [CK7, LabelSet("mine", ("bored & tired", "happy"))])
def test_any_class_makes_segments(labels: LabelSet, tmp_path: Path) -> None:
    bored = scores({labels.names[0]: 0.9}, labels)
    results = [sample(number / 10, face(1, BOX, bored)) for number in range(5)]

    ELAN.write(document_of(results, labels), tmp_path / "talk.eaf")

    assert tiers(tmp_path / "talk.eaf") == {"Face 1": [(0, 500, labels.names[0])]}


def test_faces_with_one_name_stay_apart(tmp_path: Path) -> None:
    results = [
        sample(number / 10, face(1, BOX, HAPPY, name="Anna"), face(2, BOX, SAD, name="Anna"))
        for number in range(5)
    ]
    markers = (Marker(0, 0.0, 0, "x"),)

    ELAN.write(document_of(results, FER7, markers=markers), tmp_path / "talk.eaf")

    assert set(tiers(tmp_path / "talk.eaf")) == {"Anna", "Anna (2)", "Markers"}


def test_a_face_called_markers_has_its_own_tier(tmp_path: Path) -> None:
    results = [sample(number / 10, face(1, BOX, HAPPY, name="Markers")) for number in range(5)]

    ELAN.write(document_of(results, FER7, markers=(Marker(0, 0.0, 0, "x"),)), tmp_path / "talk.eaf")

    assert {name: len(found) for name, found in tiers(tmp_path / "talk.eaf").items()} == {
        "Markers": 1,
        "Markers'": 1,
    }


def test_markers_of_one_moment_share_an_annotation(tmp_path: Path) -> None:
    markers = (Marker(1, 0.001, 0, "a"), Marker(1, 0.0012, 0, "b"), Marker(2, 0.002, 0, "c"))

    ELAN.write(talk(markers=markers), tmp_path / "talk.eaf")

    assert tiers(tmp_path / "talk.eaf")["Markers"] == [(1, 2, "a; b"), (2, 1002, "c")]


def test_equal_sessions_give_equal_files(tmp_path: Path) -> None:
    for one in EXPORTS.values():
        for number in (1, 2):
            folder = tmp_path / str(number)
            one.write(talk(markers=MARKERS), folder / one.file_name)
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / number).iterdir()}
        for number in ("1", "2")
    )
    assert first == second


times = st.lists(st.floats(0, 500_000), min_size=2, max_size=40)


@settings(max_examples=50, deadline=None)
@given(times=times, shown=st.lists(st.integers(0, 2), min_size=40, max_size=40))
def test_times_that_jump_come_back_as_they_were_to_the_millisecond(
    times: list[float], shown: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    readings = (HAPPY, SAD, scores({"fear": 1.0}, FER7))
    results = [
        FrameResult(None, number, time_s, number, (face(1, BOX, readings[kind]),), "model")
        for number, (time_s, kind) in enumerate(zip(times, shown, strict=False))
    ]
    document = document_of(results, FER7)
    folder = tmp_path_factory.mktemp("jumps")
    for one in (ELAN, VTT, SRT, BORIS, AGGREGATED):
        one.write(document, folder / one.file_name)

    episodes = all_episodes(document)
    found = tiers(folder / ELAN.file_name)
    subtitles = srt.parse((folder / SRT.file_name).read_text())
    told = {
        "elan": sorted(start for tier in found.values() for start, _, _ in tier),
        "vtt": [
            milliseconds(pd.Timedelta(one.start)) for one in webvtt.read(folder / VTT.file_name)
        ],
        "srt": [milliseconds(one.start) for one in subtitles],
        "boris": [round(1000 * one) for one in table(folder / AGGREGATED.file_name)["Start (s)"]],
    }
    wanted = [round(one.start_s * 1000) for one in episodes]
    assert told == dict.fromkeys(told, wanted)
    for tier in found.values():
        assert all(before[1] <= after[0] for before, after in pairwise(tier))
    kinds = table(folder / BORIS.file_name)["Behavior type"].tolist()
    assert kinds.count("START") == kinds.count("STOP") == len(episodes)


def milliseconds(time: timedelta) -> int:
    return time // timedelta(milliseconds=1)
