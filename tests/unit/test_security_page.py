"""SECURITY.md promises nothing that no test holds."""

import re
from pathlib import Path

from ferqt.paths import docs_dir

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
TEST = re.compile(r"^- `(tests/[\w/]+\.py)::(test_\w+)`$", re.MULTILINE)


def test_every_test_that_it_names_is_there() -> None:
    named = TEST.findall(PAGE)
    assert len(named) == PAGE.count("- `tests/")
    for file, test in named:
        assert f"\ndef {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"


def test_every_promise_names_a_test() -> None:
    promised = PAGE.split("## Promised\n")[1].split("\n## ")[0]
    promises = re.split(r"^(?=\*\*)", promised, flags=re.MULTILINE)[1:]
    assert len(promises) >= 8
    for promise in promises:
        assert TEST.search(promise), promise[:60]


def test_the_versions_that_were_judged_are_the_pinned_ones() -> None:
    pinned = dict(
        re.findall(r"^([\w-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    )
    for name in ("av", "h5py"):
        assert f"in {name} {pinned[name]}" in PAGE
    assert f"| Keras {pinned['keras']} |" in PAGE
    assert f"Pillow {pinned['pillow']}, tornado {pinned['tornado']}" in PAGE


def test_the_guide_has_its_page_on_privacy() -> None:
    assert (docs_dir() / "guide" / "privacy.md").is_file()
    assert "docs/guide/privacy.md" in PAGE
