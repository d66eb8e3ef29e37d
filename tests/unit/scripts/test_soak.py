"""Long runs: what they call growth, and how they end."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.soak import __main__ as soak
from scripts.soak.resources import Look, figures, verdict

LOOK = Look(0, 0.0, 400.0, 20, 15, 150_000, 900, 1_200, 0.0)
SETTLED = 5_000
LOOKS = [
    replace(LOOK, done=1_000 * number, spent_s=20.0 * number, cpu_s=25.0 * number)
    for number in range(60)
]


def missed(looks: list[Look]) -> list[str]:
    return [line["name"] for line in verdict(looks, SETTLED, "frames") if not line["met"]]


def test_a_run_that_stays_as_it_is_passes() -> None:
    assert missed(LOOKS) == []
    assert figures(LOOKS, SETTLED)["mb_per_1000"] == 0.0
    assert figures(LOOKS, SETTLED)["steps_per_s"] == 50.0


def test_what_start_up_takes_does_not_count() -> None:
    low = [replace(look, rss_mb=100.0, threads=3) for look in LOOKS[:5]]
    assert missed(low + LOOKS[5:]) == []


@pytest.mark.parametrize("share", [0.04, 0.06])
def test_memory_may_grow_by_a_twentieth(share: float) -> None:
    more = [replace(look, rss_mb=look.rss_mb * (1 + share)) for look in LOOKS[30:]]
    assert bool(missed(LOOKS[:30] + more)) is (share > 0.05)


def test_a_single_high_look_at_the_end_is_no_growth() -> None:
    assert missed([*LOOKS[:-1], replace(LOOKS[-1], rss_mb=900.0)]) == []


@pytest.mark.parametrize("kind", ["handles", "threads"])
def test_handles_and_threads_that_stay_behind_are_found(kind: str) -> None:
    grown = [replace(look, **{kind: 20 + look.done // 5_000}) for look in LOOKS]
    (name,) = missed(grown)
    assert ("files" if kind == "handles" else "threads") in name


def test_a_run_that_gets_slower_is_found() -> None:
    slower = [replace(look, cpu_s=look.cpu_s + 1e-7 * look.done**2) for look in LOOKS]
    (name,) = missed(slower)
    assert name.startswith("processor ms per frame")


def test_a_run_that_is_too_short_to_say_anything_fails() -> None:
    assert missed(LOOKS[:9]) == ["looks after 5,000 frames"]


PART = """
from scripts.soak.part import bar
def run(options):
    (options.folder / "file").touch()
    bars = [bar("it holds", 1, 2, met={met})]
    return {{"count": options.count, "seed": options.seed, "bars": bars}}
"""


def run_main(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, part: str) -> tuple[int, dict]:
    """Run a part whose module has this text; the exit code and what is printed as JSON."""
    (tmp_path / "soak_part.py").write_text(part, encoding="utf-8")
    places = f"{tmp_path}:{Path.cwd()}"
    monkeypatch.setenv("PYTHONPATH", places)
    monkeypatch.setattr(soak, "PARTS", {"part": "soak_part"})
    # The process of the part reads the table anew, so it is told there, too.
    program = tmp_path / "run.py"
    program.write_text(
        "import sys\nfrom scripts.soak import __main__ as soak\n"
        "soak.PARTS = {'part': 'soak_part'}\nsys.exit(soak.main())\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(soak, "COMMAND", (sys.executable, str(program)))
    answer = tmp_path / "answer.json"
    monkeypatch.setattr(sys, "argv", ["soak", "part", "--count", "3", "--json", str(answer)])
    code = soak.main()
    return code, json.loads(answer.read_text(encoding="utf-8"))["part"]


@pytest.mark.parametrize("met", [True, False])
def test_a_missed_bar_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, met: bool
) -> None:
    code, found = run_main(monkeypatch, tmp_path, PART.format(met=met))
    assert code == (0 if met else 1)
    assert (found["count"], found["seed"]) == (3, 6)
    assert found["bars"] == [{"name": "it holds", "measured": 1, "limit": 2, "met": met}]


def test_a_part_that_dies_is_a_missed_bar(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code, found = run_main(monkeypatch, tmp_path, "import os\nos._exit(7)\n")
    assert code == 1
    assert found["bars"][0]["measured"] == "exit code 7"


def test_every_part_is_there() -> None:
    for module in soak.PARTS.values():
        assert Path(*module.split(".")).with_suffix(".py").is_file(), module
