"""Boxes ``(left, bottom, right, top)`` and transformations, in points, y up."""

from __future__ import annotations

from math import inf

POINTS_PER_MM = 72 / 25.4

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
EVERYWHERE: Box = (-inf, -inf, inf, inf)
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def union(first: Box, second: Box) -> Box:
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def intersection(first: Box, second: Box) -> Box | None:
    """What two boxes share; None when they are apart. Boxes without width count."""
    left, bottom = max(first[0], second[0]), max(first[1], second[1])
    right, top = min(first[2], second[2]), min(first[3], second[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """``first`` applied before ``second`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def transformed(box: Box, matrix: Matrix) -> Box:
    """The upright box around a transformed box."""
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    if b == 0 and c == 0:
        xs = (a * left + e, a * right + e)
        ys = (d * bottom + f, d * top + f)
    else:
        corners = ((left, bottom), (left, top), (right, bottom), (right, top))
        xs = tuple(a * x + c * y + e for x, y in corners)  # type: ignore[assignment]
        ys = tuple(b * x + d * y + f for x, y in corners)  # type: ignore[assignment]
    return min(xs), min(ys), max(xs), max(ys)
