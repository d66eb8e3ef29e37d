"""Minimal-cost assignment between two small sets."""

import numpy as np
import numpy.typing as npt

FORBIDDEN = 1e6
"""Cost of a pair that must not be matched; far above any sum of allowed costs."""


def assign(costs: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """Match rows to columns so that as many as possible are matched, at the least total cost.

    Shortest augmenting paths with potentials (Kuhn 1955; Jonker and Volgenant 1987), cubic in the
    number of faces. Among equal solutions the same one is always chosen.

    Args:
        costs: Rows x columns, each finite; pairs at `FORBIDDEN` or above are never matched.

    Returns:
        (row, column) pairs, by row.
    """
    rows, columns = costs.shape
    if rows > columns:
        return sorted((row, column) for column, row in assign(costs.T))
    row_of = np.full(columns, -1)
    row_potential, column_potential = np.zeros(rows), np.zeros(columns)
    for row in range(rows):
        _augment(costs, row, row_of, row_potential, column_potential)
    pairs = [(int(row), column) for column, row in enumerate(row_of) if row >= 0]
    return sorted(pair for pair in pairs if costs[pair] < FORBIDDEN)


def _augment(
    costs: npt.NDArray[np.float64],
    start: int,
    row_of: npt.NDArray[np.intp],
    row_potential: npt.NDArray[np.float64],
    column_potential: npt.NDArray[np.float64],
) -> None:
    """Match one more row along the cheapest alternating path, keeping the potentials valid."""
    columns = costs.shape[1]
    distance = np.full(columns, np.inf)
    previous = np.full(columns, -1)
    done = np.zeros(columns, dtype=bool)
    row, reached, column = start, 0.0, -1
    while True:
        through = reached + costs[row] - row_potential[row] - column_potential
        closer = ~done & (through < distance)
        distance[closer] = through[closer]
        previous[closer] = column
        column = int(np.argmin(np.where(done, np.inf, distance)))
        reached = float(distance[column])
        if row_of[column] < 0:
            break
        done[column] = True
        row = int(row_of[column])
    row_potential[start] += reached
    row_potential[row_of[done]] += reached - distance[done]
    column_potential[done] -= reached - distance[done]
    while column >= 0:
        before = int(previous[column])
        row_of[column] = start if before < 0 else row_of[before]
        column = before
