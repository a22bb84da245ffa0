"""A linter for drafts: sentences that claim more than measured behaviour, or more than a study, can carry.

    draft (and a study's Assessment) ──► Hits         line, words, why, and what may be written instead

It reads words, not meaning: what it passes may still be wrong, and what it stops may be right for a reason that it does
not know. Quotations are passed over, for they are someone else's words. What it looks for stands in `overclaims`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from groundswell.assess.overclaims import NUMBER, OVERCLAIMS, SOURCE, any_of
from groundswell.assess.wording import percent, quoted
from groundswell.model.finding import Assessment, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Words in a draft that say too much."""

    line: int
    """From 1, where the words begin."""
    words: str
    rule: str
    why: str
    permitted: str
    """What could stand there instead; its figures are examples unless a study was given."""

    def as_json(self) -> dict[str, Any]:
        """One entry of ``check-text --json``."""
        return asdict(self)


COORDINATED = any_of(
    "coordinat\\w+", "acted together", "act together", "in concert", "orchestrat\\w+", "organi[sz]ed campaign"
)
DECEPTIVE = any_of(
    "inauthentic\\w*", "decepti\\w+", "deceiv\\w+", "impost[eo]rs?", "sock ?-?puppets?", "fakes?", "impersonat\\w+"
)
DENIED = any_of("not", "no", "none", "nobody", "whether", "neither", "cannot", "can’t", r"\w+n[’']t")
PART = re.compile(rf"({NUMBER}) (?:out )?of (?:the |all )?({NUMBER}) (?=\w)")
SHARE = re.compile(rf"(?<![\w.])({NUMBER})\s?(?:%|per ?cent\b)", re.IGNORECASE)

_QUOTATION = re.compile(r"“[^“”]*”|«[^«»]*»|\"[^\"\n]*\"|^>.*$|`[^`\n]*`|https?://\S+", re.MULTILINE)
_END = re.compile(r"(?<=[.!?])[\s\u00a0]+(?=[\"“«A-Z0-9#@])|\n[ \t]*\n|\n(?=[ \t]*(?:[-*#|]|\d+\.) )")


def check_text(text: str, study: Assessment | None = None) -> tuple[Hit, ...]:
    """Find what a draft says and may not.

    Parameters
    ----------
    text
        The draft: plain text or Markdown. Lines may be wrapped anywhere in a sentence.
    study
        What the draft is about. Its figures and its verdict are then what a sentence is held against, and its own
        sentences are what is offered instead. A sentence that stands in the study word for word is passed over.

    Returns
    -------
    hits
        By line, then by place in it. One passage is told once for each rule that it breaks.
    """
    found: list[tuple[int, Hit]] = []
    instead = _instead(study) if study else {}
    own_words = {_folded(one) for said in (study.sentences() if study else ()) for _, one in _sentences(said)}
    for start, sentence in _sentences(text):
        if _folded(sentence) in own_words:
            continue
        # Blanks instead of quotations, so that places in the sentence stay places in the text.
        own = _QUOTATION.sub(lambda match: re.sub(r"\S", " ", match[0]), sentence)
        cited = bool(SOURCE.search(sentence))
        for rule in OVERCLAIMS:
            if rule.unless and (rule.unless.search(own) or (rule.unless is SOURCE and cited)):
                continue
            for match in rule.pattern.finditer(own):
                permitted = instead.get(rule.name, rule.permitted)
                found.append((start + match.start(), _hit(text, start, match, rule.name, rule.why, permitted)))
        if study:
            found += ((start + match.start(), hit) for match, hit in _beyond(text, start, own, study))
    once: dict[tuple[int, str], Hit] = {}
    for at, hit in found:
        once.setdefault((at, hit.rule), hit)
    return tuple(once[place] for place in sorted(once))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence and where it begins."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        if text[start:end].strip():
            yield start, text[start:end]
        start = end


def _folded(sentence: str) -> str:
    """A sentence as it compares with another: whatever its line breaks and marks of emphasis."""
    return re.sub(r"[\s\u00a0*_]+", " ", sentence).strip()


def _hit(text: str, start: int, match: re.Match[str], rule: str, why: str, permitted: str) -> Hit:
    return Hit(
        line=text.count("\n", 0, start + match.start()) + 1,
        words=re.sub(r"\s+", " ", match[0]).strip(),
        rule=rule,
        why=why,
        permitted=permitted,
    )


def _beyond(text: str, start: int, own: str, study: Assessment) -> Iterator[tuple[re.Match[str], Hit]]:
    """What the sentence says and the study does not."""
    denied = DENIED.search(own)
    if not denied and not study.findings and (match := COORDINATED.search(own)):
        why = "The study reports no group, so it does not support a claim that accounts acted together."
        yield match, _hit(text, start, match, "study", why, study.headline)
    deceptive = study.verdict in (Verdict.DECEPTIVE, Verdict.INAUTHENTIC)
    if not denied and not deceptive and (match := DECEPTIVE.search(own)):
        why = f"The verdict of the study is {quoted(study.verdict.value)}: it shows no deception."
        yield match, _hit(text, start, match, "study", why, study.hedge)
    said = " ".join(study.sentences())
    shares = (*study.shares, *(study.campaign.shares if study.campaign else ()))
    parts = {(m[1], m[2]) for m in PART.finditer(said + " ")} | {(f"{s.count:,}", f"{s.whole:,}") for s in shares}
    for match in PART.finditer(own):
        if (_plain(match[1]), _plain(match[2])) not in {(_plain(a), _plain(b)) for a, b in parts}:
            why = "The study has no such part of such a whole."
            yield match, _hit(text, start, match, "study", why, _instead(study)["denominator"])
    told = {_plain(match[1]) for match in SHARE.finditer(said)} | {_plain(percent(s.share)[:-2]) for s in shares}
    for match in SHARE.finditer(own):
        if _plain(match[1]) not in told:
            why = "The study has no such share."
            yield match, _hit(text, start, match, "study", why, _instead(study)["denominator"])


def _plain(number: str) -> str:
    """A number without its thousands' marks."""
    return re.sub(r"[,\u00a0]", "", number).rstrip(".")


def _instead(study: Assessment) -> dict[str, str]:
    """The study's own sentences, by the rule whose example they replace."""
    behaviour = study.findings[0].claim if study.findings else study.headline
    size = study.campaign.sentence if study.campaign else study.headline
    return {"identity": behaviour, "size": size, "cause": size, "denominator": size, "nothing found": study.headline}
