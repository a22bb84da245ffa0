"""Seen: a set that forgets nothing and takes little room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.read import seen as module
from groundswell.read.seen import Seen

IDS = st.lists(
    st.sampled_from(["7", "007", "a", "A", "é", "9" * 25, "0", "٣"]) | st.integers(1, 40).map(str), max_size=80
)


@given(IDS, st.integers(1, 9))
def test_an_id_is_new_just_once(ids, fewest):
    """Against the slow twin: a set of text, with moving to the array as often as can be."""
    twin, seen = set(), Seen()
    before = module.FEWEST
    module.FEWEST = fewest
    try:
        for post_id in ids:
            assert seen.is_new_post("x", post_id) == (post_id not in twin)
            twin.add(post_id)
    finally:
        module.FEWEST = before


@given(st.lists(IDS, max_size=12), st.integers(1, 9))
def test_many_at_once_are_new_only_if_each_is_and_are_known_then(batches, fewest):
    """Against the slow twin: one by one. Where many at once gives up, nothing may be remembered."""
    twin, seen = Seen(), Seen()
    before = module.FEWEST
    module.FEWEST = fewest
    try:
        for ids in batches:
            together = seen.are_all_new("x", ids)
            each = [twin.is_new_post("x", post_id) for post_id in ids]
            if together:
                assert all(each)
            else:
                assert [seen.is_new_post("x", post_id) for post_id in ids] == each
    finally:
        module.FEWEST = before


def test_ids_that_are_plain_numbers_or_plain_words_are_looked_at_together():
    seen = Seen()

    assert seen.are_all_new("x", ["914580356430536707", "7"])
    assert seen.are_all_new("x", ["at://ana/1", "007x"])
    assert not seen.are_all_new("x", ["8", "7"])
    assert not seen.are_all_new("x", ["9", "9"])


def test_platforms_do_not_share_ids():
    seen = Seen()

    assert seen.is_new_post("x", "7")
    assert seen.is_new_post("y", "7")
    assert not seen.is_new_post("x", "7")


def test_a_million_ids_take_less_than_forty_bytes_each():
    import tracemalloc

    seen = Seen()
    tracemalloc.start()
    for n in range(0, 1_000_000, 10_000):
        assert seen.are_all_new("x", [str(10**17 + (n + i) * 7) for i in range(10_000)])
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size < 40_000_000
