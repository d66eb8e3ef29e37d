"""The corpus of hostile model files, through the doors a person has: none runs, each is refused."""

import json
import pickle
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ferqt.app import main
from ferqt.classifiers.adding import stage_model
from ferqt.classifiers.catalog import Catalog, load_classifier, prepare_model
from ferqt.classifiers.inspection import format_of, inspect_keras_file, inspect_weights
from ferqt.classifiers.pairing import weights_beside
from ferqt.errors import ModelError
from tests.helpers.hostile_cards import CARDS, HostileFolder
from tests.helpers.hostile_corpus import FILES
from tests.helpers.hostile_models import Hostile, Payload, bytecode, code_layer

QUICK = [case for case in FILES if not case.outside]
BY_HELPER = ("HDF5 of Keras 2", "800 MB of HDF5", "pair", "NaN as the answer")
"""Those that go through the helper process here; the others of its cases meet its checks alone."""

SLOW = [case for case in FILES if case.outside and case.name not in BY_HELPER]


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, Path]:
    """An empty folder for the file, and where the payload would write."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder, tmp_path / "payload-ran"


def ids(case: Hostile | HostileFolder) -> str:
    return f"{case.kind}: {case.name}"


def check_sentence(error: ModelError, case: Hostile | HostileFolder) -> None:
    said = str(error)
    assert case.said in said
    assert len(said.splitlines()) == 1
    assert len(said) < 1000
    assert "Traceback" not in said
    assert ".adding-" not in said
    assert error.hint


def test_the_corpus_is_as_large_as_promised() -> None:
    kinds = Counter(case.kind for case in (*FILES, *CARDS))
    assert len(FILES) >= 80
    assert len(CARDS) >= 30
    assert len(kinds) >= 25
    assert len({ids(case) for case in FILES}) == len(FILES)


def test_the_payloads_would_run(tmp_path: Path) -> None:
    """Else a corpus that nothing runs would prove nothing."""
    import base64
    import marshal
    import types

    marker = tmp_path / "by-pickle"
    pickle.loads(pickle.dumps(Payload(marker)))
    assert marker.exists()
    marker = tmp_path / "by-bytecode"
    code = marshal.loads(base64.b64decode(bytecode(marker)))
    types.FunctionType(code, {"__builtins__": __builtins__})(1)
    assert marker.exists()
    assert "__lambda__" in json.dumps(code_layer(marker))


@pytest.mark.allow_error_logs
@pytest.mark.parametrize("case", QUICK, ids=ids)
def test_a_hostile_file_is_refused_by_the_command_line_and_the_dialogs_way(
    case: Hostile,
    place: tuple[Path, Path],
    user_home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, marker = place
    path = case.build(folder, marker)
    models = user_home / "ferqt" / "data" / "models"
    with pytest.raises(ModelError) as caught:
        stage_model(path, models)
    check_sentence(caught.value, case)
    assert main(["models", "add", str(path), "--labels", "fer7"]) != 0
    said = capsys.readouterr()
    assert case.said in said.err
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    assert said.out == ""
    assert not models.exists() or list(models.iterdir()) == []
    assert not marker.exists()


@pytest.mark.parametrize("case", SLOW, ids=ids)
def test_what_only_the_helper_process_looks_at_is_refused_there(
    case: Hostile, place: tuple[Path, Path]
) -> None:
    folder, marker = place
    path = case.build(folder, marker)
    kind = format_of(path)
    with pytest.raises(ModelError) as caught:
        inspect_keras_file(path) if kind == "keras" else inspect_weights(weights_beside(path))
    check_sentence(caught.value, case)
    assert not marker.exists()


def test_the_helper_process_says_why_in_one_sentence(tmp_path: Path) -> None:
    cases = [case for case in FILES if case.outside and case.name in BY_HELPER]
    assert len(cases) == len(BY_HELPER)
    markers = tmp_path / "markers"
    markers.mkdir()

    def refused(case: Hostile) -> ModelError:
        folder = tmp_path / case.name
        folder.mkdir()
        with pytest.raises(ModelError) as caught:
            stage_model(case.build(folder, markers / case.name), tmp_path / "models")
        return caught.value

    with ThreadPoolExecutor(2) as pool:
        errors = list(pool.map(refused, cases))
    for case, error in zip(cases, errors, strict=True):
        check_sentence(error, case)
        assert str(tmp_path / case.name) in error.message
    assert list(markers.iterdir()) == []
    assert list((tmp_path / "models").iterdir()) == []


def test_hostile_folders_are_listed_as_broken_and_never_loaded(
    user_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models = user_home / "ferqt" / "data" / "models"
    models.mkdir(parents=True)
    for case in CARDS:
        case.build(models, case.name)
    assert main(["models", "list", "--json"]) == 0
    problems = {row["id"]: row["problem"] for row in json.loads(capsys.readouterr().out)}
    assert main(["models", "list"]) == 0
    table = capsys.readouterr().out
    assert "\x1b" not in table
    assert "Traceback" not in table
    catalog = Catalog((user_home / "none", models))
    for case in CARDS:
        entry = catalog.entry(case.name)
        assert (problems[case.name] is None) == case.listed, case
        use = load_classifier if case.listed else prepare_model
        with pytest.raises(ModelError) as caught:
            use(entry)
        check_sentence(caught.value, case)
