"""The page of a worksheet: how the explanations stand, what was counted and what not, and what would change it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from groundswell.claims.worksheet.judgement_words import LADDER, likelihood_range, likelihood_word
from groundswell.claims.worksheet.result import Result
from groundswell.claims.worksheet.sheet import CREDIBILITY, RELIABILITY, Dimension
from groundswell.claims.worksheet.weighing import Weighed
from groundswell.publish.figures.svg import hatched, percent, rect, strip
from groundswell.publish.page import page, printed
from groundswell.publish.redaction import inert

HEIGHT = 16


def worksheet_html(found: Result, *, version: str) -> str:
    """Write the page; a sheet with problems gets a page that lists them and weighs nothing."""
    content: dict[str, Any] = {
        "version": version,
        "about": inert(found.sheet.about),
        "run": inert(found.sheet.run) or "none",
        "made_by": inert(found.sheet.made_by),
        "likelihood": printed(inert(found.likelihood_sentence)),
        "confidence": printed(found.confidence_sentence),
        "actor": inert(found.actor_sentence),
        "actor_given": "not assessed" not in found.actor_sentence,
        "problems": [inert(one) for one in found.problems],
        "remarks": [inert(one) for one in found.remarks],
        "hypotheses": _hypotheses(found),
        "ladder": [(word, span) for _, word, span in LADDER],
        "dimensions": [(str(each), _rows(found, each)) for each in Dimension],
        "turns": [(printed(turn.if_), printed(turn.then), turn.turned) for turn in found.turns],
        "n_evidence": len(found.sheet.evidence),
    }
    return page("worksheet.html", **content)


def _hypotheses(found: Result) -> list[dict[str, Any]]:
    names = {one.hypothesis_id: one.name for one in found.sheet.hypotheses}
    priors = {one.hypothesis_id: one.prior for one in found.sheet.hypotheses}
    shown = found.posterior or tuple(priors.items())
    rows = []
    for name, value in shown:
        before = sum(priors[each] for each in name.split("+"))
        words = " · ".join(names[each] for each in name.split("+"))
        rows.append(
            {
                "name": inert(name),
                "words": inert(words),
                "before": likelihood_word(before),
                "after": likelihood_word(value) if found.posterior else "not weighed",
                "range": likelihood_range(value) if found.posterior else "",
                "drawing": _bar(name, before, value, weighed=bool(found.posterior)),
            }
        )
    return rows


def _bar(name: str, before: float, after: float, *, weighed: bool) -> Markup:
    """The whole, the range of the word (not the number, which would look exact), and where it stood beforehand."""
    low, high = _ends(after)
    words = (
        f"{name}: {likelihood_range(after)}, beforehand {likelihood_range(before)}."
        if weighed
        else f"{name}: not weighed."
    )
    marks = [rect("0", 0, "100%", HEIGHT, "p-sunk")]
    if weighed:
        marks.append(rect(percent(low), 3, percent(high - low), HEIGHT - 6, "p-g0"))
    else:
        marks.append(hatched("0", 3, "100%", HEIGHT - 6))
    marks.append(rect(percent(min(before, 0.995)), 0, "2", HEIGHT, "p-mute"))
    return strip(HEIGHT, inert(words), *marks)


def _ends(probability: float) -> tuple[float, float]:
    low = 0.0
    for below, _, _ in LADDER:
        if probability < below:
            return low, below
        low = below
    return LADDER[-2][0], 1.0


def _rows(found: Result, dimension: Dimension) -> list[tuple[str, ...]]:
    if found.weighing is None:
        return [
            (
                inert(one.evidence_id),
                inert(one.statement),
                inert(one.source),
                one.code,
                str(one.comparators),
                "–",
                "not weighed",
            )
            for one in found.sheet.evidence
            if one.dimension is dimension
        ]
    return [_row(one) for one in found.weighing.weighed if one.evidence.dimension is dimension]


def _row(one: Weighed) -> tuple[str, ...]:
    evidence = one.evidence
    code = f"{evidence.code}: {RELIABILITY[evidence.reliability]}; {CREDIBILITY[evidence.credibility]}"
    ratio = f"{one.ratio:.3g}" + (f" (entered {one.entered:.3g})" if one.entered > one.ratio * 1.0001 else "")
    return (
        inert(evidence.evidence_id),
        inert(evidence.statement),
        inert(f"{evidence.source}; root: {evidence.root}"),
        code,
        str(evidence.comparators),
        ratio if evidence.likelihood else "none entered",
        str(one.counted),
    )
