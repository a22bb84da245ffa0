"""A run on one page, for someone who reads one page: what may be said, how much, what speaks against it."""

from __future__ import annotations

from groundswell.assess.wording import counted, percent
from groundswell.model.finding import Weight
from groundswell.publish.exports.caveats import FOUR_WORDS, caveats
from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.page import CHIP, page, printed, verdict_words, with_denominator

MOST_GROUPS = 5
MOST_SENTENCES = 4
MOST_INNOCENT = 6


def brief_html(material: Material) -> str:
    """The page; it fetches nothing and prints on one sheet for a study of ordinary size."""
    edition, caveat = material.edition, caveats(material.edition)
    said = edition.assessment

    def say(sentence: str) -> str:
        return printed(edition.redaction.names(sentence))

    shares = (*(said.campaign.shares if said.campaign else ()), *said.shares)
    more = len(edition.reported) - MOST_GROUPS
    heading = counted(len(edition.reported), "group", "groups") + " acted together more than chance allows"
    return page(
        "brief.html",
        version=edition.version,
        run_id=edition.run_id,
        made_up=edition.made_up,
        title=edition.redaction.names(edition.title),
        scope=caveat.scope,
        headline=with_denominator(say(said.headline)),
        hedge=say(said.hedge),
        chip=CHIP[said.verdict],
        verdict=verdict_words(said.verdict),
        shares=[
            (
                say(one.of),
                f"{one.count:,} of {one.whole:,}",
                percent(one.share) if one.whole else "unknown",
                f"{percent(one.low)} to {percent(one.high)}" if one.high > one.low else "counted",
            )
            for one in shares
        ],
        groups_heading=heading + (f"; the first {MOST_GROUPS} of them" if more > 0 else ""),
        groups=[_group_row(material, number) for number in range(min(MOST_GROUPS, len(edition.reported)))],
        not_supported=[say(sentence) for sentence in said.not_supported[:MOST_SENTENCES]],
        innocent=_innocent(material),
        four_words=FOUR_WORDS,
        names=caveat.names,
    )


def _group_row(material: Material, number: int) -> tuple[str, ...]:
    edition = material.edition
    group = edition.reported[number]
    finding = edition.finding(group)
    claim = printed(edition.redaction.names(finding.claim)) if finding else "Not assessed."
    status = str(edition.standing(group).status)
    return (group.group_id, f"{group.size:,}", f"{group.strongest.n_occasions:,}", status, claim)


def _innocent(material: Material) -> list[tuple[str, str, str]]:
    """Of the first finding: those that the data speak on first, then those on which they are silent."""
    findings = material.edition.assessment.findings
    if not findings:
        return []
    first = sorted(findings[0].alternatives, key=lambda one: one.weight is Weight.CANNOT_TELL)
    return [(one.name, str(one.weight), printed(one.reason)) for one in first[:MOST_INNOCENT]]


EXPORT = Export(name="brief", title="the run on one page (HTML)", suffix=".html", write=text_file(brief_html))
