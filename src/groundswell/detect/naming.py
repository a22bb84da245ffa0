"""What to call a group, so that it has the same name when the run is repeated.

    A, B, ... Z, AA, ...    reported groups          Q1, Q2, ...    quick followers
                                                     T1, T2, ...    too few occasions
                                                     S1, S2, ...    same sources
                                                     N1, N2, ...    no control

Names are given in the order of evidence, and outlive it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from groundswell.model.group import Outcome

SAME_GROUP = 0.5
"""Two sets of accounts are one group if at least this share of all their accounts is in both."""

_LETTERS = re.compile(r"[A-Z]+")
_NOTE_SERIES = {
    Outcome.QUICK_FOLLOWERS: "Q",
    Outcome.TOO_FEW_OCCASIONS: "T",
    Outcome.SAME_SOURCES: "S",
    Outcome.NO_CONTROL: "N",
}


def names(
    groups: Sequence[tuple[Outcome, frozenset[str]]], previous: Sequence[tuple[str, frozenset[str]]] = ()
) -> tuple[str, ...]:
    """Name the groups: those of the previous run keep their names, new ones get the next that was never used.

    Parameters
    ----------
    groups
        Outcome and accounts, in the order in which new ones are to be named.
    previous
        Names and accounts of the groups of an earlier run, all outcomes.

    Returns
    -------
    one name a group, all different
        A note never gives its name to a reported group, which has letters; a reported group that becomes a note
        keeps its letters, so that who looks for «group A» finds out what became of it.
    """
    kept = _inherited(groups, previous)
    taken = {name for name, _ in previous}
    series = {outcome: _unused(outcome, taken) for outcome in Outcome}
    return tuple(kept.get(i) or next(series[outcome]) for i, (outcome, _) in enumerate(groups))


def _inherited(
    groups: Sequence[tuple[Outcome, frozenset[str]]], previous: Sequence[tuple[str, frozenset[str]]]
) -> dict[int, str]:
    """Names to keep, by place in `groups`: the likest two first."""
    likeness = sorted(
        (-_overlap(accounts, before), name, i)
        for i, (outcome, accounts) in enumerate(groups)
        for name, before in previous
        if _may_bear(name, outcome) and _overlap(accounts, before) >= SAME_GROUP
    )
    kept: dict[int, str] = {}
    for _, name, i in likeness:
        if i not in kept and name not in kept.values():
            kept[i] = name
    return kept


def _overlap(accounts: frozenset[str], others: frozenset[str]) -> float:
    return len(accounts & others) / max(len(accounts | others), 1)


def _may_bear(name: str, outcome: Outcome) -> bool:
    return bool(_LETTERS.fullmatch(name)) or name.startswith(_NOTE_SERIES.get(outcome, "\0"))


def _unused(outcome: Outcome, taken: set[str]) -> Iterator[str]:
    """The names of a series after the last one taken."""
    prefix = _NOTE_SERIES.get(outcome)
    if prefix is None:
        last = max((number(name) for name in taken if _LETTERS.fullmatch(name)), default=0)
        yield from map(letters, count(last + 1))
    else:
        last = max((int(name[1:]) for name in taken if re.fullmatch(rf"{prefix}\d+", name)), default=0)
        yield from (f"{prefix}{n}" for n in count(last + 1))


def letters(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA.

    >>> letters(1), letters(26), letters(27), letters(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = ""
    while number > 0:
        number, digit = divmod(number - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def number(name: str) -> int:
    """The number of which `letters` makes this name."""
    total = 0
    for letter in name:
        total = 26 * total + ord(letter) - ord("A") + 1
    return total
