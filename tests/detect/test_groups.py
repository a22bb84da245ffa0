"""find_groups: planted campaigns are found whole, and nobody else is."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from groundswell.detect.groups import find_groups
from groundswell.detect.shares import Shares, shares_of
from groundswell.model.group import Outcome
from groundswell.model.trace import TRACES
from tests.detect.crowds import DAY, N_DAYS, campaign, crowd, shares

MEMBERS = tuple(f"x{n:03}" for n in range(10))


def scan(*layers: Shares, **options):
    return find_groups(layers, precision_s=1.0, **options)


@pytest.mark.parametrize(
    "planted",
    [
        campaign(),
        campaign(owned=True),
        campaign(pace_s=8.0),
        campaign(pace_s=500.0, n_objects=25),
        campaign(n_objects=8, turnout=0.9),
    ],
    ids=["on the crowd's objects", "on its own objects", "in 8 s", "in 500 s", "on 8 objects"],
)
def test_a_planted_campaign_is_found_whole(planted):
    (group,) = scan(shares(crowd() + planted)).groups

    assert group.outcome is Outcome.REPORTED
    assert group.account_ids == MEMBERS


def test_a_campaign_of_a_hundred_and_twenty_that_owns_its_objects_is_found_whole():
    planted = campaign(size=120, n_objects=15, turnout=0.6, owned=True)
    (group,) = scan(shares(crowd() + planted), windows_s=[60]).reported

    assert len(group.account_ids) == 120
    assert all(account.startswith("x") for account in group.account_ids)


def test_two_campaigns_are_two_groups():
    rows = crowd() + campaign(size=20) + campaign(2, name="y")

    assert {group.account_ids[0][0] for group in scan(shares(rows)).reported} == {"x", "y"}


@pytest.mark.parametrize("seed", range(5))
def test_a_quiet_world_has_no_groups(seed):
    assert scan(shares(crowd(seed))).groups == ()


def test_breaking_news_is_no_group():
    random = np.random.default_rng(4)
    news = [
        (f"c{a:04}", f"news{n}", n * 30_000.0 + second)
        for n in range(12)
        for a, second in zip(random.choice(200, 120, replace=False), random.exponential(90, 120), strict=True)
    ]

    assert scan(shares(crowd() + news)).reported == ()


def test_those_who_follow_one_account_are_a_note_that_names_it():
    (group,) = scan(shares(crowd() + campaign(leader="star", n_objects=20))).groups

    assert group.outcome is Outcome.QUICK_FOLLOWERS
    assert set(MEMBERS) <= set(group.account_ids)
    assert group.leads[0].account_id == "star"
    assert group.leads[0].occasions == group.leads[0].of == 20
    assert group.group_id == "Q1"


def test_the_order_of_rows_does_not_matter():
    rows = crowd() + campaign()

    assert scan(shares(rows[::-1])) == scan(shares(rows))


def test_names_of_accounts_and_objects_do_not_matter():
    rows = crowd() + campaign() + campaign(2, name="y", owned=True)
    people, things = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    person, thing = dict(zip(people, people[::-1], strict=True)), dict(zip(things, things[::-1], strict=True))
    plain = scan(shares(rows)).groups
    renamed = scan(shares([(person[a], thing[o], second) for a, o, second in rows])).groups

    assert [sorted(person[a] for a in group.account_ids) for group in plain] == [
        list(group.account_ids) for group in renamed
    ]
    assert [group.strongest.evidence for group in plain] == pytest.approx(
        [group.strongest.evidence for group in renamed]
    )


def test_sharing_again_changes_nothing():
    rows = crowd() + campaign()
    again = [(account, thing, second + 5.0) for account, thing, second in rows]

    assert scan(shares(rows + again)).groups == scan(shares(rows)).groups


def test_the_same_seed_gives_the_same_scan():
    layer = shares(crowd() + campaign() + campaign(2, name="y", n_objects=5))

    assert scan(layer, seed=3) == scan(layer, seed=3)


def test_groups_keep_their_names_from_run_to_run():
    layer = shares(crowd() + campaign(size=20) + campaign(2, name="y"))
    found = scan(layer).groups
    previous = [(name, frozenset(group.account_ids)) for name, group in zip(["K", "C"], found, strict=True)]

    assert [group.group_id for group in scan(layer, previous=previous).groups] == ["K", "C"]


def test_windows_finer_than_the_clock_are_named_and_left_out():
    found = find_groups([shares(crowd())], precision_s=60.0)

    assert found.windows_s == (60.0, 600.0, 3600.0)
    assert found.refused_windows_s == (10.0,)
    assert [tried.window_s for tried in found.kinds[0].windows] == [60.0, 600.0, 3600.0]


def test_more_kinds_and_windows_cost_more_digits():
    one = scan(shares(crowd()), windows_s=[60])
    two = scan(shares(crowd()), shares(crowd(5), "hashtag"), windows_s=[60, 600])

    assert two.needed_digits == pytest.approx(one.needed_digits + np.log10(4))


def test_what_was_tried_is_told():
    found = scan(shares(crowd() + campaign()), windows_s=[60])
    (kind,) = found.kinds

    assert (kind.kind, kind.n_accounts, kind.windows[0].n_groups) == (
        "url",
        len({a for a, *_ in crowd()} | {*MEMBERS}),
        1,
    )
    assert kind.windows[0].n_pairs >= 45
    assert json.loads(json.dumps(found.tried_as_json()))["kinds"][0]["n_eligible"] == kind.n_eligible


def test_no_shares_no_groups():
    nothing = shares([("ana", "u", 0.0)])
    empty = replace(nothing, **{name: getattr(nothing, name)[:0] for name in vars(nothing) if name != "kind"})

    assert scan(nothing).groups == scan(empty, windows_s=[60]).groups == scan().groups == ()


@pytest.mark.parametrize(
    "options", [{"windows_s": [0]}, {"windows_s": [60, -1]}, {"theta": 0}, {"alpha": 0}, {"resolution": 0}]
)
def test_what_is_not_positive_is_refused(options):
    with pytest.raises(ValueError, match="must be positive"):
        scan(shares(crowd()), **options)


def test_a_kind_twice_is_refused():
    with pytest.raises(ValueError, match="may come once"):
        scan(shares(crowd()), shares(crowd()))


def test_progress_rises_to_the_end():
    told = []
    scan(shares(crowd()), shares(crowd(5), "hashtag"), progress=lambda done, what: told.append((done, what)))

    assert [done for done, _ in told] == pytest.approx([n / 8 for n in range(9)])
    assert told[5] == (5 / 8, "hashtag within 60 s")


def test_one_object_that_everyone_shares_within_an_hour_neither_stops_nor_hides_anything():
    random = np.random.default_rng(0)
    hot = [(f"h{n:05}", "hot", 4 * DAY + second) for n, second in enumerate(random.uniform(0, 3600, 20_000))]
    hot += [(f"h{n:05}", f"o{n % 200:04}", second) for n, second in enumerate(random.uniform(0, N_DAYS * DAY, 20_000))]

    (group,) = scan(shares(crowd() + campaign() + hot)).groups

    assert group.account_ids == MEMBERS


REAL_LAYERS = {"url": "url_id", "hashtag": "hashtag_id", "domain": "domain_id", "image": "phash_id"}


@pytest.mark.real
def test_a_real_log_of_four_kinds_gives_the_same_groups_twice(real_data, engine):
    file = str(real_data / "eval" / "german_elections_twitter.parquet")
    union = " union all ".join(
        f"select '{kind}' as kind, {column}::text as object_id, account_id, post_id::text as post_id, "
        f"make_timestamp((timestamp * 1e6)::bigint) as time from read_parquet($file) where {column} is not null"
        for kind, column in REAL_LAYERS.items()
    )
    engine.load(TRACES, engine.query(union, file=file))
    layers = [shares_of(engine, kind) for kind in REAL_LAYERS]

    found = scan(*layers)

    assert sum(layer.n for layer in layers) > 70_000
    assert found == scan(*layers)
    assert all(
        group.outcome is not Outcome.REPORTED or group.strongest.evidence >= found.needed_digits
        for group in found.groups
    )


def test_how_much_memory_may_be_taken_changes_no_group():
    layer = shares(crowd() + campaign())

    assert scan(layer, memory=1).groups == scan(layer).groups
