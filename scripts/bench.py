"""Speed and memory of each stage over a folder of reports, on one core, and of the whole of extract on several.

    make bench BENCH_TEXTS=folder

Figures are characters of source text per second of processor time, the median of the rounds; those of extract are by the clock. The growth column is the time for a document four times as long
over the time for the shorter one: 4 is linear.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from zhibiao.numbers.figures import find_figures
from zhibiao.pipes.load import load_pipeline
from zhibiao.readers import read_source, walk_paths
from zhibiao.records import Report, Source
from zhibiao.rules.organisations import find_holders
from zhibiao.text.cleaning import clean
from zhibiao.text.reports import make_reports


def measure(work: Callable[[], object], rounds: int) -> list[float]:
    """Give the processor seconds of some work over rounds, after one warm-up, with the garbage collector out of the way."""
    work()
    seconds = []
    for _ in range(rounds):
        gc.collect()
        gc.disable()
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
        gc.enable()
    return seconds


def read_all(folder: Path) -> list[Source]:
    """Read every report file of a folder."""
    return [read_source(found.path, name=found.name) for found in walk_paths([folder]) if found.path.suffix == ".txt"]


def consume(items: Iterable[object]) -> int:
    """Run an iterator to its end."""
    return sum(1 for _ in items)


def stages(sources: list[Source]) -> list[tuple[str, Callable[[list[Source]], object]]]:
    """List the stages: a name, and the work on some sources."""
    pipeline = load_pipeline("rules")
    reports: dict[str, tuple[Report, ...]] = {}

    def made(source: Source) -> tuple[Report, ...]:
        key = source.name
        if key not in reports:
            reports[key] = make_reports(source)
        return reports[key]

    return [
        ("clean", lambda some: [clean(source.text) for source in some]),
        ("clean + reports + sections + sentences", lambda some: [make_reports(source) for source in some]),
        ("figures", lambda some: [find_figures(r.text) for source in some for r in made(source)]),
        ("organisations", lambda some: [find_holders(r.text) for source in some for r in made(source)]),
        ("rules pipeline, facts included", lambda some: [consume(pipeline.read(made(source))) for source in some]),
    ]


def run_extract(folder: Path, workers: int) -> tuple[float, float]:
    """Run ``zhibiao extract`` as its user does; give seconds, and the peak memory of its largest process in MB."""
    with tempfile.TemporaryDirectory() as output:
        command = [sys.executable, "-m", "zhibiao", "extract", str(folder), "--output", f"{output}/run"]
        command += ["--model", "rules", "--workers", str(workers), "--quiet"]
        started = time.perf_counter()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def copies(folder: Path, target: Path, times: int) -> int:
    """Fill a folder with copies of the texts, each a little different so that none is skipped as a double; give the characters."""
    total = 0
    for number in range(times):
        for path in sorted(folder.rglob("*.txt")):
            text = path.read_bytes() + f"\n{number}\n".encode()
            (target / f"{number:03d}_{path.name}").write_bytes(text)
            total += len(text.decode("utf-8", "replace"))
    return total


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--copies", type=int, default=20, help="copies of the folder for the run of extract")
    options = parser.parse_args()
    sources = read_all(options.folder)
    characters = sum(len(source.text) for source in sources)
    console = Console(width=110)
    console.print(
        f"{len(sources)} files, {characters:,} characters; Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"{options.rounds} rounds"
    )
    table = Table("stage (one core)", "characters/s", "growth at 4 times the text")
    reading = statistics.median(measure(lambda: read_all(options.folder), options.rounds))
    table.add_row("read", f"{characters / reading:,.0f}", "")
    # Two copies and eight: a file of one report is not cut into reports, so one copy would be measured without that work.
    joined = "\n".join(source.text for source in sources)[:60_000]
    once = [Source("once", "1" * 64, "\n".join([joined] * 2), "txt", "utf-8", 0)]
    four = [Source("four", "4" * 64, "\n".join([joined] * 8), "txt", "utf-8", 0)]
    for name, work in stages(sources):
        seconds = statistics.median(measure(lambda work=work: work(sources), options.rounds))
        growth = min(measure(lambda work=work: work(four), 3)) / min(measure(lambda work=work: work(once), 3))
        table.add_row(name, f"{characters / seconds:,.0f}", f"{growth:.1f}")
    console.print(table)
    with tempfile.TemporaryDirectory() as folder:
        total = copies(options.folder, Path(folder), options.copies)
        seconds, peak = run_extract(Path(folder), options.workers)
    console.print(
        f"extract, {options.workers} workers, {total:,} characters, start-up included: {total / seconds:,.0f} characters/s, "
        f"largest process {peak:,.0f} MB"
    )


if __name__ == "__main__":
    main()
