"""Pages of a large study, with eight people reading at once: how long each page takes, and what the server holds.

    python benchmarks/pages.py [--posts 1000000] [--accounts 100000] [--readers 8] [--rounds 5] [--pause 1.0]
                               [--seed 0] [--keep FOLDER] [--json FILE]

Makes a seeded log with forty accounts in it that share links in step, reads and analyses it, starts `groundswell serve`
as anybody does, and lets readers ask for every page, each in an order of its own, looking at each for about `--pause`
seconds (0 asks without a break: what the server bears, not what a reader waits). They begin after the first look at the
panels, which waits for what the server makes at its start and is told apart. A folder that is kept is used again:
making the study takes most of the time. Wall times of the readers; memory is what the server's process holds at most.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.model.run import Parameters
from groundswell.store.study import Study
from groundswell.watch.lists import add_members, make_list, member

LIMIT_MS, LIMIT_MB = 300, 500
MEMBERS, LINKS = 40, 30
START, DAYS = datetime(2026, 5, 1, tzinfo=UTC), 30
LIST = 600
"""Accounts on the watchlist."""

LOG = f"""
copy (
    with drawn as (
        select i, [hash(i, k, $seed::bigint) / 18446744073709551616.0 for k in range(24)] as u
        from range($posts::bigint) as t(i)
    ),
    crowd as (
        select 'p' || i as post_id,
               'u' || (case when i < $accounts then i else floor($accounts * power(u[1], 2.5)) end)::bigint
                   as account_id,
               timestamp '2026-05-01' + to_microseconds((u[2] * {DAYS} * 86400)::bigint * 1000000) as time,
               array_to_string([ 'w' || floor(20000 * power(u[10 + n], 3))::bigint for n in range(1, 12) ], ' ')
               || ' #tag' || floor(5000 * power(u[3], 4))::bigint
               || case when u[4] < 0.4 then ' #tag' || floor(5000 * power(u[5], 4))::bigint else '' end
               || case when u[6] < 0.3 then ' https://site' || floor(2000 * power(u[7], 3))::bigint || '.example/a'
                                            || floor(40 * u[8])::bigint else '' end
               || case when u[9] < 0.2 then ' @u' || floor($accounts * power(u[10], 4))::bigint else '' end as text,
               case when u[11] < 0.8 then 'en' when u[11] < 0.95 then 'de' end as lang
        from drawn
    ),
    planted as (
        select 'q' || link || '-' || member as post_id, 'u' || (50000 % $accounts + member) as account_id,
               timestamp '2026-05-01' + to_microseconds((hash(link, $seed::bigint) % 2500000)::bigint * 1000000
                   + (hash(link, member, $seed::bigint) % 12)::bigint * 1000000) as time,
               'look at https://gate' || link || '.example/story #OpenGate' as text, 'en' as lang
        from range({LINKS}) as l(link), range({MEMBERS}) as m(member)
    )
    select post_id, account_id, strftime(time, '%Y-%m-%dT%H:%M:%SZ') as time, text, lang
    from (select * from crowd union all select * from planted) order by time, post_id
) to '{{}}' (header)
"""


def main() -> None:
    """Make or find the study, serve it, read it, print."""
    parser = argparse.ArgumentParser(description="Pages of a large study, with several readers at once.")
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5, help="times that each reader asks for each page")
    parser.add_argument("--pause", type=float, default=1.0, help="mean seconds that a reader looks at a page")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder of the study, used again where it is there")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        study = made(folder, options.posts, options.accounts, options.seed)
        with served(study) as (address, process_id):
            routes = routes_of(address, study)
            first_s = first_look(address)
            took = read_all(address, routes, options)
            memory_mb = peak_mb(process_id)
    report = {
        "posts": options.posts,
        "pause_s": options.pause,
        "readers": options.readers,
        "first_look_s": first_s,
        "server_mb": memory_mb,
        "routes": table(took),
    }
    show(report)
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def made(folder: Path, posts: int, accounts: int, seed: int) -> Study:
    """The study, analysed, with a list of its most active accounts; made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "big.study"
    if place.is_dir():
        return Study.open(place)
    log = folder / "posts.csv"
    with Duck() as engine:
        engine.rows(LOG.format(str(log).replace("'", "''")), posts=posts, accounts=accounts, seed=seed)
    study = pipeline.new(folder / "making.study")
    for step in (
        lambda: pipeline.read(study, [log]),
        lambda: pipeline.trace(study),
        lambda: pipeline.detect(study, Parameters(campaign="#OpenGate", power=0, seed=seed)),
        lambda: pipeline.assess(study),
        lambda: pipeline.shelve(study),
        lambda: pipeline.roll_up(study),
    ):
        began = time.perf_counter()
        step()
        print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    make_list(study, "busy", rule="wrote most", who="ana")
    named = [f"u{number}" for number in range(LIST)]
    add_members(
        study, "busy", [member(one, reason="wrote much", source="the log", who="ana", since=START) for one in named]
    )
    study.folder.rename(place)
    return Study.open(place)


@contextmanager
def served(study: Study) -> Iterator[tuple[str, int]]:
    """`groundswell serve` on the study: its address, token included, and its process."""
    command = [sys.executable, "-m", "groundswell", "serve", str(study.folder), "--no-open"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        address = next(line.strip() for line in server.stdout if re.match(r"http://127\.0\.0\.1:\d+/\?token=", line))
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()


def routes_of(address: str, study: Study) -> dict[str, list[str]]:
    """Every kind of page, and addresses that are pages of that kind."""
    run_id = str(study.latest_run().name)  # type: ignore[union-attr]
    pages = study.run_folder(run_id) / "pages"
    below = sorted(str(place.relative_to(pages)).removesuffix(".json") for place in pages.rglob("*.html.json"))
    kinds: dict[str, list[str]] = defaultdict(list)
    for one in below:
        folder, _, _ = one.rpartition("/")
        kinds[f"run: {folder or one}"].append(f"/runs/{run_id}/{one}")
    moments = [f"2026-05-{day:02d}T{hour:02d}:17:03" for day in range(3, 30, 3) for hour in (4, 15)]
    return {
        **kinds,
        "start": ["/"],
        "files": ["/files"],
        "runs": ["/runs"],
        "lists": ["/lists"],
        "export": ["/export"],
        "account": ["/account", "/account?name=u7"],
        "table": [f"/runs/{run_id}/data/groups.json"],
        "watch": ["/watch"],
        "watch: another moment": [f"/watch?at={quote(at)}" for at in moments],
        "watch: another window": [f"/watch?hours={hours}" for hours in (1, 6, 24, 72, 168, 720)],
        "watch: a list": ["/watch?list=busy"],
        "watch: a list, another moment": [f"/watch?list=busy&at={quote(at)}" for at in moments],
        "api": ["/api/runs", f"/api/runs/{run_id}/groups", "/api/files", "/openapi.json"],
    }


def first_look(address: str) -> float:
    """Seconds until the panels are there, from when the server printed its address."""
    began = time.perf_counter()
    server = urlsplit(address)
    connection = http.client.HTTPConnection(server.netloc, timeout=120)
    connection.request("GET", "/watch", headers={"authorization": f"Bearer {server.query.removeprefix('token=')}"})
    connection.getresponse().read()
    connection.close()
    return round(time.perf_counter() - began, 2)


def read_all(address: str, routes: dict[str, list[str]], options: argparse.Namespace) -> dict[str, list[float]]:
    """Milliseconds of every answer, by kind of page."""
    server = urlsplit(address)
    token = server.query.removeprefix("token=")
    took: dict[str, list[float]] = defaultdict(list)

    def reader(number: int) -> None:
        draw = random.Random(options.seed * 1_000 + number)
        for _ in range(options.rounds):
            for kind in draw.sample(sorted(routes), len(routes)):
                time.sleep(draw.expovariate(1 / options.pause) if options.pause else 0)
                began = time.perf_counter()
                connection = http.client.HTTPConnection(server.netloc, timeout=120)
                connection.request("GET", draw.choice(routes[kind]), headers={"authorization": f"Bearer {token}"})
                answer = connection.getresponse()
                answer.read()
                took[kind].append((time.perf_counter() - began) * 1_000)
                connection.close()
                if answer.status >= 400:
                    raise SystemExit(f"{kind} was answered with {answer.status}")

    with ThreadPoolExecutor(options.readers) as pool:
        list(pool.map(reader, range(options.readers)))
    return took


def peak_mb(process_id: int) -> int:
    """MB that the server's process held at most."""
    told = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", told)[1]) // 1024  # type: ignore[index]


def table(took: dict[str, list[float]]) -> dict[str, Any]:
    """The median and the 95th percentile of each kind, in milliseconds."""

    def part(ordered: list[float], quantile: float) -> int:
        return round(ordered[min(len(ordered) - 1, int(quantile * len(ordered)))])

    ordered = {kind: sorted(times) for kind, times in sorted(took.items())}
    return {
        kind: {"n": len(times), "p50_ms": part(times, 0.5), "p95_ms": part(times, 0.95), "most_ms": round(times[-1])}
        for kind, times in ordered.items()
    }


def show(report: dict[str, Any]) -> None:
    """Print what was measured, and what missed."""
    print(f"{'page':<34}{'n':>6}{'p50':>8}{'p95':>8}{'most':>8}   ms")
    for kind, row in report["routes"].items():
        missed = "   missed" if row["p95_ms"] >= LIMIT_MS else ""
        print(f"{kind:<34}{row['n']:>6}{row['p50_ms']:>8}{row['p95_ms']:>8}{row['most_ms']:>8}{missed}")
    missed = "   missed" if report["server_mb"] >= LIMIT_MB else ""
    print(f"server {report['server_mb']} MB at most, {report['readers']} readers{missed}")
    print(f"first look at the panels after {report['first_look_s']} s")


if __name__ == "__main__":
    main()
