"""The library of sessions from the command line, in this process."""

import json
from pathlib import Path

import pytest

from ferqt.app import main
from ferqt.outputs.store.library import Library
from tests.helpers.sessions import session_document, stored_session


def ferqt(*arguments: str | Path) -> int:
    return main(["sessions", *map(str, arguments)])


@pytest.fixture
def results(tmp_path: Path) -> Path:
    stored_session(session_document(2), tmp_path / "results" / "session.db")
    return tmp_path / "results"


def test_a_session_is_adopted_listed_shown_and_deleted(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ferqt("list") == 0
    assert capsys.readouterr().out == f"no sessions in {Library().folder}\n"
    assert ferqt("adopt", results, "--json") == 0
    session = json.loads(capsys.readouterr().out)["id"]
    assert ferqt("list", "TALK", "--tag", "pilot") == 0
    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split() == [
        "ID",
        "TITLE",
        "LENGTH",
        "FRAMES",
        "FACES",
        "MODEL",
        "STATE",
        "TAGS",
    ]
    assert row.split() == f"{session} talk.mp4 00:02 60 2 model done pilot, room 3".split()
    assert ferqt("show", session) == 0
    shown = capsys.readouterr().out
    assert "Second take." in shown
    assert "mediapipe" in shown
    assert ferqt("delete", session) == 0
    assert capsys.readouterr().out.endswith(f"{session}: deleted\n")
    assert ferqt("list", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert (results / "session.db").is_file()


@pytest.mark.allow_error_logs
@pytest.mark.parametrize(
    ("code", "arguments", "said"),
    [
        (2, ("show", "nosuch"), "the library has no session 'nosuch'"),
        (2, ("delete", "nosuch"), "the library has no session 'nosuch'"),
        (1, ("adopt", "nowhere"), "there is no session: 'nowhere'"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_in_one_line(
    code: int, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ferqt(*arguments) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
