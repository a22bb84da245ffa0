"""People who follow each other, or the same accounts, see the same posts at the same time."""

from __future__ import annotations

from groundswell.assess.alternatives.explanation import Explanation
from groundswell.assess.case import Case
from groundswell.assess.wording import percent
from groundswell.model.finding import Weight


def weigh(case: Case) -> tuple[Weight, str]:
    """Who follows whom is in none of the formats read, so this can't be told; what is known is said."""
    return (
        Weight.CANNOT_TELL,
        "These files do not say who follows whom. Among all accounts seen with the same"
        f" {case.words.many}, the members are {percent(case.layer.own_audience)} on average:"
        " where it is little, quick readers of a common source are likelier.",
    )


ALTERNATIVE = Explanation(
    name="Mutual followers who saw the same post",
    question="Who follows whom?",
    weigh=weigh,
)
