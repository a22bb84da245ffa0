"""The whole job on a million posts of text: read, trace, detect, group, assess, publish.

    python benchmarks/whole_run.py [--posts 1000000] [--seed 0] [--memory 1GB]
                                   [--keep FOLDER] [--profile FILE] [--json FILE]

Makes a seeded file of posts: a crowd that reposts, links, tags, answers, copies and rewords, two campaigns among them
(`planted-tenth`), then runs all of it in a process of its own with two windows and all kinds of trace. Prints wall and
CPU seconds by step and the peak of the process's memory.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from groundswell import pipeline
from groundswell.engine.duck import Duck
from groundswell.model.run import Parameters
from groundswell.model.table import TableContract, text_column
from groundswell.simulate.catalogue import simulate

WINDOWS = (timedelta(seconds=10), timedelta(seconds=60))
TARGETS = {"wall_s": 60, "peak_mb": 3072}

# Of twenty objects so many are a post that is reposted, a page, a hashtag, a sentence, a sentence that people reword,
# and a post that is answered: in organic collections of a hashtag nearly half of all posts are reposts.
SORTS = ("repost",) * 9 + ("url",) * 4 + ("hashtag",) * 2 + ("text",) * 1 + ("near_text",) * 1 + ("reply",) * 3

N_WORDS, N_TAGS = 8000, 5000

ROWS = TableContract(
    "rows",
    {"account_id": "text", "object": "bigint", "sort": "text", "second": "bigint", "written": "text", "tags": "text"},
    order=("second",),
)

# The first share of an object that is reposted or answered is that post itself.
POSTS = """
copy (
    with numbered as (select *, 1000000000 + row_number() over (order by second, object, account_id) as id from rows),
    placed as (
        select *, first_value(id) over same as first_id, first_value(account_id) over same as first_account,
               first_value(written) over same as first_written
        from numbered
        window same as (partition by object order by id)
    ),
    told as (
        select *, sort = 'repost' and id <> first_id as is_repost, split_part(first_written, ' ', 4) as fourth
        from placed
    )
    select 'made-up' as platform, account_id, strftime(make_timestamp(second * 1000000), '%Y-%m-%dT%H:%M:%SZ') as time,
           id::text as post_id,
           case when sort = 'text' or is_repost then first_written
                when sort = 'near_text' then replace(first_written, fourth, split_part(written, ' ', 1))
                else written end
           || case when is_repost or tags = '' then '' else ' ' || tags end
           || case when sort = 'hashtag' then ' #event' || object else '' end
           || case when sort = 'url' then ' https://site' || object % 400 || '.example/article/' || object else '' end
           as text,
           'en' as lang, is_repost,
           case when is_repost then first_id::text end as repost_of,
           case when is_repost then first_account end as repost_of_account,
           case when sort = 'reply' and id <> first_id then first_id::text end as reply_to
    from told
    order by id
) to '{}' (format csv, header)
"""


def main() -> None:
    """Make the posts, run in a child, print and write."""
    parser = argparse.ArgumentParser(description="The whole job on a million posts of text.")
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--memory", help="as `groundswell run --memory`")
    parser.add_argument("--keep", type=Path, help="leave posts and results here, and use posts that are there")
    parser.add_argument("--profile", type=Path, help="write what cProfile saw of the child to this file")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(*options.child, options.memory, options.profile)))
        return
    with tempfile.TemporaryDirectory() as aside:
        folder = options.keep or Path(aside)
        folder.mkdir(exist_ok=True, parents=True)
        posts = folder / f"posts-{options.posts}-{options.seed}.csv"
        if not posts.exists():
            make(posts, options.posts, options.seed)
        command = [sys.executable, __file__, "--child", str(posts), str(folder / "out")]
        command += ["--profile", str(options.profile)] if options.profile else []
        command += ["--memory", options.memory] if options.memory else []
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        asked = {"posts": options.posts, "seed": options.seed, "memory": options.memory}
        report = {**asked, **json.loads(done.stdout), "targets": TARGETS}
    print(table(report))
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def make(path: Path, n: int, seed: int) -> None:
    """Write the posts of a world of people who share, and of two campaigns among them."""
    shares = simulate("planted-tenth", seed=seed, shares=n).shares
    assert shares is not None
    rng = np.random.default_rng(seed)
    thing = shares["object_id"].astype(np.int64)
    sort = text_column(SORTS)[rng.permutation(thing.max() + 1)[thing] % len(SORTS)]
    rows = {
        "account_id": shares["account_id"],
        "object": thing,
        "sort": sort,
        "second": shares["timestamp_share"],
        "written": text_column(remarks(rng, len(thing))),
        "tags": text_column(tagged(rng, len(thing))),
    }
    with Duck() as engine:
        engine.load(ROWS, rows)
        engine.con.execute(POSTS.format(str(path).replace("'", "''")))


def remarks(rng: np.random.Generator, n: int) -> Iterator[str]:
    """`n` texts of 8 to 22 words, the words drawn by Zipf's law."""
    letters = np.array(list("etaoinshrdlucmfwyp"))
    words = ["".join(rng.choice(letters, int(k))) for k in rng.integers(2, 10, N_WORDS)]
    for length, row in zip(rng.integers(8, 23, n).tolist(), zipf(rng, N_WORDS, (n, 22)), strict=True):
        yield " ".join([words[at] for at in row[:length].tolist()])


def tagged(rng: np.random.Generator, n: int) -> Iterator[str]:
    """No hashtag seven times in ten, else up to four."""
    many = np.where(rng.random(n) < 0.3, rng.integers(1, 5, n), 0)
    for k, row in zip(many.tolist(), zipf(rng, N_TAGS, (n, 4)), strict=True):
        yield " ".join([f"#Topic{at}" for at in row[:k].tolist()])


def zipf(rng: np.random.Generator, n: int, shape: tuple[int, int]) -> NDArray[np.int32]:
    """Numbers below `n`, the k-th as often as 1 / (k + 3)."""
    weight = np.cumsum(1 / (np.arange(n) + 3.0))
    return np.searchsorted(weight / weight[-1], rng.random(shape, dtype=np.float32)).astype(np.int32)


def child(posts: Path, out: Path, memory: str | None, profile: Path | None) -> dict[str, Any]:
    """Run it all here, and say what each step took."""
    cpu: dict[str, float] = {}
    wall: dict[str, float] = {}
    last = ["start", time.process_time(), time.perf_counter()]

    def progress(step: str, done: int, total: int) -> None:
        name, cpu_then, wall_then = last
        now = time.process_time(), time.perf_counter()
        cpu[name] = cpu.get(name, 0.0) + now[0] - cpu_then
        wall[name] = wall.get(name, 0.0) + now[1] - wall_then
        # What comes after a step's end is the next one's.
        last[:] = [step if done < total else f"after: {step}", *now]

    profiler = cProfile.Profile() if profile else None
    began_cpu, began = time.process_time(), time.perf_counter()
    if profiler:
        profiler.enable()
    summary = pipeline.run([posts], out, Parameters(windows=WINDOWS), memory=memory, progress=progress)
    if profiler:
        profiler.disable()
        profiler.dump_stats(profile)
    progress("end", 1, 1)
    return {
        "steps": {name: {"wall_s": round(wall[name], 2), "cpu_s": round(cpu[name], 2)} for name in wall},
        "durations_s": summary.run["durations_s"],
        "wall_s": round(time.perf_counter() - began, 1),
        "cpu_s": round(time.process_time() - began_cpu, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "traces": summary.run["traces"],
        "groups": [len(group.account_ids) for group in summary.groups],
        "headline": summary.assessment.headline,
    }


def table(report: dict[str, Any]) -> str:
    """The figures to read."""
    lines = [f"| {report['posts']:,} posts, windows 10 s and 60 s | wall s | CPU s |", "|---|---|---|"]
    lines += [f"| {name} | {spent['wall_s']:.1f} | {spent['cpu_s']:.1f} |" for name, spent in report["steps"].items()]
    lines.append(f"| all | {report['wall_s']:.1f} (target {TARGETS['wall_s']}) | {report['cpu_s']:.1f} |")
    lines.append(f"\npeak {report['peak_mb']:,} MB (target {TARGETS['peak_mb']:,})")
    lines.append(f"traces {report['traces']}")
    lines.append(f"groups of {report['groups']} accounts: {report['headline']}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
