"""The whole reading step on a million rows a format: hash, raw archive, ledger and Parquet segments.

    python benchmarks/read.py [--rows 1000000] [--formats ira-csv,x-v2,jetstream] [--json FILE]

Makes a seeded look-alike file for each format, then reads it into a study in a process of its own: once whole and
once a tenth of it. CPU seconds and peaks are that process's; the ratio of the peaks says whether memory is flat.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, TextIO

from groundswell import pipeline
from groundswell.model.progress import silent
from groundswell.read import fivethirtyeight, twitter_archive

TARGET_CPU_S = {"ira-csv": 25.0, "archive-csv": 25.0, "x-v2": 60.0, "jetstream": 40.0}
"""CPU seconds for a million rows; none where memory alone is looked at."""

TARGET_FLAT = 1.3
"""The peak of the whole file over the peak of a tenth of it."""

WORDS = """
    look again the gate open tonight nobody says what harbour people council vote truth media never they were told
    big story share before it goes more than thousand hands morning street news first listen this is how it ends
    ask them why we came and who paid
"""
VOCABULARY = WORDS.split()
TAGS = [f"Topic{n}" for n in range(400)]
START = datetime(2017, 1, 1, tzinfo=UTC)


def main() -> None:
    """Make the files, read each in a child, compare, print and write."""
    options = parsed()
    if options.child:
        print(json.dumps(child(Path(options.child))))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in options.formats.split(","):
            rows.append(measured(name, options.rows, Path(folder)))
    print(table(rows))
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="The whole reading step on a million rows a format.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", default="ira-csv,archive-csv,x-v2,jetstream", help=", ".join(MAKERS))
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def measured(name: str, rows: int, folder: Path) -> dict[str, Any]:
    """Read a tenth and the whole, and compare."""
    figures = []
    for n in (rows // 10, rows):
        path = folder / f"{name}-{n}"
        with path.open("w", encoding="utf-8", newline="") as file:
            MAKERS[name](file, n, Random(7))
        done = subprocess.run(
            [sys.executable, __file__, "--child", str(path)], check=True, capture_output=True, text=True
        )
        figures.append(dict(json.loads(done.stdout)))
        path.unlink()
    tenth, whole = figures
    target = TARGET_CPU_S.get(name, float("inf")) * rows / 1_000_000
    return {
        "format": name,
        **whole,
        "target_cpu_s": target,
        "met": whole["cpu_s"] <= target,
        "peak_ratio": round(whole["peak_mb"] / tenth["peak_mb"], 2),
        "flat": whole["peak_mb"] < TARGET_FLAT * tenth["peak_mb"],
    }


def child(path: Path) -> dict[str, Any]:
    """Read one file into a new study."""
    with tempfile.TemporaryDirectory() as folder:
        study = pipeline.new(Path(folder) / "bench.study")
        began, before = time.perf_counter(), cpu_s()
        (entry,) = pipeline.read(study, [path], progress=silent)
        return {
            "rows": entry.rows,
            "posts": entry.posts,
            "left_out": entry.n_left_out,
            "mb": round(path.stat().st_size / 1e6),
            "cpu_s": round(cpu_s() - before, 1),
            "wall_s": round(time.perf_counter() - began, 1),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def cpu_s() -> float:
    """CPU seconds of this process so far, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def words(rng: Random) -> str:
    """A made-up post of ten to twenty words, with a hashtag, now and then a link and a handle."""
    said = " ".join(rng.choices(VOCABULARY, k=rng.randint(10, 20)))
    said += f" #{rng.choice(TAGS)}"
    if rng.random() < 0.5:
        said += f" https://t.co/{rng.getrandbits(40):x}"
    if rng.random() < 0.3:
        said = f"@{rng.choice(VOCABULARY)}{rng.randint(1, 99)} {said}"
    return said


def ira_csv(file: TextIO, n: int, rng: Random) -> None:
    """The 21 columns of the FiveThirtyEight release, with ids that a spreadsheet rounded."""
    out = csv.writer(file)
    out.writerow(fivethirtyeight.COLUMNS)
    for i in range(n):
        account = 905874000000000000 + rng.randint(0, 2800) * 977
        post = 914580000000000000 + i * 13
        moment = START + timedelta(minutes=i // 2)
        when = f"{moment.month}/{moment.day}/{moment:%y} {moment.hour}:{moment:%M}"
        said = words(rng)
        out.writerow(
            [
                f"{account:.2E}".replace("E+", "E+"),
                f"account_{account % 100_000}",
                f"'{said}'" if said[0] == "@" else said,
                "Unknown",
                "English",
                when,
                when,
                rng.randint(1, 9_999),
                rng.randint(1, 9_999),
                rng.randint(1, 9_999),
                "RETWEET" if i % 3 == 0 else "",
                "Right",
                int(i % 3 == 0),
                "RightTroll",
                0,
                account,
                f"{post:.4E}",
                f"http://twitter.com/{account}/statuses/{post}",
                f"https://site{rng.randint(1, 500)}.example/{rng.getrandbits(30):x}",
                "",
                "",
            ]
        )


def archive_csv(file: TextIO, n: int, rng: Random) -> None:
    """The 31 columns of the information-operations archive."""
    out = csv.writer(file, quoting=csv.QUOTE_ALL)
    out.writerow(twitter_archive.COLUMNS)
    for i in range(n):
        account = rng.randint(0, 2800)
        row = dict.fromkeys(twitter_archive.COLUMNS, "")
        said = words(rng)
        row |= {
            "tweetid": str(894100000000000000 + i * 17),
            "userid": f"{account * 7919:044x}",
            "user_display_name": f"Account {account}",
            "user_screen_name": f"account_{account}",
            "user_profile_description": "Made up for a benchmark",
            "follower_count": str(rng.randint(1, 9_999)),
            "following_count": "34",
            "account_creation_date": "2015-11-06",
            "account_language": "en",
            "tweet_language": "en",
            "tweet_text": said,
            "tweet_time": (START + timedelta(minutes=i // 2)).strftime("%Y-%m-%d %H:%M"),
            "tweet_client_name": "Twitter Web Client",
            "is_retweet": "false",
            "latitude": "absent",
            "longitude": "absent",
            "quote_count": "0.0",
            "reply_count": "0.0",
            "like_count": "0.0",
            "retweet_count": "0.0",
            "hashtags": f"['{rng.choice(TAGS)}']",
            "urls": f"['https://site{rng.randint(1, 500)}.example/{i}']" if i % 2 else "[]",
            "user_mentions": "[]",
        }
        out.writerow(row.values())


def x_v2(file: TextIO, n: int, rng: Random) -> None:
    """Pages of 100 posts as twarc2 writes them, every third a repost whose original came along."""
    for begin in range(0, n, 100):
        data, along, users = [], [], {}
        for i in range(begin, min(begin + 100, n)):
            account = str(1_000_000 + rng.randint(0, 50_000))
            moment = (START + timedelta(seconds=i)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
            said, tag = words(rng), rng.choice(TAGS)
            entities = {
                "hashtags": [{"start": 0, "end": 6, "tag": tag}],
                "urls": [{"start": 7, "end": 30, "url": "https://t.co/x", "expanded_url": f"https://s.example/{i}"}],
                "annotations": [{"start": 1, "end": 4, "probability": 0.9, "type": "Place", "normalized_text": "Gate"}],
            }
            post = {
                "id": str(1_500_000_000_000_000_000 + i),
                "text": said,
                "author_id": account,
                "conversation_id": str(1_500_000_000_000_000_000 + i),
                "created_at": moment,
                "lang": "en",
                "source": "Twitter Web App",
                "possibly_sensitive": False,
                "reply_settings": "everyone",
                "public_metrics": {"retweet_count": 1, "reply_count": 2, "like_count": 3, "quote_count": 4},
                "entities": entities,
            }
            if i % 3 == 0:
                target = str(1_400_000_000_000_000_000 + i)
                along.append({**post, "id": target, "author_id": "77"})
                post["referenced_tweets"] = [{"type": "retweeted", "id": target}]
            data.append(post)
            metrics = {"followers_count": 3, "following_count": 4, "tweet_count": 5, "listed_count": 0}
            users[account] = {"id": account, "username": f"u{account}", "name": "U", "public_metrics": metrics}
        page = {
            "data": data,
            "includes": {"users": list(users.values()), "tweets": along},
            "meta": {"result_count": len(data)},
            "__twarc": {"version": "2.14.0"},
        }
        file.write(json.dumps(page) + "\n")


def jetstream(file: TextIO, n: int, rng: Random) -> None:
    """The mix of a live stream: half likes, a fifth posts, a tenth reposts, follows and deletions."""
    for i in range(n):
        did = f"did:plc:{rng.randint(0, 200_000) * 104_729:024x}"[:32]
        moment = START + timedelta(milliseconds=i * 3)
        kind = rng.choices(("like", "post", "repost", "follow", "delete"), (50, 22, 10, 12, 6))[0]
        made = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        commit: dict[str, Any] = {
            "rev": f"r{i:011x}",
            "operation": "create",
            "rkey": f"k{i:011x}",
            "cid": "bafy" + "x" * 55,
        }
        subject = {"cid": "bafy" + "y" * 55, "uri": f"at://did:plc:{rng.getrandbits(80):024x}/app.bsky.feed.post/k{i}"}
        if kind == "post":
            commit["collection"] = "app.bsky.feed.post"
            tag = rng.choice(TAGS)
            facet = {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
            commit["record"] = {
                "$type": "app.bsky.feed.post",
                "createdAt": made,
                "langs": ["en"],
                "text": words(rng),
                "facets": [{"features": [facet], "index": {"byteStart": 3, "byteEnd": 9}}],
            }
        elif kind == "delete":
            commit |= {"collection": "app.bsky.feed.like", "operation": "delete"}
            del commit["cid"]
        else:
            collection = {
                "like": "app.bsky.feed.like",
                "repost": "app.bsky.feed.repost",
                "follow": "app.bsky.graph.follow",
            }
            commit["collection"] = collection[kind]
            commit["record"] = {"$type": collection[kind], "createdAt": made, "subject": subject}
        event = {"did": did, "time_us": int(moment.timestamp() * 1_000_000), "kind": "commit", "commit": commit}
        file.write(json.dumps(event, separators=(",", ":")) + "\n")


def everyone_csv(file: TextIO, n: int, rng: Random) -> None:
    """A table where each row has an account of its own with a profile: what memory must not grow with."""
    out = csv.writer(file)
    out.writerow(("account_id", "time", "post_id", "text", "handle", "name", "bio", "followers"))
    for i in range(n):
        when = (START + timedelta(seconds=i)).strftime("%Y-%m-%dT%H:%M:%SZ")
        about = (f"name{i}", f"Account {i}", "Made up for a benchmark", rng.randint(1, 9_999))
        out.writerow((10**12 + i * 7, when, 10**17 + i * 13, words(rng), *about))


MAKERS: dict[str, Callable[[TextIO, int, Random], None]] = {
    "ira-csv": ira_csv,
    "archive-csv": archive_csv,
    "x-v2": x_v2,
    "jetstream": jetstream,
    "everyone-csv": everyone_csv,
}


def table(rows: list[dict[str, Any]]) -> str:
    """The figures as the lines of a Markdown table."""
    lines = ["| format | rows | MB | CPU s | target | peak | 10 × the rows: peak × |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        met = "" if row["met"] else " (missed)"
        lines.append(
            f"| {row['format']} | {row['rows']:,} | {row['mb']:,} | {row['cpu_s']}{met} | {row['target_cpu_s']:g} "
            f"| {row['peak_mb']:,} MB | {row['peak_ratio']}{'' if row['flat'] else ' (missed)'} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
