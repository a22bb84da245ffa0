"""Trending is shrunk, and silent where there is little."""

from __future__ import annotations

import numpy as np

from groundswell.watch.scope import Scope
from groundswell.watch.span import Span
from groundswell.watch.trending import FEWEST, STRETCHES, trend
from tests.watch.crowds import END, crowd

PAST = np.full(7, 1_000)


def test_a_tag_with_no_past_does_not_rise_by_hundreds_of_thousands() -> None:
    found = trend(233, np.zeros(7, np.int64), 1_000, PAST)
    assert found is not None
    assert found.score == (233 + 10) / 10


def test_under_thirty_uses_nothing_is_said() -> None:
    assert trend(FEWEST - 1, np.zeros(7, np.int64), 1_000, PAST) is None
    assert trend(FEWEST, np.zeros(7, np.int64), 1_000, PAST) is not None


def test_a_busier_day_is_no_trend() -> None:
    found = trend(200, np.full(7, 100), 2_000, PAST)
    assert found is not None
    assert found.score == 1.0


def test_without_a_past_nothing_is_said() -> None:
    assert trend(500, np.zeros(7, np.int64), 1_000, np.zeros(7, np.int64)) is None


def test_the_past_counted_at_once_is_the_past_counted_stretch_by_stretch() -> None:
    rng = np.random.default_rng(5)
    drawn = rng.integers(0, (30, 9 * 48 * 4, 6), (4_000, 3))
    rows = [(f"a{account}", quarter / 4, [f"t{tag}"]) for account, quarter, tag in drawn.tolist()]
    log = crowd(rows)
    for members in (None, log.numbers_of(f"a{n}" for n in range(9))):
        scope = Scope(log=log, span=Span(END, 48.0), members=members)
        item, stretch, used = scope.uses_before("hashtag", STRETCHES)
        told = dict(zip(zip(item.tolist(), stretch.tolist(), strict=True), used.tolist(), strict=True))
        slow = {}
        for number in range(STRETCHES):
            found = scope.counts("hashtag", scope.span.before(number + 1))
            found = found if members is None else found.of(members)
            items, uses, _ = found.per_item()
            slow |= {(int(one), number): int(n) for one, n in zip(items, uses, strict=True)}
            posts = scope.n_posts(members, scope.posts(scope.span.before(number + 1)))
            assert scope.posts_before(STRETCHES)[number] == posts
        assert told == slow
