"""Inspects a finished PDF and says in plain words what it is fit for.

``inspect`` never raises for a bad file: whatever cannot be read is a finding. The rules are
the rows of ``RULES``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..pdf.metadata import PDFX_VERSION
from ..problems import Finding, Level, Place
from ..styles import X1A, X4
from .rules import BOTH, Profile, Use

if TYPE_CHECKING:
    from ..pdf.document import Document
    from ..styles import Preset
    from .rules import Rule

__all__ = ["Inspection", "Profile", "asked_by", "inspect", "rules", "unreadable", "uses_of"]


@dataclass(frozen=True)
class Inspection:
    """What was seen in one file."""

    file: Path
    claims: tuple[str, ...]
    """Standards it says it follows, such as ``PDF/UA-1``; none for an unknown file."""
    judged_for: tuple[Use, ...]
    pages: int
    findings: tuple[Finding, ...]
    not_checked: tuple[str, ...] = ()

    @property
    def claimed_use(self) -> Literal["screen", "print", "both", "unknown"]:
        """What the file claims to be."""
        uses = _claimed_uses(self.claims)
        return "both" if len(uses) > 1 else uses[0] if uses else "unknown"

    @property
    def fit_for(self) -> tuple[Use, ...]:
        """The uses it was judged for and nothing stands in the way of."""
        errors = (f for f in self.findings if f.level is Level.ERROR)
        bad = {use for finding in errors for use in uses_of(finding)}
        return tuple(use for use in self.judged_for if use not in bad)

    @property
    def passed(self) -> bool:
        """Whether it is fit for all it was judged for, or, claiming nothing, for something."""
        if self.claimed_use == "unknown":
            return bool(self.fit_for)
        return self.fit_for == self.judged_for


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which findings are reported."""
    from . import archives, every, print, screen, tags

    return every.RULES + screen.RULES + tags.RULES + archives.RULES + print.RULES


def uses_of(finding: Finding) -> tuple[Use, ...]:
    """The uses that ``finding`` stands in the way of."""
    return next((rule.uses for rule in rules() if rule.id == finding.code), BOTH)


def asked_by(
    preset: Preset, use: Use | None, trim_mm: tuple[float, float] | None = None
) -> Profile:
    """What a printer's preset asks of a file, to be judged for ``use`` whatever it claims."""
    return Profile(
        use=use,
        trim_mm=trim_mm,
        bleed_mm=preset.bleed_mm,
        page_multiple=preset.page_multiple,
        condition=preset.condition,
        standard=preset.standard,
    )


def inspect(path: Path, *, expected: Profile | None = None) -> Inspection:
    """Judge a PDF by the rules for what it claims to be, or for ``expected.use``.

    A file that claims nothing is judged for both uses. A print file is judged as the PDF/X-1a it
    claims to be, and otherwise as PDF/X-4, or by ``expected.standard``. Bleed, page multiple,
    trimmed size and printing condition are compared with ``expected`` or its defaults.
    """
    import pikepdf

    from ..pdf.document import Document

    profile = expected or Profile()
    uses: tuple[Use, ...] = (profile.use,) if profile.use else BOTH
    try:
        data = path.read_bytes()
        start = data[:1024]
        # The library takes no name that is not UTF-8.
        pdf = pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        return unreadable(path, uses, "encrypted", "The file asks for a password; remove it.")
    except OSError as error:
        reason = error.strerror or "not a file"
        return unreadable(path, uses, "opens", f"The file cannot be read ({reason}).")
    except pikepdf.PdfError:
        what = "damaged beyond repair" if b"%PDF-" in start else "not a PDF" if start else "empty"
        return unreadable(path, uses, "opens", f"The file is {what}; make it again.")
    with pdf:
        return _judge(Document(path, pdf, start), profile)


def unreadable(path: Path, uses: tuple[Use, ...], rule: str, message: str) -> Inspection:
    """What is said of a file that cannot be judged."""
    return Inspection(path, (), uses, 0, (Finding(Place.on_page(str(path), None), message, rule),))


def _judge(document: Document, profile: Profile) -> Inspection:
    from ..pdf.document import OUT_OF_MEMORY

    claims = _claims(document)
    uses = (profile.use,) if profile.use else _claimed_uses(claims) or BOTH
    standard = profile.standard or (X1A if X1A.version in claims else X4)
    profile = replace(profile, standard=standard)
    found: dict[str, list[Finding]] = {}
    failed: dict[str, list[Rule]] = {}
    not_checked: list[str] = []
    applicable = [
        rule for rule in rules() if set(rule.uses) & set(uses) and standard in rule.standards
    ]
    # Backwards, since the first rule reports the repairs that reading for the others needed.
    for rule in reversed(applicable):
        try:
            found[rule.id] = list(_findings(rule, document, profile, not_checked))
        except MemoryError:
            raise
        # A damaged file can fail anywhere and in any way; the reader gets a finding all the same.
        except Exception as error:
            if OUT_OF_MEMORY in str(error):
                raise MemoryError from error
            failed.setdefault(str(error), []).append(rule)
    found["opens"] = found.get("opens", []) + list(_failures(document, failed))
    return Inspection(
        file=document.path,
        claims=claims,
        judged_for=uses,
        pages=document.page_count,
        findings=tuple(finding for rule in applicable for finding in found.get(rule.id, ())),
        not_checked=tuple(not_checked),
    )


def _findings(
    rule: Rule, document: Document, profile: Profile, not_checked: list[str]
) -> Iterator[Finding]:
    from .rules import Fault

    for outcome in rule.check(document, profile):
        if isinstance(outcome, Fault):
            place = Place.on_page(str(document.path), outcome.page)
            yield Finding(place, outcome.message, rule.id, rule.level)
        else:
            not_checked.append(outcome.reason)


def _failures(document: Document, failed: Mapping[str, list[Rule]]) -> Iterator[Finding]:
    """One finding for each way in which the file could not be read."""
    for error, broken in failed.items():
        names = ", ".join(rule.id for rule in reversed(broken))
        message = f"The file is damaged ({error}); could not be checked: {names}."
        yield Finding(Place.on_page(str(document.path), None), message, "opens")


def _claims(document: Document) -> tuple[str, ...]:
    try:
        # PDF/X-1a and X-3 say so in Info, later ones in XMP.
        older = document.info.get(PDFX_VERSION, "")
        claims = document.xmp.claims
    except Exception:
        return ()
    return claims if not older or older in claims else (*claims, older)


def _claimed_uses(claims: tuple[str, ...]) -> tuple[Use, ...]:
    screen = any(claim.startswith(("PDF/UA", "PDF/A")) for claim in claims)
    print_ = any(claim.startswith("PDF/X") for claim in claims)
    return tuple(use for use, said in zip(BOTH, (screen, print_), strict=True) if said)
