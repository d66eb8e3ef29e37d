"""A model's card in words, section by section, for its details."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from ferqt.classifiers.card import AlignedCrop, Metrics, ModelCard
from ferqt.classifiers.catalog import CatalogEntry
from ferqt.classifiers.report_files import Interval, Intervals
from ferqt.ui.docks.model_texts import CardState, short_bytes, short_time

Fact = tuple[str, str]
"""What it is, and its value."""


@dataclass(frozen=True, slots=True)
class FileFact:
    """One file of a model: what it is, its name, its size in words, its SHA-256."""

    kind: str
    name: str
    size: str
    sha256: str


class FactWriter(QObject):
    """Puts what is known of a model into facts."""

    def summary(self, entry: CatalogEntry, card: ModelCard, state: CardState) -> list[Fact]:
        """Return what the model is."""
        facts = [
            (self.tr("Architecture"), card.architecture),
            (self.tr("Expressions"), ", ".join(card.output.labels.names)),
            (self.tr("Looks at"), self._input(card)),
            (self.tr("Parameters"), f"{card.parameters:,}"),
            (self.tr("Size"), short_bytes(entry.size_bytes)),
        ]
        if state.runtime:
            facts.append((self.tr("Runs on"), state.runtime))
        if state.speed_ms is not None:
            time = self.tr("{0} ms a face on this computer").format(short_time(state.speed_ms))
            facts.append((self.tr("Time"), time))
        facts += [
            (self.tr("Temperature"), self._temperature(card)),
            (self.tr("Uncertain"), self._uncertain(card)),
            (
                self.tr("Origin"),
                self.tr("Came with ferqt") if entry.shipped else self.tr("Added by you"),
            ),
        ]
        return facts

    def training(self, card: ModelCard) -> list[Fact]:
        """Return how the weights were made; nothing when that is not known."""
        record = card.training
        if record is None:
            return []
        return [
            (self.tr("Data"), ", ".join(record.datasets) or self.tr("none")),
            (self.tr("Recipe"), record.config),
            (self.tr("Made"), self.tr("{0} with Keras {1}").format(record.date, record.keras)),
            (self.tr("Seed"), str(record.seed)),
        ]

    def measured(self, metrics: Metrics, intervals: Intervals) -> list[Fact]:
        """Return the figures of one data set."""
        return [
            (self.tr("Faces"), f"{metrics.n:,}"),
            (self.tr("Accuracy"), self._share(metrics.accuracy, intervals.accuracy)),
            (self.tr("Macro F1"), self._share(metrics.macro_f1, intervals.macro_f1)),
            (
                self.tr("Calibration error"),
                self.tr("{0} (ECE; 0 is honest confidence)").format(f"{100 * metrics.ece:.1f} %"),
            ),
        ]

    def terms(self, card: ModelCard) -> list[Fact]:
        """Return what the model may and can be used for."""
        return [
            (self.tr("Intended use"), card.intended_use),
            (self.tr("Limits"), card.limits),
            (self.tr("License"), card.licence),
            (self.tr("License of the data"), card.data_licence),
        ]

    def files(self, card: ModelCard, sizes: dict[str, int]) -> list[FileFact]:
        """Return the files with their sizes, those that are known."""
        listed = ((self.tr("Keras"), card.files.keras), (self.tr("LiteRT"), card.files.litert))
        return [
            FileFact(
                kind,
                file.path,
                short_bytes(sizes[file.path]) if file.path in sizes else "",
                file.sha256,
            )
            for kind, file in listed
            if file is not None
        ]

    def _input(self, card: ModelCard) -> str:
        spec = card.input
        color = self.tr("gray") if spec.color == "gray" else self.tr("RGB")
        low, high = spec.value_range
        crop = (
            self.tr("eyes and mouth in fixed places")
            if isinstance(spec.crop, AlignedCrop)
            else self.tr("a square around the face box")
        )
        if spec.crop.margin:
            crop += self.tr(", margin {0} %").format(f"{100 * spec.crop.margin:.0f}")
        return self.tr("{0} × {1} px, {2}, values {3} to {4}; {5}").format(
            spec.width, spec.height, color, f"{low:g}", f"{high:g}", crop
        )

    def _temperature(self, card: ModelCard) -> str:
        value = f"{card.output.temperature:g}"
        if card.output.temperature == 1.0:
            return self.tr("{0} (confidence as the network gives it)").format(value)
        return self.tr("{0} (divides the logits, so that confidence is honest)").format(value)

    def _uncertain(self, card: ModelCard) -> str:
        if card.output.uncertain_below <= 0:
            return self.tr("never: no threshold is set")
        return self.tr("when the best answer is below {0} %").format(
            f"{100 * card.output.uncertain_below:.0f}"
        )

    def _share(self, value: float, interval: Interval | None) -> str:
        text = f"{100 * value:.1f} %"
        if interval is None:
            return text
        low, high = (f"{100 * end:.1f}" for end in interval)
        return self.tr("{0}   (95 % interval {1} to {2} %)").format(text, low, high)
