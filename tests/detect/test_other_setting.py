"""other_setting: the links of another setting are counted as `links` lists them, and groups put to them as ever."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect import limit
from groundswell.detect.groups import find_groups
from groundswell.detect.limit import limit_of
from groundswell.detect.links import links
from groundswell.detect.multiverse import PAIR_NULLS, multiverse
from groundswell.detect.other_setting import other_setting
from tests.detect.crowds import campaign, crowd, shares
from tests.detect.logs import as_rows, logs, shares_from


@given(logs(), st.integers(1, 300), st.integers(1, 3))
def test_counts_are_those_of_the_listed_links(rows, window_s, min_objects):
    layer, window = shares_from(rows), timedelta(seconds=window_s)
    table = links(layer, [window], min_objects=min_objects)
    ((kind,), groups, _) = other_setting([layer], [], window, min_objects, fdr=0.2)

    assert kind.n_pairs == len(table["account_a"])
    assert kind.n_beyond == {null: np.count_nonzero(table[column] <= 0.2) for null, column in PAIR_NULLS.items()}
    assert groups == ()


def test_a_group_is_put_to_links_as_in_the_multiverse():
    layers = shares(crowd() + campaign()), shares(crowd(3), kind="text")
    scan = find_groups(layers, precision_s=1.0, windows_s=(10.0, 60.0, 600.0))
    (whole,) = multiverse(layers, scan)
    for window_s, min_objects in ((10.0, 2), (60.0, 3), (600.0, 5)):
        _, (found,), _ = other_setting(layers, scan.reported, timedelta(seconds=window_s), min_objects)

        there = {(cell.kind, cell.null): cell for cell in found.cells}
        assert set(there) == {(kind, null) for kind in ("url", "text") for null in PAIR_NULLS}
        for cell in whole.cells:
            if (cell.window_s, cell.min_objects) == (window_s, min_objects) and cell.null in PAIR_NULLS:
                # The multiverse takes its q-values from one table, made with the smallest minimum.
                assert min_objects > 2 or there[cell.kind, cell.null] == cell


def test_a_kind_without_shares_is_counted_with_nothing():
    ((kind,), _, _) = other_setting([shares_from([])], [], timedelta(seconds=60), 2)

    assert (kind.n_shares, kind.n_accounts, kind.n_pairs) == (0, 0, 0)


def test_a_crowd_is_cut_as_in_the_run_and_what_is_left_out_is_told(monkeypatch):
    layer = shares_from(as_rows([(f"a{n}", thing, 0) for n in range(9) for thing in "uvw"[: 2 + (n < 3)]]))
    cut = partial(limit_of, most_links=10)
    monkeypatch.setattr(limit, "limit_of", cut)
    ((kind,), _, (limited,)) = other_setting([layer], [], timedelta(seconds=60), 2)

    assert (kind.n_pairs, kind.n_listed) == (36, 0)
    assert limited == cut(layer, timedelta(seconds=60), min_objects=2)[1]
    assert (limited.asked, limited.min_objects, limited.n_pairs, limited.n_links) == (2, 4, 36, 0)
    assert set(kind.n_beyond.values()) == {0}
