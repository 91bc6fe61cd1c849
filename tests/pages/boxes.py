"""What stands on laid-out pages, for tests that look at the result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def boxes(box: Any) -> Iterator[Any]:
    """``box`` and every box in it."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def outermost(page: Any, tag: str, name: str) -> list[Any]:
    """The outermost box on a page of each element with this tag and class."""
    found: dict[Any, Any] = {}
    for box in boxes(page._page_box):
        if box.element_tag == tag and name in (box.element.get("class") or "").split():
            found.setdefault(box.element, box)
    return list(found.values())


def text_of(box: Any) -> str:
    """What ``box`` shows."""
    words = "".join(getattr(part, "text", "") for part in boxes(box))
    return "".join(c for c in words if c not in "\u200b\u2060").strip()


def paragraphs_of(box: Any) -> list[str]:
    """What each paragraph in ``box`` shows, with plain spaces."""
    found = (part for part in boxes(box) if part.element_tag == "p" and part.element is not None)
    texts = {part.element: text_of(part) for part in found if type(part).__name__ == "BlockBox"}
    return [" ".join(text.split()) for text in texts.values()]


def area(box: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what ``box`` takes up, without its margins."""
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def overlap(one: Any, other: Any) -> bool:
    """Whether two boxes share any of the page."""
    a, b = area(one), area(other)
    return min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
