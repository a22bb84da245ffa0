"""pairs_within: who met whom how often, and that the kernel agrees with comparing every two shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect import pairs as pairs_module
from groundswell.detect.bucketed import pairs_by_join
from groundswell.detect.pairs import pairs_within
from groundswell.detect.product_kernel import AT_ONCE, FEWEST_SLOTS, PATIENCE
from groundswell.detect.share_log import numbered_shares
from groundswell.detect.shares import Shares, shares_of
from groundswell.engine.duck import Duck
from tests.conftest import write_traces
from tests.detect.logs import as_rows, logs, shares_from

MINUTE = timedelta(seconds=60)
ENGINE = Duck()


def listed(pairs, shares):
    """(account_a, account_b, objects) of every pair, in the order given."""
    names = shares.account_ids
    return [(names[a], names[b], int(n)) for a, b, n in zip(pairs.a, pairs.b, pairs.n_objects, strict=True)]


def compared(shares: Shares, window: timedelta, min_objects: int, weight=None, min_weight=0.0):
    """The same by a double loop over all shares."""
    window_us = window // timedelta(microseconds=1)
    met = defaultdict(set)
    for i in range(shares.n):
        for j in range(shares.n):
            a, b = int(shares.account[i]), int(shares.account[j])
            near = abs(int(shares.time_us[i]) - int(shares.time_us[j])) <= window_us
            if a < b and shares.object[i] == shares.object[j] and near:
                met[a, b].add(int(shares.object[i]))
    return [
        (shares.account_ids[a], shares.account_ids[b], len(objects))
        for (a, b), objects in sorted(met.items())
        if len(objects) >= min_objects
        and (weight is None or sum(float(weight[thing]) for thing in sorted(objects)) >= min_weight)
    ]


def found(engine, window=MINUTE, min_objects=2, **options):
    shares = shares_of(engine, "url")
    (pairs,) = pairs_within(shares, [window], min_objects=min_objects, **options)
    return listed(pairs, shares)


def test_a_pair_in_step_over_two_objects_counts_two(traces):
    engine = traces("""
        ana  u1  10:00:00
        ben  u1  10:00:20
        ben  u2  11:00:00
        ana  u2  11:00:05
    """)

    assert found(engine) == [("ana", "ben", 2)]


def test_one_meeting_is_below_the_minimum_of_two(traces):
    engine = traces("""
        ana  u1  10:00:00
        ben  u1  10:00:01
    """)

    assert found(engine) == []
    assert found(engine, min_objects=1) == [("ana", "ben", 1)]


def test_an_account_repeating_itself_adds_no_objects(traces):
    engine = traces("""
        ana  u1  10:00:00
        ana  u1  10:00:01
        ben  u1  10:00:02
        ben  u1  10:00:03
    """)

    assert found(engine, min_objects=1) == [("ana", "ben", 1)]


def test_a_later_share_counts_as_much_as_the_first(traces):
    engine = traces("""
        ana  u1  10:00:00
        ana  u1  12:00:00
        ben  u1  12:00:30
    """)

    assert found(engine, min_objects=1) == [("ana", "ben", 1)]


def test_an_account_does_not_meet_itself(traces):
    engine = traces("""
        ana  u1  10:00:00
        ana  u1  10:00:01
    """)

    assert found(engine, min_objects=1) == []


@pytest.mark.parametrize(("second_share", "met"), [("10:01:00", True), ("10:01:00.000001", False)])
def test_the_window_includes_its_end_and_nothing_more(traces, second_share, met):
    engine = traces(f"""
        ana  u1  10:00:00
        ben  u1  {second_share}
    """)

    assert bool(found(engine, min_objects=1)) is met


def test_a_window_of_nothing_still_holds_the_same_instant(traces):
    engine = traces("""
        ana  u1  10:00:00
        ben  u1  10:00:00
        cat  u1  10:00:00.000001
    """)

    assert found(engine, window=timedelta(0), min_objects=1) == [("ana", "ben", 1)]


def test_a_window_longer_than_any_calendar_is_no_window(traces):
    engine = traces("""
        ana  u1  10:00:00
        ben  u1  2031-01-01 10:00:00
    """)

    assert found(engine, window=timedelta.max, min_objects=1) == [("ana", "ben", 1)]


def test_every_window_gets_its_own_table_in_the_order_asked(traces):
    shares = shares_of(
        traces("""
            ana  u1  10:00:00
            ben  u1  10:00:05
            cat  u1  10:30:00
        """),
        "url",
    )

    hour, instant, minute = pairs_within(shares, [timedelta(hours=1), timedelta(0), MINUTE], min_objects=1)

    assert [listed(pairs, shares) for pairs in (hour, instant, minute)] == [
        [("ana", "ben", 1), ("ana", "cat", 1), ("ben", "cat", 1)],
        [],
        [("ana", "ben", 1)],
    ]
    assert minute.window == MINUTE


def test_only_pairs_whose_objects_weigh_enough_come_out(traces):
    shares = shares_of(
        traces("""
            ana  u1  10:00:00
            ben  u1  10:00:05
            cat  u2  10:00:00
            dan  u2  10:00:05
        """),
        "url",
    )
    weight = np.array([1.0, 3.0], dtype=np.float32)

    (pairs,) = pairs_within(shares, [MINUTE], min_objects=1, weights=[weight], min_weight=2.0)

    assert listed(pairs, shares) == [("cat", "dan", 1)]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_a_pair_that_weighs_just_enough_comes_out_however_the_sum_is_rounded(threads):
    """0.1 + 0.2 + 0.3 is 0.6000000000000001 from left to right, and 0.6 in another order."""
    shares = shares_from(as_rows([(name, thing, 0) for name in ("ana", "ben") for thing in ("u1", "u2", "u3")]))
    weight = np.array([0.1, 0.2, 0.3])

    (pairs,) = pairs_within(shares, [MINUTE], weights=[weight], min_weight=0.1 + 0.2 + 0.3, threads=threads)

    assert listed(pairs, shares) == [("ana", "ben", 3)]


def test_no_shares_give_no_pairs(engine):
    assert found(write_traces(engine, []), min_objects=1) == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"min_objects": 0}, "min_objects must be 1 or more, got 0"),
        ({"window": -MINUTE}, "a window can't be negative"),
        ({"weights": []}, "weights must hold 1 arrays, each with 1 objects"),
        ({"weights": [np.ones(3)]}, "weights must hold 1 arrays, each with 1 objects"),
    ],
)
def test_a_wrong_option_is_refused_in_words(traces, options, said):
    engine = traces("ana  u1  10:00:00")

    with pytest.raises(ValueError, match=said):
        found(engine, **options)


@given(logs(), st.lists(st.integers(0, 90), min_size=1, max_size=3), st.integers(1, 3))
def test_agrees_with_comparing_every_two_shares(log, windows_s, min_objects):
    """Whatever the order of rows, the ties, the repeats and the windows."""
    shares = shares_from(log)
    windows = [timedelta(seconds=seconds) for seconds in windows_s]

    answers = pairs_within(shares, windows, min_objects=min_objects)

    assert [listed(pairs, shares) for pairs in answers] == [compared(shares, w, min_objects) for w in windows]


@given(logs(), st.integers(0, 90), st.integers(1, 3), st.lists(st.floats(0, 4), min_size=5, max_size=5), st.data())
def test_agrees_with_comparing_every_two_shares_under_weights(log, window_s, min_objects, drawn_weights, data):
    shares = shares_from(log)
    weight = np.array(drawn_weights)[: len(shares.object_ids)]
    min_weight = data.draw(st.sampled_from([0.0, 2.0, *drawn_weights]))
    window = timedelta(seconds=window_s)

    (pairs,) = pairs_within(shares, [window], min_objects=min_objects, weights=[weight], min_weight=min_weight)

    assert listed(pairs, shares) == compared(shares, window, min_objects, weight, min_weight)


@given(logs(), st.integers(0, 90), st.integers(1, 3))
def test_agrees_with_the_bucketed_join(log, window_s, min_objects):
    shares = shares_from(log)
    window = timedelta(seconds=window_s)
    (pairs,) = pairs_within(shares, [window], min_objects=min_objects)

    joined = pairs_by_join(write_traces(ENGINE, log), "url", window, min_objects=min_objects)

    assert list(zip(joined["account_a"], joined["account_b"], joined["n_objects"], strict=True)) == listed(
        pairs, shares
    )


@given(logs(), st.lists(st.integers(0, 90) | st.just(10**10), min_size=1, max_size=2), st.integers(1, 3))
def test_the_way_without_a_compiler_gives_the_same(log, windows_s, min_objects):
    shares = shares_from(log)
    windows = [timedelta(seconds=seconds) for seconds in windows_s]
    kernel = pairs_within(shares, windows, min_objects=min_objects)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs_module, "COMPILES", False)
        joined = pairs_within(shares, windows, min_objects=min_objects)

    assert [listed(pairs, shares) for pairs in joined] == [listed(pairs, shares) for pairs in kernel]
    assert all({one.a.dtype, one.b.dtype, one.n_objects.dtype} == {np.dtype(np.int32)} for one in joined)


def test_the_number_of_threads_changes_nothing():
    log = np.random.default_rng(5)
    shares = shares_from(
        as_rows((f"a{a}", f"u{u}", int(second)) for a, u, second in log.integers(0, [40, 60, 3000], (4000, 3)))
    )

    answers = [pairs_within(shares, [MINUTE], min_objects=2, threads=threads)[0] for threads in (1, 2, 7)]

    assert len(answers[0].a) > 100
    assert len({answer.a.tobytes() + answer.b.tobytes() + answer.n_objects.tobytes() for answer in answers}) == 1


def by_sets(account, thing, min_objects):
    """Where all shares of an object are near: every two accounts of each object, and how many objects each pair has."""
    members = defaultdict(set)
    for one, other in zip(account.tolist(), thing.tolist(), strict=True):
        members[other].add(one)
    met = Counter(pair for accounts in members.values() for pair in combinations(sorted(accounts), 2))
    return sorted((a, b, n) for (a, b), n in met.items() if n >= min_objects)


def at_one_time(account, thing, **options):
    shares = numbered_shares("url", account.astype(np.int32), thing.astype(np.int32), np.zeros(len(thing), np.int64))
    (pairs,) = pairs_within(shares, [MINUTE], **options)
    return list(zip(pairs.a.tolist(), pairs.b.tolist(), pairs.n_objects.tolist(), strict=True))


@pytest.mark.parametrize("min_objects", [2, 3, 9])
def test_more_accounts_than_slots_share_a_slot_and_no_answer_changes(min_objects):
    rng = np.random.default_rng(7)
    crowd = 3 * FEWEST_SLOTS
    account = np.concatenate((rng.integers(0, crowd, 200_000), np.tile(np.arange(0, crowd, 997), 10)))
    thing = np.concatenate((rng.integers(0, 60_000, 200_000), np.repeat(np.arange(10), len(range(0, crowd, 997)))))

    found = at_one_time(account, thing, min_objects=min_objects)

    assert len(found) > 1_000
    assert found == by_sets(account, thing, min_objects)


def test_an_account_that_meets_more_than_are_put_down_at_once_is_counted_in_full():
    n_others, n_things = 2_500, 32
    other, thing = (grid.ravel() for grid in np.meshgrid(np.arange(1, n_others + 1), np.arange(n_things)))
    scattered = np.arange(len(other)) % 7 > 0
    other, thing = other[scattered], thing[scattered]
    account = np.stack((np.zeros_like(other), other), axis=1).ravel()  # the first is always there too
    at_us = np.repeat(other * 1_000_000_000, 2)
    order = np.argsort(at_us, kind="stable")
    columns = account[order].astype(np.int32), np.repeat(thing, 2)[order].astype(np.int32), at_us[order]

    (pairs,) = pairs_within(numbered_shares("url", *columns), [MINUTE])

    assert len(other) > AT_ONCE
    assert (pairs.a == 0).all()
    assert dict(zip(pairs.b.tolist(), pairs.n_objects.tolist(), strict=True)) == Counter(other.tolist())


def test_where_every_pair_meets_again_the_slots_rule_nobody_out_and_all_are_found():
    account, thing = np.tile(np.arange(300), 20), np.repeat(np.arange(20), 300)
    assert 4 * PATIENCE < 300 * 299 // 2 * 20

    assert at_one_time(account, thing) == [(a, b, 20) for a, b in combinations(range(300), 2)]


def test_the_answer_is_typed_as_promised(traces):
    engine = traces("""
        ana  u1  10:00:00
        ben  u1  10:00:20
    """)

    (pairs,) = pairs_within(shares_of(engine, "url"), [MINUTE], min_objects=1)

    assert {pairs.a.dtype, pairs.b.dtype, pairs.n_objects.dtype} == {np.dtype(np.int32)}


@pytest.mark.real
def test_the_published_sample_gives_the_published_counts(engine, real_data):
    engine.define(
        "traces",
        """select 'share' as kind, object_id, account_id, content_id as post_id,
                  make_timestamp((timestamp_share * 1e6)::bigint) as time
           from read_parquet($path)""",
        path=str(real_data / "eval" / "russian_coord_tweets.parquet"),
    )

    (pairs,) = pairs_within(shares_of(engine, "share"), [MINUTE], min_objects=1)

    assert [int((pairs.n_objects >= least).sum()) for least in (1, 2, 3)] == [6206, 32, 3]
