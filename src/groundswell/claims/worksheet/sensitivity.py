"""What would change it: each root left out, each prior moved to where the lead tips, and what new evidence would do.

Every line is found by weighing again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from groundswell.claims.worksheet.judgement_words import likelihood_word
from groundswell.claims.worksheet.sheet import Sheet
from groundswell.claims.worksheet.weighing import Weighing, weigh

TRIED = (3.0, 10.0, 30.0)
"""Likelihood ratios of evidence yet to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing changed, and what becomes of the explanation that leads."""

    if_: str
    then: str
    leader: str
    """Which explanation leads then."""
    turned: bool


def leader(weighing: Weighing, *, shown: tuple[tuple[str, float], ...] | None = None) -> str:
    """The most likely explanation; of equals the first."""
    return max(shown or weighing.posterior, key=lambda each: each[1])[0]


def shown_posterior(sheet: Sheet, weighing: Weighing) -> tuple[tuple[str, float], ...]:
    """How likely each explanation is, those about who is behind it as one while nobody has signed.

    The joined ones are named with a plus sign, such as ``H4+H5+H6``.
    """
    who = [one.hypothesis_id for one in sheet.hypotheses if one.needs_actor]
    if weighing.separate_actor or len(who) < 2:
        return weighing.posterior
    of = dict(weighing.posterior)
    joined = ("+".join(who), sum(of[name] for name in who))
    found: list[tuple[str, float]] = []
    for name, value in weighing.posterior:
        if name == who[0]:
            found.append(joined)
        elif name not in who:
            found.append((name, value))
    return tuple(found)


def turns(sheet: Sheet) -> tuple[Turn, ...]:
    """What would change the conclusion, at least three lines of it."""
    now = weigh(sheet)
    first = leader(now, shown=shown_posterior(sheet, now))
    return (*_without_roots(sheet, now, first), *_tipping(sheet, now, first), *_to_come(sheet, now, first))


def is_stable(sheet: Sheet) -> bool:
    """Whether the same explanation leads when any one root is left out."""
    now = weigh(sheet)
    first = leader(now, shown=shown_posterior(sheet, now))
    return all(turn.leader == first for turn in _without_roots(sheet, now, first))


def _without_roots(sheet: Sheet, now: Weighing, first: str) -> Iterator[Turn]:
    for one in now.counted:
        again = shown_posterior(sheet, weigh(sheet, without=one.evidence.root))
        leads = max(again, key=lambda each: each[1])
        yield Turn(
            if_=f"If {one.evidence.evidence_id}, the piece that is counted of its root, fell away",
            then=_then(leads, first, dict(again)[first]),
            leader=leads[0],
            turned=leads[0] != first,
        )


def _tipping(sheet: Sheet, now: Weighing, first: str) -> Iterator[Turn]:
    """How much less likely the leader had to be held beforehand to lose its lead: the odds move one for one."""
    posterior = dict(shown_posterior(sheet, now))
    others = {name: value for name, value in posterior.items() if name != first}
    if not others:
        return
    second = max(others, key=lambda name: others[name])
    ratio = posterior[first] / others[second] if others[second] > 0 else float("inf")
    if 1 < ratio < 1e6:
        yield Turn(
            if_=f"If {first} had been held {ratio:,.1f} times less likely beforehand, against {second}",
            then=f"{second} would be as likely as {first}.",
            leader=second,
            turned=True,
        )


def _to_come(sheet: Sheet, now: Weighing, first: str) -> Iterator[Turn]:
    """New evidence from a root of its own that speaks against the leader, or for it."""
    posterior = dict(shown_posterior(sheet, now))
    p = posterior[first]
    for ratio in TRIED:
        against = p / (p + (1 - p) * ratio)
        yield Turn(
            if_=f"If evidence from a new root, {ratio:g} times as likely under all others, were found"
            f" with {ratio:g} comparators or more",
            then=f"{first} would stand at “{likelihood_word(against)}”, where it stands at “{likelihood_word(p)}” now.",
            leader=first,
            turned=likelihood_word(against) != likelihood_word(p),
        )


def _then(leads: tuple[str, float], first: str, value: float) -> str:
    if leads[0] == first:
        return f"{first} would still lead, and be {likelihood_word(value)}."
    return f"{leads[0]} would lead and be {likelihood_word(leads[1])}; {first} would be {likelihood_word(value)}."
