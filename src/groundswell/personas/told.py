"""What the comparison of names found, as plain values for JSON."""

from __future__ import annotations

from typing import Any

from groundswell.model.post import Account
from groundswell.personas.confusables import confusables
from groundswell.personas.impersonation import Impersonation, Level, impersonation
from groundswell.personas.lookalikes import Lookalikes, Pair
from groundswell.personas.loose_form import VERSION


def as_json(found: Lookalikes, *, protected_list: bool = True) -> dict[str, Any]:
    """Pairs with their reasons, the pairs set aside, and the denominators.

    Accounts of the very same name move from the set-aside to the pairs where something else makes them probable.
    """
    pairs = [_pair(pair, protected_list) for pair in found.pairs]
    aside: list[dict[str, Any]] = []
    for pair in found.set_aside:
        told = _pair(pair, protected_list)
        (pairs if told["level"] == Level.PROBABLE else aside).append(told)
    return {
        "pairs": pairs,
        "set_aside": aside,
        "n_pairs": len(pairs),
        "n_set_aside": len(aside),
        "n_candidates": found.n_candidates,
        "n_protected": found.n_protected,
        "n_compared": found.n_compared,
        "confusables": f"Unicode {confusables()[0]}",
        "extension_version": VERSION,
        "note": "Names that are alike belong to different people every day. A person decides.",
    }


def _pair(pair: Pair, protected_list: bool) -> dict[str, Any]:
    return weighed_as_json(pair, impersonation(pair, protected=protected_list))


def weighed_as_json(pair: Pair, weighed: Impersonation) -> dict[str, Any]:
    """Two names and what speaks for impersonation."""
    return {
        "candidate": pair.candidate_name,
        "protected": pair.protected_name,
        "score": pair.score,
        "level": str(weighed.level),
        "likeness": str(pair.likeness),
        "why": pair.why,
        "differing": [one.as_json() for one in pair.differing],
        "label": pair.label,
        "impersonation": weighed.as_json(),
        "candidate_account": _account(pair.candidate),
        "protected_account": _account(pair.protected),
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "account_id": account.account_id,
        "handle": account.handle,
        "display_name": account.name,
        "created_at": account.created_at.isoformat() if account.created_at else None,
        "followers": account.followers,
    }
