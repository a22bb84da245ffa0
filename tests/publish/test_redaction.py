"""Redaction: the same account has the same pseudonym, no two share one, and no name slips out through a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.publish.redaction import Redaction, inert

KEY = b"key"
PEOPLE = [("1234567", "ana_writes", "Ana"), ("u-2", "BenReads", None), ("cat", None, None)]


@pytest.fixture
def names() -> Redaction:
    return Redaction(PEOPLE, KEY, shown=False)


def test_a_pseudonym_needs_the_key(names):
    assert names.account("cat") == Redaction(PEOPLE, KEY, shown=False).account("cat")
    assert names.account("cat") != Redaction(PEOPLE, b"another", shown=False).account("cat")


@given(st.sets(st.text(max_size=5), max_size=60))
def test_no_two_accounts_share_a_pseudonym(ids):
    names = Redaction([(one, None, None) for one in ids], KEY, shown=False)

    assert len({names.account(one) for one in ids}) == len(ids)


def test_pseudonyms_are_longer_in_a_crowd_but_begin_alike():
    few = Redaction([("7", None, None)], KEY, shown=False)
    many = Redaction([(str(number), None, None) for number in range(3_000)], KEY, shown=False)

    assert len(many.account("7")) > len(few.account("7")) == len("acct-7f3a")
    assert many.account("7").startswith(few.account("7"))


def test_a_mention_is_called_as_the_account_it_names(names):
    assert names.names("hear @ana_writes!") == f"hear @{names.account('1234567')}!"
    assert names.names("hear @ANA_writes") == f"hear @{names.account('1234567')}"


def test_a_mention_of_a_stranger_is_hidden_too(names):
    said = names.names("hear @nobody.known, please")

    assert "nobody" not in said
    assert said.startswith("hear @name-")


def test_ids_and_handles_without_an_at_are_recognised_where_they_can_only_be_names(names):
    assert names.names("id 1234567 is BenReads") == f"id {names.account('1234567')} is {names.account('u-2')}"


def test_a_word_that_is_somebodys_handle_stays_a_word(names):
    assert names.names("the cat sat") == "the cat sat"


def test_counts_in_a_sentence_stay_counts():
    names = Redaction([("14", None, None), ("9829", None, None)], KEY, shown=False)

    assert names.names("14 of 9,829 accounts, 9829 posts") == "14 of 9,829 accounts, 9829 posts"


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/ana_writes/status/99887766",
        "https://example.social/@ana_writes/99887766",
        "https://bsky.app/profile/did:plc:ana_writes/post/99887766",
        "https://www.facebook.com/permalink.php?id=ana_writes",
    ],
)
def test_a_permalink_names_nobody(names, url):
    said = names.text(f"see {url} now")

    assert "ana" not in said
    assert said.startswith("see https://")


def test_an_ordinary_address_can_be_read(names):
    assert names.url("https://ex.example/a/b?page=2") == "https://ex.example/a/b?page=2"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[bad"])
def test_an_address_that_is_not_on_the_web_is_not_shown(names, url):
    assert "alert" not in names.url(url)
    assert names.url(url).startswith("an address that")


def test_shown_names_are_left_as_they_are():
    names = Redaction(PEOPLE, KEY, shown=True)

    assert names.account("u-2") == "u-2"
    assert names.text("hear @ana_writes") == "hear @ana_writes"


def test_a_cut_text_says_how_much_is_missing(names):
    assert names.text("y" * 500, longest=10) == "yyyyyyyyyy… (490 more characters)"


@given(st.text(alphabet=st.characters(), max_size=50))
def test_inert_text_can_be_written_and_steers_nothing(text):
    said = inert(text)

    said.encode("utf-8")
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in said)
    assert not any(0x202A <= ord(letter) <= 0x202E or 0x2066 <= ord(letter) <= 0x2069 for letter in said)


@given(st.text(max_size=80))
def test_no_text_brings_a_known_id_out(text):
    names = Redaction([("acc_17", "h_17", None)], KEY, shown=False)

    assert "acc_17" not in names.text(f"{text} acc_17 {text} @acc_17 https://x.com/acc_17")
