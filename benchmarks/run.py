"""All speed measurements in one command: a JSON file with every figure, and the table of docs/speed.md.

    python benchmarks/run.py --logs DIR [--quick | --large] [--rounds 5] [--only kernel,join | --without join,naive]
                             [--json FILE] [--page FILE]

Logs of 10^5, 10^6 and 10^7 shares (`logs.py`; --quick stops at 10^6, --large adds 10^8) are made once and kept in DIR,
denser with each size; the jobs called «wide» take those that grow by crowds.
Each measurement is a process of its own (`jobs.py`); short ones are repeated, and the median stands in the table. The
join, the naive join and coordination-network-toolkit must give the pairs that the kernel gives, or nothing is written.
Then the scripts that measure reading, text, streams, pages and the whole job are run on small data, those that exist,
each for two and a half minutes at most.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from logs import log_of

HERE = Path(__file__).parent
BEGIN, END = "<!-- measured by benchmarks/run.py -->\n", "<!-- end of what is measured -->\n"
NONE = float("inf")
PATIENCE_S = 150
MANY_ROUNDS_UP_TO = 1_000_000

# What is measured: job, shares, window in seconds, fewest objects. The joins stop where they would take minutes.
JOBS: tuple[tuple[str, int, float, int], ...] = (
    *(("floor", n, 60, 2) for n in (10**5, 10**6, 10**7, 10**8)),
    *(("kernel", n, 60, 2) for n in (10**5, 10**6, 10**7, 10**8)),
    *(("floor wide", n, 60, 2) for n in (10**6, 10**7, 10**8)),
    *(("kernel wide", n, 60, 2) for n in (10**6, 10**7, 10**8)),
    *(("kernel", n, 10, 2) for n in (10**5, 10**6, 10**7)),
    *(("kernel", n, 3600, 2) for n in (10**5, 10**6)),
    *(("kernel", n, NONE, 2) for n in (10**5, 10**6)),
    *(("cut", n, 3600, 2) for n in (10**5, 10**6, 10**7)),
    *(("prefix", n, NONE, 20) for n in (10**5, 10**6)),
    *(("ladder", n, 60, 2) for n in (10**6, 10**7)),
    *(("nulls", n, 60, 2) for n in (10**5, 10**6, 10**7)),
    *(("join", n, 60, 2) for n in (10**5, 10**6, 10**7)),
    *(("naive", n, 60, 2) for n in (10**5, 10**6)),
    *(("toolkit", n, 60, 2) for n in (10**5, 10**6)),
)
SAME = ("kernel", "join", "naive")
WIDE = " wide"

SCRIPTS: dict[str, tuple[str, ...]] = {
    "read": ("--rows", "20000"),
    "shares": ("--shares", "1000000"),
    "text": ("--texts", "100000", "--template-sets", "2"),
    "stream": ("--shares", "1000000"),
    "pages": ("--posts", "20000", "--accounts", "2000", "--rounds", "2"),
    "whole_run": ("--posts", "50000"),
}
"""Benchmarks with a file of their own, and how much they are given here."""


def main() -> None:
    """Measure, compare, write."""
    options = parsed()
    largest = 10**6 if options.quick else 10**8 if options.large else 10**7
    began = time.time()
    measured = []
    for job, shares, window_s, least in JOBS:
        too_long = options.quick and (shares, job) in ((10**6, "toolkit"), (10**6, "naive"), (10**6, "prefix"))
        left_out = job in options.without or (options.only and job not in options.only)
        if shares > largest or too_long or left_out:
            continue
        log = log_of(options.logs, shares, options.seed, wide=job.endswith(WIDE))
        short = job.removesuffix(WIDE)
        rounds = options.rounds if shares <= MANY_ROUNDS_UP_TO and short in ("floor", "kernel") else 1
        rounds = 3 if shares == 10**7 and window_s == 60 and short in ("floor", "kernel") else rounds
        figures = median([run(short, log, window_s, least, options) for _ in range(1 if options.quick else rounds)])
        measured.append({"job": job, "shares": shares, "window_s": told(window_s), "min_objects": least, **figures})
        print(
            f"{time.time() - began:6.0f} s  {job:11} {shares:>11,}  {told(window_s):>6}  {figures.get('cpu_s')} CPU s"
        )
    agree(measured)
    report: dict[str, Any] = {
        "machine": machine(),
        "load_before": options.load,
        "instructions": instructions(options),
        "measured": measured,
        "exponents": exponents(measured),
        "scripts": {} if options.only else scripts(options, began),
        "seconds": round(time.time() - began),
    }
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    page(options.page, table(report))
    print(table(report))


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Every speed measurement in one command.")
    parser.add_argument("--logs", type=Path, required=True, help="folder of the logs; what is missing is made")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="up to 10^6 shares, once: about two minutes")
    size.add_argument("--large", action="store_true", help="10^8 shares too: 20 minutes and 8 GB")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--only", type=lambda said: said.split(","), help="these jobs, and no scripts")
    chosen.add_argument(
        "--without",
        type=lambda said: said.split(","),
        default=[],
        help="leave out these jobs and scripts, such as the slow comparisons: join,naive,toolkit",
    )
    parser.add_argument("--instructions", action="store_true", help="count them under callgrind: some minutes more")
    parser.add_argument("--json", type=Path, default=HERE / "speed.json")
    parser.add_argument("--page", type=Path, default=HERE.parent / "docs" / "speed.md")
    options = parser.parse_args()
    options.load = [round(one, 1) for one in os.getloadavg()]
    return options


def run(job: str, log: Path, window_s: float, least: int, options: argparse.Namespace) -> dict[str, Any]:
    """One job in a process of its own."""
    command = [sys.executable, HERE / "jobs.py", job, "--log", log, "--window", window_s, "--min-objects", least]
    command += ["--venv", options.logs / "toolkit-venv"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{job} on {log.name} failed:\n{done.stderr}")
    return dict(json.loads(done.stdout))


def median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The run in the middle by CPU time, with the number of runs and the span of their CPU times."""
    ordered = sorted(runs, key=lambda run: run["cpu_s"])
    spent = [run["cpu_s"] for run in ordered]
    return {**ordered[len(ordered) // 2], "runs": len(runs), "cpu_s": statistics.median_low(spent), "span": spent}


def agree(measured: list[dict[str, Any]]) -> None:
    """Stop unless all that count the same pairs found the same."""
    answers: dict[tuple[Any, ...], set[str]] = {}
    for one in measured:
        if one["job"] in SAME:
            answers.setdefault((one["shares"], one["window_s"], one["min_objects"]), set()).add(one["sha256"])
        if one.get("same") is False:
            raise SystemExit(f"{one['job']} on {one['shares']:,} shares differs from the plain way")
    for which, found in answers.items():
        if len(found) > 1:
            raise SystemExit(f"the pairs of {which} differ")


def exponents(measured: list[dict[str, Any]]) -> dict[str, float]:
    """How CPU time grows with shares, as a power, by job: from 10^6 on where there are two sizes, else over all.

    Of the kernel also how it grows with meetings, which the floor counts.
    """
    of_window = [one for one in measured if one["window_s"] == "60"]
    meetings = {(one["job"], one["shares"]): one["meetings"] for one in of_window if "meetings" in one}
    grown = {}
    for job in ("kernel", "kernel wide", "nulls", "join", "naive", "toolkit"):
        points = [(one["shares"], one["cpu_s"]) for one in of_window if one["job"] == job]
        points = [point for point in points if point[0] >= 10**6] if len(points) > 2 else points
        if len(points) < 2:
            continue
        grown[job] = power(points)
        floor = job.replace("kernel", "floor")
        if floor != job and all((floor, shares) in meetings for shares, _ in points):
            grown[f"{job} by meetings"] = power([(meetings[floor, shares], cpu_s) for shares, cpu_s in points])
    return grown


def power(points: list[tuple[float, float]]) -> float:
    """The exponent of a power law through the points, by least squares of the logarithms."""
    x, y = np.log(np.array(points, dtype=np.float64)).T
    return round(float(np.polyfit(x, y, 1)[0]), 2)


def instructions(options: argparse.Namespace) -> str:
    """What can be said about instruction counts on this machine."""
    try:
        done = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "true"], capture_output=True, text=True)
        counted = done.returncode == 0 and "not supported" not in done.stderr
    except FileNotFoundError:
        counted = False
    log = str(log_of(options.logs, 10**5, options.seed))
    job = [sys.executable, str(HERE / "jobs.py"), "kernel", "--log", log]
    if counted:
        done = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", *job], capture_output=True, text=True)
        return f"{int(done.stderr.split(',')[0]):,} in the whole process at 10^5 shares (perf stat)"
    if not options.instructions:
        return "not available: this machine's counters can't be read (perf stat says «not supported»)"
    with tempfile.TemporaryDirectory() as folder:
        out = f"--callgrind-out-file={folder}/out"
        done = subprocess.run(["valgrind", "--tool=callgrind", out, *job], capture_output=True, text=True)
    found = [line for line in done.stderr.splitlines() if "Collected" in line]
    if done.returncode or not found:
        return "not available: no counters, and callgrind did not finish"
    return f"{int(found[0].split(':')[1]):,} in the whole process at 10^5 shares (callgrind)"


def scripts(options: argparse.Namespace, began: float) -> dict[str, Any]:
    """The benchmarks with files of their own: their JSON, or why there is none."""
    figures: dict[str, Any] = {}
    for name, given in SCRIPTS.items():
        left_out = name in options.without or (options.quick and name != "shares")
        if left_out or not (HERE / f"{name}.py").exists():
            continue
        with tempfile.TemporaryDirectory() as folder:
            told_in = Path(folder) / "figures.json"
            command = [sys.executable, str(HERE / f"{name}.py"), *given, "--json", str(told_in)]
            try:
                done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
            except subprocess.TimeoutExpired:
                figures[name] = f"not finished in {PATIENCE_S} s"
                continue
            figures[name] = json.loads(told_in.read_text()) if told_in.exists() else done.stderr[-500:]
        print(f"{time.time() - began:6.0f} s  {name}.py")
    return figures


def table(report: dict[str, Any]) -> str:
    """What a person reads."""
    of = {(one["job"], one["shares"], one["window_s"]): one for one in report["measured"]}
    lines = [
        f"{report['machine']}; load {report['load_before'][0]} when it began. Median of the runs told.",
        "",
        "| job | shares | window | objects | runs | CPU s | wall s | peak MB | pairs | × floor | kernel is cheaper |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in report["measured"]:
        floor = of.get(("floor wide" if one["job"].endswith(WIDE) else "floor", one["shares"], one["window_s"]))
        kernel = of.get(("kernel", one["shares"], one["window_s"]))
        times = one["cpu_s"] / floor["cpu_s"] if floor and floor is not one else None
        cheaper = None
        if one["job"] == "toolkit":
            cheaper = (one["cpu_s"] + one["filling_cpu_s"]) / one["kernel_cpu_s"]
        elif kernel and one["job"] in ("join", "naive"):
            cheaper = one["cpu_s"] / kernel["cpu_s"]
        cells = (
            one["job"],
            f"{one['shares']:,}",
            f"{one['window_s']} s" if one["window_s"] != "none" else "none",
            one["min_objects"],
            one["runs"],
            f"{one['cpu_s']:.2f}",
            f"{one['wall_s']:.1f}" if "wall_s" in one else "",
            f"{one['peak_mb']:,}" if "peak_mb" in one else "",
            pairs_told(one),
            "" if times is None else f"{times:.1f}",
            cheaper_told(one, cheaper),
        )
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    lines += ["", "What belongs to single rows:", ""]
    lines += [f"- {said}" for said in remarks(report["measured"])]
    grown = ", ".join(f"{job} {exponent}" for job, exponent in report["exponents"].items())
    lines += ["", f"CPU time grows with shares to the power of: {grown}.", f"Instructions: {report['instructions']}."]
    if report["scripts"]:
        lines += [
            "",
            "The other benchmarks, on as much data as a few minutes allow:",
            "",
            "| script | figures |",
            "|---|---|",
        ]
        lines += [f"| `{name}.py` | {brief(figures)} |" for name, figures in report["scripts"].items()]
    lines += ["", f"All of it took {report['seconds']} s."]
    return "\n".join(lines)


def remarks(measured: list[dict[str, Any]]) -> list[str]:
    """What a row of its own would not hold."""
    of = {(one["job"], one["shares"], one["window_s"]): one for one in measured}
    said = []
    for one in measured:
        where = f"{one['shares']:,} shares"
        if one["job"].removesuffix(WIDE) == "floor":
            moved = f"{one['meetings']:,} meetings, {one['bytes_a_s'] / 1e9:.1f} GB a second"
            span = f"{one['span'][0]} to {one['span'][-1]} in {one['runs']} runs; " if one["runs"] > 1 else ""
            said.append(f"{one['job']}, {where}: {span}{one['decode_cpu_s']} CPU s for the columns in memory, {moved}.")
            kernel = of.get((one["job"].replace("floor", "kernel"), one["shares"], one["window_s"]))
            if kernel:
                each = 1e9 * kernel["cpu_s"]
                a_share, a_meeting = each / one["shares"], each / one["meetings"]
                said[-1] += f" The kernel took {a_share:.0f} ns a share and {a_meeting:.0f} ns a meeting."
        elif one["job"] == "kernel" and one["window_s"] == "60" and one["shares"] == 10**6:
            said.append(f"kernel: {one['loading_cpu_s']} CPU s to load what was compiled, once a process, not counted.")
        elif one["job"] == "nulls":
            counting = one["kernel_cpu_s"]
            parts = "trials", "near", "timing", "selection", "fdr"
            each = ", ".join(f"{part} {one[part + '_cpu_s']}" for part in parts)
            said.append(f"nulls, {where}: {counting} CPU s to count without reading, then {each}.")
        elif one["job"] == "ladder":
            said.append(
                f"ladder, {where}: four windows in one sweep {one['cpu_s']}, one by one {one['apart_cpu_s']} CPU s."
            )
        elif one["job"] == "toolkit":
            first, ours = f"{one['first_shares']:,} first shares", one["kernel_cpu_s"]
            filling, whole = one["filling_cpu_s"], one["cpu_s"] + one["filling_cpu_s"]
            said.append(
                f"toolkit, {first} of {where}: {one['cpu_s']} CPU s for the network alone, {filling} before that to"
                f" fill its database, without which it can't answer; the kernel, reading included, {ours}:"
                f" {one['cpu_s'] / ours:.1f} times less than the network, {whole / ours:.0f} times less than both."
            )
        elif one["job"] in ("cut", "prefix"):
            said.append(f"{one['job']}, {where}: {one['remark']}.")
    return said


def cheaper_told(one: dict[str, Any], cheaper: float | None) -> str:
    """How many times the kernel's CPU time this took; the toolkit's both ways, for its network alone and in all."""
    if cheaper is None:
        return ""
    if one["job"] == "toolkit":
        return f"{one['cpu_s'] / one['kernel_cpu_s']:.1f} times; {cheaper:.0f} with filling"
    return f"{cheaper:.1f} times"


def pairs_told(one: dict[str, Any]) -> str:
    """How many pairs, of each window where there are several."""
    pairs = one.get("pairs", "")
    return f"{pairs:,}" if isinstance(pairs, int) else " ".join(f"{n:,}" for n in pairs)


def brief(figures: Any, depth: int = 0) -> str:
    """The numbers of a report in one cell."""
    if isinstance(figures, dict):
        said = [f"{name} {brief(value, depth + 1)}" for name, value in figures.items() if name != "targets"]
        return (", " if depth else "; ").join(said)[:600]
    if isinstance(figures, list):
        return " / ".join(brief(one, depth + 1) for one in figures[:6])
    return str(figures).replace("|", "/").replace("\n", " ")[:200]


def page(path: Path, measured: str) -> None:
    """Put the table between its marks."""
    text = path.read_text(encoding="utf-8") if path.exists() else f"# Speed\n\n{BEGIN}{END}"
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n{measured}\n\n{END}{after}", encoding="utf-8")


def machine() -> str:
    """Which machine, as far as its figures depend on it."""
    info = Path("/proc/cpuinfo")
    names = (
        [line.split(":")[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        if info.exists()
        else []
    )
    return f"{names[0] if names else platform.processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def told(window_s: float) -> str:
    """The window as text."""
    return "none" if window_s == NONE else f"{window_s:g}"


if __name__ == "__main__":
    main()
