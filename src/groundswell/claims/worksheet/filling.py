"""What the program can fill in: behaviour, content and distribution, in the sentences of its findings. Never the actor.

All findings of a run rest on the same posts, so they have one root between them. Likelihoods stay empty: how often
such a finding is seen under each hypothesis is for people to say, from cases that they have compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from groundswell.claims.worksheet.sheet import Dimension, Evidence, Sheet, fixing, hypotheses
from groundswell.model.finding import Assessment, Side

MOST_GROUPS = 10
MOST_POSTS = 20
"""Post ids written beside a statement."""


def fill(
    assessment: Assessment | None, claims: Mapping[str, Any] | None, *, about: str, run: str, made_by: str
) -> Sheet:
    """Make a fresh worksheet from what is known of a study.

    Parameters
    ----------
    assessment
        The findings of its latest run; None if there is none.
    claims
        The content of ``claims.json``; None if no articles were read.
    about
        The campaign, or the name of the study.
    """
    given = hypotheses()
    found: list[Evidence] = []
    for dimension, letter, rows in (
        (Dimension.BEHAVIOUR, "B", _behaviour(assessment)),
        (Dimension.CONTENT, "C", _content(claims)),
        (Dimension.DISTRIBUTION, "D", _distribution(assessment)),
    ):
        for n, (statement, comparators, posts) in enumerate(rows, 1):
            from_articles = dimension is Dimension.CONTENT
            found.append(
                Evidence(
                    evidence_id=f"{letter}{n}",
                    dimension=dimension,
                    statement=statement,
                    source="claims.json of this study" if from_articles else f"run {run}",
                    root="articles" if from_articles else f"posts of run {run}",
                    comparators=comparators,
                    filled_by=made_by,
                    post_ids=posts,
                )
            )
    return Sheet(about=about, run=run, made_by=made_by, fixed=fixing(given), hypotheses=given, evidence=tuple(found))


def _behaviour(assessment: Assessment | None) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    if assessment is None:
        return
    yield assessment.headline, 0, ()
    for finding in assessment.findings[:MOST_GROUPS]:
        posts = tuple(dict.fromkeys(post for one in finding.evidence if one.side is Side.FOR for post in one.post_ids))
        yield f"{finding.claim} Verdict on this group: {finding.verdict}.", 0, posts[:MOST_POSTS]
    measured = assessment.campaign.measured if assessment.campaign else None
    if measured and measured.comparisons:
        yield measured.comparisons_sentence, min(one.n for one in measured.comparisons), ()


def _content(claims: Mapping[str, Any] | None) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    for one in (claims or {}).get("claims", ()):
        yield f"{one['sentence']} {claims['confirmed'] if claims else ''}".strip(), 0, ()


def _distribution(assessment: Assessment | None) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    campaign = assessment.campaign if assessment else None
    if campaign is None:
        return
    yield campaign.sentence, 0, ()
    if campaign.measured:
        for sentence in (campaign.measured.lead_lag.sentence, campaign.measured.reach.sentence):
            if sentence:
                yield sentence, 0, ()
