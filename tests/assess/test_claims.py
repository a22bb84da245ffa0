"""claims: the sentence about a group says what was measured, over what, beside chance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from groundswell.assess.case import cases
from groundswell.assess.claims import claim, reasons_against, reasons_for
from groundswell.assess.scope import scope_of
from groundswell.model.group import Lead
from tests.assess.runs import PEOPLE, crowd, group, in_step, layer, posted, profile, write_run


def case_of(engine, posts, accounts=(), *, of=None, window_s=60):
    write_run(engine, posts, accounts, window_s=window_s)
    (case,) = cases(engine, [of or group()], scope_of(engine, precision_s=1, min_objects=2))
    return case


def test_the_claim_names_the_act_the_whole_and_chance(engine):
    case = case_of(engine, [*in_step(), *crowd()])

    assert claim(case) == (
        "5 of 25 accounts shared the same 6 links within 60 seconds of each other, 4 at a time on average:"
        " 60 meetings where outsiders’ timing would give 0.011."
    )


def test_where_no_first_shares_met_the_ratio_stands_in(engine):
    case = case_of(engine, [*in_step(lag_s=100), *crowd()])

    assert claim(case).endswith("12 times as often in step as the outsiders of the same links.")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("repost", "reposted the same 6 posts"),
        ("text", "posted the same 6 texts"),
        ("reply", "replied to the same 6 posts"),
        ("hashtag_sequence", "used the same 6 sequences of hashtags"),
        ("share", "shared the same 6 objects"),
        ("something new", "shared the same 6 objects"),
    ],
)
def test_each_kind_is_told_by_its_act(engine, kind, said):
    assert said in claim(case_of(engine, in_step(), of=group(PEOPLE, layer(kind=kind))))


def test_each_reason_for_names_posts_that_met(engine):
    case = case_of(engine, [*in_step(), *crowd()])

    for evidence in reasons_for(case):
        assert evidence.post_ids
        assert set(evidence.post_ids) <= {f"p{n}" for n in range(1, 31)}


def test_posts_on_what_fewest_others_shared_come_first(engine):
    case = case_of(engine, [*in_step(), *crowd(5, links=5)])

    ((object_id,),) = engine.rows(
        "select object_id from traces where post_id = $post and kind = 'url'", post=case.posts(case.layer)[0]
    )
    assert object_id == "site.example/5"


def test_without_kept_meetings_the_members_own_shares_are_the_posts(engine):
    case = case_of(engine, in_step(occasions=1), of=group(PEOPLE, layer(n_occasions=1)))

    assert set(case.posts(case.layer)) == {"p1", "p2", "p3", "p4", "p5"}


def against(engine, posts, accounts=(), of=None):
    return " ".join(evidence.sentence for evidence in reasons_against(case_of(engine, posts, accounts, of=of)))


def test_a_life_elsewhere_speaks_against(engine):
    other = [posted(one, 200 + n, text=f"Something else, number {n}") for one in PEOPLE for n in range(4)]

    said = against(engine, [*in_step(), *other])

    assert "20 of 50 posts by the members (40 %) have nothing to do with what they met on" in said


def test_others_in_the_same_minute_speak_against(engine):
    said = against(engine, [*in_step(), *crowd(6, after_h=0.005)])

    assert "of 6 other accounts with the same links stood within the same 60 seconds" in said


def test_few_days_and_a_lead_speak_against(engine):
    led = group(PEOPLE, layer(n_days=2, n_occasions=3), leads=(Lead(account_id="ana", occasions=3, of=3),))

    said = against(engine, in_step(), of=led)

    assert "It rests on 3 occasions, on 2 of 5 days" in said
    assert "One account went first, or just before, on 3 of 3 occasions" in said


def test_an_open_house_speaks_against(engine):
    said = against(engine, in_step(), [profile(one, name=f"Harbour News {one}") for one in PEOPLE])

    assert "All of the 5 profiles that were read name “Harbour News”" in said


def test_coming_later_than_others_speaks_against(engine):
    assert "They may have followed the others." in against(engine, [*in_step(), *crowd(after_h=-3)])


def test_meetings_hardly_more_often_than_outsiders_speak_against(engine):
    """Everybody shares these links within seconds; what the scan saw can only be how many stood together."""
    rush = [
        posted(f"reader{n:02}", 20 * link + n / 3600, urls=[f"https://site.example/{link}"])
        for link in range(6)
        for n in range(20)
    ]

    said = against(engine, [*in_step(), *rush])

    assert "Over all the links they share, they met 1.0 times as often as outsiders’ timing would give" in said


def test_something_always_speaks_against(engine):
    assert against(engine, in_step(), of=group(PEOPLE, layer(turnout=1.0)))


def test_no_figure_contradicts_the_rule(engine):
    """Evidence from part of the occasions: over all of them the group is in step 1.8 times as often, and not three."""
    case = case_of(engine, [*in_step(), *crowd()], of=group(PEOPLE, layer(times_chance=1.8)))
    said = [evidence.sentence for evidence in reasons_for(case)]

    assert not any("1.8 times" in sentence for sentence in said)
    assert any(
        "on 6 of 6 links they met more than three times as often as outsiders’ timing would give" in one for one in said
    )


def test_what_the_rule_used_is_told_beside_what_it_is_over_all(engine):
    case = case_of(engine, [*in_step(), *crowd()], of=group(PEOPLE, layer(times_chance=1.8, times_at_least=7.4)))
    said = " ".join(evidence.sentence for evidence in reasons_for(case))

    assert "on enough of them more than 7.4 times as often in step as the outsiders" in said
    assert "over all of them 1.8 times" in said


def test_a_yardstick_from_outside_speaks_against(engine):
    said = against(engine, in_step(), of=group(PEOPLE, layer(by_reference=True)))

    assert "rates from organic collections" in said
    assert "rates from organic collections" not in against(engine, in_step())


def test_evidence_of_several_kinds_is_told_as_such(engine):
    split = replace(group(PEOPLE, layer(evidence=1.2), layer(kind="text", evidence=0.9)), evidence_together=8.3)
    said = " ".join(evidence.sentence for evidence in reasons_for(case_of(engine, [*in_step(), *crowd()], of=split)))

    assert "8 digits of evidence are left over links and texts together, each post counted once," in said
