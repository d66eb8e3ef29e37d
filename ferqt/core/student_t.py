"""Student's t, for intervals around the mean of a few sessions."""

from math import expm1, nan, pi, sqrt, tan
from statistics import NormalDist
from typing import Final

_TWO_TAILED: Final = 0.05


def t_quantile(freedom: int) -> float:
    """Return Student's t(0.975): 95 of 100 samples lie between minus and plus that.

    Exact for one and two degrees of freedom. From three on it is the branch for common tails of
    G. W. Hill, "Algorithm 396: Student's t-quantiles", Communications of the ACM 13 (1970),
    619-620, which is 1.2e-5 off at three and under 1e-6 from there on.

    Args:
        freedom: Degrees of freedom; under one there is no such value, which gives NaN.
    """
    if freedom < 1:
        return nan
    if freedom == 1:
        return 1 / tan(pi * _TWO_TAILED / 2)
    if freedom == 2:
        return sqrt(2 / (_TWO_TAILED * (2 - _TWO_TAILED)) - 2)
    a = 1 / (freedom - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * sqrt(a * pi / 2) * freedom
    y = (d * _TWO_TAILED) ** (2 / freedom)
    x = NormalDist().inv_cdf(_TWO_TAILED / 2)
    square = x * x
    if freedom < 5:
        c += 0.3 * (freedom - 4.5) * (x + 0.6)
    c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b
    y = (((((0.4 * square + 6.3) * square + 36) * square + 94.5) / c - square - 3) / b + 1) * x
    return sqrt(freedom * expm1(a * y * y))
