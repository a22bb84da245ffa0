"""cut_of and links_beyond_chance: what cannot be significant is never put out, and nothing that can be is lost."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.cut import cut_of
from groundswell.detect.links import links, links_beyond_chance
from groundswell.detect.pairs import pairs_within
from tests.detect.logs import as_rows, shares_from

NAMES = [f"a{n:02}" for n in range(12)]


@st.composite
def crowded(draw):
    """Twelve accounts, ten objects; some pairs keep meeting, so that some links are beyond chance and most are not."""
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    rows = []
    for thing in range(10):
        for account in NAMES:
            if rng.random() < 0.6:
                rows.append((account, f"u{thing}", int(rng.integers(0, 40_000))))
        if rng.random() < draw(st.sampled_from([0.0, 0.5, 1.0])):
            start = int(rng.integers(0, 40_000))
            rows += [(account, f"u{thing}", start + k) for k, account in enumerate(NAMES[:3])]
    return shares_from(as_rows(rows))


def told(table):
    return {name: column.tolist() for name, column in table.items() if name != "q_selection"}


@given(crowded(), st.sampled_from([60, 600, 3600]), st.sampled_from([0.01, 0.1, 0.5]), st.integers(1, 3))
def test_the_links_are_those_of_the_whole_table_cut_afterwards(shares, window_s, fdr, min_objects):
    window = timedelta(seconds=window_s)
    whole = links(shares, [window], min_objects=min_objects)
    significant = whole["q_timing"] <= fdr

    inside = links_beyond_chance(shares, window, fdr=fdr, min_objects=min_objects)

    assert told(inside) == told({name: column[significant] for name, column in whole.items()})


def planted():
    rng = np.random.default_rng(7)
    crowd = [(f"b{a:03}", f"u{u}", int(s)) for a, u, s in rng.integers(0, [200, 60, 400_000], (6000, 3))]
    ring = [(name, f"u{u}", 5000 * u + k) for u in range(40) for k, name in enumerate(NAMES[:4])]
    return shares_from(as_rows(crowd + ring))


def test_what_is_put_out_is_a_small_part_and_holds_the_planted():
    shares, window = planted(), timedelta(hours=1)
    cut = cut_of(shares, window)
    (few,) = pairs_within(shares, [window], weights=[cut.weight], min_weight=cut.least)
    (all_of_them,) = pairs_within(shares, [window])
    found = links_beyond_chance(shares, window)

    assert len(few.a) <= cut.n_pairs
    assert 10 * len(few.a) < len(all_of_them.a)
    assert {*zip(found["account_a"], found["account_b"], strict=True)} >= {("a00", "a01"), ("a02", "a03")}
    assert np.isnan(found["q_selection"]).all()


def test_no_shares_have_no_links():
    assert len(links_beyond_chance(shares_from([]), timedelta(minutes=1))["p_timing"]) == 0


@pytest.mark.parametrize("fdr", [0.0, 1.0, -1.0])
def test_a_rate_that_is_none_is_refused(fdr):
    with pytest.raises(ValueError, match="between 0 and 1"):
        cut_of(planted(), timedelta(minutes=1), fdr=fdr)
