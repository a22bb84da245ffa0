"""The first page of the demo: three made-up sets beside each other, so that «busy» and «coordinated» come apart.

(folder, Edition), … ──► index.html      links to each set's report.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from groundswell.assess.wording import counted, times
from groundswell.model.finding import Verdict
from groundswell.model.group import Group
from groundswell.publish.edition import Edition
from groundswell.publish.figures.chance_axis import chance_axis
from groundswell.publish.figures.raster import Tick, raster
from groundswell.publish.figures.svg import for_each_width, percent, rect, strip
from groundswell.publish.page import CHIP, page, printed, verdict_words
from groundswell.publish.scope import Scope, scope
from groundswell.publish.spelling import count, days, minute
from groundswell.traces.kinds import words

ROWS = 26
MOST_MEMBERS = 16
"""Members drawn in a raster; at least ten rows are left for everybody else, who are the yardstick."""
ACROSS = 330
"""Ticks closer than the width of the drawing over this are one tick."""
REPORTABLE = 3.0
"""The least effect that the group scan reports, in multiples of chance: all below is drawn grey."""

OPENLY = {
    Verdict.ORGANIC: "Nothing to declare",
    Verdict.OPEN: "No sign of deception",
    Verdict.DECEPTIVE: "Their profiles need a person’s eye",
    Verdict.INAUTHENTIC: "Some profiles need a person’s eye",
    Verdict.CANNOT_TELL: "Cannot tell",
}

AUTHORS = "select distinct account_id from posts where time is not null order by account_id"

POSTS = """
with drawn as (select unnest($account_ids) as account_id, unnest($rows) as row),
     member as (select unnest($member_ids) as account_id),
     met as (
         select unnest([post_a, post_b]) as post_id from meetings
         where kind = $kind
           and account_a in (select account_id from member) and account_b in (select account_id from member)
     )
select row,
       round($across * (epoch_us(time) - $first_us) / greatest($last_us - $first_us, 1)) as place,
       bool_or(post_id in (select post_id from met) and account_id in (select account_id from member)) as in_step
from posts join drawn using (account_id) where time is not null
group by row, place order by row, place
"""

ENDS = "select epoch_us(min(time)), epoch_us(max(time)) from posts"


def demo_index_html(sets: Sequence[tuple[str, Edition]]) -> str:
    """Write the page for these (folder, edition) pairs; each folder holds the files of its edition."""
    seen = [scope(edition.engine) for _, edition in sets]
    busiest = max((one.n_posts for one in seen), default=1)
    return page(
        "demo_index.html",
        version=sets[0][1].version if sets else "",
        seeds=", ".join(sorted({str(edition.parameters.seed) for _, edition in sets})),
        n_sets=counted(len(sets), "made-up set", "made-up sets"),
        n_posts=count(sum(one.n_posts for one in seen)),
        n_accounts=count(sum(one.n_accounts for one in seen)),
        made_up=all(edition.made_up for _, edition in sets),
        lede=_lede(sets, seen),
        cards=[_card(folder, edition, one, busiest) for (folder, edition), one in zip(sets, seen, strict=True)],
    )


def _lede(sets: Sequence[tuple[str, Edition]], seen: Sequence[Scope]) -> str:
    """The lesson, as far as these sets bear it out."""
    busiest = max(range(len(sets)), key=lambda at: seen[at].n_posts, default=None)
    if busiest is not None and not sets[busiest][1].reported and len(sets) > 1:
        return "The busiest set below is the innocent one."
    return "How much is posted says little."


def _card(folder: str, edition: Edition, seen: Scope, busiest: int) -> dict[str, Any]:
    group = edition.reported[0] if edition.reported else None
    finding = edition.finding(group) if group else None
    verdict = finding.verdict if finding else edition.assessment.verdict
    drawing, drawn = _raster(edition, group, seen)
    times_chance = group.strongest.times_chance if group else None
    busy = f"{count(seen.n_posts)} posts"
    return {
        "title": edition.title,
        "about": f"{counted(seen.n_accounts, 'account', 'accounts')}, {days(seen.first, seen.last)}; {drawn}",
        "raster": drawing,
        "busy": busy,
        "busy_bar": strip(
            14,
            f"{busy}, where the busiest set has {count(busiest)}.",
            rect("0", 0, "100%", 14, "p-sunk"),
            rect("0", 0, percent(seen.n_posts / max(busiest, 1)), 14, "p-mute"),
        ),
        "in_step": f"{times(times_chance)} chance" if times_chance is not None else "No more than chance allows",
        "in_step_of": counted(group.strongest.n_occasions, "occasion", "occasions") if group else "",
        "chance": chance_axis(
            times_chance,
            REPORTABLE,
            f"Members in step, {times(times_chance)} chance." if times_chance is not None else "Nothing beyond chance.",
        ),
        "openly": OPENLY[verdict] if group else OPENLY[Verdict.ORGANIC],
        "chip": CHIP[verdict],
        "verdict": verdict_words(verdict),
        "sentence": printed(edition.redaction.names(finding.claim if finding else edition.assessment.headline)),
        "link": f"{quote(folder)}/report.html",
        "link_words": "See the paired posts" if group else "See what was looked at",
    }


def _raster(edition: Edition, group: Group | None, seen: Scope) -> tuple[Markup, str]:
    """The drawing and what it shows in words: members first, then others in an order that means nothing."""
    members = list(group.account_ids) if group else []
    place = edition.redaction.places()
    authors = [account for (account,) in edition.engine.rows(AUTHORS)]
    above = sorted((account for account in members if account in set(authors)), key=place.__getitem__)[:MOST_MEMBERS]
    below = sorted(set(authors) - set(members), key=place.__getitem__)[: ROWS - len(above)]
    drawn = above + below
    ((first_us, last_us),) = edition.engine.rows(ENDS)
    found = edition.engine.rows(
        POSTS,
        account_ids=drawn,
        rows=list(range(len(drawn))),
        member_ids=members,
        kind=group.strongest.kind if group else "",
        across=ACROSS,
        first_us=first_us or 0,
        last_us=last_us or 0,
    )
    ticks: list[Tick] = [(row, at / ACROSS, in_step) for row, at, in_step in found]
    others = counted(len(below), "other account", "other accounts")
    said = f"{counted(len(above), 'member', 'members')} drawn above {others}" if above else f"{others} drawn"
    said = said if above else said.replace("other ", "")
    what = f", the same {words(group.strongest.kind).many} in step marked" if group else ""
    label = f"Posts of {len(drawn)} of {count(seen.n_accounts)} accounts over time, one account a row{what}."
    ends = (minute(seen.first), minute(seen.last))
    picture = for_each_width(
        lambda width: raster(ticks, len(drawn), ends, label, width, n_above=len(above)), wide=352, narrow=322
    )
    return picture, f"{said}, one a row"
