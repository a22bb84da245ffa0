"""Panels against a brute-force count, at any past moment, and the ends of the stretch to the second."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.watch.counts import TOP
from groundswell.watch.ranked import top_of
from groundswell.watch.row import Row
from groundswell.watch.scope import Scope
from groundswell.watch.span import Span
from groundswell.watch.watch import watch
from tests.watch.crowds import END, crowd

TAGS = ("gate", "river", "cup", "lock", "ferry")
PEOPLE = tuple(f"a{number}" for number in range(14))

posts = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.integers(0, 100).map(lambda quarter: quarter / 4),
        st.lists(st.sampled_from(TAGS), max_size=3, unique=True),
    ),
    min_size=1,
    max_size=60,
)


def slow_rows(rows, members, at_h, hours):
    """The rows of the panel, counted one post at a time."""
    seen = [(account, tags) for account, before, tags in rows if at_h <= before < at_h + hours]
    inside = [one for one in seen if members is None or one[0] in members]
    uses = Counter(tag for _, tags in inside for tag in tags)
    uses_all = Counter(tag for _, tags in seen for tag in tags)
    by_account = defaultdict(Counter)
    for account, tags in inside:
        by_account[account].update(tags)
    outsiders = members is None or any(account not in members for account, _ in seen)

    def rank(counted, tag):
        # Everything that anybody used keeps its place in the order, used again or not.
        return 1 + sum((counted[other], -TAGS_ORDER[other]) > (counted[tag], -TAGS_ORDER[tag]) for other in uses)

    found = {}
    busiest = sorted(by_account, key=lambda account: (-sum(by_account[account].values()), account))[:TOP]
    for tag in uses:
        ranks = [rank(uses, tag)]
        for left_out in [[account] for account in by_account] + [busiest]:
            ranks.append(rank(uses - sum((by_account[one] for one in left_out), Counter()), tag))
        found[tag] = {
            "count": uses[tag],
            "accounts": sum(tag in used for used in by_account.values()),
            "share_list": round(uses[tag] / len(inside), 6),
            "share_all": round(uses[tag] / uses_all[tag], 6) if outsiders else None,
            "rank": ranks[0],
            "rank_low": min(ranks),
            "rank_high": max(ranks),
        }
    return found


CONTRACT = {"count", "accounts", "share_list", "share_all", "lift", "rank", "rank_low", "rank_high"}

TAGS_ORDER = {tag: number for number, tag in enumerate(sorted(TAGS))}


@given(
    posts, st.integers(0, 80).map(lambda q: q / 4), st.sampled_from([1.0, 6.0, 24.0]), st.sets(st.sampled_from(PEOPLE))
)
def test_the_panel_is_what_counting_by_hand_gives(rows, at_h, hours, members) -> None:
    log = crowd(rows)
    span = Span(END - timedelta(hours=at_h), hours)
    for of in (None, members):
        on = None if of is None else log.numbers_of(of)
        answer = top_of(Scope(log=log, span=span, members=on, top=99), "hashtag")
        told = {row.name: row.as_json() for row in answer.rows if isinstance(row, Row)}
        expected = slow_rows(rows, of, at_h, hours)
        assert {name: {key: row[key] for key in expected.get(name, row)} for name, row in told.items()} == expected


@pytest.mark.parametrize(
    ("hours_before", "counted"), [(0.0, True), (48.0, False), (48 - 1 / 3600, True), (-1 / 3600, False)]
)
def test_the_stretch_holds_its_end_and_not_its_start_to_the_second(hours_before: float, counted: bool) -> None:
    log = crowd([("ana", hours_before, ["gate"]), ("ben", 1.0, ["river"])])
    answer = top_of(Scope(log=log, span=Span(END, 48.0), members=None), "hashtag")
    assert ("gate" in [row.name for row in answer.rows if isinstance(row, Row)]) is counted


def test_a_tag_twice_in_a_post_is_one_use() -> None:
    log = crowd([("ana", 1.0, ["Gate", "gate", "GATE"])])
    (row,) = top_of(Scope(log=log, span=Span(END, 48.0), members=None), "hashtag").rows
    assert row.count == 1


def test_without_anybody_outside_the_list_the_share_is_unknown() -> None:
    log = crowd([("ana", 1.0, ["gate"]), ("ben", 2.0, ["gate"])])
    members = log.numbers_of(["ana", "ben"])
    (row,) = top_of(Scope(log=log, span=Span(END, 48.0), members=members), "hashtag").rows
    assert (row.share_all, row.rank_all) == (None, None)


def test_the_first_tag_of_a_list_that_is_a_drop_in_the_sea_is_told_as_such() -> None:
    """500 uses by a list of 600 among 184,000, the list coming days after everybody else."""
    rng = np.random.default_rng(7)
    rows = [(f"o{number % 60_000}", 20 + 28 * float(rng.random()), ["walk"]) for number in range(183_500)]
    rows += [(f"o{number}", 24.0 * float(day), ["walk"]) for number, day in enumerate(rng.uniform(3, 6, 30_000))]
    rows += [(f"m{number % 500}", float(rng.random() * 12), ["walk"]) for number in range(500)]
    rows += [(f"m{number % 600}", float(rng.random() * 48), [f"other{number % 97}"]) for number in range(3_000)]
    log = crowd(rows)
    found = watch(
        log,
        Span(END, 48.0),
        list_name="six hundred",
        account_ids=[f"m{n}" for n in range(600)],
        only=("hashtags",),
    )
    (_, answer), *_ = found.answers
    first = answer.rows[0]
    assert isinstance(first, Row)
    assert (first.name, first.rank, first.count, first.count_all) == ("walk", 1, 500, 184_000)
    assert round(100 * (first.share_all or 0), 2) == 0.27
    assert found.lead is not None
    assert found.lead.trails_days is not None
    assert found.lead.trails_days > 1
    said = found.sentence or ""
    assert "0.27 %" in said
    assert "rank 1 in the list" in said
    assert "days after everybody else" in said
    assert "Nothing here says that the list made it rise." in said


def test_the_whole_page_answers_for_everybody_and_for_a_list() -> None:
    log = crowd([(f"a{n % 40}", n % 47, [TAGS[n % 5], TAGS[(n * 3) % 5]]) for n in range(600)])
    for ids in (None, [f"a{n}" for n in range(8)]):
        page = watch(log, Span(END, 48.0), list_name="x" if ids else None, account_ids=ids).as_json()
        assert set(page["panels"]) >= {
            "hashtags",
            "trending_hashtags",
            "topics",
            "urls",
            "domains",
            "posts",
            "mentions",
        }
        for panel in page["panels"].values():
            if panel["shape"] == "ranked":
                for row in panel["rows"]:
                    assert {
                        "count",
                        "accounts",
                        "share_list",
                        "share_all",
                        "lift",
                        "rank",
                        "rank_low",
                        "rank_high",
                    } <= set(row)
        assert page["precision"] == "precision unknown"
