"""What a report is given beside the sessions themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ferqt.core.episodes import EpisodeRule
from ferqt.core.session_document import TimeRange


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """How well a model did on one set of pictures.

    Attributes:
        dataset: Data set and split.
        n: Number of pictures.
        accuracy: Share of right answers, 0..1.
        macro_f1: F1 averaged over the classes, 0..1.
        ece: Expected calibration error, 0..1.
    """

    dataset: str
    n: int
    accuracy: float
    macro_f1: float
    ece: float


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """What a report says of the model, from its card.

    Attributes:
        name: What people read.
        architecture: Name of the network.
        parameters: Number of weights.
        figures: One entry a data set, the one to quote last.
        intended_use: What the model is for.
        limits: What it cannot do.
        licence: Of the weights.
        data_licence: Of the data that they were trained on.
    """

    name: str
    architecture: str
    parameters: int
    figures: tuple[ModelFigures, ...] = ()
    intended_use: str = ""
    limits: str = ""
    licence: str = ""
    data_licence: str = ""


@dataclass(frozen=True, slots=True)
class StillWanted:
    """A picture that a report would like to show.

    Attributes:
        face_id: Whose face it is about.
        frame: Number of the frame.
        time_s: Its media time in s.
        name: Canonical name of the expression.
        probability: Its probability in that frame, 0..1.
    """

    face_id: int
    frame: int
    time_s: float
    name: str
    probability: float


StillReader = Callable[[Sequence[StillWanted]], Sequence[bytes | None]]
"""Returns a JPEG file for each still, None for one that cannot be had.

Raises:
    FerqtError: None can be had; the report says the sentence.
"""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How to report.

    Attributes:
        rule: What makes an episode.
        ranges: What to look at; all of the session when there are none.
        models: Summaries by the model's id, as far as cards are known.
        stills: Reads pictures; None for a report without.
        stills_blurred: Whether they come with covered faces, which the report then says.
    """

    rule: EpisodeRule = field(default_factory=EpisodeRule)
    ranges: tuple[TimeRange, ...] = ()
    models: "dict[str, ModelSummary]" = field(default_factory=dict)
    stills: StillReader | None = None
    stills_blurred: bool = False
