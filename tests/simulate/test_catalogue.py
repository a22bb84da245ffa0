"""Every scenario, asked what all of them promise."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from groundswell.errors import WrongUse
from groundswell.model.post import ACCOUNTS, MADE_UP, POSTS
from groundswell.model.table import n_rows
from groundswell.simulate.catalogue import scenario, scenarios, simulate
from groundswell.simulate.scenario import SHARE_LOG

EVERY = scenarios()
LOGS = [each for each in EVERY if each.kind == "shares"]
POSTED = [each for each in EVERY if each.kind == "posts"]


def by_name(told):
    return told.name


def tables(world):
    return [table for table in (world.posts, world.accounts, world.shares, world.truth) if table is not None]


told_once = cache(simulate)


def same(one, other):
    return all(
        a.keys() == b.keys() and all(a[name].tolist() == b[name].tolist() for name in a)
        for a, b in zip(tables(one), tables(other), strict=True)
    )


def test_names_are_unique_and_those_that_were_promised():
    names = [each.name for each in EVERY]

    assert len(set(names)) == len(names)
    assert {each.name for each in POSTED} == {
        "demo-campaign",
        "demo-fandom",
        "demo-wire",
        "talk",
        "slogans",
        "planted-edited",
        "planted-edited-deleted",
        "planted-tags",
        "planted-batch",
        "talk-day",
        "talk-few",
        "talk-varied",
        "planted-faint",
        "planted-reworded",
    }
    assert {"quiet", "fast", "favourites", "repeats", "fandom", "wire", "planted", "planted-slow", "log"} <= set(names)
    assert {"planted-owned", "planted-pair"} <= set(names)


@pytest.mark.parametrize("told", EVERY, ids=by_name)
def test_a_seed_fixes_the_world(told):
    assert same(told_once(told.name), simulate(told.name))


@pytest.mark.parametrize("told", EVERY, ids=by_name)
def test_another_seed_is_another_world(told):
    assert not same(told_once(told.name), simulate(told.name, seed=5))


@pytest.mark.parametrize("told", EVERY, ids=by_name)
def test_every_row_says_that_it_is_made_up(told):
    world = told_once(told.name)

    for table in tables(world)[:-1]:
        assert set(table["platform"]) == {MADE_UP}


@pytest.mark.parametrize("told", EVERY, ids=by_name)
def test_accounts_in_the_truth_are_in_the_world_and_in_one_group(told):
    world = told_once(told.name)
    there = set((world.posts or world.shares)["account_id"])
    named = world.truth["account_id"].tolist()

    assert set(named) <= there
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("told", LOGS, ids=by_name)
def test_a_log_has_its_usual_length(told):
    world = told_once(told.name)

    assert abs(world.n_rows - 40_000) <= 0.05 * 40_000
    assert set(world.shares) == set(SHARE_LOG.columns)


@pytest.mark.parametrize("name", ["fandom", "wire", "planted-pair", "planted-hidden"])
@pytest.mark.parametrize("shares", [20_000, 100_000])
def test_a_log_is_as_long_as_asked_for_whoever_joins(name, shares):
    assert abs(simulate(name, shares=shares).n_rows - shares) <= 0.05 * shares


def test_a_plain_log_is_exactly_as_long_as_asked_for():
    assert simulate("log", shares=12_345).n_rows == 12_345


@pytest.mark.parametrize("told", EVERY, ids=by_name)
def test_rows_are_sorted_by_time_and_their_ids_are_unique(told):
    world = told_once(told.name)
    times, ids = (
        (world.posts["time"], world.posts["post_id"])
        if world.posts is not None
        else (world.shares["timestamp_share"], world.shares["content_id"])
    )

    assert (np.diff(times.astype(np.int64)) >= 0).all()
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("told", POSTED, ids=by_name)
def test_posts_and_accounts_keep_their_contracts(told):
    world = told_once(told.name)

    assert list(world.posts) == list(POSTS.columns)
    assert list(world.accounts) == list(ACCOUNTS.columns)
    assert set(world.accounts["account_id"]) == set(world.posts["account_id"])
    assert n_rows(world.accounts) == len(set(world.accounts["handle"]))


def test_an_unknown_scenario_is_answered_with_the_nearest():
    with pytest.raises(WrongUse, match="no scenario 'plantd'") as caught:
        scenario("plantd")

    assert "Did you mean 'planted'?" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "options", "advice"),
    [
        ("demo-wire", {"shares": 5000}, "has its own size"),
        ("log", {"shares": 10}, "1,000 or more"),
        ("log", {"seed": -1}, "zero or more"),
        ("planted-hidden", {"shares": 1000}, "too few"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(name, options, advice):
    with pytest.raises(WrongUse, match=advice):
        simulate(name, **options)
