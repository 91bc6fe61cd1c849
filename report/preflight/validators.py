"""Runs the validators of others on finished files and says which ran.

- veraPDF: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2);
- qpdf: the syntax of the file;
- Ghostscript: total ink, measured on the plates that its ``tiffsep`` device draws.
"""

from __future__ import annotations

import re
import shutil
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import reduce
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageMath

from ..pdf.document import is_harmless
from . import verapdf
from .programs import TOO_LONG, Result, TooLong, not_run, plainly_named, run_bounded

INK_RESOLUTION = 72
"""Pixels per inch of the plates on which ink is measured."""
MOST_PIXELS = 20_000_000
"""Pixels of the largest page whose ink is measured, more than twice an A0."""

_PLATE = re.compile(r"(\d+)\(.+\)\.tif")
_NO_QPDF = "the program qpdf is missing: install qpdf"
_NO_GHOSTSCRIPT = "the program gs is missing: install ghostscript"


def validate(
    paths: Sequence[Path], *, flavours: Sequence[str] = (), ink_limit: float | None = None
) -> list[Result]:
    """Validate files: syntax always, veraPDF for each of ``flavours`` (``ua1``, ``2a``), and
    total ink against ``ink_limit`` in percent when it is given."""
    results = [check_syntax(path) for path in paths]
    if flavours:
        results += verapdf.check_conformance(paths, flavours)
    if ink_limit is not None:
        results += [check_ink(path, ink_limit) for path in paths]
    return results


def missing() -> dict[str, str]:
    """The validators that cannot run here, each with what to install."""
    found = {}
    if not shutil.which("qpdf"):
        found["qpdf"] = _NO_QPDF
    if not shutil.which("gs"):
        found["Ghostscript"] = _NO_GHOSTSCRIPT
    if reason := verapdf.missing():
        found["veraPDF"] = reason
    return found


def check_syntax(path: Path) -> Result:
    """Let ``qpdf --check`` read all of a file; a warning fails it, save a harmless one."""
    if not shutil.which("qpdf"):
        return not_run("qpdf", path, "", _NO_QPDF)
    with plainly_named([path]) as (link,):
        try:
            run = run_bounded(["qpdf", "--check", str(link)])
        except TooLong:
            return Result("qpdf", path, "", True, False, (TOO_LONG,))
    lines = (run.stdout + run.stderr).replace(str(link), path.name).splitlines()
    remarks = [line for line in lines if "WARNING" in line or "ERROR" in line.upper()]
    details = tuple(line for line in remarks if not is_harmless(line))
    passed = run.returncode == 0 or bool(remarks and not details)
    return Result("qpdf", path, "", True, passed, () if passed else details)


def check_ink(path: Path, limit: float) -> Result:
    """Compare the total ink of each page with ``limit``, both in percent."""
    name = "Ghostscript ink"
    if not shutil.which("gs"):
        return not_run(name, path, "", _NO_GHOSTSCRIPT)
    try:
        by_page = measure_ink(path)
    except ValueError as error:
        return Result(name, path, "", True, False, tuple(str(error).splitlines()))
    details = tuple(f"page {page}: {ink:.0f} %" for page, ink in by_page.items())
    return Result(name, path, "", True, max(by_page.values(), default=0) <= limit, details)


def measure_ink(path: Path) -> Mapping[int, float]:
    """The largest sum of all inks at any pixel, in percent, by page number from 1.

    Raises FileNotFoundError without Ghostscript, ValueError when it cannot read the file or a
    page is beyond measure.
    """
    with TemporaryDirectory() as folder, plainly_named([path]) as (link,):
        try:
            run = run_bounded(
                ["gs", "-q", "-dSAFER", "-sDEVICE=tiffsep", f"-r{INK_RESOLUTION}",
                 "-o", f"{folder}/%d.tif", str(link)]
            )  # fmt: skip
        except TooLong:
            raise ValueError(TOO_LONG) from None
        if run.returncode:
            said = (run.stdout + run.stderr).replace(str(link), path.name).strip()
            raise ValueError(said or "stopped")
        plates: dict[int, list[Path]] = defaultdict(list)
        for plate in Path(folder).iterdir():
            if match := _PLATE.fullmatch(plate.name):
                plates[int(match[1])].append(plate)
        return {page: _largest_sum(page, plates[page]) for page in sorted(plates)}


def _largest_sum(page: int, plates: Sequence[Path]) -> float:
    """On a plate, 255 is no ink and 0 is full ink."""
    # Pillow's own limit on the size of images is above ours.
    with ExitStack() as files, warnings.catch_warnings(action="ignore"):
        try:
            opened = [files.enter_context(Image.open(plate)) for plate in plates]
            measurable = opened[0].width * opened[0].height <= MOST_PIXELS
        except Image.DecompressionBombError:
            measurable = False
        if not measurable:
            raise ValueError(f"page {page} is too large to measure its ink")
        images = {str(number): image for number, image in enumerate(opened)}
        paper = ImageMath.lambda_eval(lambda named: reduce(add, map(named.get, images)), **images)
    least_paper: float = paper.getextrema()[0]
    return (len(plates) - least_paper / 255) * 100
