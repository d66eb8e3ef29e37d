"""What a report gets beside the session: stills from the film, figures from cards."""

from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pictures

from ferqt.classifiers.card import CARD_NAME, read_card
from ferqt.classifiers.catalog import Catalog
from ferqt.core.session_document import SessionDocument
from ferqt.errors import OutputError
from ferqt.outputs.exports.base import ExportOptions
from ferqt.outputs.exports.registry import EXPORTS
from ferqt.outputs.overlay import OverlayOptions
from ferqt.outputs.report import StillWanted, write_report
from ferqt.pipeline.report_stills import FilmStills
from ferqt.pipeline.session_report import model_summaries, report_options
from tests.helpers.clips import write_clip
from tests.helpers.film_sessions import facts_of, film_session
from tests.helpers.models import TINY_FOLDER
from tests.helpers.pages import Page
from tests.helpers.portraits import PlacedFace, scene

FACES = [PlacedFace(200 + 20 * number, 180, 60) for number in range(20)]
NOTHING = OverlayOptions(show_labels=False, show_all_bars=False)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> SessionDocument:
    path = tmp_path_factory.mktemp("film") / "talk.mp4"
    write_clip(path, [scene(640, 360, [face]) for face in FACES])
    return film_session(path, {1: {number: face.box for number, face in enumerate(FACES)}})


def wanted(frame: int) -> StillWanted:
    return StillWanted(1, frame, frame / 30, "happy", 0.6)


def opened(data: bytes | None) -> np.ndarray:
    assert data is not None
    return np.asarray(Pictures.open(BytesIO(data)))


def test_stills_show_the_face_of_their_frame(film: SessionDocument) -> None:
    late, early = FilmStills(film, NOTHING)([wanted(15), wanted(2)])
    for data, number in ((late, 15), (early, 2)):
        still = opened(data)
        assert still.shape == (360, 480, 3)
        face = FACES[number]
        # Three faces wide around the face: 180 x 135 px of the film, as far as it reaches.
        whole = scene(640, 360, [face])
        width = max(3 * face.box[2], 2.2 * face.box[3] * 4 / 3)
        left, top = round(face.center_x - width / 2), round(180 - width * 3 / 8)
        given = whole[top : top + round(width * 3 / 4), left : left + round(width)]
        expected = np.asarray(Pictures.fromarray(given).resize((480, 360)))
        assert np.abs(still.astype(int) - expected).mean() < 6


def test_labels_are_drawn_and_faces_covered(film: SessionDocument) -> None:
    (plain,) = FilmStills(film, NOTHING)([wanted(5)])
    (labelled,) = FilmStills(film)([wanted(5)])
    (covered,) = FilmStills(film, NOTHING, blur=True)([wanted(5)])
    bare = opened(plain).astype(int)
    assert np.abs(opened(labelled) - bare).max() > 100
    change = np.abs(opened(covered) - bare)
    assert change[140:220, 200:280].mean() > 10
    assert change[:, :60].mean() < 3


def test_the_report_of_a_session_holds_the_peaks(film: SessionDocument, tmp_path: Path) -> None:
    write_report(film, tmp_path / "report.html", report_options(film, catalog=Catalog([])))
    page = Page((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert [attrs["alt"] for tag, attrs in page.tags if tag == "img"] == [
        "Frame 0: Face 1, happy 60 % at 00:00.000"
    ]


def test_an_exported_report_is_the_same(film: SessionDocument, tmp_path: Path) -> None:
    catalog = Catalog([])
    write_report(film, tmp_path / "report.html", report_options(film, catalog=catalog))
    options = ExportOptions(report=partial(report_options, catalog=catalog))
    EXPORTS["html"].write(film, tmp_path / "exported.html", options)
    exported = (tmp_path / "exported.html").read_bytes()
    assert exported == (tmp_path / "report.html").read_bytes()
    EXPORTS["html"].write(film, tmp_path / "plain.html")
    assert b"<img" not in (tmp_path / "plain.html").read_bytes()


def test_a_film_that_was_moved_gives_no_stills(film: SessionDocument, tmp_path: Path) -> None:
    gone = SessionDocument(film.title, film.table, facts=film.facts, source=str(tmp_path / "x"))
    with pytest.raises(OutputError, match="no longer there"):
        FilmStills(gone)([wanted(1)])


def test_figures_are_those_of_the_very_weights(film: SessionDocument) -> None:
    catalog = Catalog([TINY_FOLDER.parent])
    card = read_card(TINY_FOLDER / CARD_NAME)
    file = card.files.litert or card.files.keras
    assert file is not None
    facts = facts_of(Path(film.source))

    def summarized(sha256: str) -> bool:
        model = {"id": card.id, "files": {"litert": {"sha256": sha256}}}
        document = SessionDocument("x", film.table, facts={**facts, "model": model})
        found = model_summaries([document], catalog)
        return found[card.id].limits == card.limits if found else False

    assert summarized(file.sha256)
    assert not summarized("0" * 64)
