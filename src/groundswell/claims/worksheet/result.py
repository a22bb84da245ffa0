"""A worksheet that was checked: what is wrong with it, or how likely each explanation is, and how good the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from groundswell.assess.wording import check, counted, part
from groundswell.claims.worksheet.judgement_words import Confidence, confidence, likelihood_range, likelihood_word
from groundswell.claims.worksheet.problems import problems, remarks, signed
from groundswell.claims.worksheet.sensitivity import Turn, is_stable, shown_posterior, turns
from groundswell.claims.worksheet.sheet import Sheet
from groundswell.claims.worksheet.weighing import Weighing, weigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a worksheet comes to."""

    sheet: Sheet
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    weighing: Weighing | None
    """None where there are problems."""
    posterior: tuple[tuple[str, float], ...]
    """As it is shown; see `shown_posterior`."""
    confidence: Confidence | None
    turns: tuple[Turn, ...]
    likelihood_sentence: str
    confidence_sentence: str
    actor_sentence: str

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        names = {one.hypothesis_id: one.name for one in self.sheet.hypotheses}
        priors = {one.hypothesis_id: one.prior for one in self.sheet.hypotheses}
        return {
            "about": self.sheet.about,
            "run": self.sheet.run,
            "problems": list(self.problems),
            "remarks": list(self.remarks),
            "hypotheses": [
                {
                    "id": name,
                    "name": " / ".join(names[each] for each in name.split("+")),
                    "prior": sum(priors[each] for each in name.split("+")),
                    "posterior": value,
                    "word": likelihood_word(value),
                    "range": likelihood_range(value),
                }
                for name, value in self.posterior
            ],
            "evidence": [
                {
                    "id": one.evidence.evidence_id,
                    "dimension": str(one.evidence.dimension),
                    "code": one.evidence.code,
                    "root": one.evidence.root,
                    "comparators": one.evidence.comparators,
                    "counted": str(one.counted),
                    "ratio_entered": one.entered,
                    "ratio_after_the_cap": one.ratio,
                }
                for one in (self.weighing.weighed if self.weighing else ())
            ],
            "likelihood": self.likelihood_sentence,
            "confidence": self.confidence_sentence,
            "actor": self.actor_sentence,
            "what_would_change_it": [{"if": turn.if_, "then": turn.then, "turned": turn.turned} for turn in self.turns],
        }


def result(sheet: Sheet) -> Result:
    """Check a worksheet and, where nothing is wrong with it, weigh it."""
    wrong = problems(sheet)
    if wrong:
        return Result(
            sheet=sheet,
            problems=wrong,
            remarks=remarks(sheet),
            weighing=None,
            posterior=(),
            confidence=None,
            turns=(),
            likelihood_sentence=f"Nothing was weighed: {counted(len(wrong), 'problem', 'problems')} first.",
            confidence_sentence="Confidence is not rated.",
            actor_sentence=_actor_sentence(sheet, wrong=True),
        )
    weighing = weigh(sheet)
    posterior = shown_posterior(sheet, weighing)
    rated = confidence(weighing, stable=is_stable(sheet))
    found = Result(
        sheet=sheet,
        problems=(),
        remarks=remarks(sheet),
        weighing=weighing,
        posterior=posterior,
        confidence=rated,
        turns=turns(sheet) if weighing.counted else (),
        likelihood_sentence=_likelihood_sentence(sheet, weighing, posterior),
        confidence_sentence=_confidence_sentence(weighing, rated),
        actor_sentence=_actor_sentence(sheet, wrong=False),
    )
    for sentence in (found.likelihood_sentence, found.confidence_sentence):
        check(sentence)
    return found


def _likelihood_sentence(sheet: Sheet, weighing: Weighing, posterior: tuple[tuple[str, float], ...]) -> str:
    pieces = part(len(weighing.counted), len(sheet.evidence), "piece", "pieces")
    if not weighing.counted:
        return f"{pieces} of evidence is counted, so every explanation stands where it stood beforehand."
    name, value = max(posterior, key=lambda each: each[1])
    verb = "is" if len(weighing.counted) == 1 else "are"
    return (
        f"{pieces} of evidence {verb} counted. Of {len(posterior)} explanations that were fixed beforehand, {name}"
        f" leads and is {likelihood_word(value)} ({likelihood_range(value)})."
    )


def _confidence_sentence(weighing: Weighing, rated: Confidence) -> str:
    roots = counted(len(weighing.counted), "independent root", "independent roots")
    return f"Confidence in this rests on {roots} and is {rated}."


def _actor_sentence(sheet: Sheet, *, wrong: bool) -> str:
    actor = sheet.actor
    if not actor.name.strip() or wrong or not signed(sheet):
        return "Who is behind it: not assessed. Nobody has entered sourced evidence and signed."
    return (
        f"Who is behind it, entered and signed by {actor.signed_by} on {actor.signed_on}: “{actor.name}”."
        " That is this person’s judgement; the program makes none."
    )
