"""Checks a model as thoroughly as can be done without faces: its files, and that it answers."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ferqt.classifiers.catalog import CatalogEntry, load_classifier, verify
from ferqt.errors import ModelError

_SAME: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found.

    Attributes:
        problems: What is wrong, one clause each; none for a model that can be trusted to work.
        runtime: What ran it, "" when it did not run.
    """

    problems: tuple[str, ...]
    runtime: str = ""

    @property
    def passed(self) -> bool:
        """True for a model without a problem."""
        return not self.problems


def verify_model(entry: CatalogEntry) -> Verification:
    """Hash every file anew, load the model and let it answer to pictures of stripes and noise.

    Takes up to seconds; any thread.
    """
    from ferqt.classifiers.compile import probes

    problems = verify(entry, anew=True)
    if problems or entry.card is None:
        return Verification(tuple(problems))
    try:
        classifier = load_classifier(entry)
    except ModelError as error:
        return Verification((error.message,))
    try:
        answers = classifier.predict(probes(entry.card.input))
    except ModelError as error:
        return Verification((error.message,), classifier.runtime)
    finally:
        classifier.close()
    if float(np.ptp(answers, axis=0).max()) < _SAME:
        return Verification(
            ("it answers the same whatever it is shown",),
            classifier.runtime,
        )
    return Verification((), classifier.runtime)
