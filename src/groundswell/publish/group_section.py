"""What a page shows of one group: where it is, who it is, the posts, and what was weighed.

Group, Finding, tables ──► the content of ``group.html``
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from groundswell.assess.sensitivity import settings_sentence
from groundswell.assess.wording import counted, figure, kinds_listed, percent, times
from groundswell.model.finding import Alternative, Evidence, Side, Weight
from groundswell.model.group import Group, Layer
from groundswell.publish.corrections import standing_chips, standing_json
from groundswell.publish.edition import Edition
from groundswell.publish.figures.field import field
from groundswell.publish.figures.lag import lag_axis
from groundswell.publish.figures.network import LARGEST_CIRCLE, LARGEST_MATRIX, network
from groundswell.publish.figures.settings import settings_grid
from groundswell.publish.figures.svg import drawing, for_each_width, mark, tag, text
from groundswell.publish.meetings import LAG_EDGES_S, Meeting, meetings
from groundswell.publish.meetings import Side as PostSide
from groundswell.publish.members import Membership, membership
from groundswell.publish.page import CHIP, printed, verdict_words, with_denominator
from groundswell.publish.pointers import Pointers
from groundswell.publish.spelling import count, days, iso, lag, minute, moment
from groundswell.traces.kinds import words

MOST_POSTS_NAMED = 6
MOST_LINES_LISTED = 400
MOST_MEMBERS_LISTED = 500

LAG_ROWS_S = (1.0, 10.0, 60.0, 600.0, 3_600.0, 21_600.0, 86_400.0)
"""Upper ends of the rows of the table beneath a card."""

BALANCE: Mapping[Weight, tuple[str, ...]] = {
    Weight.CLEARLY_AGAINST: ("on", "on", "on", "", ""),
    Weight.AGAINST: ("", "on", "on", "", ""),
    Weight.CANNOT_TELL: ("", "", "unknown", "", ""),
    Weight.FOR: ("", "", "on", "on", ""),
    Weight.CLEARLY_FOR: ("", "", "on", "on", "on"),
}
"""Five cells, filled from the middle: to the left against the explanation, to the right for it."""


def group_section(
    edition: Edition,
    group: Group,
    pointers: Pointers,
    places: Mapping[str, int],
    n_accounts: int,
    n_posts: int,
    *,
    drawn: bool,
) -> dict[str, Any]:
    """Everything ``group.html`` asks for.

    Parameters
    ----------
    places
        Each member's place among all accounts, by account id; see `groundswell.publish.figures.field`.
    n_accounts, n_posts
        Of the edition: the wholes of every part shown.
    drawn
        Whether to draw the group and show three meetings; otherwise the one most surprising meeting stands alone.
    """
    finding, inside = edition.finding(group), membership(edition, group)
    layer, kind = group.strongest, words(group.strongest.kind)
    shown = meetings(edition, group, only_first=not drawn)
    evidence = finding.evidence if finding else ()
    name = edition.redaction.account
    say = edition.redaction.names
    return {
        "group_id": group.group_id,
        "anchor": f"group-{edition.reported.index(group) + 1}",
        "sign": tag(
            "svg", mark(edition.reported.index(group), 9, 9, 7), class_="sign", viewBox="0 0 18 18", aria_hidden="true"
        ),
        "claim": with_denominator(printed(say(finding.claim) if finding else _plain_claim(group, n_accounts))),
        "chips": [
            *([(CHIP[finding.verdict], verdict_words(finding.verdict))] if finding else []),
            *standing_chips(edition, group),
        ],
        "disputes": standing_json(edition, group)["history"],
        "figures": _figures(group, inside, n_accounts, n_posts),
        "drawing": _drawn(edition, group, inside, places, n_accounts) if drawn else None,
        "caption": _caption(group, inside, edition.parameters.fdr),
        "object": kind.one,
        "objects": kind.many,
        "line_words": "Table of the lines"
        + (
            f", the first {MOST_LINES_LISTED} of {len(inside.lines):,}" if len(inside.lines) > MOST_LINES_LISTED else ""
        ),
        "line_rows": sorted(
            (
                name(line.a),
                name(line.b),
                count(line.n_objects),
                lag(line.median_lag_s),
                minute(line.first),
                "yes" if line.beyond_chance else "no",
            )
            for line in inside.lines
        )[:MOST_LINES_LISTED],
        "member_rows": [
            (
                name(member.account_id),
                count(member.n_posts),
                f"{member.n_met} of {group.size - 1}",
                count(member.n_beyond),
                lag(member.median_lag_s) if member.median_lag_s is not None else "none",
                minute(member.first) if member.first is not None else "none",
            )
            for member in inside.members[:MOST_MEMBERS_LISTED]
        ],
        "meetings_note": f"{counted(len(shown), 'meeting', 'meetings')} of {count(inside.n_meetings)}, chosen by rule:"
        " most, median and least surprising. All of them are in meetings.parquet."
        if drawn
        else f"1 meeting of {count(inside.n_meetings)}, the most surprising. All of them are in meetings.parquet.",
        "cards": [_card(edition, group, meeting, pointers) for meeting in shown],
        "evidence_for": _evidence(edition, evidence, Side.FOR, pointers),
        "evidence_against": _evidence(edition, evidence, Side.AGAINST, pointers),
        "alternatives": _alternatives(edition, finding.alternatives if finding else ()),
        "layers_note": (
            "More than, times chance: the largest minimum for which the evidence would still have been enough; the"
            f" members are in step so much more often than outsiders on enough of their {kind.many}, not on all."
            f" Over all: members in step over what the timing of outsiders on the same {kind.many} would give."
            f" Digits of evidence: what is left after paying for having been free to choose any {group.size} of"
            f" {count(n_accounts)} accounts; below zero, chance explains it. They are not an error rate."
        ),
        "layer_rows": [_layer_row(one) for one in group.layers],
        "leads": _leads(edition, group, layer),
        "settings": _settings(edition, group, drawn=drawn),
    }


def _plain_claim(group: Group, n_accounts: int) -> str:
    kind = words(group.strongest.kind)
    return (
        f"{group.size} of {count(n_accounts)} accounts {kind.did} the same {kind.many} within"
        f" {lag(group.strongest.window_s)} of each other, on {group.strongest.n_occasions} occasions."
    )


def _figures(group: Group, inside: Membership, n_accounts: int, n_posts: int) -> list[tuple[str, str]]:
    met = len(inside.lines)
    possible = group.size * (group.size - 1) // 2
    return [
        ("Of accounts", _part(group.size, n_accounts)),
        ("Of posts", _part(inside.n_posts, n_posts)),
        ("Pairs that met", f"{count(met)} of {count(possible)}"),
        ("Meetings", count(inside.n_meetings)),
        ("First to last", days(group.first_meeting, group.last_meeting)),
        ("Found in", ", ".join(words(kind).many for kind in group.kinds)),
    ]


def _part(part: int, whole: int) -> str:
    return f"{count(part)} of {count(whole)}" + (f" ({percent(part / whole)})" if whole else "")


def _drawn(edition: Edition, group: Group, inside: Membership, places: Mapping[str, int], n_accounts: int) -> Markup:
    shape = edition.reported.index(group)
    shape_at = {
        places[account]: number
        for number, other in reversed(list(enumerate(edition.reported)))
        for account in other.account_ids
        if account in places
    }
    shape_at.update({places[account]: shape for account in group.account_ids if account in places})
    number = {member.account_id: i for i, member in enumerate(inside.members)}
    lines = [(number[line.a], number[line.b], line.n_objects, line.beyond_chance) for line in inside.lines]
    labels = [_short(edition.redaction.account(member.account_id)) for member in inside.members]
    heading = f"Group {group.group_id}, {counted(group.size, 'account', 'accounts')}"
    label = (
        f"A field of {count(n_accounts)} accounts, the {group.size} members of group {group.group_id} marked; beside it"
        f" the members with {count(len(lines))} lines between them, {count(inside.n_beyond)} of them beyond chance."
    )

    def draw(width: float) -> Markup:
        wide = width > 500
        side = 430.0 if wide else width - 4
        x, y = (width - side - 60, 34.0) if wide else (2.0, side + 80.0)
        parts = [
            field(n_accounts, shape_at, x=2, y=26, side=side + 6 if wide else side, name=f"field-{shape}-{width:.0f}"),
            text(x + side / 2, y - 18, heading, "num", "middle"),
            network(labels, lines, shape=shape, x=x, y=y, side=side),
        ]
        return drawing(width, y + side + 12, label, *parts)

    return for_each_width(draw, wide=1118)


def _short(name: str) -> str:
    bare = name.removeprefix("acct-")
    return bare if len(bare) <= 16 else bare[:15] + "…"


def _caption(group: Group, inside: Membership, fdr: float) -> Markup:
    layer, kind = group.strongest, words(group.strongest.kind)
    drawn = (
        "Place on the circle means nothing."
        if group.size <= LARGEST_CIRCLE
        else "Rows and columns are the members, in the order of the table; a filled cell is a pair that met."
    )
    if group.size > LARGEST_MATRIX:
        drawn += f" The {LARGEST_MATRIX} members who met the most others are drawn, of {group.size}."
    met = f"{count(len(inside.lines))} pairs that {kind.did} at least one of the same {kind.many} in step"
    beyond = (
        f" {count(inside.n_beyond)} of them beat chance on their own at q ≤ {fdr:g} under one of two nulls; up to"
        f" {figure(inside.expected_wrong)} of these are expected to be wrong."
        if inside.n_beyond
        else " None of them beats chance on its own: the group does, its pairs do not."
    )
    return Markup("<b>A line</b> is a pair: {}. <b>Coloured:</b>{} <b>Grey, dashed:</b> the others. {} {}").format(
        met, beyond, drawn, f"The group was found within {lag(layer.window_s)}."
    )


def _card(edition: Edition, group: Group, meeting: Meeting, pointers: Pointers) -> dict[str, Any]:
    kind = words(group.strongest.kind)
    pairs, close = meeting.n_outside_pairs, meeting.n_outside_as_close
    apart = f"{lag(meeting.lag_s)} apart" if meeting.lag_s else "At the same moment"
    if pairs:
        sentence = (
            f"{apart}. Of the {counted(pairs, 'pair', 'pairs')} of outsiders who {kind.did} this {kind.one},"
            f" {count(close)} ({percent(close / pairs)}) came as close."
        )
    else:
        sentence = f"{apart}. Fewer than two outsiders {kind.did} this {kind.one}, so nothing can be compared."
    label = f"On a log axis of time, this pair stands at {lag(meeting.lag_s)}. " + sentence
    return {
        "heading": f"{meeting.rank}: {apart[0].lower() + apart[1:]}",
        "about": f"The same {kind.one}, {kind.did} by {counted(meeting.n_sharers, 'account', 'accounts')} in all:",
        "thing": edition.redaction.thing(group.strongest.kind, meeting.object_id),
        "first": _side(edition, meeting.sides[0], pointers),
        "second": _side(edition, meeting.sides[1], pointers),
        "drawing": lag_axis(meeting, group.strongest.window_s, label),
        "sentence": printed(sentence),
        "caption": Markup(
            "<b>Grey:</b> how far apart pairs of outsiders were on it; height is their number. <b>Teal bar:</b>"
            " up to {}, where the group stands out. Being close says nothing of why."
        ).format(lag(group.strongest.window_s)),
        "lag_rows": _lag_rows(meeting),
    }


def _lag_rows(meeting: Meeting) -> list[tuple[str, str]]:
    """The histogram's steps, added up to round lags."""
    if not meeting.n_outside_pairs:
        return []
    rows, below = [], 0
    running = meeting.outside_lags.cumsum()
    for end in LAG_ROWS_S:
        # The edges of the histogram are no round numbers: the nearest one is named by the lag it really has.
        edge = int(abs(LAG_EDGES_S[1:] - end).argmin())
        rows.append((f"up to {lag(LAG_EDGES_S[edge + 1])}", count(running[edge] - below)))
        below = int(running[edge])
    return [*rows, ("later", count(meeting.n_outside_pairs - below)), ("all", count(meeting.n_outside_pairs))]


def _side(edition: Edition, side: PostSide, pointers: Pointers) -> dict[str, Any]:
    return {
        "account": edition.redaction.account(side.account_id),
        "moment": moment(side.time),
        "iso": iso(side.time),
        "text": edition.redaction.text(side.text) if side.text else None,
        "where": pointers.in_words(side.source_file, side.source_row),
        "preserved": edition.preserved(side.post_id),
    }


def _evidence(edition: Edition, evidence: Iterable[Evidence], side: Side, pointers: Pointers) -> list[tuple[str, str]]:
    listed = []
    for one in evidence:
        if one.side is side:
            posts = pointers.listed(one.post_ids, MOST_POSTS_NAMED)
            listed.append((printed(edition.redaction.names(one.sentence)), posts))
    return listed


def _alternatives(edition: Edition, alternatives: Iterable[Alternative]) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [
        (
            one.name[:1].upper() + one.name[1:],
            BALANCE[one.weight],
            one.weight.value,
            printed(edition.redaction.names(one.reason)),
        )
        for one in alternatives
    ]


def _layer_row(layer: Layer) -> tuple[str, ...]:
    return (
        words(layer.kind).many,
        lag(layer.window_s),
        count(layer.n_occasions),
        count(layer.n_days),
        count(layer.n_objects),
        times(layer.times_told).removesuffix(" times"),
        times(layer.times_chance).removesuffix(" times"),
        percent(layer.turnout),
        percent(layer.own_audience),
        lag(layer.median_spread_s),
        f"{layer.evidence:.1f}",
    )


def _leads(edition: Edition, group: Group, layer: Layer) -> str:
    if not group.leads:
        return "Nobody went first more often than the others."
    first = ", ".join(
        f"{edition.redaction.account(one.account_id)} on {one.occasions} of {one.of} occasions"
        for one in group.leads[:3]
    )
    same = percent(layer.lead_p) if layer.lead_p >= 0.0005 else "less than 0.05 %"
    return (
        f"Who went first: {first}. If the first were drawn by lot each time, somebody would go first this often with a"
        f" chance of {same}. With the leading accounts’ occasions left out, {layer.evidence_without_leaders:.1f} digits"
        " of evidence remain."
    )


def _settings(edition: Edition, group: Group, *, drawn: bool) -> dict[str, Any] | None:
    """The group under other choices; only for groups that are drawn."""
    tried = edition.settings(group)
    if tried is None or not drawn:
        return None
    sentence = settings_sentence(tried)
    n_windows, n_minima, n_nulls = (
        len({getattr(cell, name) for cell in tried.cells}) for name in ("window_s", "min_objects", "null")
    )
    kinds = counted(len(tried.kinds), "kind of trace", "kinds of trace")
    return {
        "sentence": printed(sentence),
        "drawing": settings_grid(tried, sentence),
        "caption": Markup(
            "<b>Number:</b> members found together, of {}. <b>Filled:</b> {} or more. <b>Pale:</b> fewer."
            " <b>Empty:</b> not found; empty cells count. <b>Columns:</b> the window, and the fewest {} on which a"
            " member must stand with another. {}: {} × {} × {} × {} of chance. All were chosen before the data were"
            " read. In «pairs» each pair is tested by itself, which names innocent people too; «group» decides."
        ).format(
            group.size,
            tried.enough,
            "objects",
            counted(len(tried.cells), "setting", "settings"),
            kinds,
            counted(n_windows, "window", "windows"),
            counted(n_minima, "minimum", "minima"),
            counted(n_nulls, "kind", "kinds"),
        ),
        "rows": [
            (kinds_listed([cell.kind]), cell.null, lag(cell.window_s), str(cell.min_objects), count(cell.n_members))
            for cell in tried.cells
        ],
    }
