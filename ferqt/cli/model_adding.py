"""`ferqt models add`: a bare model file with what the file does not say."""

import argparse
import math
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ferqt.cli.base import file_path, positive_count
from ferqt.cli.console import EXIT_DONE, print_json
from ferqt.cli.model_texts import entry_json
from ferqt.errors import UsageError

if TYPE_CHECKING:
    from ferqt.classifiers.adding import Choices, StagedModel
    from ferqt.classifiers.card import AlignedCrop, BoxCrop
    from ferqt.classifiers.catalog import Catalog
    from ferqt.classifiers.helper_process import Step
    from ferqt.core.emotions import LabelSet

ADD_EXAMPLES: Final = (
    ("ferqt models add my.keras --labels fer7", "add one of FER2013's seven expressions"),
    ("ferqt models add my.tflite --labels sad,happy --range 0,1", "say what the file does not"),
)


def declare_add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file",
        metavar="FILE",
        type=file_path,
        help="a .keras, .h5, .hdf5 or .tflite file, or model.json",
    )
    parser.add_argument("--id", metavar="ID", help="id of the model (default: from FILE's name)")
    parser.add_argument("--name", help="what people read (default: FILE's name)")
    parser.add_argument(
        "--labels",
        metavar="SET",
        help="expressions in the order of the output: fer7, ferplus8, ck7, affectnet8, rafdb7, "
        "folders7 (alphabetical) and others, or names with commas",
    )
    parser.add_argument(
        "--color", choices=("gray", "rgb"), help="checked against the file, which says it"
    )
    parser.add_argument(
        "--range",
        metavar="LOW,HIGH",
        type=_range,
        help="what black and white become (default 0,255 when the network rescales by itself)",
    )
    parser.add_argument(
        "--crop",
        metavar="KIND[:MARGIN]",
        type=_crop,
        help="aligned (eyes and mouth in place, as in FER2013) or box, with a margin as a share",
    )
    parser.add_argument(
        "--size", metavar="PX", type=positive_count, help="side, for a network that takes any"
    )


def add_model(catalog: "Catalog", args: argparse.Namespace) -> int:
    """Add the model and print what was taken for granted."""
    from ferqt.classifiers.adding import stage_model
    from ferqt.classifiers.helper_process import Watch
    from ferqt.classifiers.inspection import format_of
    from ferqt.paths import user_models_dir

    # What can be refused at once is refused before a network is compiled.
    format_of(args.file)
    labels = _labels(args)
    taken = {entry.id for entry in catalog.entries}
    if args.id in taken:
        raise UsageError(f"there is a model of this id: {args.id!r}", "Give another --id.")
    staged = stage_model(args.file, user_models_dir(), Watch(_tell))
    try:
        model_id = staged.keep(_choices(staged, args, labels, taken))
    finally:
        staged.discard()
    catalog.rescan()
    entry = catalog.entry(model_id)
    if args.json:
        print_json(entry_json(entry))
    else:
        print(_summary(staged, entry.folder, model_id, args))
    return EXIT_DONE


def _choices(
    staged: "StagedModel", args: argparse.Namespace, labels: "LabelSet", taken: set[str]
) -> "Choices":
    """What the person says, over what the file says; nothing that matters is guessed silently."""
    facts, path = staged.facts, args.file
    if args.color not in (None, facts.color):
        raise UsageError(
            f"the model takes {facts.channels} channel(s), which is {facts.color}: '{path}'",
            "Leave --color out.",
        )
    if args.range is None and not facts.rescales:
        raise UsageError(
            f"the file does not say which values it takes: '{path}'",
            "Give --range, as 0,1 or -1,1 or 0,255.",
        )
    chosen = staged.suggested(taken)
    sides = {name: args.size for name in ("height", "width") if getattr(facts, name) is None}
    if sides and args.size is None:
        raise UsageError(f"the model takes any size: '{path}'", "Give --size, as 48.")
    return replace(
        chosen,
        id=args.id or chosen.id,
        name=args.name or chosen.name,
        labels=labels,
        value_range=args.range or chosen.value_range,
        crop=args.crop or chosen.crop,
        **sides,
    )


def _labels(args: argparse.Namespace) -> "LabelSet":
    from ferqt.classifiers.orders import parse_order

    if args.labels is None:
        raise UsageError(
            f"the file does not name its expressions: '{args.file}'",
            "Give --labels, as fer7, or the names in order with commas.",
        )
    return parse_order(args.labels)


def _range(text: str) -> tuple[float, float]:
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError:
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise argparse.ArgumentTypeError(f"not two numbers, the lower first: {text!r}")
    return low, high


def _crop(text: str) -> "AlignedCrop | BoxCrop":
    from ferqt.classifiers.card import FER_CROP, BoxCrop
    from ferqt.classifiers.schema import FieldError

    kind, _, margin_text = text.partition(":")
    try:
        margin = float(margin_text or 0)
        crops: dict[str, AlignedCrop | BoxCrop] = {
            "aligned": replace(FER_CROP, margin=margin),
            "box": BoxCrop(margin),
        }
        return crops[kind]
    except FieldError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    except (KeyError, ValueError):
        raise argparse.ArgumentTypeError(
            f"not aligned or box, with a margin after a colon: {text!r}"
        ) from None


def _tell(step: "Step") -> None:
    """Say on a terminal what is being done: a Keras file takes half a minute."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"{step} ...\n")


def _summary(staged: "StagedModel", folder: Path, model_id: str, args: argparse.Namespace) -> str:
    from ferqt.classifiers.adding import FULL_RANGE

    lines = [f"{folder}: added as {model_id}"]
    if args.range is None:
        low, high = FULL_RANGE
        lines.append(f"  values {low:g} to {high:g}, since the network rescales by itself")
    if args.crop is None:
        lines.append("  the usual crop; --crop chooses another")
    if staged.facts.problem:
        lines.append(f"  runs on Keras, slowly: {staged.facts.problem}")
    lines.append("  its accuracy and calibration are not known")
    return "\n".join(lines)
