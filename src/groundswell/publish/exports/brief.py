"""A run on one page, for someone who reads one page: what may be said, how much, what speaks against it."""

from __future__ import annotations

from groundswell.assess.wording import counted, percent
from groundswell.model.finding import Weight
from groundswell.publish.exports.caveats import FOUR_WORDS, caveats
from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.page import CHIP, page, printed, verdict_words, with_denominator

# What fits on one printed sheet with claims of three lines.
MOST_GROUPS = 3
MOST_SENTENCES = 3


def brief_html(material: Material) -> str:
    """The page; it fetches nothing and prints on one sheet for a study of ordinary size."""
    edition, caveat = material.edition, caveats(material.edition)
    said = edition.assessment

    def say(sentence: str) -> str:
        return printed(edition.redaction.names(sentence))

    shares = said.campaign.shares if said.campaign and said.campaign.shares else said.shares
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


def _innocent(material: Material) -> list[tuple[str, str]]:
    """Of the first finding: the explanations by how the data bear on them; their reasons stand in the report."""
    findings = material.edition.assessment.findings
    weighed = findings[0].alternatives if findings else ()
    named = {weight: [one.name for one in weighed if one.weight is weight] for weight in Weight}
    return [(str(weight), printed("; ".join(names))) for weight, names in named.items() if names]


EXPORT = Export(name="brief", title="the run on one page (HTML)", suffix=".html", write=text_file(brief_html))
