"""Boxes ``(left, bottom, right, top)``, in points, y up."""

from __future__ import annotations

from math import inf

from pikepdf import Matrix, Rectangle

Box = tuple[float, float, float, float]
EVERYWHERE: Box = (-inf, -inf, inf, inf)


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


def transformed(box: Box, matrix: Matrix) -> Box:
    """The upright box around a transformed box."""
    around = matrix.transform(Rectangle(*box))
    return around.llx, around.lly, around.urx, around.ury
