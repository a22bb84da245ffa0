"""measure: a campaign's keys are there under their stable names, and every sentence in them may be printed."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from groundswell.assess.assess import assess
from groundswell.model.campaign import NOT_COMPUTABLE
from groundswell.model.finding import NAMES_IN_JSON, Assessment, Verdict
from groundswell.model.records import revive
from groundswell.model.run import Parameters
from tests.assess.runs import crowd, group, in_step, posted, profile, write_run

KEYS = {
    *("verdict", "posts_total", "accounts_total", "share_posts", "share_accounts", "share_reposts_received"),
    *("lead_lag", "rank_with", "rank_without", "power", "multiverse", "alternatives", "sentence", "would_change"),
}
SHARE = {"point", "low", "high", "bound_low", "bound_high"}
TAGGED = {"hashtags": ["OpenGate"]}


def assessed(engine, posts, accounts=(), *, groups=None, campaign="#OpenGate", **how) -> Assessment:
    write_run(engine, posts, accounts)
    parameters = Parameters(campaign=campaign)
    return assess(engine, [group()] if groups is None else groups, parameters, precision_s=1.0, **how)


@pytest.mark.parametrize(
    ("posts", "groups"),
    [
        ([*in_step(**TAGGED), *crowd(**TAGGED)], None),
        (crowd(**TAGGED), []),
        ([posted("ana", 1, **TAGGED)], []),
        (crowd(hashtags=["Starlight"]), []),
    ],
    ids=["a group", "a crowd", "one post", "no match"],
)
def test_the_contract_holds_whatever_was_found(engine, posts, groups):
    told = assessed(engine, posts, groups=groups).as_contract(asked=True)

    assert set(told) >= KEYS
    assert told["verdict"] in NAMES_IN_JSON.values()
    assert all(set(told[name]) == SHARE for name in ("share_posts", "share_accounts", "share_reposts_received"))
    assert isinstance(told["sentence"], str)
    json.dumps(told, allow_nan=False)


def test_a_group_in_a_crowd(engine):
    told = assessed(engine, [*in_step(**TAGGED), *crowd(**TAGGED)]).as_contract(asked=True)

    assert (told["posts_total"], told["accounts_total"]) == (70, 25)
    assert told["share_posts"]["point"] == pytest.approx(30 / 70)
    assert told["share_posts"]["bound_low"] < told["share_posts"]["low"] < told["share_posts"]["point"]
    assert told["rank_with"] == told["rank_without"] == NOT_COMPUTABLE
    assert told["sentence"].startswith(
        "5 of 25 accounts that used #OpenGate acted together more than chance allows, and wrote 30 of 70 posts with it"
    )
    assert told["claim_level"] == 2
    assert len(told["would_change"]) >= 3
    assert {"if", "then", "tipping_point", "verdict"} == set(told["would_change"][0])


def test_one_share_has_one_interval(engine):
    campaign = assessed(engine, [*in_step(**TAGGED), *crowd(**TAGGED)]).campaign

    posts = campaign.shares[0]
    assert (posts.low, posts.high) == (campaign.measured.volumes.posts.low, campaign.measured.volumes.posts.high)


def test_two_hashtags_can_be_ranked(engine):
    told = assessed(engine, [*in_step(**TAGGED), *crowd(hashtags=["Starlight"])]).as_contract(asked=True)

    assert told["rank_with"] == {"uses": 2, "accounts": 2, "of": 2}


def test_copied_profiles_in_no_group_are_said_and_not_called_coordinated(engine):
    bios = [
        profile(f"reader{n:02}", name=name, bio="Nurse, runner and proud mother of two", picture="p.jpg")
        for n, name in enumerate(("ana", "ben", "cat"))
    ]

    assessment = assessed(engine, crowd(**TAGGED), bios, groups=[])

    assert assessment.campaign.verdict is Verdict.INAUTHENTIC
    assert "3 of 20 accounts show one bio and one picture" in assessment.campaign.measured.sentence


def test_without_a_campaign_nothing_is_added(engine):
    assessment = assessed(engine, [*in_step(), *crowd()], campaign=None)

    assert assessment.as_contract(asked=False) == assessment.as_json()


def test_what_was_written_can_be_read_back(engine):
    assessment = assessed(engine, [*in_step(**TAGGED), *crowd(**TAGGED)])

    assert revive(Assessment, json.loads(json.dumps(assessment.as_json()))) == assessment


def test_equal_input_gives_equal_figures(engine):
    posts = [*in_step(**TAGGED), *crowd(**TAGGED)]

    assert asdict(assessed(engine, posts)) == asdict(assessed(engine, posts))


def test_a_census_knows_its_share(engine):
    told = assessed(engine, [*in_step(**TAGGED), *crowd(**TAGGED)], census=True, missing=0.0).as_contract(asked=True)

    assert told["share_posts"]["low"] == pytest.approx(30 / 70)
    assert told["share_posts"]["high"] == pytest.approx(30 / 70)
