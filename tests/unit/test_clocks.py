"""A clock of the day that somebody sets must not make anything wait, end or come out wrong."""

import ast
from pathlib import Path

FERQT = Path(__file__).parents[2] / "ferqt"

TELL_AN_AGE = {
    # How old a folder is that a program may still be working in.
    "classifiers/adding.py",
    "outputs/store/library.py",
    # What time it is, for people.
    "log_memory.py",
}


def calls_of_the_day(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "time"
        and node.attr in {"time", "time_ns"}
        for node in ast.walk(tree)
    )


def test_durations_are_measured_with_clocks_that_nobody_sets() -> None:
    found = {
        path.relative_to(FERQT).as_posix() for path in FERQT.rglob("*.py") if calls_of_the_day(path)
    }
    assert found <= TELL_AN_AGE
