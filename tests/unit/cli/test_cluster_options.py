"""What workers of a cluster are told of the options that a person gave."""

import argparse

import pytest

from ferqt.cli.analyze import ANALYZE
from ferqt.cli.cluster import FORWARDED, analyze_batch
from ferqt.cli.jobs import plan_jobs
from ferqt.errors import UsageError

OWN = {"sources", "out", "resume", "overwrite", "scheduler", "json", "progress", "help"}
"""What the command itself sees to."""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser()
    ANALYZE.add_arguments(made)
    return made


def test_every_option_goes_to_the_workers_or_is_the_commands_own() -> None:
    options = {action.dest: action.option_strings for action in parser()._actions}
    assert options.keys() - OWN == FORWARDED.keys()
    for name, option in FORWARDED.items():
        assert option in options[name]


@pytest.mark.parametrize(
    ("more", "told"),
    [(["--progress", "jsonl"], "--progress"), ([], "this is none: 'rtsp://camera/1'")],
)
def test_what_a_cluster_cannot_do_is_told(more: list[str], told: str) -> None:
    words = ["rtsp://camera/1", "--out", "out", "--scheduler", "tcp://127.0.0.1:1", *more]
    args = parser().parse_args(words)
    with pytest.raises(UsageError, match=told):
        analyze_batch(args, plan_jobs(args.sources, args.out))
