"""reference_rates: near pairs counted by size, as a double loop counts them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given

from groundswell.detect.reference import SIZES, shipped
from groundswell.evaluate.reference_rates import as_csv, rates_of
from tests.detect.logs import logs, shares_from


def by_hand(rows, window_s):
    """(least size, objects, pairs, near pairs) from all pairs of first shares."""
    first = {}
    for account, thing, _, time in rows:
        first[thing, account] = min(time, first.get((thing, account), time))
    told = {}
    for thing in {thing for thing, _ in first}:
        times = [time for (other, _), time in first.items() if other == thing]
        if len(times) >= SIZES[0]:
            fewest = max(size for size in SIZES if size <= len(times))
            objects, pairs, near = told.get(fewest, (0, 0, 0))
            gaps = [abs((a - b).total_seconds()) for a, b in combinations(times, 2)]
            told[fewest] = (objects + 1, pairs + len(gaps), near + sum(gap <= window_s for gap in gaps))
    return [(fewest, *figures) for fewest, figures in sorted(told.items())]


@given(logs())
def test_pairs_are_those_of_a_double_loop(rows):
    counted = list(rates_of(shares_from(rows), "made up", [20.0, 90.0]))

    for window_s in (20.0, 90.0):
        found = [(one.fewest, one.objects, one.pairs, one.near) for one in counted if one.window_s == window_s]
        assert found == by_hand(rows, window_s)


def test_the_table_says_how_it_was_made_and_can_be_read_again():
    text = as_csv(shipped())

    assert "groundswell evaluate reference" in text
    assert len([line for line in text.splitlines() if not line.startswith("#")]) == len(shipped()) + 1
