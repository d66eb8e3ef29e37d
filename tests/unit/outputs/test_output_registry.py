"""Formats are found by their names."""

import pytest

from ferqt.errors import UsageError
from ferqt.outputs.exports.registry import EXPORTS, formats_named


def test_a_list_names_each_format_once() -> None:
    assert formats_named("elan,csv, elan") == (EXPORTS["elan"], EXPORTS["csv"])


@pytest.mark.parametrize("text", ["xlsx", "csv,xlsx", "", "csv,"])
def test_an_unknown_format_is_refused_and_the_known_are_named(text: str) -> None:
    with pytest.raises(UsageError, match=r"unknown format: .* Known: csv"):
        formats_named(text)
