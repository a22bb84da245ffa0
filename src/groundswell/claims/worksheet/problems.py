"""What is wrong with a worksheet, in words: each problem names the part and what to do. Nothing is weighed before."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date

from groundswell.claims.worksheet.sheet import CREDIBILITY, RELIABILITY, Dimension, Evidence, Sheet, fixing


def problems(sheet: Sheet) -> tuple[str, ...]:
    """Everything that stands in the way of weighing, in the order of the sheet."""
    return (*_hypotheses(sheet), *_evidence(sheet), *_actor(sheet))


def remarks(sheet: Sheet) -> tuple[str, ...]:
    """What a reader should know and what stops nothing."""
    found = []
    if sheet.fixed != fixing(sheet.hypotheses):
        found.append("Hypotheses or priors were changed after the sheet was made.")
    unsigned = [one.evidence_id for one in sheet.evidence if one.dimension is Dimension.ACTOR and not signed(sheet)]
    if unsigned:
        found.append(f"Evidence about the actor is not counted, because nobody has signed: {', '.join(unsigned)}.")
    return tuple(found)


def signed(sheet: Sheet) -> bool:
    """Whether a person has put a name and a date under the part about the actor."""
    return bool(sheet.actor.signed_by.strip() and _is_date(sheet.actor.signed_on))


def _hypotheses(sheet: Sheet) -> Iterator[str]:
    names = [one.hypothesis_id for one in sheet.hypotheses]
    if len(names) < 2:
        yield f"Only {len(names)} explanation is given: with fewer than two nothing competes. Add the others again."
    for name, n in sorted(Counter(names).items()):
        if n > 1:
            yield f"{name} stands {n} times. Give each explanation a name of its own."
    for one in sheet.hypotheses:
        if not 0 < one.prior < 1 or not math.isfinite(one.prior):
            yield f"{one.hypothesis_id} has the prior {one.prior:g}. It must lie between 0 and 1, ends left out."
    total = sum(one.prior for one in sheet.hypotheses)
    if abs(total - 1) > 0.001:
        yield f"The priors sum to {total:.3f} and not to 1. Change one of them."


def _evidence(sheet: Sheet) -> Iterator[str]:
    known = {one.hypothesis_id for one in sheet.hypotheses}
    who = {one.hypothesis_id for one in sheet.hypotheses if one.needs_actor}
    for name, n in sorted(Counter(one.evidence_id for one in sheet.evidence).items()):
        if n > 1:
            yield f"Evidence {name} stands {n} times. Give each a name of its own."
    for one in sheet.evidence:
        yield from _piece(one, known, who)


def _piece(one: Evidence, known: set[str], who: set[str]) -> Iterator[str]:
    name = one.evidence_id
    if one.reliability not in RELIABILITY:
        yield f"{name}: reliability is {one.reliability!r}; it is one of {', '.join(RELIABILITY)}."
    if one.credibility not in CREDIBILITY:
        yield f"{name}: credibility is {one.credibility}; it is a number from 1 to 6."
    if one.comparators < 0:
        yield f"{name}: comparators is {one.comparators}; it is a number of cases, 0 or more."
    if one.likelihood and not (one.source.strip() and one.root.strip()):
        yield f"{name}: it is weighed, but has no source or no root. Say where it can be looked up and goes back to."
    for hypothesis, value in one.likelihood:
        if hypothesis not in known:
            yield f"{name}: there is no explanation {hypothesis!r}. Known: {', '.join(sorted(known))}."
        if not 0 < value <= 1:
            yield f"{name}: the likelihood under {hypothesis} is {value:g}. It lies above 0 and up to 1."
    told = {value for hypothesis, value in one.likelihood if hypothesis in who}
    unequal = len(told) > 1 or (told and len([h for h, _ in one.likelihood if h in who]) < len(who))
    if unequal and one.dimension is not Dimension.ACTOR:
        yield (
            f"{name}: it is evidence of {one.dimension} and tells {', '.join(sorted(who))} apart. Who is behind it"
            " can’t be read from posts: give these the same likelihood, or make it sourced evidence about the actor."
        )


def _actor(sheet: Sheet) -> Iterator[str]:
    actor = sheet.actor
    if actor.signed_on and not _is_date(actor.signed_on):
        yield f"The actor part is signed on {actor.signed_on!r}, which is no date. Write it like 2026-05-14."
    if not actor.name.strip():
        return
    sourced = [one for one in sheet.evidence if one.dimension is Dimension.ACTOR and one.source.strip()]
    if not sourced:
        yield "An actor is named, but there is no evidence about the actor with a source. Enter it, or empty the name."
    if not signed(sheet):
        yield "An actor is named, but nobody has signed with a name and a date. Sign it, or empty the name."


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True
