"""What the comparison of sessions says in words."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from ferqt.core.comparison import ComparedFace, Comparison
from ferqt.core.time_limits import Statement

translate = QCoreApplication.translate


def list_title(face: ComparedFace) -> str:
    """Return a session's title and its face."""
    name = face.document.table.names.get(face.face_id, "")
    number = translate("Comparison", "Face {0}").format(face.face_id)
    return f"{face.title} · {number}  {name}".rstrip()


def marker_labels(faces: Sequence[ComparedFace]) -> list[tuple[str, int]]:
    """Return the labels of all markers and how many of the faces have each, the commonest first."""
    counts = Counter(
        label
        for face in faces
        for label in {one.label for one in face.document.markers if one.label}
    )
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def reason_of(why: Statement) -> str:
    """Return why a session is left out, in the language of the window."""
    return translate("Comparison", why.template).format(**why.values)


def notes_text(compared: Comparison) -> str:
    """Return what is to be known of a comparison before something is made of it."""
    lines = []
    if len(compared.curves) < 2:
        lines.append(
            translate("Comparison", "One session has no mean and no error: compare two or more.")
        )
    elif len(compared.curves) < 5:
        lines.append(
            translate("Comparison", "Of {0} sessions the error is known only roughly.").format(
                len(compared.curves)
            )
        )
    if compared.left_out:
        lines.append(translate("Comparison", "Left out: {0}.").format(len(compared.left_out)))
    if len(compared.models) > 1:
        lines.append(
            translate(
                "Comparison",
                "They were read by different models ({0}): differences may be the models’.",
            ).format(", ".join(compared.models))
        )
    for title, names in compared.unshared.items():
        lines.append(translate("Comparison", "Only {0} has: {1}.").format(title, ", ".join(names)))
    return "\n".join(lines)
