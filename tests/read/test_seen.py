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


def test_platforms_do_not_share_ids():
    seen = Seen()

    assert seen.is_new_post("x", "7")
    assert seen.is_new_post("y", "7")
    assert not seen.is_new_post("x", "7")


def test_a_million_ids_take_less_than_forty_bytes_each():
    import tracemalloc

    seen = Seen()
    tracemalloc.start()
    for n in range(1_000_000):
        seen.is_new_post("x", str(10**17 + n * 7))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size < 40_000_000
