"""Gathers what a report says beside the session: figures from model cards, stills from the film."""

from collections.abc import Mapping, Sequence
from typing import Any

from ferqt.classifiers.card import ModelCard
from ferqt.classifiers.catalog import Catalog
from ferqt.core.episodes import EpisodeRule
from ferqt.core.session_document import SessionDocument, TimeRange
from ferqt.outputs.report import ModelFigures, ModelSummary, ReportOptions


def report_options(
    document: SessionDocument,
    rule: EpisodeRule | None = None,
    *,
    catalog: Catalog,
    ranges: Sequence[TimeRange] = (),
    stills: bool = True,
    blur: bool = False,
) -> ReportOptions:
    """Return all that the report of a session may say.

    With its catalog bound it is what `ExportOptions.report` asks for.

    Args:
        document: The session.
        rule: What makes an episode, the default one when None.
        catalog: Where the cards of models are looked for.
        ranges: What to look at; all of the session when there are none.
        stills: Whether to show pictures of the peaks.
        blur: Whether faces are covered in them.
    """
    # It brings the FFmpeg libraries along.
    from ferqt.pipeline.report_stills import FilmStills

    rule = EpisodeRule() if rule is None else rule
    return ReportOptions(
        rule=rule,
        ranges=tuple(ranges),
        models=model_summaries([document], catalog),
        stills=FilmStills(document, blur=blur, smoothed=rule.smoothed) if stills else None,
        stills_blurred=stills and blur,
    )


def model_summaries(
    documents: Sequence[SessionDocument], catalog: Catalog
) -> dict[str, ModelSummary]:
    """Return what the cards say of the models that read some sessions, by id.

    A card counts only if it is of the very weights that answered, by their sha256.
    """
    found: dict[str, ModelSummary] = {}
    cards = {entry.id: entry.card for entry in catalog.entries if entry.card is not None}
    for document in documents:
        for name in ("model", "compared_model"):
            facts = document.facts.get(name) or {}
            card = cards.get(str(facts.get("id")))
            if card is not None and _is_of(card, facts):
                found[card.id] = _summary(card)
    return found


def _is_of(card: ModelCard, facts: Mapping[str, Any]) -> bool:
    own = {file.sha256 for file in (card.files.keras, card.files.litert) if file is not None}
    used = {file.get("sha256") for file in (facts.get("files") or {}).values()}
    return bool(own & used)


def _summary(card: ModelCard) -> ModelSummary:
    return ModelSummary(
        name=card.name,
        architecture=card.architecture,
        parameters=card.parameters,
        figures=tuple(
            ModelFigures(one.dataset, one.n, one.accuracy, one.macro_f1, one.ece)
            for one in card.metrics
        ),
        intended_use=card.intended_use,
        limits=card.limits,
        licence=card.licence,
        data_licence=card.data_licence,
    )
