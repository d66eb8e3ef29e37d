"""`prepare`: read published data sets, check them, merge them, keep them as one quick file."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from training.commands.arguments import named_source
from training.datasets.base import PARTS, TRAIN, Dataset
from training.datasets.summary import EXPRESSIONS

if TYPE_CHECKING:
    from training.datasets.duplicates import NearDuplicate

_IGNORE, _REPORT, _DROP = "ignore", "report", "drop"

_DESCRIPTION: Final = """\
Read data sets as their authors publish them, check every picture, merge them into one table and
keep it as one file that opens in a second. A SOURCE is the importer's name and a path, as
fer2013=fer2013.csv.xz, ckplus=CK+48.zip or folders=my_faces/. ferplus=fer2013new.csv adds FER+'s
votes to fer2013. The first source tells where eyes and mouth lie; the others are moved there."""


def add(commands: Any) -> None:
    """Register the command."""
    one = commands.add_parser(
        "prepare", help="check and merge data sets, as one quick file", description=_DESCRIPTION
    )
    one.add_argument(
        "sources", type=named_source, nargs="+", metavar="SOURCE", help="importer=path"
    )
    one.add_argument("--out", type=_table, required=True, metavar="FILE", help="the .npz to write")
    one.add_argument("--side", type=int, default=48, metavar="PX", help="of a picture; default: 48")
    one.add_argument("--color", choices=("gray", "rgb"), default="gray", help="default: gray")
    one.add_argument("--seed", type=int, default=1, help="of unpublished parts; default: 1")
    for part in ("validation", "test"):
        one.add_argument(
            f"--{part}",
            type=float,
            default=0.15,
            metavar="SHARE",
            help=f"of the {part} part where none is published (default: 0.15)",
        )
    one.add_argument(
        "--near-duplicates",
        choices=(_REPORT, _DROP, _IGNORE),
        default=_REPORT,
        help="training pictures that are another part's photographs, cut anew or mirrored: report "
        "them, drop them from training, or do not look (default: report; a minute for FER2013)",
    )
    one.add_argument(
        "--faceless",
        choices=(_REPORT, _DROP, _IGNORE),
        default=_IGNORE,
        help="pictures in which the program's detector finds no face: report them, drop them from "
        "training, or do not look (default: ignore; 20 ms a picture, ten minutes for FER2013)",
    )
    one.add_argument(
        "--drop-faceless",
        dest="faceless",
        action="store_const",
        const=_DROP,
        help="short for --faceless drop",
    )
    one.add_argument("--chart", type=Path, metavar="PNG", help="draw the classes of each part")
    one.add_argument(
        "--folders", type=Path, metavar="DIR", help="write DIR/<part>/<class>/<name>.png, too"
    )
    one.add_argument(
        "--labeling",
        choices=("own", "majority"),
        default="own",
        help="class of a picture in --folders: its data set's label or the raters' majority "
        "(default: own)",
    )
    one.add_argument("--json", action="store_true", help="print JSON, with all near duplicates")
    one.set_defaults(command=_run)


def _table(text: str) -> Path:
    path = Path(text).expanduser()
    if path.suffix != ".npz":
        raise argparse.ArgumentTypeError(f"the name has to end in .npz: {text!r}")
    return path


def _run(options: argparse.Namespace) -> None:
    from training.datasets.chart import write_chart
    from training.datasets.given import read_sources
    from training.datasets.merge import MergeOptions, merge
    from training.datasets.prepared import write_prepared
    from training.datasets.summary import summarize
    from training.datasets.written import check_free, write_folders

    wanted = MergeOptions(
        side=options.side,
        color=options.color,
        seed=options.seed,
        validation=options.validation,
        test=options.test,
    )
    if options.folders is not None:
        check_free(options.folders)
    data = merge(read_sources(options.sources), wanted)
    data, duplicates = _handle_duplicates(data, options.near_duplicates)
    data, faceless = _handle_faceless(data, options.faceless)
    write_prepared(data, options.out)
    summary = summarize(data) | duplicates | faceless | {"out": str(options.out)}
    if options.chart is not None:
        write_chart(data, options.chart)
        summary["chart"] = str(options.chart)
    if options.folders is not None:
        unlabeled = write_folders(data, options.folders, options.labeling)
        summary["folders"] = {"path": str(options.folders), "without_class": unlabeled}
    if options.json:
        print(json.dumps(summary, indent=2, ensure_ascii=False))
    else:
        _print(summary)
    for warning in summary["warnings"]:
        sys.stderr.write(f"ferqt-train: note: {warning}\n")


def _handle_duplicates(data: Dataset, wish: str) -> tuple[Dataset, dict[str, Any]]:
    from training.datasets.duplicates import METHOD, drop_near_duplicates, find_near_duplicates
    from training.progress import progress_bar

    if wish == _IGNORE:
        return data, {}
    with progress_bar("near duplicates", "pairs") as progress:
        pairs = find_near_duplicates(data, progress)
    found = {
        "method": METHOD,
        "pairs": [_pair_json(data, pair) for pair in pairs],
        "training_pictures": len({pair.row for pair in pairs if pair.part == TRAIN}),
        "dropped": wish == _DROP,
    }
    return (drop_near_duplicates(data, pairs) if wish == _DROP else data), {
        "near_duplicates": found
    }


def _pair_json(data: Dataset, pair: "NearDuplicate") -> dict[str, Any]:
    def place(part: str, row: int) -> str:
        split = data.splits[part]
        return f"{data.sources[split.sources[row]]} {split.names[row]}"

    return {
        pair.part: place(pair.part, pair.row),
        pair.other_part: place(pair.other_part, pair.other_row),
        "mirrored": pair.mirrored,
        "correlation": pair.correlation,
    }


def _handle_faceless(data: Dataset, wish: str) -> tuple[Dataset, dict[str, Any]]:
    from training.datasets.faces import drop_faceless, find_faces
    from training.progress import progress_bar

    if wish == _IGNORE:
        return data, {}
    counts = {}
    for part in PARTS:
        split = data.splits[part]
        with progress_bar(f"faces in {split.name}", "pictures") as progress:
            found = find_faces(split.images, progress)
        counts[part] = int((~found).sum())
        if part == TRAIN and wish == _DROP:
            data = drop_faceless(data, found)
    return data, {"faceless": {**counts, "dropped": wish == _DROP}}


def _print(summary: Mapping[str, Any]) -> None:
    print(f"{summary['out']}: {summary['id']}")
    for line in _table_lines(summary["parts"]):
        print(line)
    if "near_duplicates" in summary:
        _print_duplicates(summary["near_duplicates"])
    if "faceless" in summary:
        counts = ", ".join(f"{part} {summary['faceless'][part]:,}" for part in PARTS)
        print(f"pictures without a face that the program finds: {counts}")
    for reason, count in summary["dropped"].items():
        if count:
            print(f"left out of training: {count:,} ({reason})")
    if "folders" in summary:
        folders = summary["folders"]
        print(f"{folders['path']}: without {folders['without_class']:,} pictures of no class")
    if "chart" in summary:
        print(summary["chart"])
    print(f"sha256 {summary['sha256']}")


def _table_lines(parts: Mapping[str, Any]) -> Iterator[str]:
    """A line for each part and each way to tell classes: pictures a class, then a label set."""
    first = next(iter(parts.values()))["classes"]["own"]
    classes, sets = list(first[EXPRESSIONS.id]), [name for name in first if name != EXPRESSIONS.id]
    width = max(len(one["name"]) for one in parts.values())
    heads = "".join(f"{name:>9}" for name in ("all", *classes, *sets))
    yield f"{'':<{width}}  {'class by':<9}{heads}"
    for one in parts.values():
        for labeling, counts in one["classes"].items():
            numbers = [
                one["pictures"],
                *counts[EXPRESSIONS.id].values(),
                *(sum(counts[name].values()) for name in sets),
            ]
            cells = "".join(f"{number:>9,}" for number in numbers)
            yield f"{one['name']:<{width}}  {labeling:<9}{cells}"


def _print_duplicates(found: Mapping[str, Any]) -> None:
    pairs = found["pairs"]
    if not pairs:
        print("near duplicates across parts: none")
        return
    mirrored = sum(pair["mirrored"] for pair in pairs)
    print(
        f"near duplicates across parts: {len(pairs):,} pairs, {mirrored:,} of them mirrored, with "
        f"{found['training_pictures']:,} training pictures"
    )
    if found["training_pictures"] and not found["dropped"]:
        print("  --near-duplicates drop leaves these out of training")
