"""A lookalike name and a face from a book cover, found in one collection and put into words side by side.

accounts, avatars, covers, posts ──► TwoCases      «look-alike name, same picture» · «one picture, other names»

The first is a candidate for impersonation, which a person decides. The second is not impersonation of the person
pictured: it is a picture of known origin under a name that is not its own, and it gets a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from groundswell.assess.post_sentence import post_sentences
from groundswell.assess.wording import check, counted, listed, quoted
from groundswell.engine.engine import Engine
from groundswell.model.post import Account
from groundswell.personas.impersonation import impersonation
from groundswell.personas.lookalikes import lookalikes
from groundswell.personas.pictures.clusters import Bearer, Cluster, clusters
from groundswell.personas.pictures.folder import set_aside
from groundswell.personas.pictures.pairs import Print, pairs
from groundswell.personas.post_anatomy import anatomy
from groundswell.personas.told import weighed_as_json

DISARM_STOLEN_FACE = ("T0145.001",)
"""Copy account imagery; what the account claims to be (T0097) and whether it is true (T0143) are for a person."""


@dataclass(frozen=True, kw_only=True)
class TwoCases:
    """What was found, in figures and in sentences."""

    lookalikes: tuple[dict[str, Any], ...]
    """Names that can be taken for a protected one, with their parts."""
    faces: tuple[dict[str, Any], ...]
    """Pictures of known origin that accounts show, with the names they show them under."""
    post: dict[str, Any]
    """The anatomy of the widely shared post."""
    pictures: tuple[dict[str, Any], ...]
    """Every two pictures that are the same or part of one another."""
    n_accounts: int
    """Accounts whose names were held against the protected ones."""
    n_protected: int

    def as_json(self) -> dict[str, Any]:
        """What ``demo personas --json`` prints."""
        return {
            "lookalikes": list(self.lookalikes),
            "faces": list(self.faces),
            "post": self.post,
            "pictures": list(self.pictures),
            "n_accounts": self.n_accounts,
            "n_protected": self.n_protected,
        }


def two_cases(
    engine: Engine,
    accounts: Sequence[Account],
    protected: Sequence[Account],
    avatars: Mapping[str, Print],
    reference: Sequence[Print],
    post_id: str,
    *,
    gone: Collection[str] | None = None,
) -> TwoCases:
    """Find both cases.

    Parameters
    ----------
    engine
        Holds the tables ``posts`` and ``accounts``.
    protected
        Accounts whose names are protected.
    avatars
        The print of each account's picture, by account id.
    reference
        Pictures of known origin.
    post_id
        The widely shared post.
    gone
        Accounts that are no longer there; None where nobody looked.
    """
    kept, _ = set_aside(list(avatars.values()))
    found = pairs(kept, reference)
    account_of = {one.name: account for account, one in avatars.items()}
    names = {account.account_id: account.name for account in accounts}
    bearers = {name: Bearer(account_id=account, name=names.get(account)) for name, account in account_of.items()}
    grouped = clusters(found, [one.name for one in reference], bearers)
    alike = {frozenset((account_of.get(pair.a), account_of.get(pair.b))) for pair in found if pair.sure}
    alike_names = []
    for pair in lookalikes(accounts, protected).pairs:
        two = frozenset((pair.candidate.account_id, pair.protected.account_id))
        removed = None if gone is None else pair.candidate.account_id in gone
        weighed = impersonation(pair, same_picture=two in alike, removed=removed)
        told = weighed_as_json(pair, weighed)
        alike_names.append(
            {
                **told,
                **told["impersonation"],
                "accounts": sorted(two),
                "sentence": name_sentence(pair.candidate_name, pair.protected_name, pair.why, weighed.sentence),
            }
        )
    faces = [_face(cluster, len(kept), len(reference)) for cluster in grouped if _of_known_origin(cluster)]
    told_post = anatomy(engine, post_id, None, gone=gone)
    sentences = post_sentences(told_post)
    post = {**told_post.as_json(), "sentence": sentences[0], "sentences": list(sentences)}
    return TwoCases(
        lookalikes=tuple(alike_names),
        faces=tuple(faces),
        post=post,
        pictures=tuple(
            {**pair.as_json(), "accounts": [account_of[each] for each in (pair.a, pair.b) if each in account_of]}
            for pair in found
        ),
        n_accounts=len(accounts),
        n_protected=len(protected),
    )


def name_sentence(candidate: str, protected: str, why: Sequence[str], weighed: str) -> str:
    """The sentence about two names that may be printed: what is alike, then what speaks for impersonation.

    Raises
    ------
    ValueError
        The sentence broke the rules of wording; a fault of the program.
    """
    sentence = f"{quoted(candidate)} can be taken for {quoted(protected)}: {'; '.join(why)}. {weighed}"
    check(sentence)
    return sentence


def _of_known_origin(cluster: Cluster) -> bool:
    return any(place.is_reference for place in cluster.places) and bool(cluster.accounts)


def _face(cluster: Cluster, n_pictures: int, n_references: int) -> dict[str, Any]:
    origin = [place.picture for place in cluster.places if place.is_reference]
    under = f"under {counted(len(cluster.names), 'name', 'names')} ({listed([quoted(name) for name in cluster.names])})"
    sentence = (
        f"{len(cluster.accounts)} of {counted(n_pictures, 'account', 'accounts')} with a picture show one that is also"
        f" in {listed([quoted(name) for name in origin])}, {under}. Compared with"
        f" {counted(n_references, 'picture', 'pictures')} of known origin, as pictures: no face was recognised, and who"
        " runs the accounts is not known."
    )
    check(sentence)
    return {**cluster.as_json(), "sentence": sentence, "disarm": list(DISARM_STOLEN_FACE)}
