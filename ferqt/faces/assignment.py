"""Minimal-cost assignment between two small sets."""

from collections.abc import Sequence
from math import inf

FORBIDDEN = 1e6
"""Cost of a pair that must not be matched; far above any sum of allowed costs."""


def assign(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Match rows to columns so that as many as possible are matched, at the least total cost.

    Shortest augmenting paths with potentials (Kuhn 1955; Jonker and Volgenant 1987), cubic in the
    number of faces. Among equal solutions the same one is always chosen. For a few faces Python's
    own numbers are ten times as quick as arrays.

    Args:
        costs: Rows of as many columns, each finite; pairs at `FORBIDDEN` or above are never
            matched.

    Returns:
        (row, column) pairs, by row.
    """
    rows, columns = len(costs), len(costs[0]) if costs else 0
    if rows > columns:
        turned = [[row[column] for row in costs] for column in range(columns)]
        return sorted((row, column) for column, row in assign(turned))
    row_of = [-1] * columns
    row_potential, column_potential = [0.0] * rows, [0.0] * columns
    for row in range(rows):
        _augment(costs, row, row_of, row_potential, column_potential)
    pairs = [(row, column) for column, row in enumerate(row_of) if row >= 0]
    return sorted((row, column) for row, column in pairs if costs[row][column] < FORBIDDEN)


def _augment(
    costs: Sequence[Sequence[float]],
    start: int,
    row_of: list[int],
    row_potential: list[float],
    column_potential: list[float],
) -> None:
    """Match one more row along the cheapest alternating path, keeping the potentials valid."""
    columns = range(len(row_of))
    distance = [inf] * len(row_of)
    previous = [-1] * len(row_of)
    left = list(columns)
    row, reached, column = start, 0.0, -1
    while True:
        for to in left:
            through = reached + costs[row][to] - row_potential[row] - column_potential[to]
            if through < distance[to]:
                distance[to], previous[to] = through, column
        column = min(left, key=distance.__getitem__)
        reached = distance[column]
        if row_of[column] < 0:
            break
        left.remove(column)
        row = row_of[column]
    row_potential[start] += reached
    for done in set(columns).difference(left):
        row_potential[row_of[done]] += reached - distance[done]
        column_potential[done] -= reached - distance[done]
    while column >= 0:
        before = previous[column]
        row_of[column] = start if before < 0 else row_of[before]
        column = before
