"""Training as a program of its own: killed, resumed, and on Keras's other backends."""

import csv
import importlib.util
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.helpers.small_run import recipe_text
from training.config import PhaseConfig, Recipe
from training.datasets.base import Dataset
from training.datasets.prepared import write_prepared
from training.run import RunFolder

CONFIGS = Path(__file__).resolve().parents[2] / "training" / "configs"


@pytest.fixture
def files(recipe: Recipe, data: Dataset, tmp_path: Path) -> tuple[Path, Path]:
    """A recipe of the live network on tiny epochs, and its data, as files."""
    model = replace(recipe.model, architecture="live48")
    phase = PhaseConfig(epochs=3, share=1.0, side=32, train="all", rate=1.0)
    recipe = replace(recipe, model=model, phases=(phase,))
    (tmp_path / "recipe.toml").write_text(recipe_text(recipe), encoding="utf-8")
    write_prepared(data, tmp_path / "data.npz")
    return tmp_path / "recipe.toml", tmp_path / "data.npz"


def command(files: tuple[Path, Path], run: Path, *more: str) -> list[str]:
    recipe, data = files
    start = [sys.executable, "-m", "training", "train", str(recipe)]
    return [*start, "--data", str(data), "--run", str(run), *more]


def rows_of(run: Path) -> list[dict[str, str]]:
    with (run / "log.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def wait_for(what: Any, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


def test_a_run_killed_in_the_middle_of_an_epoch_loses_no_epoch(
    files: tuple[Path, Path], tmp_path: Path
):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    subprocess.run(command(files, whole), check=True, capture_output=True, timeout=100)

    process = subprocess.Popen(command(files, killed), stderr=subprocess.DEVNULL)
    wait_for(lambda: (killed / "log.csv").exists() and len(rows_of(killed)) == 1)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    before = rows_of(killed)
    assert 1 <= len(before) < 3
    subprocess.run(command(files, killed, "--resume"), check=True, capture_output=True, timeout=100)

    after = rows_of(killed)
    assert after[: len(before)] == before
    assert [row["epoch"] for row in after] == ["1", "2", "3"]
    for one, other in zip(rows_of(whole), after, strict=True):
        assert {**one, "seconds": ""} == {**other, "seconds": ""}


def test_a_wrong_argument_is_one_sentence(files: tuple[Path, Path], tmp_path: Path):
    missing = tmp_path / "missing.npz"
    done = subprocess.run(
        command((files[0], missing), tmp_path / "run"), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("ferqt-train: no data at")
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("backend", "distribution"),
    [("jax", "none"), ("jax", "data_parallel"), ("torch", "none")],
)
def test_the_same_recipe_trains_on_another_backend(
    files: tuple[Path, Path], still: Recipe, tmp_path: Path, backend: str, distribution: str
):
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"needs {backend}: it is not installed")
    fit = replace(still.fit, batch=8, learning_rate=0.002, distribution=distribution)
    phase = PhaseConfig(epochs=6, share=1.0, side=32, train="all", rate=1.0)
    model = replace(still.model, architecture="live48")
    recipe = replace(still, model=model, fit=fit, phases=(phase,))
    files[0].write_text(recipe_text(recipe), encoding="utf-8")
    environment = {
        **os.environ,
        "KERAS_BACKEND": backend,
        "JAX_PLATFORMS": "cpu",
        "XLA_FLAGS": "--xla_force_host_platform_device_count=2",
    }
    done = subprocess.run(
        command(files, tmp_path / "run"),
        capture_output=True,
        text=True,
        env=environment,
        timeout=110,
    )

    assert done.returncode == 0, done.stderr
    rows = rows_of(tmp_path / "run")
    assert len(rows) == 6
    assert float(rows[-1]["loss"]) < 0.7 * float(rows[0]["loss"])
    checkpoint = RunFolder(tmp_path / "run").load()
    assert checkpoint is not None
    assert all(np.isfinite(array).all() for array in checkpoint.best["tiny-fer7"].weights)


def test_output_that_nobody_reads_to_its_end_is_no_error():
    command = f"{sys.executable} -m training architectures --json | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, timeout=100
    )
    assert done.stdout == "{\n"
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
