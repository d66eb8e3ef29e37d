"""The benchmarks stay whole without being run: `make test` only looks at them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("search", "landmarks", "crop", "classifier", "tracker", "smoothing", "overlay_paint")


def collected(*arguments: str) -> str:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_every_benchmark_can_be_imported_without_its_plugin():
    found = collected("-p", "no:benchmark", "benchmarks")
    files = {path.name for path in (ROOT / "benchmarks").glob("test_*.py")}
    assert {name for name in files if f"benchmarks/{name}::" in found} == files
    assert [stage for stage in STAGES if f"::test_{stage}" not in found] == []


def test_the_runners_of_other_programs_need_nothing_but_python():
    """They run where neither ferqt's packages nor their own are there to be imported."""
    runners = sorted((ROOT / "benchmarks/peers/runners").glob("*.py"))
    names = [f"benchmarks.peers.runners.{path.stem}" for path in runners]
    program = (
        f"import importlib, sys; sys.path.append({str(ROOT)!r}); "
        f"[importlib.import_module(name) for name in {names}]"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", program], check=True)
