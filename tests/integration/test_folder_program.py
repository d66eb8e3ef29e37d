"""The self-contained folder's program, as far as it can be tried without building the folder."""

import os
import sys
from pathlib import Path

import pytest

from ferqt.bench.children import run_if_child
from ferqt.bench.scenes import Setting
from ferqt.bench.startup import measure_memory
from ferqt.classifiers import helper_process
from ferqt.classifiers.adding import stage_model
from ferqt.classifiers.catalog import Catalog, prepare_model
from ferqt.classifiers.helper_process import Watch, run_if_helper
from ferqt.errors import ModelError
from ferqt.pipeline.config import PipelineConfig
from tests.helpers.models import TINY_FOLDER, TINY_ID, add_tiny_model

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the program")


@pytest.fixture(autouse=True)
def folder_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Makes this process the folder's program: it starts itself for helpers, has no TensorFlow."""
    start = tmp_path / "start.py"
    start.write_text(
        "import runpy, sys\n"
        "sys.modules['keras'] = sys.modules['tensorflow'] = None\n"
        f"runpy.run_path({str(ROOT / 'scripts' / 'frozen_main.py')!r}, run_name='__main__')\n"
    )
    program = tmp_path / "ferqt"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} {start} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    return program


def test_a_litert_file_is_looked_at_by_the_program_itself(tmp_path: Path) -> None:
    staged = stage_model(TINY_FOLDER / "model.tflite", tmp_path / "models", Watch())
    assert (staged.facts.height, staged.facts.classes) == (48, 7)
    staged.discard()


def test_a_keras_file_is_refused_in_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as refused:
        stage_model(TINY_FOLDER / "model.keras", tmp_path / "models", Watch())
    assert "Keras files need TensorFlow" in refused.value.message
    assert "pip" in refused.value.hint
    assert ".tflite" in refused.value.hint


def test_a_keras_model_from_another_installation_says_the_same(tmp_path: Path) -> None:
    add_tiny_model(tmp_path, litert=False)
    with pytest.raises(ModelError) as refused:
        prepare_model(Catalog((tmp_path,)).entry(TINY_ID))
    assert "Keras files need TensorFlow" in refused.value.message
    assert "pip" in refused.value.hint


def test_a_start_of_the_program_itself_is_measured(user_home: Path) -> None:
    add_tiny_model(user_home / "ferqt" / "data" / "models")
    memory_mb = measure_memory(PipelineConfig(TINY_ID), Setting(320, 240, 1))
    assert memory_mb is None or memory_mb > 50


def test_an_ordinary_start_is_no_helper() -> None:
    for arguments in ([], ["demo"], ["analyze", "a.mp4"], ["--ferqt-helper"]):
        assert run_if_helper(arguments) is None
        assert run_if_child(arguments) is None


def test_only_parts_of_the_program_are_helpers() -> None:
    for module in ("os", "ferqt.app", "ferqt.classifiers"):
        with pytest.raises(ValueError, match="no helper"):
            run_if_helper(["--ferqt-helper", module])


def test_from_a_checkout_python_runs_helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(sys, "frozen")
    monkeypatch.setattr(sys, "executable", "python3")
    entry = ["python3", "-m", "ferqt.classifiers.helper_main", "--ferqt-helper"]
    assert helper_process.helper_command("a.b") == [*entry, "a.b"]
