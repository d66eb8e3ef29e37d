"""What the rows of a file tell: settled when the file is opened, the same for all its rows."""

from dataclasses import dataclass, replace

from ferqt.core.emotions import LabelSet
from ferqt.core.session_table import SessionTable
from ferqt.core.types import FrameResult


@dataclass(frozen=True, slots=True)
class RowLayout:
    """What a file of rows has a place for.

    An analysis of files has one model throughout and needs its classes alone. A recording of the
    live view should have places for all that a person may begin while it runs; when a result
    needs another layout (`for_result`), a new file begins.

    Attributes:
        labels: Classes of the model that answers.
        baseline: Values after a person's neutral baseline, for those who have one.
        compared: Classes of the compared model; None when nothing is compared.
        models: Which models answered, in each row; where they can change within the file.
        blendshapes: The 52 movements of the face.
    """

    labels: LabelSet
    baseline: bool = False
    compared: LabelSet | None = None
    models: bool = False
    blendshapes: bool = False

    @classmethod
    def of_table(cls, table: SessionTable, *, blendshapes: bool = False) -> "RowLayout":
        """Return the layout that has a place for all that a stored table holds.

        Args:
            table: The readings.
            blendshapes: Have a place for them too, as far as the table has any.
        """
        compared = table.others.get("compare_scores")
        return cls(
            table.labels,
            baseline="baseline" in table.others,
            compared=None if compared is None else compared.labels,
            models=table.models is not None,
            blendshapes=blendshapes and table.blendshapes is not None,
        )

    def for_result(self, result: FrameResult) -> "RowLayout":
        """Return this layout, changed only where something that a result tells has no place in it.

        A frame without faces fits everywhere, and columns stay when what they tell has ended.
        """
        layout = self
        for face in result.faces:
            layout = replace(
                layout,
                labels=face.scores.labels,
                baseline=layout.baseline or face.corrected is not None,
                compared=layout.compared if face.other is None else face.other.labels,
            )
        return layout
