"""People who follow each other, or the same accounts, see the same posts at the same time."""

from __future__ import annotations

from groundswell.assess.alternatives.explanation import Explanation
from groundswell.assess.case import Case
from groundswell.assess.wording import part, percent
from groundswell.model.finding import Weight

# Where a follow list explains so much of what is in step, or so little, it says something.
MUCH, LITTLE = 0.5, 0.1


def weigh(case: Case) -> tuple[Weight, str]:
    """What a follow list says; without one this can't be told, and what is known is said."""
    layer = case.layer
    if not layer.n_in_step:
        return (
            Weight.CANNOT_TELL,
            "These files do not say who follows whom. Among all accounts seen with the same"
            f" {case.words.many}, the members are {percent(layer.own_audience)} on average:"
            " where it is little, quick readers of a common source are likelier.",
        )
    outsiders, members = layer.n_prompted or 0, layer.n_after_members or 0
    seen = (outsiders + members) / layer.n_in_step
    return (
        Weight.FOR if seen >= MUCH else Weight.AGAINST if seen <= LITTLE else Weight.CANNOT_TELL,
        f"By the follow list, {part(outsiders, layer.n_in_step, 'share', 'shares')} in step came soon after an account"
        f" outside the group that the sharer follows, and {members:,} more after a member that it follows."
        " Who is not on the list counts as following nobody.",
    )


ALTERNATIVE = Explanation(
    name="Mutual followers who saw the same post",
    question="Who follows whom?",
    weigh=weigh,
)
