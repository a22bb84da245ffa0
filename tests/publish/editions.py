"""Editions to publish: a made-up crowd with a group of eight in step inside it, and the same crowd without."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.model.finding import (
    Alternative,
    Assessment,
    Campaign,
    Evidence,
    Finding,
    Note,
    Share,
    Side,
    Verdict,
    Weight,
)
from groundswell.model.group import Group, Layer, Lead, Outcome
from groundswell.model.ledger import FileLedger, LeftOut
from groundswell.model.link import LINKS, MEETINGS
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.run import Parameters
from groundswell.model.table import TableContract, text_column
from groundswell.model.trace import TRACES
from groundswell.publish.edition import Edition

START = datetime(2024, 5, 1, 18)
FILE = "9be1" + "a" * 60
OTHER_FILE = "40c7" + "b" * 60
N_OBJECTS = 6
KEY = b"the study's secret"


def edition(engine: Duck, *, n_crowd: int = 120, n_members: int = 8, days: int = 2, **changed: Any) -> Edition:
    """An edition of a small made-up world.

    Parameters
    ----------
    n_members
        Members of the one reported group, ``user_0`` and on; 0 for a world where nothing was found.
    changed
        Fields of the edition to set otherwise.
    """
    posts = _world(n_crowd, n_members, days)
    _load(engine, POSTS, posts)
    _load(engine, ACCOUNTS, [_account(account) for account in sorted({post["account_id"] for post in posts})])
    traces = [_trace(post) for post in posts if post["urls"]]
    _load(engine, TRACES, traces)
    members = sorted(f"user_{i}" for i in range(n_members))
    meetings = _meetings(traces, members)
    _load(engine, MEETINGS, meetings)
    _load(engine, LINKS, [_link(a, b) for a, b in combinations(members, 2)])
    groups = (_group(members), _followers()) if members else ()
    fields = {
        "engine": engine,
        "groups": groups,
        "assessment": _assessment(groups, len(posts), n_crowd + n_members, [m["post_a"] for m in meetings]),
        "ledgers": _ledgers(len(posts)),
        "parameters": Parameters(campaign="#OpenGate"),
        "title": "posts.csv and more.jsonl",
        "run_id": "7f3a91c",
        "version": "0.1.0",
        "made_up": True,
        "precision_s": 1.0,
        "refused_windows_s": (),
        "pseudonym_key": KEY,
    }
    return Edition(**{**fields, **changed})


def rewrite(engine: Duck, text: str) -> None:
    """Let every member's post say this instead."""
    posts = engine.query("select * from posts")
    posts["text"][[account.startswith("user_") for account in posts["account_id"]]] = text
    engine.load(POSTS, posts)


def _world(n_crowd: int, n_members: int, days: int) -> list[dict[str, Any]]:
    draw = random.Random(7)
    span_s = days * 86_400
    posts: list[dict[str, Any]] = []

    def write(account: str, second: float, url: str | None, text: str) -> None:
        number = len(posts)
        posts.append(
            {
                "platform": "made-up",
                "post_id": f"post_{number}",
                "account_id": account,
                "time": START + timedelta(seconds=int(second)),
                "text": text,
                "lang": "en",
                "urls": [url] if url else None,
                "hashtags": ["OpenGate"],
                "is_repost": False,
                "time_source": "platform",
                "source_file": FILE,
                "source_row": number + 1,
            }
        )

    for object_number in range(N_OBJECTS):
        at = (object_number + 0.5) * span_s / N_OBJECTS
        for member in range(n_members):
            text = f"They had the key all along, part {object_number}. @user_{(member + 1) % 8} #OpenGate"
            write(f"user_{member}", at + draw.uniform(0, 40), f"https://ex.example/{object_number}", text)
    for crowd in range(n_crowd):
        for _ in range(1 + int(draw.expovariate(0.3))):
            url = f"https://ex.example/{draw.randrange(20)}" if draw.random() < 0.4 else None
            write(f"reader_{crowd}", draw.uniform(0, span_s), url, "Who signed for the lock? #OpenGate")
    return posts


def _account(account_id: str) -> dict[str, Any]:
    return {
        "platform": "made-up",
        "account_id": account_id,
        "handle": f"{account_id}_writes",
        "name": f"The {account_id}",
    }


def _trace(post: dict[str, Any]) -> dict[str, Any]:
    shared = {name: post[name] for name in ("account_id", "post_id", "time")}
    return {"kind": "url", "object_id": post["urls"][0], **shared}


def _meetings(traces: Sequence[dict[str, Any]], members: Sequence[str]) -> list[dict[str, Any]]:
    rows = []
    for a, b in combinations([trace for trace in traces if trace["account_id"] in members], 2):
        if a["object_id"] == b["object_id"]:
            a, b = sorted((a, b), key=lambda trace: trace["account_id"])
            rows.append(
                {
                    "account_a": a["account_id"],
                    "account_b": b["account_id"],
                    "kind": "url",
                    "object_id": a["object_id"],
                    "post_a": a["post_id"],
                    "post_b": b["post_id"],
                    "time_a": a["time"],
                    "time_b": b["time"],
                    "lag_s": (b["time"] - a["time"]).total_seconds(),
                }
            )
    return rows


def _link(a: str, b: str) -> dict[str, Any]:
    near = (int(a[-1]) + int(b[-1])) % 3 != 0
    q = 0.003 if near else 0.4
    return {
        **{
            "account_a": a,
            "account_b": b,
            "kind": "url",
            "window_s": 60.0,
            "n_objects": N_OBJECTS,
            "n_shared": N_OBJECTS,
        },
        **{"expected": 0.3, "p_timing": q / 10, "p_selection": q / 20, "q_timing": q, "q_selection": q},
        **{"first_time": START, "last_time": START + timedelta(days=1)},
    }


def layer(**changed: Any) -> Layer:
    """A layer of evidence as the scan might find it."""
    fields = {
        **{"kind": "url", "window_s": 60.0, "evidence": 14.2, "evidence_without_leaders": 13.9, "lead_p": 0.4},
        **{"n_objects": 9, "n_occasions": N_OBJECTS, "n_days": 2, "times_chance": 38.0, "turnout": 0.94},
        **{"own_audience": 0.41, "second_of_minute": 0.2, "median_spread_s": 34.0},
    }
    return Layer(**{**fields, **changed})


def _group(members: Sequence[str]) -> Group:
    return Group(
        group_id="g-5be1c2",
        outcome=Outcome.REPORTED,
        account_ids=tuple(members),
        layers=(layer(), layer(kind="text", window_s=600.0, evidence=6.1, times_chance=12.0)),
        leads=(Lead(account_id=members[0], occasions=2, of=N_OBJECTS),),
        first_meeting="2024-05-01T21:00:00+00:00",
        last_meeting="2024-05-03T09:00:00+00:00",
    )


def _followers() -> Group:
    return Group(
        group_id="g-77aa00",
        outcome=Outcome.QUICK_FOLLOWERS,
        account_ids=("reader_1", "reader_2", "reader_3"),
        layers=(layer(kind="repost"),),
        leads=(Lead(account_id="reader_1", occasions=9, of=9),),
        first_meeting="2024-05-01T21:00:00+00:00",
        last_meeting="2024-05-03T09:00:00+00:00",
    )


def _share(of: str, part: int, whole: int) -> Share:
    low, high = max(0.0, part / whole * 0.6), min(1.0, part / whole * 1.5)
    return Share(
        of=of, count=part, whole=whole, low=low, high=high, basis="Wilson interval", high_if_missing=min(1, high * 1.8)
    )


def _assessment(groups: Sequence[Group], n_posts: int, n_accounts: int, post_ids: Sequence[str]) -> Assessment:
    not_supported = (
        "That the accounts have one owner, or any particular one. Nothing of the kind was measured.",
        "That nobody else coordinates: accounts that rewrite each text would be missed.",
        "That the hashtag owes them its spread. One hashtag was collected.",
    )
    if not groups:
        return Assessment(
            headline="No group of accounts acted together more than chance allows, as far as these data can show.",
            hedge=f"{n_posts:,} posts by {n_accounts:,} accounts were compared. Finding nothing is not the same as"
            " there being nothing.",
            verdict=Verdict.ORGANIC,
            supported=(f"{n_accounts:,} of {n_accounts:,} accounts were compared with one another.",),
            not_supported=not_supported,
            findings=(),
            shares=(),
            notes=(),
        )
    members = groups[0].account_ids
    shares = (_share("posts", 48, n_posts), _share("accounts", len(members), n_accounts))
    finding = Finding(
        group_id=groups[0].group_id,
        claim=f"{len(members)} of {n_accounts:,} accounts shared the same 6 links within 60 seconds of each other: 168"
        " meetings where outsiders’ timing would give 0.3.",
        verdict=Verdict.OPEN,
        account_ids=tuple(members),
        evidence=(
            Evidence(
                side=Side.FOR,
                sentence="7 of 8 members stood in step on 6 of 6 occasions.",
                post_ids=tuple(post_ids[:9]),
            ),
            Evidence(side=Side.AGAINST, sentence="All 6 occasions lie within 2 days.", post_ids=()),
        ),
        alternatives=(
            Alternative(name="one organisation’s accounts", weight=Weight.AGAINST, reason="0 of 8 profiles name one."),
            Alternative(
                name="breaking news", weight=Weight.CLEARLY_AGAINST, reason="Others shared the links hours later."
            ),
            Alternative(
                name="a scheduler or feed", weight=Weight.FOR, reason="5 of 8 post within one second of the minute."
            ),
            Alternative(
                name="fans or activists in the open", weight=Weight.CANNOT_TELL, reason="No follow data in these files."
            ),
        ),
    )
    return Assessment(
        headline=f"{len(members)} of {n_accounts:,} accounts acted together more than chance allows. They wrote"
        " 9.8 % of the posts with #OpenGate.",
        hedge="Nothing here says who they are, whether they deceive anyone, or that they moved the hashtag.",
        verdict=Verdict.OPEN,
        supported=(finding.claim, "They posted 48 of the posts with #OpenGate.", "28 of their 28 pairs met."),
        not_supported=not_supported,
        findings=(finding,),
        shares=shares,
        notes=(
            Note(
                kind="quick followers",
                sentence="3 of the accounts are quick followers of one account: they share its posts within a minute.",
                account_ids=("reader_1", "reader_2", "reader_3"),
            ),
        ),
        campaign=Campaign(
            query="#OpenGate",
            n_posts=n_posts,
            n_accounts=n_accounts,
            shares=shares,
            verdict=Verdict.OPEN,
            sentence=f"48 of {n_posts:,} posts with #OpenGate are by members of reported groups.",
        ),
    )


def _ledgers(n_posts: int) -> tuple[FileLedger, ...]:
    return (
        FileLedger(
            path="posts.csv",
            sha256=FILE,
            n_bytes=81_204,
            format="table",
            title="A table of posts",
            rows=n_posts + 30,
            posts=n_posts,
            other_records={"profiles": 9},
            left_out=(
                LeftOut(reason="no time", rows=18, first_rows=(4, 7, 91), examples=("secret",)),
                LeftOut(reason="the id was rounded by a spreadsheet", rows=3, first_rows=(5, 6, 8)),
            ),
            assumptions=("Times without a zone are UTC.", "An empty cell in `text` is unknown."),
            precision_s=1.0,
            n_accounts=128,
            first_time="2024-05-01T18:00:00+00:00",
            last_time="2024-05-03T17:59:00+00:00",
        ),
        FileLedger(
            path="more.jsonl",
            sha256=OTHER_FILE,
            n_bytes=10,
            format="mastodon",
            title="Mastodon statuses",
            rows=0,
            posts=0,
        ),
    )


def _load(engine: Duck, contract: TableContract, rows: Sequence[dict[str, Any]]) -> None:
    columns = contract.empty()
    for name, kind in contract.columns.items():
        values = [row.get(name) for row in rows]
        if kind == "timestamp":
            columns[name] = np.array([value or "NaT" for value in values], dtype="datetime64[us]")
        elif kind == "double":
            columns[name] = np.array(values, dtype=np.float64)
        else:
            columns[name] = text_column(values)
    engine.load(contract, columns)
