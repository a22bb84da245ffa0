"""What else could the whole campaign be? Explanations fixed beforehand, what each predicts, and which predictions fail.

    what was measured ──► Hypothesis        the least contradicted first

After Heuer's analysis of competing hypotheses: an explanation is judged by what speaks against it, and a prediction
that the data can't check counts for nothing. Who is behind a campaign is no prediction that posts can check, so what
would need it always stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from groundswell.assess.wording import counted, part
from groundswell.model.campaign import Hypothesis, LeadLag, Phase, Reach, Role, Volumes
from groundswell.model.finding import Verdict

SMALL = 0.1
"""A share of the posts below this is a small part."""
FRESH = 2.0
"""Times as large a share as before, for «a group joined»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the predictions are held against; None is «can’t be told»."""

    grouped: bool | None
    """Whether a reported group took part; None where none is reported and a group would not have been seen."""
    small: bool | None
    joined: bool | None
    """Whether their share grew in the course of the campaign."""
    began: bool | None
    """Whether they stand at its beginning."""
    reach_inside: bool | None
    """Whether most of the posts that others repeated most are theirs."""
    open_: bool | None
    """Whether the profiles speak of acting in the open."""
    signs: bool | None
    """Whether profiles show signs that identity is misrepresented."""
    alike: bool | None
    """Whether the statistics lie within those of organic comparators."""
    whole: bool
    """Whether nothing is known to have been left out or to be too coarse for the clock."""


def seen_of(
    volumes: Volumes,
    lead: LeadLag,
    phases: Sequence[Phase],
    reach: Reach,
    verdicts: Sequence[Verdict],
    *,
    powerful: bool,
    alike: bool | None,
    whole: bool,
) -> Seen:
    """Boil the measures down to what predictions speak of.

    Parameters
    ----------
    verdicts
        Of the groups in the campaign.
    powerful
        Whether a group would have been seen here.
    """
    grouped: bool | None = True if verdicts else (False if powerful else None)
    part_ = volumes.posts.point
    shares = [phase.count / phase.whole for phase in phases if phase.whole]
    given = set(verdicts)
    return Seen(
        grouped=grouped,
        small=None if not verdicts or part_ is None else part_ < SMALL,
        joined=(len(shares) > 1 and max(shares[1:]) >= FRESH * shares[0]) if verdicts else None,
        began=None if lead.role is Role.CANNOT_TELL else lead.role is Role.ORIGINATOR,
        reach_inside=2 * reach.top_inside > reach.top if reach.top and verdicts else None,
        open_=None if given - {Verdict.OPEN, Verdict.DECEPTIVE} or not given else given == {Verdict.OPEN},
        signs=None if not given or given == {Verdict.CANNOT_TELL} else Verdict.DECEPTIVE in given,
        alike=alike,
        whole=whole,
    )


def hypotheses(seen: Seen) -> tuple[Hypothesis, ...]:
    """Every explanation, the least contradicted first; of equals, the one with more that holds, then as listed."""
    nobody = None if seen.grouped is None else not seen.grouped
    told = (
        _of(
            "many people, each for themselves",
            ("no group of accounts stands out", nobody),
            ("its statistics lie within those of organic comparators", seen.alike),
            ("the posts that were repeated most are by accounts outside any group", _not(seen.reach_inside)),
        ),
        _of(
            "many people, and a group that joined them",
            ("a group of accounts stands out", seen.grouped),
            ("it is a small part of the posts", seen.small),
            ("it was not there at the beginning", _not(seen.began)),
            ("its share grew later on", seen.joined),
        ),
        _of(
            "an organisation, club or fandom that acts together in the open",
            ("a group of accounts stands out", seen.grouped),
            ("the profiles speak of it openly, or of nothing else", seen.open_),
            ("no profile misrepresents who it is", _not(seen.signs)),
        ),
        _of(
            "a paid service that adds posts",
            ("a group of accounts stands out", seen.grouped),
            ("its share comes in stretches", seen.joined),
            ("someone paid for it", None),
        ),
        _of(
            "accounts that act together and misrepresent who they are",
            ("a group of accounts stands out", seen.grouped),
            ("profiles show signs of it", seen.signs),
            ("the signs have no honest explanation", None),
        ),
        _of(
            "accounts run for someone who stays hidden",
            ("a group of accounts stands out", seen.grouped),
            ("whoever runs them has said so, or documents say it", None),
        ),
        _of(
            "the way these posts were collected or measured",
            ("rows were left out, or the clock is too coarse", not seen.whole),
            ("its statistics lie outside those of organic comparators", _not(seen.alike)),
        ),
    )
    return tuple(sorted(told, key=lambda one: (one.against, -sum(held is True for held in one.holds))))


def _of(name: str, *predictions: tuple[str, bool | None]) -> Hypothesis:
    holds = tuple(held for _, held in predictions)
    checked = [held for held in holds if held is not None]
    open_ = len(holds) - len(checked)
    if checked:
        said = "prediction that can be checked holds", "predictions that can be checked hold"
        reason = part(sum(checked), len(checked), *said)
    else:
        reason = f"0 of its {counted(len(holds), 'prediction', 'predictions')} can be checked with these data"
    if open_ and checked:
        reason += f"; {counted(open_, 'other', 'others')} can’t be told from these data"
    return Hypothesis(name=name, predicts=tuple(what for what, _ in predictions), holds=holds, reason=reason + ".")


def _not(told: bool | None) -> bool | None:
    return None if told is None else not told
