"""statements and mutations: which sentence says what, and what a taker added."""

from __future__ import annotations

import pytest

from groundswell.claims.mutations import changes
from groundswell.claims.statements import Claim, statements, topic_pattern
from tests.claims.corpus import reading

GATE = topic_pattern("#Gate")


def said(text):
    (document,) = reading(f"=== a\n{text}").documents
    return statements(document, GATE)


def values(text, slot):
    return sorted(value for one in said(text) for value in one.values(slot))


@pytest.mark.parametrize(
    ("sentence", "slot", "value"),
    [
        ("The accounts we monitor used #Gate.", "scope", ["list"]),
        ("A network of accounts used #Gate.", "scope", ["network"]),
        ("Accounts used #Gate across the platform.", "scope", ["platform"]),
        ("Accounts used #Gate.", "scope", []),
        ("Accounts used #Gate.", "agency", ["used"]),
        ("Accounts have been amplifying #Gate.", "agency", ["promoted"]),
        ("Someone orchestrated #Gate.", "agency", ["drove"]),
        ("Norland-backed accounts used #Gate.", "identity", ["state"]),
        ("Bots used #Gate.", "identity", ["automated"]),
        ("Bots made #Gate trend.", "causality", ["caused"]),
        ("Accounts used #Gate for two days.", "time", ["48 hours"]),
        ("Accounts used #Gate in the past 48 hours.", "time", ["48 hours"]),
        ("Some 1,200 foreign accounts used #Gate.", "quantity", ["1200 accounts"]),
        ("#Gate was the third most used hashtag.", "quantity", ["place 3"]),
        ("Swarms of bots used #Gate.", "quantity", ["swarms of accounts"]),
        ("Channel 6 says that bots used #Gate.", "quantity", []),
    ],
)
def test_a_slot_is_read_from_its_words(sentence, slot, value):
    assert values(sentence, slot) == value


def test_what_is_denied_is_not_said():
    assert values("The figures do not show use of #Gate on the platform.", "scope") == []
    assert said("There is no evidence that bots drove #Gate.")[0].denied


def test_a_denied_half_leaves_the_other_half():
    (one,) = said("Bots drove #Gate, but accounts on the list never used it.")

    assert not one.denied
    assert one.values("scope") == frozenset()
    assert one.values("agency") == {"drove"}


def test_claims_are_told_apart():
    assert said("Accounts pushed #Gate.")[0].claims == {Claim.SPREAD}
    assert said("Nine profile pictures under #Gate are stock photos.")[0].claims == {Claim.PERSONAS}
    assert said("Our members posted #Gate of their own accord.")[0].claims == {Claim.PEOPLE}
    assert said("The minister read #Gate aloud.") == () or not said("The minister read #Gate aloud.")[0].claims


def test_a_longer_word_is_another_campaign():
    assert said("Accounts pushed #Gateway.") == ()


def slots(source, taken):
    return {one.slot: (one.before, one.after) for one in changes(said(taken), said(source))}


def test_a_taker_that_drops_the_limit_says_more():
    (change,) = changes(said("Accounts used #Gate."), said("Accounts on our list used #Gate."))

    assert (change.slot, change.before, change.after, change.words, change.stronger) == (
        "scope",
        ("list",),
        (),
        (),
        True,
    )


def test_what_is_left_out_beyond_the_scope_is_no_change():
    assert slots("600 bots drove #Gate for two days.", "Accounts drove #Gate.") == {}


def test_what_is_added_is_a_change_with_its_words():
    (document,) = reading("=== a\nTrolls drove #Gate.").documents
    found = changes(statements(document, GATE), said("Accounts used #Gate."))

    assert {one.slot: [document.text[a:b] for a, b in one.words] for one in found} == {
        "agency": ["drove"],
        "identity": ["Trolls"],
    }
    assert all(one.stronger for one in found)


@pytest.mark.parametrize("sentence", ["600 bots drove #Gate on the platform.", "Accounts on our list used #Gate."])
def test_nothing_changes_between_equal_sentences(sentence):
    assert slots(sentence, sentence) == {}
