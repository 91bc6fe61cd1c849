"""Preflight rules for a screen copy as a whole: PDF/UA-1 and PDF/A-2a in one file.

Its tags have rules in ``tags``, what archives ask in ``archives``.
"""

from __future__ import annotations

from typing import Any

from ..formats import count
from ..pdf.document import Document, Page, areas_of, destination_of
from ..pdf.geometry import Box
from ..pdf.metadata import PDFUA_ID
from ..problems import Level
from .rules import HOUSE, Fault, Outcome, Profile, Rule, Use, margins, size
from .tags import leads_to

_LARGE = 2_000_000
"""Bytes above which a report is a burden to mail."""
_LOWEST_RESOLUTION = 149.5
_LEAST_LINK = 8.0
"""Points that a link must measure both ways to be hit with ease."""
_NO_AREA = 0.5
_BOX_TOLERANCE = 0.1


def _identification(document: Document, _: Profile) -> Outcome:
    if not document.xmp.problem and document.xmp.first(PDFUA_ID + "part") != "1":
        yield Fault("The file does not say that it is accessible (PDF/UA-1) in its XMP.")


def _window_title(document: Document, _: Profile) -> Outcome:
    if document.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield Fault("The window shows the file name, not the title: set DisplayDocTitle.")


def _outline(document: Document, _: Profile) -> Outcome:
    if not document.outline:
        yield Fault("The file has no bookmarks; make them from the headings.")
    for title, item in document.outline:
        destination = destination_of(item)
        if not title.strip():
            yield Fault("A bookmark has no title.")
        if destination is None or document.target(destination) is None:
            yield Fault(f"The bookmark “{title}” leads nowhere.")


def _link_described(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        bad = [link for link in page.annotations if _undescribed(link)]
        if bad:
            yield Fault(
                f"{count(len(bad), 'link')} without a description for screen readers (Contents).",
                page.number,
            )


def _undescribed(link: Any) -> bool:
    return link.get("/Subtype") == "/Link" and not str(link.get("/Contents", "")).strip()


def _link_tagged(document: Document, _: Profile) -> Outcome:
    if document.structure is None:
        return
    owners = document.structure.annotation_owners
    for page, link in document.links:
        owner = owners.get(link.objgen)
        if owner is None or not (owner.role == "Link" or owner.within("Link")):
            yield Fault("A link is not in the tag tree as a Link.", page.number)
        elif not leads_to(document.structure.parents.get(link.get("/StructParent", -1)), owner):
            yield Fault("A link does not point back to its tag (StructParent).", page.number)


def _link_area(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        lost = [link for link in page.links if not any(_is_open(b, page) for b in areas_of(link))]
        if lost:
            yield Fault(
                f"{count(len(lost), 'link')} nobody can click, such as “{_said(lost[0])}”, "
                "without an area on the page; give each the area of its text.",
                page.number,
            )


def _is_open(box: Box, page: Page) -> bool:
    """Whether ``box`` has an area, with its middle on the page."""
    left, bottom, right, top = page.crop
    x, y = _middle(box)
    return min(size(box)) >= _NO_AREA and left <= x <= right and bottom <= y <= top


def _link_size(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        small = [
            link
            for link in page.links
            if any(_NO_AREA <= min(size(box)) < _LEAST_LINK - 0.05 for box in areas_of(link))
        ]
        if small:
            yield Fault(
                f"{count(len(small), 'link')} of less than {_LEAST_LINK:g} pt, such as "
                f"“{_said(small[0])}”; give a finger more room.",
                page.number,
            )


def _link_covered(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        covers = [
            (box, link, _leads_to(document, link)) for link in page.links for box in areas_of(link)
        ]
        for index, (box, link, end) in enumerate(covers):
            above = [second for second in covers[index + 1 :] if _holds(second[0], _middle(box))]
            if above and above[-1][2] != end:
                yield Fault(
                    f"The link “{_said(link)}” lies under the link “{_said(above[-1][1])}”; "
                    "keep them apart.",
                    page.number,
                )
                break


def _leads_to(document: Document, link: Any) -> tuple[object, ...]:
    action = link.get("/A", {})
    return str(action.get("/URI", "")), document.target(destination_of(link))


def _said(link: Any) -> str:
    return str(link.get("/Contents", "")) or str(link.get("/A", {}).get("/URI", ""))


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] < point[0] < box[2] and box[1] < point[1] < box[3]


def _tab_order(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.annotations and page.source.obj.get("/Tabs") != "/S":
            yield Fault("The tab key does not follow the reading order (Tabs).", page.number)


def _boxes(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        gaps = (*margins(page.trim, page.media), *margins(page.crop, page.media))
        if max(map(abs, gaps)) > _BOX_TOLERANCE:
            yield Fault(
                "The page has a border for the printer around it; a screen copy has none.",
                page.number,
            )


def _file_size(document: Document, _: Profile) -> Outcome:
    size = document.path.stat().st_size
    if size > _LARGE:
        yield Fault(f"The file is {size / 1e6:.1f} MB, a lot to mail; make its pictures smaller.")


def _resolution(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        low = [p.resolution for p in page.marks.pictures if p.resolution < _LOWEST_RESOLUTION]
        if low:
            yield Fault(
                f"{count(len(low), 'picture')} with too few pixels ({min(low):.0f} per inch; "
                "150 look sharp on screen).",
                page.number,
            )


def _blank(document: Document, _: Profile) -> Outcome:
    for page in document.pages:
        if page.marks.is_blank:
            yield Fault("The page is empty; leave it out.", page.number)


_USE: tuple[Use, ...] = ("screen",)

RULES: tuple[Rule, ...] = (
    Rule(
        "screen-identification",
        "The file says that it is PDF/UA-1.",
        "ISO 14289-1, 5",
        _USE,
        _identification,
    ),
    Rule("window-title", "The window shows the title.", "ISO 14289-1, 7.1", _USE, _window_title),
    Rule(
        "outline",
        "Bookmarks exist and lead somewhere.",
        "house rule; ISO 14289-1, 7.17",
        _USE,
        _outline,
    ),
    Rule(
        "link-described",
        "Every link has a description.",
        "ISO 14289-1, 7.18.5",
        _USE,
        _link_described,
    ),
    Rule(
        "link-tagged",
        "Every link is in the tag tree.",
        "ISO 14289-1, 7.18.5",
        _USE,
        _link_tagged,
    ),
    Rule("link-area", "Every link has an area on the page.", HOUSE, _USE, _link_area),
    Rule(
        "link-size", "Every link is large enough to hit.", HOUSE, _USE, _link_size, Level.WARNING
    ),
    Rule("link-covered", "No link lies under another.", HOUSE, _USE, _link_covered),
    Rule(
        "tab-order",
        "The tab key follows the reading order.",
        "ISO 14289-1, 7.18.3",
        _USE,
        _tab_order,
    ),
    Rule("screen-boxes", "The page shows nothing beyond its trim.", HOUSE, _USE, _boxes),
    Rule("file-size", "The file is small enough to mail.", HOUSE, _USE, _file_size, Level.WARNING),
    Rule(
        "screen-resolution",
        "Pictures have 150 pixels per inch.",
        HOUSE,
        _USE,
        _resolution,
        Level.WARNING,
    ),
    Rule("blank-page", "No page is empty.", HOUSE, _USE, _blank),
)
