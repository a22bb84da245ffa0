"""The campaign in the report: each measure beside its doubt, no id unmasked, nothing where nothing was asked."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from groundswell.assess.hypotheses import Seen, hypotheses
from groundswell.assess.wording import forbidden_in
from groundswell.model.campaign import (
    Births,
    Change,
    Comparison,
    Concentration,
    Estimate,
    FirstOf,
    Jump,
    LeadLag,
    Measured,
    Phase,
    Ranks,
    Reach,
    Role,
    Volumes,
)
from groundswell.model.run import Parameters
from groundswell.publish.asked import campaign_asked
from groundswell.publish.campaign_section import campaign_section
from groundswell.publish.frame import Frame
from groundswell.publish.made_section import command
from groundswell.publish.redaction import Redaction
from groundswell.publish.report import report_html
from groundswell.publish.site.edition_pages import CAMPAIGN, edition_pages
from tests.publish.editions import edition
from tests.publish.pages import Page

SHARE = Estimate(point=0.2, low=0.1, high=0.3, bound_low=0.07, bound_high=0.51, count=20, whole=100)
NONE = Estimate(point=None, low=None, high=None, bound_low=None, bound_high=None)
NOTHING_SEEN = Seen(
    grouped=None,
    small=None,
    joined=None,
    began=None,
    reach_inside=None,
    open_=None,
    signs=None,
    alike=None,
    whole=True,
)


def measured(**changed: Any) -> Measured:
    return replace(
        Measured(
            volumes=Volumes(
                posts=SHARE,
                accounts=SHARE,
                reposts_received=NONE,
                direct=20,
                downstream=30,
                unaffected=50,
                band_low=0.1,
                band_high=None,
                missing=0.3,
                basis="The interval covers what was read.",
            ),
            lead_lag=LeadLag(
                role=Role.TRAILER,
                sentence="The members came late.",
                first=(FirstOf(k=10, members=1, expected=2.5, posts=3),),
            ),
            phases=(
                Phase(begins="2024-05-01T00:00:00Z", ends="2024-05-02T00:00:00Z", count=0, whole=60),
                Phase(begins="2024-05-02T00:00:00Z", ends="2024-05-03T00:00:00Z", count=20, whole=40),
            ),
            phases_sentence="Their share changed once.",
            ranks=Ranks(
                n_tags=7,
                with_them={"uses": 1, "accounts": 2},
                without_them={"uses": 3, "accounts": 4},
                without_their_reposts={"uses": 5, "accounts": 6},
                without_low={"uses": 1, "accounts": 2},
                without_high={"uses": 3, "accounts": 4},
            ),
            reach=Reach(
                jumps=(
                    Jump(
                        time="2024-05-02T07:00:00Z",
                        before=1.0,
                        after=9.5,
                        account_ids=("30000001",),
                        post_ids=("900000001",),
                        inside=False,
                        reposts=4,
                        followers=None,
                    ),
                ),
                top=10,
                top_inside=0,
                sentence="Of the 10 most repeated posts, 0 are by members.",
            ),
            concentration=(Concentration(of="posts", n=40, total=100, gini=0.4, top_share=0.1, effective=12.0),),
            births=Births(
                members=8, others=30, members_one_day=5, others_one_day=2, members_new=1, others_new=3, p=0.0004
            ),
            comparisons=(
                Comparison(statistic="gini", value=0.9, percentile=100.0, low=0.2, high=0.6, n=40, source="made-up"),
            ),
            comparisons_sentence="1 of 1 statistic lies outside the range of 40 comparators.",
            alternatives=hypotheses(NOTHING_SEEN),
            would_change=(Change(if_="If 20 more posts had been collected", then="the share would be less."),),
            sentence="8 of 40 accounts acted together more than chance allows.",
            level=2,
        ),
        **changed,
    )


@pytest.fixture
def asked(engine):
    """An edition whose campaign was measured."""

    def make(parameters: Parameters | None = None, **changed: Any):
        made = edition(engine, **({"parameters": parameters} if parameters else {}))
        campaign = replace(made.assessment.campaign, measured=measured(**changed))
        return replace(made, assessment=replace(made.assessment, campaign=campaign))

    return make


def text_of(made):
    return " ".join(Page(report_html(made)).text.replace("\u00a0", " ").split())


def test_every_measure_stands_in_the_report_with_its_denominator(asked):
    text = text_of(asked())

    for said in (
        "20 of 100",
        "10 % to 30 %",
        "7 % to 51 %",
        "Of 7 hashtags",
        "60",
        "Their share changed once.",
        "1 of 10",
    ):
        assert said in text
    assert "Of the 10 most repeated posts, 0 are by members." in text
    assert "If 20 more posts had been collected: the share would be less." in text


def test_the_page_is_whole_and_says_nothing_forbidden(asked):
    page = Page(report_html(asked()))

    assert page.unbalanced == []
    assert list(forbidden_in(page.text)) == []


def test_the_campaign_has_a_page_with_a_drawing_of_each_measure(asked):
    leaf = next(leaf for leaf in edition_pages(asked()) if leaf.address == CAMPAIGN)
    html = leaf.html(Frame(root=""))
    page = Page(html)

    assert leaf.in_the_row
    assert page.unbalanced == []
    for said in ("Of the posts: 20 %, 20 of 100 posts.", "by uses place", "outside what"):
        assert any(said in label for label in re.findall(r'role="img" aria-label="([^"]*)"', html)), said


def test_members_ahead_are_to_the_left_in_both_measures(asked):
    lead_lag = replace(
        measured().lead_lag, median_lag_s=-7200.0, shift_s=3600.0, shift_low_s=1800.0, shift_high_s=7200.0
    )
    rows = campaign_section(asked(lead_lag=lead_lag))["lags"]["rows"]

    assert [row["words"] for row in rows] == ["2 h earlier", "1 h earlier (2 h earlier to 30 min earlier)"]


def test_a_share_of_nothing_is_unknown_in_the_size_of_a_share(asked):
    tracks = campaign_section(asked())["tracks"]

    assert [track["share"] for track in tracks] == ["20 %", "20 %", "unknown"]
    assert tracks[2]["drawing"] == ""


def test_what_is_unknown_is_not_zero(asked):
    section = campaign_section(asked())

    assert section["shares"][2] == ("Reposts received", "0 of 0", "unknown", "unknown", "unknown")
    assert section["jumps"][0][-1] == "unknown"


def test_a_rank_that_cannot_be_computed_is_said_so_with_its_reason(asked):
    nothing = {
        name: {} for name in ("with_them", "without_them", "without_their_reposts", "without_low", "without_high")
    }
    text = text_of(asked(ranks=Ranks(n_tags=1, unknown="The collection holds 1 hashtag.", **nothing)))

    assert "Not computable. The collection holds 1 hashtag." in text


def test_accounts_and_posts_stand_under_pseudonyms(asked):
    (row,) = campaign_section(asked())["jumps"]

    assert row[3].startswith("acct-")
    assert "30000001" not in " ".join(row)
    assert "900000001" not in " ".join(row)


def test_each_prediction_says_whether_it_holds(asked):
    predictions = [held for one in campaign_section(asked())["explanations"] for _, held in one["predictions"]]

    assert set(predictions) == {"can’t be told", "fails"}


def test_without_a_campaign_there_is_no_section(engine):
    made = edition(engine)
    plain = replace(made, assessment=replace(made.assessment, campaign=None))

    assert campaign_section(plain) is None
    assert 'id="campaign"' not in report_html(plain)


def test_a_list_of_post_ids_is_not_printed(asked):
    made = asked(Parameters(campaign="posts: 900000001, 900000002"))
    page = report_html(made)

    assert "900000001" not in " ".join(command(made))
    assert "900000001" not in page
    assert "posts: post-" in page


def test_a_person_may_decide_to_print_them(asked):
    made = asked(Parameters(campaign="posts: 900000001", show_handles=True))

    assert "--campaign 'posts: 900000001'" in command(made)


@pytest.mark.parametrize(
    ("campaign", "printed"), [(None, None), ("#OpenGate", "#OpenGate"), ("open the gate", "open the gate")]
)
def test_words_that_name_nobody_are_printed_as_asked(campaign, printed):
    assert campaign_asked(campaign, Redaction([("30000001", "ana_17", None)], b"key", shown=False)) == printed


def test_a_name_in_what_was_asked_is_keyed():
    told = campaign_asked("read @ana_17 now", Redaction([("30000001", "ana_17", None)], b"key", shown=False))

    assert "ana_17" not in told
    assert told.startswith("read @acct-")
