"""campaign_shares: whether interval and bounds hold a share that is known."""

from __future__ import annotations

import pytest

from groundswell.errors import WrongUse
from groundswell.evaluate import campaign_shares
from groundswell.evaluate.campaign_shares import (
    AT_RANDOM,
    OTHERS,
    READ_MORE,
    READ_TENTH,
    THEIRS,
    Held,
    as_json,
    as_text,
    evaluate_shares,
    shares_in,
)
from groundswell.evaluate.journal import journal


def held(truth, *, low=0.1, high=0.3, n_reported=1, whole="posts"):
    return Held(
        whole=whole,
        truth=truth,
        low=low,
        point=0.2,
        high=high,
        bound_low=low / 2,
        bound_high=high + 0.3,
        n_reported=n_reported,
    )


@pytest.fixture
def told(monkeypatch):
    """Worlds whose answers are given instead of computed."""

    def shares(size, name, seed):
        done = (READ_TENTH,) if size == "large" else (READ_MORE, AT_RANDOM, THEIRS, OTHERS)
        missed = size == "large" and seed == 0
        return {one: (held(0.35 if missed else 0.2), held(0.2, whole="accounts")) for one in done}

    monkeypatch.setattr(campaign_shares, "shares_in", shares)


def rows_by_done(rows):
    return {(row.done, row.whole): row for row in rows}


def test_a_truth_outside_the_interval_is_counted_as_missed(told):
    rows = rows_by_done(evaluate_shares(seeds=2))

    assert (rows[READ_TENTH, "posts"].interval.value, rows[READ_TENTH, "posts"].interval.n) == (0.5, 8)
    assert rows[READ_TENTH, "accounts"].interval.value == rows[READ_MORE, "posts"].interval.value == 1.0
    assert rows[AT_RANDOM, "posts"].bounds.value == 1.0


def test_deletion_is_asked_of_the_bounds_and_reading_of_the_interval(told):
    for row in evaluate_shares(seeds=1):
        assert (row.interval is None) is (row.done in (AT_RANDOM, THEIRS, OTHERS))
        assert (row.bounds is None) is (row.interval is not None)


def test_where_no_group_is_reported_no_share_is_claimed_and_the_bounds_are_asked_all_the_same(monkeypatch):
    monkeypatch.setattr(
        campaign_shares,
        "shares_in",
        lambda size, name, seed: {AT_RANDOM: (held(0.2, n_reported=seed),)} if size == "small" else {},
    )
    row = rows_by_done(evaluate_shares(seeds=2))[AT_RANDOM, "posts"]

    assert (row.worlds, row.reported, row.bounds.n, row.bounds_everywhere.n) == (8, 4, 4, 8)


def test_the_table_has_a_line_for_each_row_and_goes_on_where_it_stopped(told, tmp_path):
    about = {"what": "campaigns"}
    with journal(tmp_path / "c.jsonl", about) as kept:
        rows = evaluate_shares(seeds=1, kept=kept)
    with journal(tmp_path / "c.jsonl", about) as kept:
        assert len(kept.told) == 8
        assert evaluate_shares(seeds=1, kept=kept) == rows
    assert len(as_text(rows).splitlines()) == len(rows) + 1 == len(as_json(rows)) + 1


@pytest.mark.parametrize("options", [{"seeds": 0}, {"jobs": 0}])
def test_what_cannot_be_run_is_refused_in_words(options):
    with pytest.raises(WrongUse, match="1 or more"):
        evaluate_shares(**options)


def test_a_world_read_in_part_and_deleted_in_part_is_held():
    answers = shares_in("small", "50 and 10 accounts", 3)

    assert set(answers) == {READ_MORE, AT_RANDOM, THEIRS, OTHERS}
    for done in (AT_RANDOM, THEIRS, OTHERS):
        assert answers[done][0].n_reported >= 1
        assert answers[done][0].in_bounds
    posts = {done: one[0].point for done, one in answers.items()}
    assert posts[THEIRS] < posts[AT_RANDOM] < posts[OTHERS]


@pytest.mark.slow
def test_a_tenth_of_the_accounts_tells_the_share_of_a_large_campaign():
    (posts, accounts) = shares_in("large", "250 accounts", 3)[READ_TENTH]

    assert posts.n_reported >= 1
    assert posts.low < posts.truth < posts.high
    assert accounts.low < accounts.truth < accounts.high
