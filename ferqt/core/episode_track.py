"""The episodes of one face, arranged for looking them up by time."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ferqt.core.episodes import Episode
from ferqt.core.history import Times

_SAME_S = 1e-6


class EpisodeTrack:
    """Episodes in the order of time, which never overlap.

    Attributes:
        episodes: All of them.
        start_s: When each begins.
        end_s: When each ends.
        brief: Whether each is brief.
        names: The expressions that there are.
        kind: Place of each one's expression in `names`.
    """

    def __init__(self, episodes: Sequence[Episode] = ()) -> None:
        self.episodes = tuple(episodes)
        self.start_s: Times = np.array([one.start_s for one in episodes], np.float64)
        self.end_s: Times = np.array([one.end_s for one in episodes], np.float64)
        self.names = tuple(dict.fromkeys(one.name for one in episodes))
        places = {name: place for place, name in enumerate(self.names)}
        self.kind: npt.NDArray[np.intp] = np.array([places[one.name] for one in episodes], np.intp)
        self.brief: npt.NDArray[np.bool_] = np.array([one.brief for one in episodes], np.bool_)

    def __len__(self) -> int:
        return len(self.episodes)

    def between(self, start_s: float, end_s: float) -> slice:
        """Return which episodes reach into a stretch of time."""
        first = int(np.searchsorted(self.end_s, start_s, side="right"))
        return slice(first, int(np.searchsorted(self.start_s, end_s, side="left")))

    def at(self, time_s: float, reach_s: float = 0.0) -> Episode | None:
        """Return the episode at a time, else the nearest one within reach; None for none."""
        near = self.episodes[self.between(time_s - reach_s, time_s + reach_s + _SAME_S)]
        return min(near, key=lambda one: _distance(one, time_s), default=None)

    def after(self, time_s: float, name: str) -> Episode | None:
        """Return the next episode of an expression that begins later."""
        first = int(np.searchsorted(self.start_s, time_s + _SAME_S, side="right"))
        return next((one for one in self.episodes[first:] if one.name == name), None)

    def before(self, time_s: float, name: str) -> Episode | None:
        """Return the latest episode of an expression that began earlier."""
        last = int(np.searchsorted(self.start_s, time_s - _SAME_S, side="left"))
        return next((one for one in self.episodes[:last][::-1] if one.name == name), None)


def _distance(episode: Episode, time_s: float) -> float:
    return max(episode.start_s - time_s, time_s - episode.end_s, 0.0)
