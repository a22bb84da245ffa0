"""names: stable from run to run, and none twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from groundswell.detect.naming import letters, names, number
from groundswell.model.group import Outcome

REPORTED, QUICK, FEW = Outcome.REPORTED, Outcome.QUICK_FOLLOWERS, Outcome.TOO_FEW_OCCASIONS


def accounts(text):
    return frozenset(text)


def test_new_groups_are_named_in_order():
    groups = [
        (REPORTED, accounts("abc")),
        (REPORTED, accounts("def")),
        (QUICK, accounts("ghi")),
        (FEW, accounts("jkl")),
    ]

    assert names(groups) == ("A", "B", "Q1", "T1")


def test_a_group_keeps_its_name_when_another_overtakes_it():
    assert names([(REPORTED, accounts("def")), (REPORTED, accounts("abc"))], [("A", accounts("abc"))]) == ("B", "A")


def test_a_group_that_lost_half_of_its_accounts_keeps_its_name():
    assert names([(REPORTED, accounts("ab"))], [("A", accounts("abcd"))]) == ("A",)


def test_a_group_that_lost_more_than_half_gets_a_new_name():
    assert names([(REPORTED, accounts("ab"))], [("A", accounts("abcde"))]) == ("B",)


def test_the_likest_group_inherits():
    groups = [(REPORTED, accounts("abc")), (REPORTED, accounts("abcd"))]

    assert names(groups, [("A", accounts("abcd"))]) == ("B", "A")


def test_a_name_once_used_is_not_used_again():
    assert names([(REPORTED, accounts("xyz"))], [("A", accounts("abc")), ("C", accounts("def"))]) == ("D",)


def test_a_note_does_not_give_its_name_to_a_reported_group():
    assert names([(REPORTED, accounts("abc"))], [("Q1", accounts("abc"))]) == ("A",)


def test_a_reported_group_that_becomes_a_note_keeps_its_name():
    assert names([(QUICK, accounts("abc")), (QUICK, accounts("def"))], [("A", accounts("abc"))]) == ("A", "Q1")


def test_after_z_comes_aa():
    previous = [("Z", accounts("abc"))]

    assert names([(REPORTED, accounts("xyz"))], previous) == ("AA",)


@given(st.integers(1, 100_000))
def test_letters_and_numbers_are_each_others_inverse(n):
    assert number(letters(n)) == n


sets = st.frozensets(st.sampled_from("abcdefgh"), min_size=2)
many = st.lists(st.tuples(st.sampled_from(Outcome), sets), max_size=6, unique_by=lambda group: group[1])


@given(many, many)
def test_names_differ_and_the_next_run_keeps_them(first_run, second_run):
    first = names(first_run)
    named = list(zip(first, [group for _, group in first_run], strict=True))
    second = names(second_run, named)

    assert len(set(first)) == len(first)
    assert len(set(second)) == len(second)
    assert names(first_run, named) == first
