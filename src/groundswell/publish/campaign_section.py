"""The campaign that was asked for, in the report: what may be said of it, and every measure behind that as a table.

    Measured ──► sections/campaign.html          shares · course · rank · reach · comparators · explanations · changes

Sentences come from `groundswell.assess`; here they are only set beside their numbers, with names replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from groundswell.assess.comparators import STATISTICS
from groundswell.assess.wording import part, percent
from groundswell.model.campaign import NOT_COMPUTABLE, Comparison, Estimate, Hypothesis, Measured, Ranks
from groundswell.publish.edition import Edition
from groundswell.publish.figures.interval import interval_strip, round_end
from groundswell.publish.figures.phases import phase_levels
from groundswell.publish.figures.places import place_slopes
from groundswell.publish.page import CHIP, printed, verdict_words, with_denominator
from groundswell.publish.pointers import Pointers
from groundswell.publish.spelling import count, lag, minute

Row: TypeAlias = tuple[str, ...]

UNKNOWN = "unknown"
WAYS = {"uses": "Uses", "accounts": "Accounts", "shrunk": "Uses against its own past"}
SHORT_WAYS = {"uses": "uses", "accounts": "accounts", "shrunk": "against its past"}
HOLDS = {True: "holds", False: "fails", None: "can’t be told"}


def campaign_section(edition: Edition) -> dict[str, Any] | None:
    """What ``sections/campaign.html`` asks for; None where no campaign was asked for or no post matches."""
    campaign = edition.assessment.campaign
    if campaign is None or campaign.measured is None:
        return None
    measured = campaign.measured

    def say(sentence: str) -> str:
        return printed(edition.redaction.names(sentence))

    return {
        "name": edition.redaction.text(campaign.query, longest=120),
        "sentence": with_denominator(say(measured.sentence)),
        "chip": (CHIP[campaign.verdict], verdict_words(campaign.verdict)),
        "level": measured.level,
        "shares": _shares(measured),
        "tracks": _tracks(measured),
        "lines": _lines(measured),
        "basis": say(measured.volumes.basis),
        "lead": say(measured.lead_lag.sentence),
        "lags": _lags(measured),
        "phase_drawing": phase_levels(measured.phases, say(measured.phases_sentence)) if measured.phases else "",
        "rank_drawing": place_slopes(measured.ranks, SHORT_WAYS, _rank_words(measured.ranks)),
        "comparison_tracks": [_comparison_track(one) for one in measured.comparisons],
        "first": [
            (
                f"First {count(one.k)}",
                f"{count(one.members)} of {count(one.k)}",
                f"{one.expected:.1f}",
                count(one.posts),
            )
            for one in measured.lead_lag.first
        ],
        "phases": say(measured.phases_sentence),
        "phase_rows": [
            (
                minute(one.begins),
                minute(one.ends),
                f"{count(one.count)} of {count(one.whole)}",
                _part(one.count, one.whole),
            )
            for one in measured.phases
        ],
        "rank_unknown": say(measured.ranks.unknown) if measured.ranks.unknown else None,
        "ranks": _ranks(measured.ranks),
        "rank_top": _top(measured.ranks),
        "rank_tags": count(measured.ranks.n_tags),
        "reach": say(measured.reach.sentence),
        "jumps": _jumps(edition, measured),
        "spread": [
            (one.of, count(one.n), count(one.total), f"{one.gini:.2f}", percent(one.top_share), f"{one.effective:,.1f}")
            for one in measured.concentration
        ],
        "births": _births(measured),
        "compared": say(measured.comparisons_sentence),
        "comparison_rows": [_comparison(one) for one in measured.comparisons],
        "explanations": [_explanation(one, say) for one in measured.alternatives],
        "changes": [(say(one.if_), say(one.then)) for one in measured.would_change],
    }


def _shares(measured: Measured) -> list[Row]:
    volumes = measured.volumes
    wholes = (
        ("Posts", volumes.posts),
        ("Accounts", volumes.accounts),
        ("Reposts received", volumes.reposts_received),
    )
    return [(name, *_estimate(of)) for name, of in wholes]


def _tracks(measured: Measured) -> list[dict[str, Any]]:
    """The three shares on tracks that end at the same round share, so that they can be held against one another."""
    volumes = measured.volumes
    told = (
        ("Of the posts", "posts", volumes.posts),
        ("Of the accounts", "accounts", volumes.accounts),
        ("Of the reposts received", "reposts", volumes.reposts_received),
    )
    ends = [of.bound_high or of.high or of.point or 0.0 for _, _, of in told if of.point is not None]
    end = min(1.0, round_end(max(ends, default=1.0)))
    return [_track(name, things, of, end) for name, things, of in told]


def _track(name: str, things: str, of: Estimate, end: float) -> dict[str, Any]:
    whole = f"{count(of.count)} of {count(of.whole)} {things}"
    if of.point is None:
        return {"name": name, "share": UNKNOWN, "whole": whole, "drawing": "", "note": "Nothing to be a part of."}
    bounds = (of.bound_low, of.bound_high) if of.bound_low is not None and of.bound_high is not None else None
    note = f"{_span(of.low, of.high)} (95 %)." if of.low is not None else "No interval: it can’t be said how sure."
    if bounds:
        note += f" Hatched: {_span(*bounds)} if posts are missing."
    label = f"{name}: {percent(of.point)}, {whole}. {note}"
    drawing = interval_strip(of.point, 0.0, end, label=label, low=of.low, high=of.high, bounds=bounds)
    return {
        "name": name,
        "share": percent(of.point),
        "whole": whole,
        "drawing": drawing,
        "note": note,
        "end": percent(end),
        "middle": percent(end / 2),
    }


def _lags(measured: Measured) -> dict[str, Any] | None:
    """By how much members came before or after the others, in two ways, on one axis; left is earlier."""
    found = measured.lead_lag
    rows = [("Median first use", found.median_lag_s, found.median_lag_low_s, found.median_lag_high_s)]
    if found.shift_s is not None:
        # The shift is above zero where members were ahead; on the axis ahead is to the left, as with first uses.
        low, high = found.shift_low_s, found.shift_high_s
        turned = (None, None) if low is None or high is None else (-high, -low)
        rows.append(("Where both curves go best together", -found.shift_s, *turned))
    known = [(name, value, low, high) for name, value, low, high in rows if value is not None]
    if not known:
        return None
    end = max(abs(one) for _, *numbers in known for one in numbers if one is not None) * 1.15 or 1.0
    return {
        "end": lag(end),
        "rows": [
            {
                "name": name,
                "words": _before(value) + (f" ({_before(low)} to {_before(high)})" if low is not None else ""),
                "drawing": interval_strip(
                    value, -end, end, label=f"{name}: members {_before(value)}.", low=low, high=high, zero=0.0
                ),
            }
            for name, value, low, high in known
        ],
    }


def _before(seconds: float | None) -> str:
    if seconds is None:
        return UNKNOWN
    return f"{lag(seconds)} {'earlier' if seconds < 0 else 'later'}" if seconds else "at the same time"


def _rank_words(ranks: Ranks) -> str:
    told = [
        f"by {WAYS.get(way, way).lower()} place {count(place)} with them and {count(ranks.without_them[way])} without"
        for way, place in ranks.with_them.items()
    ]
    return f"Of {count(ranks.n_tags)} hashtags: {'; '.join(told)}."


def _comparison_track(one: Comparison) -> dict[str, str]:
    """One statistic beside what organic campaigns of its size show; the track reaches a little beyond all of them."""
    begin, end = min(one.value, one.low), max(one.value, one.high)
    room = (end - begin) * 0.08 or 0.05
    name = STATISTICS[one.statistic].capitalize()
    where = "outside what they reach" if one.outside else "among them"
    words = f"{one.value:.3f}; {count(one.n)} comparators {one.low:.3f} to {one.high:.3f}"
    label = f"{name}: {words}; {where}."
    drawing = interval_strip(one.value, begin - room, end + room, label=label, others=(one.low, one.high))
    return {"name": name, "drawing": drawing, "words": words, "where": where}


def _estimate(of: Estimate) -> Row:
    if of.point is None:
        return ("0 of 0", UNKNOWN, UNKNOWN, UNKNOWN)
    return (
        f"{count(of.count)} of {count(of.whole)}",
        percent(of.point),
        _span(of.low, of.high),
        _span(of.bound_low, of.bound_high),
    )


def _lines(measured: Measured) -> list[Row]:
    volumes = measured.volumes
    whole = volumes.direct + volumes.downstream + volumes.unaffected
    told = (
        ("Direct: posts by members", volumes.direct),
        ("Downstream: reposts of them by others", volumes.downstream),
        ("All other posts", volumes.unaffected),
    )
    lines: list[Row] = [(name, f"{count(n)} of {count(whole)}", _part(n, whole)) for name, n in told]
    if volumes.band_low is not None:
        lines.append(("Direct, with the surest group only", "", percent(volumes.band_low)))
    if volumes.band_high is not None:
        lines.append(("Direct, with all that was set aside too", "", percent(volumes.band_high)))
    return lines


def _ranks(ranks: Ranks) -> list[Row]:
    """With them, without them, over draws, over groups, and without the reposts of them; by way of scoring."""
    if ranks.unknown:
        return [(name, *[NOT_COMPUTABLE] * 5) for name in WAYS.values()]
    drawn = ranks.draws
    return [
        (
            WAYS.get(way, way),
            count(place),
            count(ranks.without_them[way]),
            f"{count(drawn.without_low[way])} to {count(drawn.without_high[way])}"
            if drawn and way in drawn.without_low
            else "–",
            f"{count(ranks.without_low[way])} to {count(ranks.without_high[way])}",
            count(ranks.without_their_reposts[way]),
        )
        for way, place in ranks.with_them.items()
    ]


def _top(ranks: Ranks) -> str:
    """How often it is among the ten most used, over draws."""
    if ranks.draws is None:
        return ""
    n, told = ranks.draws.n, ranks.draws
    often = [part(round(share * n), n, "draw", "draws") for share in (told.in_top_with, told.in_top_without)]
    return f"Among the ten most used in {often[0]} with them, and in {often[1]} without."


def _jumps(edition: Edition, measured: Measured) -> list[Row]:
    posts = Pointers(edition, (post for jump in measured.reach.jumps for post in jump.post_ids))
    whose = {True: "a member", False: "another account", None: "no post that was repeated"}
    return [
        (
            minute(jump.time),
            f"{jump.before:,.1f} → {jump.after:,.1f}",
            whose[jump.inside],
            ", ".join(edition.redaction.account(account) for account in jump.account_ids) or "–",
            posts.listed(jump.post_ids, 1) or "–",
            count(jump.reposts),
            count(jump.followers) if jump.followers is not None else UNKNOWN,
        )
        for jump in measured.reach.jumps
    ]


def _births(measured: Measured) -> list[Row]:
    births = measured.births
    if births is None:
        return []
    return [
        (
            "Made in one day, the busiest",
            part(births.members_one_day, births.members, "member", "members"),
            part(births.others_one_day, births.others, "other account", "other accounts"),
            f"{births.p:.3g}" if births.p is not None else UNKNOWN,
        ),
        (
            "Made in the 30 days before",
            part(births.members_new, births.members, "member", "members"),
            part(births.others_new, births.others, "other account", "other accounts"),
            "",
        ),
    ]


def _comparison(one: Comparison) -> Row:
    return (
        STATISTICS[one.statistic].capitalize(),
        f"{one.value:.3f}",
        f"{one.percentile:.0f}",
        f"{one.low:.3f} to {one.high:.3f}",
        "outside" if one.outside else "inside",
        count(one.n),
    )


def _explanation(one: Hypothesis, say: Callable[[str], str]) -> dict[str, Any]:
    cells: Sequence[bool | None] = one.holds
    return {
        "name": say(one.name),
        "reason": say(one.reason),
        "against": one.against,
        "predictions": [(say(what), HOLDS[held]) for what, held in zip(one.predicts, cells, strict=True)],
    }


def _part(n: int, whole: int) -> str:
    return percent(n / whole) if whole else UNKNOWN


def _span(low: float | None, high: float | None) -> str:
    return f"{percent(low)} to {percent(high)}" if low is not None and high is not None else UNKNOWN
