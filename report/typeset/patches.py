"""What the engine does otherwise than we need: each patch, and the fault that it mends."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..problems import ReportError
from .spaces import spoken

# `_linebox_layout` of WeasyPrint 70.0 moves notes already placed to the next page when the next
# line overflows, whatever their footnote-policy asks. Only those that may move are to move.
_LINEBOX_DIGEST = "e07bbe000974787ee370be1f419a01a21b327a1a1e3025a65afd47589060883d"
_LINEBOX_BEFORE = "            while report and context.current_page_footnotes:\n"
_LINEBOX_AFTER = (
    "            while report and context.current_page_footnotes and (\n"
    "                    context.current_page_footnotes[-1].style['footnote_policy']"
    " == 'auto'):\n"
)


class LayoutError(ReportError):
    """The engine could not lay out the page as asked."""


def keep_notes_on_the_page_of_their_call() -> None:
    from weasyprint.layout import block

    source = inspect.getsource(block._linebox_layout)
    digest = hashlib.sha256(source.encode()).hexdigest()
    if digest != _LINEBOX_DIGEST or source.count(_LINEBOX_BEFORE) != 1:
        raise LayoutError(
            "the engine's line layout is not the one known; notes might leave their page."
            " `make report` installs the pinned version"
        )
    patched = source.replace(_LINEBOX_BEFORE, _LINEBOX_AFTER)
    exec(compile(patched, block.__file__, "exec"), block.__dict__)


def end_split_boxes_with_their_text(document: Any) -> None:
    """Let no background or rule of a box that goes on overleaf run on below its last line.

    The engine makes such a box fill the page (CSS Fragmentation 3, section 5.4).
    """
    from weasyprint.layout.background import layout_box_backgrounds

    for page, following in pairwise(document.pages):
        going_on = {box.element for box in following._page_box.descendants()} - {None}
        for box in page._page_box.descendants():
            if type(box).__name__ == "BlockBox" and box.element in going_on:
                inside = box.descendants()
                ends = [b.position_y + b.height for b in inside if type(b).__name__ == "LineBox"]
                box.height = max(ends, default=box.content_box_y()) - box.content_box_y()
                layout_box_backgrounds(page._page_box, box, None, layout_children=False)


def say_no_page_on_that_page_itself() -> None:
    """Let generated content with ``data-page-before`` stay away on the page of the link's target.

    CSS can print the page of a target (``target-counter``), but not ask whether it is another one.
    """
    from weasyprint.formatting_structure import build

    compute = build.compute_content_list

    def content(
        parts: Any,
        box: Any,
        counters: Any,
        token: Any,
        again: Any,
        targets: Any,
        *args: Any,
        **kw: Any,
    ) -> Any:
        made = compute(parts, box, counters, token, again, targets, *args, **kw)
        element, page = box.element, counters.get("page")
        if page is None or element is None or element.get("data-page-before") is None:
            return made
        target = targets.target_lookup_items.get(element.get("href").removeprefix("#"))
        return [] if target and target.cached_page_counter_values.get("page") == page else made

    build.compute_content_list = content


def tell_bookmarks_plainly(document: Any) -> None:
    """Let bookmarks say a heading without the characters that only its lines need."""
    for page in document.pages:
        page.bookmarks = [(level, spoken(label), *rest) for level, label, *rest in page.bookmarks]


@contextmanager
def use_hyphenation(language: str, dictionary: Path) -> Iterator[None]:
    """Make the engine hyphenate ``language`` with ``dictionary`` (a Hunspell ``hyph_*.dic``)."""
    import pyphen

    bundled = dict(pyphen.LANGUAGES)
    pyphen.LANGUAGES[language] = dictionary
    try:
        yield
    finally:
        pyphen.LANGUAGES.clear()
        pyphen.LANGUAGES.update(bundled)
        # The next page's dictionary may have the same name.
        pyphen.hdcache.pop(dictionary, None)
