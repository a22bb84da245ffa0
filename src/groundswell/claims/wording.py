"""The sentences about claims: who says so, on how many sources it rests, and what that does not say.

    «26 of 29 articles and posts say that accounts used or drove #OpenGate. They rest on 2.0 independent sources…»

Each passes `groundswell.assess.wording.check`; what documents say stands in quotation marks.
"""

from __future__ import annotations

from groundswell.assess.wording import counted, listed, part, percent, quoted
from groundswell.claims.mutations import Change
from groundswell.claims.roots import RootKind, Roots
from groundswell.claims.statements import Claim

SAYING = {
    Claim.SPREAD: "accounts used, spread or drove {}",
    Claim.PERSONAS: "profiles that posted {} show pictures or names that are not their own",
    Claim.PEOPLE: "people posted {} of their own accord",
}
"""What is claimed, as the end of «say that …»."""

NOT_TRUTH = "Whether it is true is not assessed here: many sources can be wrong, and a single one can be right."

LEVELS = {
    "list": "accounts on a list",
    "network": "a group of accounts",
    "platform": "the platform",
    "public": "the whole country",
    "used": "used it",
    "promoted": "spread it",
    "drove": "drove it",
    "caused": "an effect is put down to them",
    "automated": "automated",
    "hired": "hired",
    "inauthentic": "not what they say they are",
    "state": "tied to a state",
}
"""The values of slots in the program's words."""


def name_of(about: str) -> str:
    """The campaign in a sentence: a hashtag as it is, any other words as a quotation."""
    return about if about.startswith("#") and about[1:].isalnum() else quoted(about)


def claim_words(claim: Claim, about: str) -> str:
    """What is claimed, of this campaign."""
    return SAYING[claim].format(name_of(about))


def headline(claim: Claim, about: str, roots: Roots, n_reports: int) -> str:
    """Who says so, and the effective number of independent sources with its interval."""
    said = claim_words(claim, about)
    if not roots.n_documents:
        return f"None of {counted(n_reports, 'article and post', 'articles and posts')} says that {said}."
    verb = "says" if roots.n_documents == 1 else "say"
    rests = "It rests" if roots.n_documents == 1 else "They rest"
    sources = "source" if f"{roots.effective:.1f}" == "1.0" else "sources"
    return (
        f"{part(roots.n_documents, n_reports, 'article and post', 'articles and posts')} {verb} that {said}."
        f" {rests} on {roots.effective:.1f} independent {sources} (95 % interval {roots.low:.1f} to {roots.high:.1f})."
    )


def lede(roots: Roots) -> str:
    """Where most of it comes from, and how much has no known source."""
    if not roots.roots:
        return NOT_TRUTH
    first = roots.roots[0]
    sentences = [f"{percent(first.weight)} of what they say leads back to {_root(first.name, first.kind)}."]
    if roots.n_unsourced:
        sentences.append(
            f"{part(roots.n_unsourced, roots.n_documents, 'document names', 'documents name')} no source that was"
            f" found; if they drew on the same one, the number would be {roots.if_shared:.1f}."
        )
    return " ".join([*sentences, NOT_TRUTH])


def _root(name: str, kind: RootKind) -> str:
    match kind:
        case RootKind.DATA:
            return f"data of {quoted(name)}"
        case RootKind.OWN:
            return f"something that {quoted(name)} found itself"
        case RootKind.LOOP:
            return f"a loop of documents that name each other, {quoted(name)}"
        case RootKind.OUTSIDE:
            return f"{quoted(name)}, of which the collection holds nothing"
    return f"{quoted(name)}, which names no source"


def standing_sentence(n_confirmed: int, n_rejected: int, n_citations: int) -> str:
    """How much of it people have looked at."""
    looked = n_confirmed + n_rejected
    if not looked:
        return f"Unconfirmed: nobody has looked at any of the {counted(n_citations, 'citation', 'citations')}."
    rest = "" if looked == n_citations else " The rest is unconfirmed."
    return (
        f"People have looked at {part(looked, n_citations, 'citation', 'citations')}: {n_confirmed:,} accepted,"
        f" {n_rejected:,} rejected.{rest}"
    )


def change_words(change: Change) -> str:
    """One change: «scope: accounts on a list → the platform»."""
    before = listed([_value(one) for one in change.before]) or "not said"
    after = listed([_value(one) for one in change.after]) or "no limit is named any more"
    return f"{change.slot}: {before} → {after}"


def _value(value: str) -> str:
    return LEVELS.get(value, value)


def changes_sentence(n_changes: int, n_hops: int, by_slot: dict[str, int]) -> str:
    """How much changed along how many citations."""
    if not n_changes:
        return f"Nothing that is compared changed along {counted(n_hops, 'citation', 'citations')}."
    slots = listed([f"{slot} {_times(n)}" for slot, n in by_slot.items() if n])
    return f"{counted(n_changes, 'change', 'changes')} along {counted(n_hops, 'citation', 'citations')}: {slots}."


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def printable(claim: Claim, about: str, roots: Roots) -> str:
    """A sentence that one may print as it stands."""
    said = claim_words(claim, about)
    if not roots.n_documents:
        return f"No document in this collection says that {said}."
    first = roots.roots[0]
    many = counted(roots.n_documents, "publication", "publications")
    return (
        f"{many} reported that {said}. Traced back, most of it goes to {_root(first.name, first.kind)}."
        " Whether it holds is a question for that source."
    )


def would_settle(roots: Roots) -> tuple[tuple[str, str], ...]:
    """What would change the number: (if, then)."""
    found: list[tuple[str, str]] = []
    if roots.roots:
        first = roots.roots[0]
        match first.kind:
            case RootKind.DATA | RootKind.OUTSIDE:
                found.append(
                    (
                        f"If the data behind {quoted(first.name)}, or a sample that others may check, were open",
                        f"{percent(first.weight)} of the reports could be held against it.",
                    )
                )
            case RootKind.LOOP:
                found.append(
                    ("If one of the loop named where it has it from", "the loop would become a source or fall.")
                )
            case _:
                found.append((f"If {quoted(first.name)} said how it knows", "its share could be weighed."))
    if roots.n_unsourced:
        found.append(
            (
                f"If the {counted(roots.n_unsourced, 'document', 'documents')} without a source named one",
                f"the number would lie between {roots.if_shared:.1f} and {roots.effective:.1f}, or rise with new ones.",
            )
        )
    with_another = 4 * roots.effective / (roots.effective + 1)
    if with_another > roots.effective > 0:
        found.append(
            (
                "If a second measurement used none of these sources, and every report drew on it as much as on them",
                f"the number would be {with_another:.1f} instead of {roots.effective:.1f}.",
            )
        )
    return tuple(found)
