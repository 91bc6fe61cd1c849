"""Time and memory of a build beside a plain run of the engine, measured side by side.

Cold runs in processes of their own, medians of five, alternating so that a busy machine weighs
on both. The plain run is WeasyPrint's command line on the Dutch HTML of the same edition.

    python tests/bench.py [--runs 5] [--measures 15 60 240]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from report.edition.load import load_edition  # noqa: E402
from report.pages.render import render_page  # noqa: E402
from report.styles import A4, FONTS, REPORT_STYLES, STYLES, icon, load_palette, page_rules  # noqa: E402


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--measures", type=int, nargs="*", default=[15, 60, 240])
    options = parser.parse_args()
    print("measures  what                                      median s  ratio  peak MB")
    for measures in options.measures:
        with tempfile.TemporaryDirectory() as folder:
            _compare(Path(folder), measures, options.runs)


def _compare(folder: Path, measures: int, runs: int) -> None:
    content = _enlarged(folder / "content", measures)
    commands = {
        "plain engine, one language": _plain(folder, content),
        "build: screen and print, all languages": [
            sys.executable, str(ROOT / "build_report.py"),
            "--content", str(content), "--out", str(folder / "out"),
        ],
        "build: screen copies, all languages": [
            sys.executable, str(ROOT / "build_report.py"), "--only", "screen",
            "--content", str(content), "--out", str(folder / "out"),
        ],
    }  # fmt: skip
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            took, peak = _run(command, folder)
            seconds[name].append(took)
            memory[name].append(peak)
    first = statistics.median(next(iter(seconds.values())))
    for name in commands:
        middle = statistics.median(seconds[name])
        peak = statistics.median(memory[name])
        print(f"{measures:8}  {name:40}  {middle:8.2f}  {middle / first:5.2f}  {peak:7.0f}")


def _enlarged(target: Path, measures: int) -> Path:
    """The real content, its measures repeated under other names until there are enough."""
    shutil.copytree(ROOT / "content", target)
    text = (target / "measures.yaml").read_text(encoding="utf-8")
    head, *entries = text.split("\n- id: ")
    written = []
    for number in range(measures):
        entry = entries[number % len(entries)]
        old = entry.partition("\n")[0]
        new = old if number < len(entries) else f"{old}-{number}"
        written.append(entry.replace(old, new, 1))
        for folder in target.glob("*/measures"):
            if new != old:
                shutil.copy(folder / f"{old}.yaml", folder / f"{new}.yaml")
    body = "".join(f"\n- id: {entry}" for entry in written)
    (target / "measures.yaml").write_text(head + body, encoding="utf-8")
    return target


def _plain(folder: Path, content: Path) -> list[str]:
    """A run of WeasyPrint's own command line on what the build would typeset."""
    edition = load_edition(content)
    page = render_page(edition, edition.languages["nl"])
    palette = load_palette()
    html = page.html
    for key, status in edition.statuses.items():
        svg = icon(status.icon, status.colour, palette)
        (folder / f"{key}.svg").write_text(svg, encoding="utf-8")
        html = html.replace(f'"icon:{status.icon}/{status.colour}"', f'"{key}.svg"')
    css = page_rules(A4, palette) + "".join(
        (STYLES / name).read_text(encoding="utf-8") for name in REPORT_STYLES
    )
    (folder / "page.css").write_text(css, encoding="utf-8")
    (folder / "page.html").write_text(html, encoding="utf-8")
    weasyprint = [sys.executable, "-m", "weasyprint", "-q", "-s", str(folder / "page.css")]
    return [*weasyprint, str(folder / "page.html"), str(folder / "plain.pdf")]


def _run(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds, and the peak memory of the largest process in MB."""
    script = (
        "import resource, subprocess, sys;"
        "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL,"
        " stderr=subprocess.DEVNULL).returncode;"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS / "fonts.conf")}
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", script, *command],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - start, int(run.stdout) * unit / 1e6


if __name__ == "__main__":
    main()
