"""lookalikes: who is found, who is set aside, and what the reader is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.wording import check
from groundswell.model.post import Account
from groundswell.personas.impersonation import Level, borrowed_picture, impersonation
from groundswell.personas.lookalikes import Likeness, among, lookalikes
from groundswell.personas.loose_form import candidate_forms, loose, protected_forms
from groundswell.personas.told import as_json
from groundswell.simulate.spoofs import STRICT, spoofs

BIO = "Walks the dog before sunrise and writes letters to the council"


def named(*names):
    return [Account(platform="", account_id=str(at), name=name) for at, name in enumerate(names)]


def account(account_id, handle=None, name=None, **more):
    return Account(platform="made-up", account_id=account_id, handle=handle, name=name, **more)


def likenesses(*candidates, of="Bell Lantern"):
    found = lookalikes(named(*candidates), named(of))
    return {pair.candidate_name: pair.likeness for pair in found.pairs}


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        ("BeII Lantern", Likeness.LOOKS),
        ("Bell Lаntеrn", Likeness.LOOKS),
        ("Bell Lan\u200btern", Likeness.LOOKS),
        ("Be11 L4ntern ✔", Likeness.READS),
        ("bell_lantern", Likeness.READS),
        ("Real Bell Lantern", Likeness.DRESSED),
        ("BellLanternTV", Likeness.DRESSED),
        ("Bell Lantren", Likeness.NEAR),
        ("Bell Lamp", None),
    ],
)
def test_what_kind_of_likeness_it_is(candidate, expected):
    assert likenesses(candidate).get(candidate) == expected


def test_fans_parodies_and_the_very_same_name_are_set_aside_with_the_word():
    found = lookalikes(
        named("Bell Lantern Fans", "notbelllantern", "Bell Lantern (Parody)", "Bell Lantern"), named("Bell Lantern")
    )

    assert found.pairs == ()
    assert {pair.label for pair in found.set_aside} == {"Fans", "not", "Parody", None}


def test_a_label_in_the_profile_counts_too():
    candidate = account("1", "beII_lantern", bio="Parody account, no relation")

    assert lookalikes([candidate], [account("2", "bell_lantern")]).pairs == ()


def test_an_account_is_not_a_lookalike_of_itself():
    ana = account("1", "Bell_Lantern", "Bell Lantern")

    found = lookalikes([ana, account("1", "renamed", "BeII Lantern")], [ana])

    assert (found.pairs, found.set_aside) == ((), ())


def test_two_short_first_names_before_one_surname_are_two_people():
    assert likenesses("Dan Harbourer", of="Ben Harbourer") == {}


def test_of_several_strings_the_one_with_the_trick_is_told():
    (pair,) = lookalikes([account("1", "beII_haII", "Bell Hall")], [account("2", "bell_hall", "Bell Hall")]).pairs

    assert (pair.candidate_name, pair.protected_name) == ("beII_haII", "bell_hall")


def test_among_themselves_the_older_is_the_original():
    old = account("1", "bell_hall", created_at=datetime(2020, 1, 1, tzinfo=UTC))
    new = account("2", "beII_hall", created_at=datetime(2024, 1, 1, tzinfo=UTC))
    found = among([new, old])

    assert [(pair.candidate, pair.protected) for pair in found.pairs] == [(new, old)]
    assert found.n_compared == 1


names = st.text(alphabet="aAlI1mrnоo0 ._\u200b✔", max_size=10)


@given(names, names)
def test_every_pair_with_a_form_in_common_is_found(a, b):
    """The index finds just what comparing the forms of every two names finds."""
    found = lookalikes(named(a), named(b))
    meet = {form for form in candidate_forms(a.strip()) if len(form) >= 3} & set(protected_forms(b.strip()))

    if meet:
        assert len(found.pairs) + len(found.set_aside) == 1


@given(names)
def test_a_loose_form_does_not_change_with_case_or_signs(name):
    assert loose(f" {name}_") == loose(name)


def pair_of(candidate, protected):
    found = lookalikes([candidate], [protected])
    return (found.pairs + found.set_aside)[0]


VICTIM = account("2", "bell_hall", bio=BIO, created_at=datetime(2020, 1, 1, tzinfo=UTC), followers=48_100)


def test_name_bio_and_age_together_make_it_probable_and_no_more():
    lookalike = account("1", "beII_haII", bio=BIO.upper(), created_at=datetime(2024, 5, 4, tzinfo=UTC), followers=212)
    weighed = impersonation(pair_of(lookalike, VICTIM))

    assert weighed.level is Level.PROBABLE
    assert (weighed.parts.n_counted, weighed.parts.n_unknown) == (3, 1)
    assert weighed.as_json()["decided_by"] is None
    assert "T0143.003" not in weighed.disarm


def test_a_label_negates_whatever_else_is_alike():
    lookalike = account(
        "1", "beII_haII", "Bell Hall Parody", bio=BIO, created_at=datetime(2024, 5, 4, tzinfo=UTC), followers=212
    )
    weighed = impersonation(pair_of(lookalike, account("2", "bell_hall", "Bell Hall", bio=BIO)))
    said = impersonation(
        lookalikes([account("3", "bell_hall_parody", bio=BIO)], [VICTIM]).set_aside[0], same_picture=True
    )

    assert weighed.parts.label == "Parody"  # the handle is closest, and the display name beside it says so
    assert weighed.level is not Level.PROBABLE
    assert said.level is not Level.PROBABLE
    assert said.disarm == ()


def test_unknown_is_neither_yes_nor_no():
    parts = impersonation(pair_of(account("1", "beII_haII"), VICTIM)).parts

    assert (parts.same_picture, parts.copied_bio, parts.newer, parts.fewer_followers) == (None, None, None, None)


def test_an_edit_alone_is_weak():
    assert impersonation(pair_of(*named("Bell Lantren", "Bell Lantern"))).level is Level.WEAK


def test_a_borrowed_picture_under_another_name_is_no_impersonation():
    assert borrowed_picture(found_elsewhere=True, confusable_name=False) == ("T0145.001",)
    assert borrowed_picture(found_elsewhere=True, confusable_name=True) == ()


def test_the_same_name_with_a_copied_profile_comes_back_among_the_pairs():
    lookalike = account("1", "other", "Bell Hall", bio=BIO, created_at=datetime(2024, 5, 4, tzinfo=UTC))
    told = as_json(lookalikes([lookalike], [account("2", "bell", "Bell Hall", bio=BIO, created_at=VICTIM.created_at)]))

    assert [pair["level"] for pair in told["pairs"]] == ["probable"]


def test_every_sentence_may_be_printed():
    made = spoofs(3, n_protected=60, a_rule=4)
    told = as_json(lookalikes(named(*[one for one, _, _ in made.spoofs]), named(*made.protected)))

    assert told["n_pairs"] > 50
    for pair in told["pairs"]:
        check(pair["impersonation"]["sentence"])
    check(told["note"])


def test_imitations_are_found_and_honest_names_are_not():
    made = spoofs(11, n_protected=300, a_rule=20)
    protected = named(*made.protected)
    pairs = lookalikes(named(*[one for one, _, _ in made.spoofs]), protected).pairs
    found = {(pair.candidate_name, pair.protected_name) for pair in pairs}
    strict = [(one, name) for one, name, rule in made.spoofs if rule in STRICT]
    other = [(one, name) for one, name, rule in made.spoofs if rule not in STRICT]
    namesakes = lookalikes(named(*made.namesakes), protected)
    labelled = lookalikes(named(*[one for one, _ in made.labelled]), protected)

    assert sum(one in found for one in strict) >= 0.98 * len(strict)
    assert sum(one in found for one in other) >= 0.90 * len(other)
    assert len(namesakes.pairs) <= 1e-4 * namesakes.n_compared
    assert labelled.pairs == ()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Parody of somebody", "Parody"),
        ("Harbour fans", "fans"),
        ("Not Bell Lantern", "Not"),
        ("Not today", None),
        ("Grey Otter", None),
        (None, None),
    ],
)
def test_a_label_in_the_display_name_counts_where_the_handle_is_closest(name, label):
    mine = Account(platform="", account_id="c", name=name, handle="beII_lantern")
    found = lookalikes([mine], [Account(platform="", account_id="p", handle="bell_lantern")])

    assert [pair.label for pair in (*found.pairs, *found.set_aside)] == [label]
    assert bool(found.set_aside) is (label is not None)
