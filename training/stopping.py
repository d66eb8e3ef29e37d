"""When the learning rate falls and when training ends, as functions of the scores so far.

Functions of the history alone need no state of their own, so a resumed run decides as one that was
never stopped.
"""

from collections.abc import Sequence


def plateau_drops(scores: Sequence[float], patience: int) -> int:
    """How often a score stood still for `patience` epochs; each time halves the rate.

    Args:
        scores: A figure an epoch, higher is better.
        patience: Epochs without gain; 0 never.
    """
    if patience == 0:
        return 0
    drops, best, waited = 0, float("-inf"), 0
    for score in scores:
        waited = 0 if score > best else waited + 1
        best = max(best, score)
        if waited == patience:
            drops, waited = drops + 1, 0
    return drops


def stop_reason(scores: Sequence[float], patience: int, stop_at: float) -> str | None:
    """Why training ends after the last of `scores`, or None when it goes on.

    Args:
        scores: A figure an epoch, higher is better.
        patience: Epochs without gain; 0 never.
        stop_at: Figure that is good enough; 0 never.
    """
    if stop_at > 0 and scores[-1] >= stop_at:
        return f"reached {scores[-1]:.4f} of {stop_at:g}"
    if patience > 0:
        best = max(range(len(scores)), key=lambda i: scores[i])
        if len(scores) - 1 - best >= patience:
            return f"no gain in {patience} epochs"
    return None
