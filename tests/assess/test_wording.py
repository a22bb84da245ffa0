"""wording: what may not be said is refused, what others say may be quoted, and numbers keep their meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.assess.wording import check, counted, duration, figure, forbidden_in, listed, percent, quoted, times


@pytest.mark.parametrize(
    "sentence",
    [
        "3 of 9 accounts are bots.",
        "A botnet of 9 accounts.",
        "Trolls, 3 of 9.",
        "A fake account.",
        "Posts in step with the Kremlin.",
        "This proves it.",
        "It is confirmed.",
        "Astroturfing was seen.",
        "3 of 9 accounts are linked to a party.",
        "3 Russia-linked accounts of 9.",
        "3 of 9 accounts are Russian.",
        "Posted from Iran, 3 of 9.",
        "The tag was boosted by 3 of 9 accounts.",
        "No coordination found.",
    ],
)
def test_a_sentence_about_what_accounts_are_is_refused(sentence):
    with pytest.raises(ValueError, match="a sentence says"):
        check(sentence)


@pytest.mark.parametrize(
    "sentence", ["None accounts of 9.", "They are nan times as often.", "inf digits.", "A  gap.", "{n} of 9", " "]
)
def test_a_sentence_with_a_hole_in_it_is_refused(sentence):
    with pytest.raises(ValueError, match="not finished"):
        check(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "14 of 9,829 accounts shared the same 38 links within 60 seconds of each other.",
        "They used the bottom of the list, in polish and with a turkey.",
        "9 of 9 profiles name “Radio Iran, no bots”.",
        "They wrote 3 of 9 posts with #Russia and #fakenews.",
    ],
)
def test_behaviour_and_the_words_of_others_may_be_said(sentence):
    check(sentence)


@given(st.text())
def test_nothing_gets_out_of_a_quotation(text):
    sentence = f"9 of 9 profiles name {quoted(text)}."

    assert forbidden_in(sentence) == ()
    assert sentence.count("“") == sentence.count("”") == 1


@given(st.text(min_size=200))
def test_a_quotation_is_short(text):
    assert len(quoted(text)) <= 62


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_per_cent_says_all_only_of_all_and_none_only_of_none(n, whole):
    said = percent(min(n, whole) / whole)

    assert (said == "100 %") == (n >= whole)
    assert (said == "0 %") == (n == 0)


@given(st.floats(0.0001, 0.99))
def test_a_per_cent_is_right_to_two_digits(share):
    assert float(percent(share).removesuffix(" %")) == pytest.approx(100 * share, rel=0.051)


@given(st.floats(0.05, 1e9))
def test_a_duration_keeps_its_length_to_two_digits(seconds):
    number, unit = duration(seconds).split()
    length = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}[unit.removesuffix("s")]

    assert float(number.replace(",", "")) * length == pytest.approx(seconds, rel=0.06)


def test_one_is_singular_and_many_are_plural():
    assert [counted(n, "link", "links") for n in (0, 1, 2, 1234)] == ["0 links", "1 link", "2 links", "1,234 links"]


def test_an_expected_number_is_never_told_as_zero():
    assert figure(0.0) == "less than 0.01"


def test_a_ratio_without_end_is_told_as_a_bound():
    assert times(float("inf")) == "more than 1,000 times"


@pytest.mark.parametrize(
    ("things", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")]
)
def test_things_are_listed_as_people_list_them(things, said):
    assert listed(things) == said
