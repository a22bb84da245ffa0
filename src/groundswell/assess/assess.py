"""From groups to findings: sentences about behaviour, each with its posts, its doubts and its denominator.

    posts · accounts · traces · links · meetings  ┐
                                                  ├──► Assessment
    groups, of which only REPORTED become findings┘

It looks at nothing but those tables and judges nobody: *coordinated* was measured by the scan; what is added here is
how much of the whole it is, what else could explain it, and whether the profiles speak of openness or against it.
"""

from __future__ import annotations

from collections.abc import Sequence

from groundswell.assess.alternatives.explanation import weighed
from groundswell.assess.alternatives.fans import weigh as weigh_fans
from groundswell.assess.blind_spots import blind_spots
from groundswell.assess.campaign import Volume, campaign_of
from groundswell.assess.case import Case, cases
from groundswell.assess.claims import claim, reasons_against, reasons_for
from groundswell.assess.comparators import Comparator
from groundswell.assess.deception import signs
from groundswell.assess.measure import Asked
from groundswell.assess.scope import scope_of
from groundswell.assess.set_aside import set_aside
from groundswell.assess.summary import Told, headline, hedge, not_supported, supported
from groundswell.assess.verdict import group_verdict, run_verdict
from groundswell.assess.wording import check, counted, part
from groundswell.detect.limit import Limit, UnlistedMeetings, Unsearched
from groundswell.engine.engine import Engine
from groundswell.model.finding import Assessment, Evidence, Finding, Side, Verdict
from groundswell.model.group import Group, Outcome
from groundswell.model.power import Power
from groundswell.model.run import Parameters
from groundswell.traces.trace import Uncompared


def assess(
    engine: Engine,
    groups: Sequence[Group],
    parameters: Parameters,
    *,
    precision_s: float,
    refused_windows_s: Sequence[float] = (),
    census: bool = False,
    rows_left_out: int | None = None,
    missing: float | None = None,
    power: Power | None = None,
    comparators: Sequence[Comparator] = (),
    limits: Sequence[Limit] = (),
    unlisted: Sequence[UnlistedMeetings] = (),
    unsearched: Sequence[Unsearched] = (),
    uncompared: Sequence[Uncompared] = (),
) -> Assessment:
    """Say what may be said about these groups, and about the campaign asked for.

    Parameters
    ----------
    engine
        Holds the tables ``posts``, ``accounts``, ``traces``, ``links`` and ``meetings``; working tables ``group_…``
        and ``campaign_…`` are made beside them.
    groups
        What the scan found, all outcomes. The reported ones become findings, the others notes.
    parameters
        The run's choices; `campaign` and `min_objects` are used.
    precision_s
        The clock's grain in seconds.
    refused_windows_s
        Windows of the scan that were finer than the clock.
    census
        The files hold everything there was, so that shares are counted and not estimated.
    rows_left_out
        Rows that the ledger left out, for the bound «if all of them had been theirs»; None where not known.
    missing
        Part of all posts that is known to be missing, 0 to 1, for the bounds of a campaign's shares.
    power
        What planted campaigns show about the run; without it, finding nothing means nothing.
    comparators
        Organic campaigns to compare the campaign with, in place of those that come with the program.
    limits, unlisted, unsearched
        What the tables of links and of meetings leave out, and the group scan.
    uncompared
        What was not looked at when the traces were made.

    Returns
    -------
    Assessment
        Findings in the order of `groups`. Every sentence has passed `wording.check`.

    Raises
    ------
    ValueError
        A sentence broke the rules of `wording.check`: a fault of the program.
    """
    scope = scope_of(engine, precision_s=precision_s, min_objects=parameters.min_objects)
    reported = [group for group in groups if group.outcome is Outcome.REPORTED]
    others = [group for group in groups if group.outcome is not Outcome.REPORTED]
    weighed_cases = [_finding(case) for case in cases(engine, reported, scope, set_aside=others)]
    findings = tuple(finding for finding, _ in weighed_cases)
    verdicts = [finding.verdict for finding in findings]
    members = frozenset(account for group in reported for account in group.account_ids)
    missing_posts = rows_left_out or None
    known = Asked(
        seed=parameters.seed,
        census=census,
        missing=missing,
        set_aside=others,
        signed=[signed for _, signed in weighed_cases],
        power=power,
        comparators=comparators,
        whole=not (refused_windows_s or rows_left_out),
    )
    campaign, campaign_notes = (
        campaign_of(
            engine,
            parameters.campaign,
            reported,
            verdicts,
            scope,
            census=census,
            missing_posts=missing_posts,
            known=known,
        )
        if parameters.campaign
        else (None, ())
    )
    blind = blind_spots(scope, refused_windows_s, limits, unlisted, unsearched, uncompared)
    told = Told(
        scope=scope,
        findings=findings,
        shares=Volume(engine, "posts").shares(members, "", census=census, missing_posts=missing_posts),
        campaign=campaign,
        verdict=run_verdict(verdicts),
    )
    assessment = Assessment(
        headline=headline(told),
        hedge=hedge(told),
        verdict=told.verdict,
        supported=supported(told),
        not_supported=not_supported(told),
        findings=findings,
        shares=tuple(told.shares),
        notes=(
            *campaign_notes,
            *(set_aside(group, scope) for group in others),
            *blind,
        ),
        campaign=campaign,
    )
    for sentence in assessment.sentences():
        check(sentence)
    return assessment


def _finding(case: Case) -> tuple[Finding, int]:
    """One reported group, weighed, and how many of its members show a sign that decides."""
    size, profiles = case.group.size, case.profiles
    seen = signs(case.engine, profiles, size)
    judged = sum(profile.can_be_judged for profile in profiles)
    verdict = group_verdict(size=size, judged=judged, signs=seen, disclosure=case.disclosure, fans=weigh_fans(case)[0])
    signed = len({account for sign in seen for account in sign.account_ids})
    posts = case.posts(case.layer)
    looked = Evidence(side=Side.AGAINST, sentence=_openness(judged, size, verdict, signed))
    return Finding(
        group_id=case.group.group_id,
        claim=claim(case),
        verdict=verdict,
        account_ids=case.group.account_ids,
        evidence=(
            *reasons_for(case),
            *(Evidence(side=Side.FOR, sentence=sign.sentence, post_ids=posts) for sign in seen),
            *reasons_against(case),
            looked,
        ),
        alternatives=weighed(case),
    ), len({account for sign in seen if sign.decides for account in sign.account_ids})


def _openness(judged: int, size: int, verdict: Verdict, signed: int) -> str:
    """What the profiles could show about openness, so that «no sign» and «not looked» never look alike."""
    if not judged:
        return (
            f"A bio or picture is known of 0 of the {counted(size, 'member', 'members')}: that they act together is"
            " measured, whether they do so in the open can’t be told."
        )
    seen = {
        Verdict.OPEN: "nothing in them speaks of a misrepresented identity",
        Verdict.DECEPTIVE: f"{part(signed, size, 'member shows', 'members show')} a sign, and no sign says who set it",
    }.get(verdict, "whether they act in the open can’t be told from them")
    return f"A bio or picture is known of {judged:,} of the {counted(size, 'member', 'members')}; {seen}."
