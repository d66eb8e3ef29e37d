"""What the arguments of `ferqt analyze` come to, and which contradict each other."""

from pathlib import Path

import pytest

from ferqt.classifiers.catalog import Catalog
from ferqt.cli import build_parser
from ferqt.cli.analyze import ANALYZE
from ferqt.cli.wanted import Wanted
from ferqt.errors import UsageError
from ferqt.outputs.exports.registry import EXPORTS
from tests.helpers.models import TINY_ID, add_tiny_model


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    add_tiny_model(tmp_path)
    add_tiny_model(tmp_path, "other")
    return Catalog((tmp_path,))


def wanted(catalog: Catalog, *words: str) -> Wanted:
    args = build_parser().parse_args(["analyze", "a.mp4", "--out", "o", "--model", TINY_ID, *words])
    return Wanted.of(args, catalog)


def test_without_options_every_frame_goes_into_one_table(catalog: Catalog) -> None:
    plain = wanted(catalog)

    assert [one.id for one in plain.formats] == ["csv"]
    assert (plain.part.start_s, plain.part.stop_s, plain.part.every) == (None, None, 1)
    assert plain.overlap
    assert not any((plain.annotated, plain.blur, plain.overwrite, plain.resume))
    assert (plain.config.compare_id, plain.config.detector.blendshapes) == ("", False)


def test_settings_reach_the_pipeline_and_the_exports(catalog: Catalog) -> None:
    told = wanted(
        catalog,
        *("--smoothing", "0.5", "--uncertain-below", "0.6", "--compare", "other"),
        *("--blendshapes", "--detector", "haar", "--threads", "1"),
        *("--min-duration", "0.2", "--enter", "0.3", "--format", "elan,csv"),
    )

    config, rule = told.config, told.options.rule
    assert (config.smoothing_s, config.uncertain_below) == (0.5, 0.6)
    assert (config.compare_id, config.detector_id) == ("other", "haar")
    assert config.detector.blendshapes
    assert told.options.blendshapes
    assert not told.overlap
    assert (rule.min_duration_s, rule.enter, rule.leave) == (0.2, 0.3, 0.3)
    assert [one.id for one in told.formats] == ["elan", "csv"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--resume", "--overwrite"), "go on and begin anew"),
        (("--blur",), "blurred in the annotated video"),
        (("--progress", "jsonl", "--json"), "both write to standard output"),
        (("--compare", TINY_ID), "compared with itself"),
        (("--compare", "nothing"), "nothing"),
        (("--format", "xlsx"), "unknown format: 'xlsx'"),
        (("--enter", "0.3", "--leave", "0.6"), "begin at 0.3 and end below 0.6"),
        (("--from", "3", "--to", "2"), "the end lies before the beginning"),
    ],
)
def test_what_contradicts_itself_is_refused(
    words: tuple[str, ...], said: str, catalog: Catalog
) -> None:
    with pytest.raises(UsageError, match=said):
        wanted(catalog, *words)


def test_faces_may_be_blurred_in_the_report_alone(catalog: Catalog) -> None:
    assert wanted(catalog, "--blur", "--format", "html").blur


def test_the_help_names_every_format() -> None:
    import argparse

    parser = argparse.ArgumentParser()
    ANALYZE.add_arguments(parser)
    help_text = parser.format_help().replace("-\n", "-")

    for name in EXPORTS:
        assert name in " ".join(help_text.split()).replace("- ", "-"), name
