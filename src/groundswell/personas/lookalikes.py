"""Names that can be taken for a protected one, and why.

    candidates, protected ──► pairs          what differs, what kind of likeness it is
                          └─► set aside      the same name, or a name that says «fan» or «parody»

Each account's display name and handle are held against each protected display name and handle. Names meet in three
ways: their loose forms are equal (`loose_form`), they are equal without words such as «official» around them, or
they are an edit or two apart (`near_keys`). That finds candidates; two different people may well be called so.
Whether anything else speaks for impersonation is asked in `impersonation`, and a person decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from groundswell.model.post import Account
from groundswell.personas.confusables import folded_skeleton, without_invisible
from groundswell.personas.differing import Difference, differing, in_words, likeness
from groundswell.personas.labels import label_beside, label_in
from groundswell.personas.loose_form import candidate_forms, loose, protected_forms
from groundswell.personas.near_keys import distance, edits_allowed, near_keys

SHORTEST = 3
"""Letters that a loose form must have to be compared; two letters are nobody's name."""

LEAST_IN_LIKENESS = 0.8
"""What a name that only has a word such as «official» around it counts for at least."""


class Likeness(StrEnum):
    """How two names resemble one another, from closest to farthest."""

    SAME = "the same name"
    LOOKS = "looks the same"
    READS = "reads the same"
    DRESSED = "the same with words around it"
    NEAR = "a letter or two apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A candidate and the protected account whose name it resembles."""

    candidate: Account
    protected: Account
    candidate_name: str
    """The display name or handle that is alike; of several the most alike."""
    protected_name: str
    likeness: Likeness
    score: float
    """How alike the two strings look, 1 being indistinguishable on screen. It measures strings, never people."""
    label: str | None
    """The word by which the candidate sets itself apart, such as ``fan``."""

    @property
    def differing(self) -> tuple[Difference, ...]:
        """Where the two strings differ."""
        return differing(self.candidate_name, self.protected_name)

    @property
    def why(self) -> list[str]:
        """What kind of likeness it is, then the differences counted."""
        return [str(self.likeness), *in_words(self.differing)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalikes:
    """What came of comparing, with its denominator."""

    pairs: tuple[Pair, ...]
    """Most alike first."""
    set_aside: tuple[Pair, ...]
    """The same name, or one with a label: innocent unless something else speaks."""
    n_candidates: int
    n_protected: int
    n_compared: int
    """Pairs of accounts that were held against one another."""


def lookalikes(candidates: Sequence[Account], protected: Sequence[Account]) -> Lookalikes:
    """Find the candidates whose name can be taken for a protected one.

    Parameters
    ----------
    candidates
        Accounts with a `name`, a `handle` or both; for a bare list of names, one account a name.
    protected
        The same for the names to be protected. An account that is in both lists (the same id on the same platform,
        or the same handle) is itself and not compared.

    Returns
    -------
    Lookalikes
        One pair at most for two accounts, with the strings that are most alike.

    Notes
    -----
    Time grows with the number of names on both sides, not with their product: 30 µs of CPU a candidate.
    """
    ours, theirs = _strings(candidates), _strings(protected)
    best: dict[tuple[int, int], Pair] = {}
    for here, there in sorted(_meetings(list(ours), list(theirs))):
        found = _likeness(here, there)
        if found is None:
            continue
        for c in ours[here]:
            for p in theirs[there]:
                if _is_itself(candidates[c], protected[p]):
                    continue
                label = label_in(here, there, candidates[c].bio) or _label_of_other(candidates[c], here, there)
                pair = Pair(
                    candidate=candidates[c],
                    protected=protected[p],
                    candidate_name=here,
                    protected_name=there,
                    likeness=found,
                    score=_score(here, there, found),
                    label=label,
                )
                if (c, p) not in best or _rank(pair) < _rank(best[c, p]):
                    best[c, p] = pair
    listed = sorted(best.values(), key=_rank)
    return Lookalikes(
        pairs=tuple(pair for pair in listed if not _is_innocent(pair)),
        set_aside=tuple(pair for pair in listed if _is_innocent(pair)),
        n_candidates=len(candidates),
        n_protected=len(protected),
        n_compared=len(candidates) * len(protected),
    )


def among(accounts: Sequence[Account]) -> Lookalikes:
    """Find the accounts of one collection whose names can be taken for one another; the older is the protected one."""
    found = lookalikes(accounts, accounts)
    order = {id(account): at for at, account in enumerate(accounts)}

    def age(account: Account) -> tuple[bool, float, int]:
        born = account.created_at
        return (born is None, born.timestamp() if born else 0.0, order[id(account)])

    def once(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
        kept = (pair for pair in pairs if pair.candidate is not pair.protected)
        return tuple(pair for pair in kept if age(pair.candidate) > age(pair.protected))

    n = len(accounts)
    return Lookalikes(
        pairs=once(found.pairs),
        set_aside=once(found.set_aside),
        n_candidates=n,
        n_protected=n,
        n_compared=n * (n - 1) // 2,
    )


def _label_of_other(candidate: Account, here: str, there: str) -> str | None:
    """The label in the string that is not compared: the display name of a handle, the handle of a display name."""
    told = (candidate.name, candidate.handle)
    return next((label for one in told if one and one.strip() != here and (label := label_beside(one, there))), None)


def _strings(accounts: Sequence[Account]) -> dict[str, list[int]]:
    """Each distinct name and handle, and the accounts that carry it."""
    carried: dict[str, list[int]] = {}
    for at, account in enumerate(accounts):
        for string in {account.name, account.handle} - {None, ""}:
            if string is not None:
                carried.setdefault(unicodedata.normalize("NFC", string.strip()), []).append(at)
    return carried


def _meetings(ours: list[str], theirs: list[str]) -> set[tuple[str, str]]:
    """Pairs of strings whose forms meet; most of them are lookalikes."""
    index: dict[str, list[str]] = {}
    for there in theirs:
        for form in protected_forms(there):
            if len(form) >= SHORTEST:
                index.setdefault(form, []).append(there)
    met: set[tuple[str, str]] = set()
    keys = []
    for here in ours:
        forms = candidate_forms(here)
        keys.append(forms[0] if forms else "")
        for form in forms:
            if form in index:
                met.update((here, there) for there in index[form])
    wanted = [loose(there) for there in theirs]
    met.update((ours[key], theirs[want]) for key, want in near_keys(keys, wanted) if keys[key])
    return met


def _likeness(here: str, there: str) -> Likeness | None:
    """How two strings that met resemble one another, or None if they do not after all."""
    a, b = here.lstrip("@"), there.lstrip("@")
    if a.casefold() == b.casefold():
        return Likeness.SAME
    if folded_skeleton(a) == folded_skeleton(b):
        return Likeness.LOOKS
    form, wanted = loose(a), loose(b)
    if form == wanted:
        return Likeness.READS
    if set(candidate_forms(a)) & set(protected_forms(b)):
        return Likeness.DRESSED
    most = edits_allowed(len(wanted))
    return Likeness.NEAR if distance(form, wanted, most) is not None and _near_by_word(a, b) else None


def _near_by_word(here: str, there: str) -> bool:
    """Whether no single word differs by more than one edit, or by two if it is long: Lisa and Lena are two people."""
    words, others = here.split(), there.split()
    if len(words) < 2 or len(words) != len(others):
        return True
    return all(
        distance(loose(word), loose(other), max(1, edits_allowed(len(loose(other))))) is not None
        for word, other in zip(words, others, strict=True)
    )


def _score(here: str, there: str, found: Likeness) -> float:
    alike = likeness(here, there)
    return max(alike, LEAST_IN_LIKENESS) if found is Likeness.DRESSED else alike


def _is_itself(candidate: Account, protected: Account) -> bool:
    if candidate is protected:
        return True
    if (candidate.platform, candidate.account_id) == (protected.platform, protected.account_id):
        return bool(candidate.platform)
    if candidate.handle is None or protected.handle is None or candidate.platform != protected.platform:
        return False
    return _handle(candidate.handle) == _handle(protected.handle)


def _handle(handle: str) -> str:
    return without_invisible(handle).lstrip("@").casefold()


def _is_innocent(pair: Pair) -> bool:
    return pair.label is not None or pair.likeness is Likeness.SAME


# A trick in one string tells more than an equal other string: beII_haII beside «Bell Hall» twice.
_ORDER = {
    likeness: at
    for at, likeness in enumerate((Likeness.LOOKS, Likeness.READS, Likeness.DRESSED, Likeness.SAME, Likeness.NEAR))
}


def _rank(pair: Pair) -> tuple[object, ...]:
    return (
        _ORDER[pair.likeness],
        -pair.score,
        pair.protected_name,
        pair.candidate_name,
        pair.protected.account_id,
        pair.candidate.account_id,
    )
