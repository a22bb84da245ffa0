"""Which of the five verdicts the evidence carries.

    signs · disclosure · profiles read · fans? ──► Verdict

A reported group is coordinated beyond chance whatever comes out here; the verdict says what can be added about
openness. Two of the five are never given here: «not distinguishable from organic comparators» needs comparators
matched to the campaign (docs/campaigns.md), and «inauthentic accounts present, coordination not shown» needs
a look at accounts outside every group.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from groundswell.assess.deception import Sign
from groundswell.assess.disclosure import Disclosure
from groundswell.model.finding import Verdict, Weight

FEWEST_SIGNED = 2
"""One odd profile is a person's oddity; two with the same one are a pattern."""


def group_verdict(
    *,
    size: int,
    judged: int,
    signs: Sequence[Sign],
    disclosure: Disclosure | None,
    fans: Weight,
) -> Verdict:
    """The verdict on one reported group.

    Parameters
    ----------
    size
        Members.
    judged
        Members with a bio or a picture to look at.
    signs
        What `deception.signs` saw.
    disclosure
        What the members name in common.
    fans
        How the data bear on «fans or activists in the open»: where they speak for it, one badge or slogan on
        several profiles may be a fan's, and nothing is decided.
    """
    if disclosure and disclosure.complete:
        return Verdict.OPEN
    signed = {account for sign in signs if sign.decides for account in sign.account_ids}
    if len(signed) >= FEWEST_SIGNED:
        return Verdict.CANNOT_TELL if fans in (Weight.FOR, Weight.CLEARLY_FOR) else Verdict.DECEPTIVE
    if signs or 2 * judged < size:
        return Verdict.CANNOT_TELL
    return Verdict.OPEN


def run_verdict(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on several groups together: what speaks of deception anywhere is said; else the least certain."""
    given = set(verdicts)
    if Verdict.DECEPTIVE in given:
        return Verdict.DECEPTIVE
    return Verdict.OPEN if given == {Verdict.OPEN} else Verdict.CANNOT_TELL
