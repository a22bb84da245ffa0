"""assess: a group becomes a finding with its doubts, and no sentence breaks the rules, whatever the data."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.assess.assess import assess
from groundswell.assess.wording import check
from groundswell.engine.duck import Duck
from groundswell.model.finding import Side, Verdict, Weight
from groundswell.model.group import Lead, Outcome
from groundswell.model.run import Parameters
from tests.assess.runs import PEOPLE, Row, crowd, group, in_step, layer, posted, profile, write_profiles, write_run

NAMES = ("Amber Fox", "Blue Hen", "Calm Owl", "Dusky Cup", "Early Moth")


def weigh(engine, posts, accounts=(), groups=(), **options):
    write_run(engine, posts, accounts)
    campaign = options.pop("campaign", None)
    return assess(engine, groups, Parameters(campaign=campaign), **{"precision_s": 1.0, **options})


def test_a_reported_group_becomes_a_finding_for_and_against(engine):
    said = weigh(engine, [*in_step(), *crowd()], groups=[group()])

    (finding,) = said.findings
    assert said.headline == (
        "5 of 25 accounts acted together more than chance allows. They wrote 30 of the 70 posts"
        " (43 %; 95 % interval 23 % to 66 %)."
    )
    assert finding.account_ids == PEOPLE
    assert {evidence.side for evidence in finding.evidence} == {Side.FOR, Side.AGAINST}
    assert len(finding.alternatives) >= 4
    assert said.supported[0] == finding.claim


def test_without_profiles_openness_cannot_be_told_but_the_claim_stands(engine):
    said = weigh(engine, [*in_step(), *crowd()], groups=[group()])

    assert said.verdict is said.findings[0].verdict is Verdict.CANNOT_TELL
    assert said.hedge.startswith("Whether they act in the open can’t be told")
    assert "A bio or picture is known of 0 of the 5 members: that they act together is measured" in " ".join(
        said.sentences()
    )


def test_no_group_is_told_with_what_could_not_have_been_found(engine):
    said = weigh(engine, crowd(), precision_s=60.0, refused_windows_s=(10.0,))

    assert said.headline == (
        "No group of the 20 accounts acted together more than chance allows, as far as these data can show."
    )
    assert said.verdict is Verdict.CANNOT_TELL
    assert said.findings == ()
    assert any("windows of 10 seconds were not looked at" in note.sentence for note in said.notes)


def test_what_the_scan_did_not_report_is_a_note_and_no_finding(engine):
    fans = group(("reader00", "reader01"), group_id="Q1", outcome=Outcome.QUICK_FOLLOWERS)

    said = weigh(engine, crowd(), groups=[fans])

    assert said.findings == ()
    assert [note.account_ids for note in said.notes if note.kind == "quick followers"] == [("reader00", "reader01")]


def test_a_campaign_stands_in_the_headline_with_its_interval(engine):
    posts = [*in_step(hashtags=["OpenGate"]), *crowd(hashtags=["opengate"])]

    said = weigh(engine, posts, groups=[group()], campaign="#OpenGate")

    assert "They wrote 30 of the 70 posts with #OpenGate (43 %" in said.headline
    assert said.campaign.sentence in said.supported


def test_rows_left_out_bound_the_share(engine):
    said = weigh(engine, [*in_step(), *crowd()], groups=[group()], rows_left_out=30)

    assert said.shares[0].high_if_missing == 60 / 100


def test_a_census_needs_no_interval(engine):
    said = weigh(engine, [*in_step(), *crowd()], groups=[group()], census=True)

    assert "(43 %)" in said.headline


def test_the_planted_set_is_deceptive_with_signs_for_a_person(engine):
    copied = [profile(one, name=name, bio="Coffee first, then the gate. Parent of two.", picture="x.png")
              for one, name in zip(PEOPLE, NAMES, strict=True)]  # fmt: skip

    said = weigh(engine, [*in_step(), *crowd()], copied, [group()])

    assert said.verdict is Verdict.DECEPTIVE
    assert sum("needs a person’s eye" in e.sentence for e in said.findings[0].evidence) == 2


def test_a_wire_is_open_even_with_one_bio_and_one_mark_on_every_desk(engine):
    desks = [profile(one, name=name, bio="A desk of the Harbour News Agency", picture="gull.png")
             for one, name in zip(PEOPLE, NAMES, strict=True)]  # fmt: skip
    wire = group(PEOPLE, layer(turnout=0.95, median_spread_s=2.6, second_of_minute=0.8, n_occasions=40, n_objects=40))

    said = weigh(engine, [*in_step(lag_s=1), *crowd()], desks, [wire])

    assert said.verdict is Verdict.OPEN
    assert said.findings[0].alternatives[0].weight is Weight.CLEARLY_FOR


@pytest.mark.parametrize(
    "badge",
    [
        {"bio": "Fan account of the Starlight Cup until it glows"},
        {"bio": "The cup will glow for all of us", "picture": "cup.png"},
        {"picture": "cup.png"},
        {"bio": "#StarlightCup #Glow #Cup #Night #Gold"},
    ],
)
def test_a_fandom_is_never_deceptive(engine, badge):
    """Even were it reported: they follow one account, and share its badge or its slogan."""
    fans = [profile(one, name=name, **badge) for one, name in zip(PEOPLE, NAMES, strict=True)]
    led = group(leads=(Lead(account_id="ana", occasions=6, of=6),))

    said = weigh(engine, [*in_step(), *crowd()], fans, [led])

    assert said.verdict is not Verdict.DECEPTIVE


def test_the_same_input_gives_the_same_sentences(engine):
    one = weigh(engine, [*in_step(), *crowd()], groups=[group()])
    two = weigh(engine, [*in_step(), *crowd()], groups=[group()])

    assert json.dumps(one.as_json()) == json.dumps(two.as_json())


def test_an_empty_run_is_told_in_words(engine):
    said = weigh(engine, [])

    assert said.headline.startswith("No group of the 0 accounts")


accounts = st.lists(st.sampled_from((*PEOPLE, "reader00", "reader01", "nobody")), min_size=3, max_size=7, unique=True)
kinds = st.sampled_from(
    ("url", "repost", "text", "hashtag", "hashtag_sequence", "reply", "share", "domain", "image", "?")
)
ratios = st.floats(0, 1)
layers = st.builds(
    layer,
    kind=kinds,
    window_s=st.sampled_from((10.0, 60.0, 600.0, 3600.0)),
    evidence=st.floats(3.6, 5000),
    n_objects=st.integers(1, 5000),
    n_occasions=st.integers(1, 5000),
    n_days=st.integers(1, 400),
    times_chance=st.one_of(st.floats(0.5, 1e9), st.just(float("inf"))),
    turnout=ratios,
    own_audience=ratios,
    second_of_minute=st.one_of(st.none(), ratios),
    median_spread_s=st.floats(0, 3600),
)
leads = st.integers(1, 50).flatmap(
    lambda of: st.builds(Lead, account_id=st.just("ana"), occasions=st.integers(0, of), of=st.just(of))
)
groups = st.builds(
    lambda members, found, led, outcome: group(members, *found, leads=tuple(led), outcome=outcome),
    accounts,
    st.lists(layers, min_size=1, max_size=3),
    st.lists(leads, max_size=2),
    st.sampled_from(Outcome),
)
texts = st.one_of(
    st.none(),
    st.just(""),
    st.text(max_size=30),
    st.sampled_from(("Harbour News Agency", "Russian bots, proven", "a{b}  c")),
)
profiles = st.fixed_dictionaries(
    {}, optional={"name": texts, "bio": texts, "handle": texts, "url": texts, "picture": texts}
)
SCENES: dict[str, list[Row]] = {
    "tagged": [*in_step(hashtags=["OpenGate"], client="web"), *crowd(hashtags=["OpenGate"], client="app")],
    "copied": [*in_step(text="Open the gate, they had the key"), posted("reader00", 3, is_repost=True, repost_of="p1")],
    "one day": in_step(occasions=2, every_h=0.2),
}


@cache
def scene(name: str) -> Duck:
    """An engine with this scene in it; only profiles change between examples."""
    return write_run(Duck(), SCENES[name])


@settings(max_examples=60)
@given(
    groups,
    st.sampled_from(sorted(SCENES)),
    st.lists(profiles, max_size=7),
    st.sampled_from((0.001, 1.0, 60.0, 86400.0)),
    st.sampled_from(((), (10.0,), (10.0, 60.0))),
    st.one_of(st.none(), st.sampled_from(("#OpenGate", "open the gate", "site.example/1")), st.text(max_size=20)),
)
def test_every_sentence_may_be_printed(one, name, told, precision_s, refused, campaign):
    """Walks what is written about many made groups: no forbidden word, no hole, a whole beside each claim."""
    profiled = [profile(each, **row) for each, row in zip((*PEOPLE, "reader00", "reader01"), told, strict=False)]

    said = assess(
        write_profiles(scene(name), profiled),
        [one],
        Parameters(campaign=campaign),
        precision_s=precision_s,
        refused_windows_s=refused,
    )

    for sentence in said.sentences():
        check(sentence)
        assert not re.search(
            r"(?<![\d,.])1 (?:accounts|posts|links|occasions|days|pairs|meetings|members)\b(?! of)", sentence
        )
    for finding in said.findings:
        assert re.match(r"[\d,]+ of [\d,]+ accounts? ", finding.claim)
        assert {evidence.side for evidence in finding.evidence} == {Side.FOR, Side.AGAINST}
    assert re.search(r"[\d,]+ (?:of|accounts? acted)|of the [\d,]+ accounts?", said.headline)
    json.dumps(said.as_json())
