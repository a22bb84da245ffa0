"""Ranks kept up to date: at any moment the counts and the panels of the batch, to the second at both ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.engine.duck import Duck
from groundswell.model.post import ACCOUNTS, POSTS
from groundswell.model.table import text_column
from groundswell.watch.counts import counts
from groundswell.watch.log import log_of, moment
from groundswell.watch.span import Span
from groundswell.watch.stream import KINDS, Carried, Ranks
from groundswell.watch.stream_scope import PANELS, watch_stream
from groundswell.watch.uses import define_uses
from groundswell.watch.watch import watch

SECOND = 1_000_000
HOUR = 3600 * SECOND

posts = st.builds(
    Carried,
    account_id=st.sampled_from(["ana", "ben", "cat", "dan", "eve"]),
    time_us=st.integers(0, 30).map(lambda quarter: quarter * HOUR // 4),
    hashtags=st.lists(st.sampled_from(["Gate", "gate", "river", "#cup", ""]), max_size=3),
    urls=st.lists(
        st.sampled_from(["https://a.example/1", "http://www.a.example/1?utm_source=x", "https://b.example/2", "no"]),
        max_size=2,
    ),
    mentions=st.lists(st.sampled_from(["@ana", "Ben", "@BEN", ""]), max_size=2),
    repost_of=st.sampled_from([None, None, "p1", "p2"]),
)


def stored(engine, rows):
    """The posts as a study holds them, and what panels count of them."""
    columns = {
        name: np.full(len(rows), None, dtype=object)
        for name, kind in POSTS.columns.items()
        if kind in ("text", "text[]")
    }
    columns["platform"] = text_column(["made-up"] * len(rows))
    columns["post_id"] = text_column(f"p{number:03}" for number, _ in enumerate(rows))
    for name in ("account_id", "repost_of"):
        columns[name] = text_column(getattr(row, name) for row in rows)
    for name in ("hashtags", "urls", "mentions"):
        columns[name] = np.fromiter((list(getattr(row, name)) for row in rows), object, len(rows))
    for name in ("shared_kinds", "shared_objects"):
        columns[name] = np.fromiter(([] for _ in rows), object, len(rows))
    columns["time"] = np.array([row.time_us for row in rows], np.int64).astype("datetime64[us]")
    columns["is_repost"] = np.array([row.repost_of is not None for row in rows], bool)
    columns["source_row"] = np.arange(1, len(rows) + 1)
    engine.load(POSTS, columns)
    engine.load(ACCOUNTS, ACCOUNTS.empty())
    define_uses(engine)


def told(found, items, accounts):
    """(item, account) to uses, by name."""
    rows = zip(found.item.tolist(), found.account.tolist(), found.n.tolist(), strict=True)
    return {(items[item], accounts[account]): n for item, account, n in rows}


@given(st.lists(posts, min_size=1, max_size=30), st.sampled_from([1, 4, 30]), st.sampled_from([1.0, 3.5, 48.0]))
@settings(deadline=None, max_examples=20)
def test_at_any_moment_counts_and_panels_are_those_of_the_batch(rows, size, hours):
    ranks = Ranks(hours)
    for begin in range(0, len(rows), size):
        ranks.add(rows[begin : begin + size])
    span = Span(moment(max(row.time_us for row in rows)), hours)
    with Duck() as engine:
        stored(engine, rows)
        log = log_of(engine)
    page, batch = watch_stream(ranks), watch(log, span, only=tuple(PANELS))

    assert ranks.span == span
    for kind in KINDS:
        expected = told(counts(log.uses[kind].within(span)), log.items, log.people.ids)
        assert told(ranks.counts(kind), ranks.names(kind), ranks.account_ids()) == expected
    assert page.as_json() == batch.as_json()


@pytest.mark.parametrize(("age_s", "counted"), [(0, True), (48 * 3600 - 1, True), (48 * 3600, False)])
def test_the_stretch_holds_its_end_and_not_its_start_to_the_second(age_s, counted):
    for late in (False, True):
        ranks = Ranks(48.0)
        rows = [Carried("ana", 0, ("gate",)), Carried("ben", age_s * SECOND, ("river",))]
        for row in reversed(rows) if late else rows:
            ranks.add([row])

        assert ("gate" in ranks.names("hashtag")) is counted
        assert ranks.n_posts == 1 + counted


def test_a_post_that_names_next_year_does_not_end_the_stretch_there():
    ranks = Ranks(48.0)
    ranks.add([Carried("ana", 0, ("gate",)), Carried("eve", 365 * 24 * HOUR, ("loud",))], now_us=HOUR)

    assert (ranks.names("hashtag"), ranks.n_posts, ranks.n_early) == (["gate"], 1, 1)


def test_nothing_is_left_of_what_expired():
    ranks = Ranks(1.0)
    for hour in range(30):
        ranks.add([Carried(f"a{hour}{n}", (2 * hour) * HOUR, (f"t{hour}{n}",)) for n in range(50)])

    assert (ranks.n_posts, len(ranks.account_ids()), len(ranks.names("hashtag"))) == (50, 50, 50)
    assert ranks.counts("hashtag").n.tolist() == [1] * 50


def test_before_the_first_post_there_is_no_page():
    assert watch_stream(Ranks()) is None
