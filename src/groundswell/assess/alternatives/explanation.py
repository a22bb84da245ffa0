"""The value that describes an innocent explanation, and the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import groundswell.assess.alternatives
from groundswell.assess.case import Case
from groundswell.model.finding import Alternative, Weight
from groundswell.model.plugins import found

STRONGEST_FIRST = (Weight.CLEARLY_FOR, Weight.FOR, Weight.CANNOT_TELL, Weight.AGAINST, Weight.CLEARLY_AGAINST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Honest behaviour that looks like a group acting together, and how to weigh it."""

    name: str
    """As a reader sees it."""

    question: str
    """What a person would ask to settle it."""

    weigh: Callable[[Case], tuple[Weight, str]]
    """How the data bear on it, and the sentence with the counts that were looked at. What the data do not hold
    gives `Weight.CANNOT_TELL` and names what is missing."""


def weighed(case: Case) -> tuple[Alternative, ...]:
    """Every innocent explanation there is, weighed for this group, the strongest first."""
    explanations: list[Explanation] = found(groundswell.assess.alternatives, "ALTERNATIVE")
    alternatives = []
    for explanation in explanations:
        weight, reason = explanation.weigh(case)
        alternatives.append(Alternative(name=explanation.name, weight=weight, reason=reason))
    return tuple(sorted(alternatives, key=lambda one: STRONGEST_FIRST.index(one.weight)))
