"""The arguments that name pictures to measure on, and their reading."""

import argparse
from pathlib import Path

from ferqt.errors import FerqtError
from training.datasets.base import Dataset
from training.datasets.labels import LABELINGS


def add_data_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which pictures, which of their parts, and what counts as their true class."""
    from training.datasets.registry import IMPORTERS

    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        help="what prepare wrote (.npz), or a published data set",
    )
    parser.add_argument(
        "--dataset",
        choices=sorted(IMPORTERS),
        default="fer2013",
        help="which published data set --data is (default: fer2013)",
    )
    parser.add_argument("--ferplus", type=Path, metavar="FILE", help="FER+'s fer2013new.csv")
    parser.add_argument("--split", default="test", help="part or its name, as test or private")
    parser.add_argument(
        "--labeling",
        choices=LABELINGS,
        help="true class: the data set's own label or the raters' majority (default: what the "
        "model's card quotes)",
    )


def read_data(options: argparse.Namespace) -> Dataset:
    """Read what the arguments name.

    Raises:
        FerqtError: It cannot be read, or the arguments do not belong together.
    """
    from training.datasets.prepared import read_prepared

    if options.data.suffix == ".npz":
        if options.ferplus is not None:
            raise FerqtError(
                f"{options.data} holds its votes already", "Leave --ferplus out, or prepare anew."
            )
        return read_prepared(options.data)
    from training.datasets.ferplus import FERPLUS_ID
    from training.datasets.given import read_sources
    from training.datasets.merge import merge

    named = [(options.dataset, options.data)]
    if options.ferplus is not None:
        named.append((FERPLUS_ID, options.ferplus))
    return merge(read_sources(named))
