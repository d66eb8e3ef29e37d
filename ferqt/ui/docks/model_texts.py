"""What a model's card says, in the words of the window."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import CatalogEntry


@dataclass(frozen=True, slots=True)
class CardState:
    """What is known of a model besides its card.

    Attributes:
        active: It answers now.
        loading: It is being made ready.
        compared: It reads the same faces beside the one that answers.
        verifying: Its files are being checked.
        runtime: What runs it, "" when not known.
        speed_ms: Time a face on this computer, None when not measured.
        verified: None when it was not verified; else what was found, nothing when all is well.
    """

    active: bool = False
    loading: bool = False
    compared: bool = False
    verifying: bool = False
    runtime: str = ""
    speed_ms: float | None = None
    verified: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card shows.

    Attributes:
        title: Name of the model.
        mark: What it is doing, in a word or two; "" for nothing.
        lines: Facts, the most telling first.
        problem: Why the model cannot be used, "" if it can.
        verified: What a verification found, "" when there was none.
        damaged: Whether that was bad.
    """

    title: str
    mark: str
    lines: tuple[str, ...]
    problem: str
    verified: str
    damaged: bool

    @property
    def spoken(self) -> str:
        """All of it as sentences, for a screen reader."""
        parts = (self.title, self.mark, self.problem, *self.lines, self.verified)
        return ". ".join(part for part in parts if part)


class CardWriter(QObject):
    """Puts cards into words."""

    def text(self, entry: CatalogEntry, state: CardState) -> CardText:
        """Return what the card of a model shows."""
        card, found = entry.card, state.verified
        if found is None:
            verified = self.tr("Verifying …") if state.verifying else ""
        else:
            verified = "; ".join(found) or self.tr("Verified: the files are whole and it answers")
        return CardText(
            title=entry.id if card is None else card.name,
            mark=self._mark(state),
            lines=() if card is None else self._lines(entry, card, state),
            problem=(entry.problem or self.tr("It cannot be read")) if card is None else "",
            verified=verified,
            damaged=bool(found),
        )

    def input(self, card: ModelCard) -> str:
        """Return what a model is shown and how much it tells apart."""
        labels = self.tr("{0} expressions").format(len(card.output.labels))
        color = self.tr("gray") if card.input.color == "gray" else self.tr("RGB")
        return f"{card.input.width} × {card.input.height} {color}  ·  {labels}"

    def speed(self, speed_ms: float) -> str:
        """Return the time a face."""
        return self.tr("{0} ms a face here").format(short_time(speed_ms))

    def _mark(self, state: CardState) -> str:
        if state.loading:
            return self.tr("loading …")
        if state.active:
            return self.tr("in use")
        return self.tr("compared") if state.compared else ""

    def _lines(self, entry: CatalogEntry, card: ModelCard, state: CardState) -> tuple[str, ...]:
        return (
            f"{card.architecture}  ·  {self.input(card)}",
            *self._measured(card),
            self.tr("{0} parameters  ·  {1}").format(
                short_count(card.parameters), short_bytes(entry.size_bytes)
            ),
            *self._running(state),
        )

    def _measured(self, card: ModelCard) -> tuple[str, ...]:
        """Return the figures to quote; without any, say that there are none."""
        if not card.metrics:
            return (self.tr("Accuracy not measured"),)
        figures = card.metrics[-1]
        shares = self.tr("{0} accuracy  ·  macro F1 {1}  ·  ECE {2}").format(
            f"{100 * figures.accuracy:.1f} %", f"{figures.macro_f1:.2f}", f"{figures.ece:.3f}"
        )
        return shares, self.tr("on {0}, {1} faces").format(figures.dataset, f"{figures.n:,}")

    def _running(self, state: CardState) -> tuple[str, ...]:
        runs = self.tr("Runs on {0}").format(state.runtime) if state.runtime else ""
        quick = "" if state.speed_ms is None else self.speed(state.speed_ms)
        line = "  ·  ".join(part for part in (runs, quick) if part)
        return (line,) if line else ()


def short_count(number: int) -> str:
    """Return "1.18 M" for a large number."""
    for unit, size in (("M", 1_000_000), ("k", 1_000)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return str(number)


def short_bytes(size: int) -> str:
    """Return "4.7 MB" for a file's size."""
    for unit, factor in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= factor:
            return (
                f"{size / factor:.2g} {unit}"
                if size < 10 * factor
                else f"{size / factor:.0f} {unit}"
            )
    return f"{size} B"


def short_time(milliseconds: float) -> str:
    """Return "2.4" or "62" for a time in ms: two digits that count."""
    return f"{milliseconds:.0f}" if milliseconds >= 9.95 else f"{milliseconds:.1f}"
