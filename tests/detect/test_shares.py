"""shares_of: traces as numbers, in order, whatever order the traces lie in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.detect import shares as module
from groundswell.detect.shares import MOST_STEPS, shares_of
from groundswell.engine.duck import Duck
from tests.conftest import write_traces
from tests.detect.logs import as_rows, logs, shares_from

ONE = Duck()

SORTED_IN_SQL = """
with account as (
    select account_id, (row_number() over (order by account_id) - 1)::integer as account
    from (select distinct account_id from traces where kind = $kind)
), object as (
    select object_id, (row_number() over (order by object_id) - 1)::integer as object
    from (select distinct object_id from traces where kind = $kind)
)
select account, object, epoch_us(time) as time_us, account_id, object_id, post_id
from traces join account using (account_id) join object using (object_id)
where kind = $kind
order by object, time_us, account, post_id
"""
"""The slow twin: one query numbers, joins and sorts."""

odd_ids = st.text(st.sampled_from("aZ é字😀0\x00'"), min_size=1, max_size=3)


def assert_same_as_sorted_in_sql(engine):
    quick, slow = shares_of(engine, "url"), engine.query(SORTED_IN_SQL, kind="url")

    assert quick.account.dtype == quick.object.dtype == np.int32
    assert quick.account.tolist() == slow["account"].tolist()
    assert quick.object.tolist() == slow["object"].tolist()
    assert quick.time_us.tolist() == slow["time_us"].tolist()
    assert quick.post.tolist() == slow["post_id"].tolist()
    assert quick.account_ids[quick.account].tolist() == slow["account_id"].tolist()
    assert quick.object_ids[quick.object].tolist() == slow["object_id"].tolist()
    assert quick.account_ids.tolist() == sorted(set(slow["account_id"]))
    assert quick.object_ids.tolist() == sorted(set(slow["object_id"]))


@settings(max_examples=15)
@given(logs(), st.randoms(use_true_random=False))
def test_agrees_with_sorting_text_in_sql_in_any_order_of_rows(rows, random):
    random.shuffle(rows)

    assert_same_as_sorted_in_sql(write_traces(ONE, rows))


@settings(max_examples=15)
@given(st.lists(st.tuples(odd_ids, odd_ids, st.integers(0, 2)), max_size=12))
def test_agrees_with_sql_on_ids_of_any_letters(listed):
    assert_same_as_sorted_in_sql(write_traces(ONE, as_rows(listed)))


@settings(max_examples=5)
@given(logs())
def test_agrees_with_sql_where_hashes_can_not_be_used(rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_slots", lambda hashes: None)

        assert_same_as_sorted_in_sql(write_traces(ONE, rows))


def test_only_the_kind_that_is_asked_for_is_counted(traces):
    engine = traces("""
        ana  u1  10:00:00
        ben  u1  10:00:20
    """)

    assert shares_of(engine, "url").n == 2
    assert shares_of(engine, "text").n == 0


def test_two_ids_with_one_hash_are_told():
    assert module._slots(np.array([1, 1], np.uint64)) is None


def test_hashes_made_to_stand_together_are_given_up():
    spread = np.arange(1000, dtype=np.uint64) << np.uint64(53)
    together = np.arange(1000, dtype=np.uint64)

    assert module._slots(spread) is not None
    assert module._slots(together) is None
    assert module._slots(together[:MOST_STEPS]) is not None


@given(logs())
def test_first_shares_are_those_that_a_set_has_not_seen(rows):
    every = shares_from(rows)
    seen, first = set(), []
    for row, pair in enumerate(zip(every.object.tolist(), every.account.tolist(), strict=True)):
        if pair not in seen:
            seen.add(pair)
            first.append(row)

    assert every.first().post.tolist() == every.post[first].tolist()
    assert every.first().time_us.tolist() == every.time_us[first].tolist()
