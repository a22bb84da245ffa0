"""Small made-up runs for the assessment: posts and profiles in, every table of a run out, the obvious way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

import numpy as np

from groundswell.engine.duck import Duck
from groundswell.model.group import Group, Layer, Lead, Outcome
from groundswell.model.link import LINKS, MEETINGS
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.table import Columns, TableContract
from groundswell.model.trace import TRACES
from groundswell.traces.long_table import trace

START = datetime(2024, 5, 1, 10)
PEOPLE = ("ana", "ben", "cat", "dan", "eve")

Row = dict[str, Any]


def posted(account: str, hours: float, **told: Any) -> Row:
    """A post, `hours` after the start of the run; what is not told is unknown."""
    return {"account_id": account, "time": START + timedelta(hours=hours), **told}


def in_step(
    accounts: Sequence[str] = PEOPLE, *, occasions: int = 6, lag_s: float = 10, every_h: float = 20, **told: Any
) -> list[Row]:
    """Each account shares link after link, `lag_s` behind the one before it; who goes first takes turns."""
    rows = []
    for occasion in range(occasions):
        for place in range(len(accounts)):
            account = accounts[(occasion + place) % len(accounts)]
            hours = occasion * every_h + place * lag_s / 3600
            rows.append(posted(account, hours, urls=[f"https://site.example/{occasion}"], **told))
    return rows


def crowd(n: int = 20, *, after_h: float = 3, links: int = 6, every_h: float = 20, **told: Any) -> list[Row]:
    """Others who share some of the same links hours later, and things of their own."""
    rows = []
    for number in range(n):
        link = number % links
        hours = link * every_h + after_h + number / 50
        rows.append(posted(f"reader{number:02}", hours, urls=[f"https://site.example/{link}"], **told))
        rows.append(posted(f"reader{number:02}", hours + 1, urls=[f"https://own.example/{number}"], **told))
    return rows


def profile(account: str, **told: Any) -> Row:
    """A profile; what is not told is unknown."""
    return {"platform": "made-up", "account_id": account, **told}


def layer(**changes: Any) -> Layer:
    """A layer of evidence like the one `in_step` leaves."""
    plain = Layer(
        kind="url",
        window_s=60.0,
        evidence=16.0,
        evidence_without_leaders=9.0,
        lead_p=0.7,
        n_objects=6,
        n_occasions=6,
        n_days=5,
        times_chance=12.0,
        turnout=0.7,
        own_audience=0.6,
        second_of_minute=0.1,
        median_spread_s=25.0,
    )
    return replace(plain, **changes)


def group(
    accounts: Iterable[str] = PEOPLE,
    *layers: Layer,
    group_id: str = "A",
    outcome: Outcome = Outcome.REPORTED,
    leads: tuple[Lead, ...] = (Lead(account_id="ana", occasions=1, of=6),),
) -> Group:
    """A group as the scan hands it over."""
    return Group(
        group_id=group_id,
        outcome=outcome,
        account_ids=tuple(sorted(accounts)),
        layers=layers or (layer(),),
        leads=leads,
        first_meeting="2024-05-01T10:00:00Z",
        last_meeting="2024-05-05T14:00:40Z",
    )


def write_run(
    engine: Duck, posts: Sequence[Row], accounts: Sequence[Row] = (), *, window_s: float = 60, min_objects: int = 2
) -> Duck:
    """Load posts and profiles, and make traces, links and meetings of them by comparing every two."""
    write_posts(engine, posts, accounts)
    trace(engine)
    links, meetings = _links_and_meetings(engine, window_s, min_objects)
    engine.load(LINKS, _columns(LINKS, links))
    engine.load(MEETINGS, _columns(MEETINGS, meetings))
    return engine


def write_posts(engine: Duck, posts: Sequence[Row], accounts: Sequence[Row] = ()) -> Duck:
    """Load posts and profiles only."""
    numbered = [
        {"platform": "made-up", "post_id": f"p{n}", "is_repost": False, "source_file": "f", "source_row": n, **post}
        for n, post in enumerate(posts, 1)
    ]
    engine.load(POSTS, _columns(POSTS, numbered))
    return write_profiles(engine, accounts)


def write_profiles(engine: Duck, accounts: Sequence[Row]) -> Duck:
    """Load profiles in place of those that were there."""
    engine.load(ACCOUNTS, _columns(ACCOUNTS, accounts))
    return engine


def _links_and_meetings(engine: Duck, window_s: float, min_objects: int) -> tuple[list[Row], list[Row]]:
    shares: dict[tuple[str, str, str], list[tuple[datetime, str]]] = {}
    for kind, thing, account, post, time in engine.rows(f"select {', '.join(TRACES.columns)} from traces"):
        shares.setdefault((kind, thing, account), []).append((time, post))
    links, meetings = [], []
    for kind in sorted({kind for kind, _, _ in shares}):
        for a, b in combinations(sorted({account for k, _, account in shares if k == kind}), 2):
            both = [t for (k, t, account) in shares if k == kind and account == a and (k, t, b) in shares]
            met = []
            for thing in both:
                near = min(
                    (abs(tb - ta), ta, pa, tb, pb)
                    for ta, pa in shares[kind, thing, a]
                    for tb, pb in shares[kind, thing, b]
                )
                if near[0].total_seconds() <= window_s:
                    met.append((thing, *near[1:]))
            if len(met) < min_objects:
                continue
            times = [time for _, ta, _, tb, _ in met for time in (ta, tb)]
            links.append(
                {
                    "account_a": a, "account_b": b, "kind": kind, "window_s": float(window_s), "n_objects": len(met),
                    "n_shared": len(both), "expected": 0.01 * len(both), "p_timing": 0.001, "p_selection": 0.001,
                    "q_timing": 0.01, "q_selection": 0.01, "first_time": min(times), "last_time": max(times),
                }
            )  # fmt: skip
            meetings += [
                {
                    "account_a": a, "account_b": b, "kind": kind, "object_id": thing, "post_a": pa, "post_b": pb,
                    "time_a": ta, "time_b": tb, "lag_s": (tb - ta).total_seconds(),
                }
                for thing, ta, pa, tb, pb in met
            ]  # fmt: skip
    return links, meetings


def _columns(contract: TableContract, rows: Sequence[Row]) -> Columns:
    if not rows:
        return contract.empty()
    columns = {}
    for name, kind in contract.columns.items():
        column = np.empty(len(rows), dtype=object)
        column[:] = None
        for at, row in enumerate(rows):
            column[at] = row.get(name)
        columns[name] = column.astype("datetime64[us]") if kind == "timestamp" else column
    return columns
