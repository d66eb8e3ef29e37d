"""What a report says of models: from the session's facts, and from cards where they are known."""

from collections.abc import Mapping
from typing import Any

from ferqt.core.session_document import SessionDocument
from ferqt.outputs.report.options import ModelSummary
from ferqt.outputs.report.wording import percent, section


def model_texts(
    document: SessionDocument, known: Mapping[str, ModelSummary]
) -> list[dict[str, Any]]:
    """Return what the template says of the model that answered, and of the compared one."""
    told = (("", section(document, "model")), ("compared: ", section(document, "compared_model")))
    return [_texts(prefix, facts, known) for prefix, facts in told if facts]


def citation(document: SessionDocument) -> str:
    """Return what to name when figures of a session are used."""
    model = section(document, "model")
    hashes = [
        str(file.get("sha256", ""))[:12]
        for file in model.get("files", {}).values()
        if isinstance(file, Mapping)
    ]
    by = f", SHA-256 {' and '.join(hashes)} …" if any(hashes) else ""
    version = document.facts.get("version", "")
    return (
        f"When figures of this page are used, name ferqt {version} and the model "
        f"{model.get('name', 'unknown')} ({model.get('id', 'unknown')}{by}), its figures and "
        "limits, what counts as an episode, and what was left out."
    )


def _texts(
    prefix: str, facts: Mapping[str, Any], known: Mapping[str, ModelSummary]
) -> dict[str, Any]:
    summary = known.get(str(facts.get("id", "")))
    rows = [("Id", str(facts.get("id", "unknown")))]
    labels = facts.get("labels")
    if isinstance(labels, Mapping) and labels.get("names"):
        rows.append(("Expressions", ", ".join(map(str, labels["names"]))))
    if facts.get("uncertain_below") is not None:
        rows.append(("Uncertain below", percent(facts["uncertain_below"], 0)))
    if facts.get("temperature") is not None:
        rows.append(("Temperature", f"{facts['temperature']:g}"))
    for kind, file in facts.get("files", {}).items():
        if isinstance(file, Mapping):
            rows.append((f"SHA-256 ({kind})", str(file.get("sha256", ""))))
    if facts.get("runtime"):
        rows.append(("Run by", str(facts["runtime"])))
    if summary is None:
        texts = ["The card of these weights is not on this computer; it tells how well they did."]
        return {
            "title": f"{prefix}{facts.get('name', 'unknown')}",
            "rows": rows,
            "figures": [],
            "texts": texts,
        }
    rows.insert(1, ("Network", f"{summary.architecture}, {summary.parameters:,} weights"))
    rows += [
        (name, text)
        for name, text in (("License", summary.licence), ("Data", summary.data_licence))
        if text
    ]
    return {
        "title": f"{prefix}{summary.name}",
        "rows": rows,
        "figures": [
            (
                one.dataset,
                f"{one.n:,}",
                percent(one.accuracy),
                percent(one.macro_f1),
                percent(one.ece),
            )
            for one in summary.figures
        ],
        "texts": [text for text in (summary.intended_use, summary.limits) if text],
    }
