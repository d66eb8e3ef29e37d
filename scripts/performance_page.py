"""Fills the figures of docs/performance.md in from what `ferqt bench --json` printed.

    ferqt bench --json > bench.json
    python scripts/performance_page.py bench.json

Each table of the page stands between two marks, `<!-- bench: NAME -->` and `<!-- end -->`; what is
between them is replaced. The curves go to docs/pictures/performance.png.
"""

import argparse
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "performance.md"
PICTURE: Final = ROOT / "docs" / "pictures" / "performance.png"
STAGES: Final = ("decode", "detect", "landmarks", "track", "crop", "classify", "smooth")

Json = Mapping[str, Any]


def fill(page: str, told: Json) -> str:
    """Return the page with the figures of a run in place of its own.

    Args:
        page: The page.
        told: What `ferqt bench --json` printed.
    """

    def filled(found: re.Match[str]) -> str:
        return f"{found[1]}\n{TABLES[found[2]](told)}\n{found[3]}"

    return re.sub(r"(<!-- bench: (\w+) -->)\n.*?(<!-- end -->)", filled, page, flags=re.DOTALL)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine(told: Json) -> str:
    """The computer, and what else it did."""
    facts, load = told["machine"], told["load"]
    libraries = ", ".join(f"{name} {version}" for name, version in facts["libraries"].items())
    if load["others"] is None:
        busy = "what other programs did meanwhile is not known"
    else:
        busy = (
            f"other programs took {load['others']:.0%} of the processors meanwhile, other guests "
            f"of the host {load['stolen']:.0%}"
        )
    return (
        f"{facts['processor']}, {facts['cores']} cores, {facts['system']}; ferqt {facts['ferqt']}, "
        f"Python {facts['python']}, {libraries}; {busy}."
    )


def live(told: Json) -> str:
    """Results a second, latency and memory by size and number of faces."""
    return table(
        ("size", "faces", "results a second", "frame, mean", "capture to result", "memory"),
        (
            (
                row["live"]["size"].replace("x", " × "),
                str(row["live"]["faces"]),
                f"{row['live']['results_per_s']:.0f}",
                f"{row['live']['frame_ms']['mean']:.1f}",
                spread(row["live"]["latency_ms"]),
                megabytes(row["memory_mb"]),
            )
            for row in told["live"]
        ),
    )


def stages(told: Json) -> str:
    """Every stage by size and number of faces."""
    paints = told["painting"] or [None] * len(told["live"])
    return table(
        ("size", "faces", *STAGES, "overlay"),
        (
            (
                row["live"]["size"].replace("x", " × "),
                str(row["live"]["faces"]),
                *(spread(row["live"]["stages_ms"].get(stage)) for stage in STAGES),
                spread(None if paint is None else paint["overlay_ms"]),
            )
            for row, paint in zip(told["live"], paints, strict=True)
        ),
    )


def parts(kind: str, key: str) -> Callable[[Json], str]:
    """Return what makes the table of detectors or of models."""
    stage = "detect" if kind == "detector" else "classify"

    def made(told: Json) -> str:
        return table(
            (kind, "results a second", "frame, mean", stage, f"{stage}, mean", "load", "memory"),
            (
                (
                    f"`{row['live'][f'{kind}_id']}`",
                    f"{row['live']['results_per_s']:.0f}",
                    f"{row['live']['frame_ms']['mean']:.1f}",
                    spread(row["live"]["stages_ms"][stage]),
                    f"{row['live']['stages_ms'][stage]['mean']:.1f}",
                    f"{row['live']['load_ms'][kind]:.0f}",
                    megabytes(row["memory_mb"]),
                )
                for row in told[key]
            ),
        )

    return made


def start(told: Json) -> str:
    """A start, step by step."""
    found = told["start"]
    names = [name.replace("_", " ") for name in found["steps_ms"]]
    steps = [f"{spent:.0f}" for spent in found["steps_ms"].values()]
    return table(
        (*names, "all", "memory"),
        [(*steps, f"{found['total_ms']:.0f}", megabytes(found["memory_mb"]))],
    )


def analysis(told: Json) -> str:
    """An analysis, in a sentence."""
    found = told["analysis"]
    return (
        f"{found['frames_per_s']:.0f} frames a second, {found['real_time']:.1f} times real time "
        f"({found['frames']} frames, {found['whole_s']:.1f} s with the start and all files)."
    )


def spread(figures: Json | None) -> str:
    """Return median and 95th percentile."""
    return "–" if figures is None else f"{figures['median']:.1f} / {figures['p95']:.1f}"


def megabytes(memory: float | None) -> str:
    """Return an amount of memory."""
    return "–" if memory is None else f"{memory:.0f} MB"


TABLES: Final[Mapping[str, Callable[[Json], str]]] = {
    "machine": machine,
    "live": live,
    "stages": stages,
    "detectors": parts("detector", "detectors"),
    "models": parts("model", "models"),
    "start": start,
    "analysis": analysis,
}


def draw(told: Json, path: Path) -> None:
    """Draw what a frame costs by faces, for each size, and what of it is detector and model."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3.6), dpi=100, layout="constrained")
    whole, detail = figure.subplots(1, 2, sharey=True)
    sizes = list(dict.fromkeys(row["live"]["size"] for row in told["live"]))
    for size in sizes:
        rows = [row["live"] for row in told["live"] if row["live"]["size"] == size]
        faces = [row["faces"] for row in rows]
        means = [row["frame_ms"]["mean"] for row in rows]
        whole.plot(faces, means, marker="o", label=size.replace("x", " × "))
        if size == "1280x720":
            spent = [_layers(row) for row in rows]
            detail.stackplot(
                faces, *zip(*spent, strict=True), labels=("detector", "model", "all else")
            )
    whole.set(title="A frame by size", xlabel="faces", ylabel="ms, mean")
    detail.set(title="Where it goes, 1280 × 720", xlabel="faces")
    for axes in (whole, detail):
        axes.legend(loc="upper left", frameon=False)
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_ylim(bottom=0)
        axes.set_xlim(left=0)
    figure.savefig(path)


def _layers(row: Json) -> tuple[float, float, float]:
    """Mean ms of a frame's detector (landmarks and search), of its model, and of the rest."""
    found = row["stages_ms"]
    detector, model = found["detect"]["mean"], found["classify"]["mean"]
    return detector, model, max(row["frame_ms"]["mean"] - detector - model, 0.0)


def main() -> None:
    """Read the figures, fill the page and draw the curves."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("figures", type=Path, help="what 'ferqt bench --json' printed")
    args = parser.parse_args()
    told = json.loads(args.figures.read_text(encoding="utf-8"))
    PAGE.write_text(fill(PAGE.read_text(encoding="utf-8"), told), encoding="utf-8")
    draw(told, PICTURE)
    print(PAGE)


if __name__ == "__main__":
    main()
