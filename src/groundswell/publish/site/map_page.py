"""The map of a run: every group at once, and every line that joins two of them or leads out.

CoordinationMap ──► Leaf      drawn on the page; the app opens a group account by account from ``data/map.json``
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from groundswell.assess.wording import counted, figure, listed
from groundswell.publish.coordination_map import MOST_LINES, MOST_NODES, OUTSIDE, CoordinationMap, coordination_map
from groundswell.publish.edition import Edition
from groundswell.publish.figures.coordination import coordination
from groundswell.publish.figures.svg import mark, tag
from groundswell.publish.page import printed, with_denominator
from groundswell.publish.site.account_page import SCOPE
from groundswell.publish.site.leaf import Leaf
from groundswell.publish.spelling import count

MAP = "map.html"
NOBODY = "in no group"


def map_page(edition: Edition, content: Mapping[str, Any]) -> Leaf | None:
    """The page of the map; None where no group was reported. `content` is that of the summary."""
    found = coordination_map(edition)
    if found is None:
        return None
    shape_at = {
        place: number
        for number, group in reversed(list(enumerate(edition.reported)))
        for account, place in edition.redaction.places().items()
        if account in set(group.account_ids)
    }
    return Leaf(
        address=MAP,
        words="Map",
        template="site/map.html",
        in_the_row=True,
        content={
            **{part: content[part] for part in (*SCOPE, "files")},
            "headline": with_denominator(printed(map_sentence(found))),
            "drawing": coordination(found, shape_at, map_label(found)),
            "caption": _caption(found, edition.parameters.fdr),
            "group_rows": [_group_row(found, number) for number in range(len(found.groups))],
            "outside_row": _outside_row(found),
            "between_rows": [(_name(found, a), _name(found, b), count(n)) for a, b, n in found.between],
            "signs": [
                (
                    tag("svg", mark(one.number, 9, 9, 7), class_="sign", viewBox="0 0 18 18", aria_hidden="true"),
                    one.letter,
                    counted(one.n_accounts, "account", "accounts"),
                )
                for one in found.groups
            ],
            "placed": _placed(found),
        },
    )


def map_sentence(found: CoordinationMap) -> str:
    """The strongest sentence that the map carries, with the whole in it."""
    first = (
        f"{count(found.n_members)} of {count(found.n_accounts)} accounts are in"
        f" {counted(len(found.groups), 'group', 'groups')} that acted together more than chance allows."
    )
    if len(found.groups) == 1:
        return first + (
            f" {counted(found.n_out, 'pair', 'pairs')} beyond chance lead out of it."
            if found.n_out
            else " No pair beyond chance leads out of it."
        )
    across = found.n_across
    return first + (
        f" {counted(across, 'pair', 'pairs')} beyond chance join one group to another."
        if across
        else " No pair beyond chance joins one group to another."
    )


def map_label(found: CoordinationMap) -> str:
    """The map as one sentence to be read aloud."""
    named = [
        f"group {one.letter} with {counted(one.n_accounts, 'account', 'accounts')} and"
        f" {counted(one.n_lines, 'line', 'lines')} between them"
        for one in found.groups[:6]
    ]
    if len(found.groups) > len(named):
        named.append(counted(len(found.groups) - len(named), "other group", "other groups"))
    said = (
        f"A field of {count(found.n_accounts)} accounts, {count(found.n_members)} of them marked as members;"
        f" beside it {listed(named)}."
    )
    if found.n_across:
        said += f" {counted(found.n_across, 'line', 'lines')} between groups."
    if found.outside.n_accounts:
        said += (
            f" In no group: {counted(found.outside.n_accounts, 'account', 'accounts')} with a line,"
            f" {count(found.n_out)} of their lines to a member of a group."
        )
    return said


def _caption(found: CoordinationMap, fdr: float) -> Markup:
    wrong = (
        f" At q ≤ {fdr:g} under one of two nulls, up to {figure(found.expected_wrong)} of all lines beyond chance are"
        " expected to be wrong."
        if found.expected_wrong
        else ""
    )
    return Markup(
        "<b>A disc</b> is a group, a mark in it a member. <b>A line</b> between discs says how many pairs of accounts"
        " are beyond chance by themselves.{} <b>Grey, dashed:</b> accounts in no group that have such a line; their"
        " disc is not to scale. Place means nothing, and a line says nothing of why."
    ).format(wrong)


def _group_row(found: CoordinationMap, number: int) -> tuple[str, ...]:
    place = found.groups[number]
    possible = place.n_accounts * (place.n_accounts - 1) // 2
    across = sum(n for a, b, n in found.between if OUTSIDE not in (a, b) and number in (a, b))
    out = sum(n for a, b, n in found.between if (a, b) == (OUTSIDE, number))
    return (
        f"Group {place.letter}",
        f"{count(place.n_accounts)} of {count(found.n_accounts)}",
        f"{count(place.n_lines)} of {count(possible)}",
        count(place.n_beyond),
        count(across),
        count(out),
    )


def _outside_row(found: CoordinationMap) -> tuple[str, ...]:
    place = found.outside
    whole = f"{count(place.n_accounts)} of {count(found.n_accounts)}"
    return ("In no group, with a line", whole, count(place.n_lines), count(place.n_beyond), count(found.n_out), "–")


def _name(found: CoordinationMap, number: int) -> str:
    return NOBODY.capitalize() if number == OUTSIDE else f"Group {found.groups[number].letter}"


def _placed(found: CoordinationMap) -> str:
    """What was left out of the drawing account by account, so that nobody takes it for all."""
    whole = found.n_members + found.outside.n_accounts
    lines = found.n_inside + found.n_across + found.n_out + found.outside.n_lines
    said = f"{count(len(found.nodes))} of {counted(whole, 'account', 'accounts')} with a line or in a group are placed"
    said += f", and {count(len(found.lines))} of {counted(lines, 'line', 'lines')}."
    if len(found.nodes) < whole:
        said += f" At most {count(MOST_NODES)} are placed, members first, then those with the most lines."
    if len(found.lines) == MOST_LINES:
        said += f" At most {count(MOST_LINES)} lines are drawn, those of the most objects first."
    return said
