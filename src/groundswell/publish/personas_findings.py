"""What was found of names, pictures, posts and addresses, from the files in which a study keeps it.

study/personas/*.json ──► PersonasFindings      «keep» put them there; publishing only reads
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundswell.personas.impersonation import Level

FOLDER = "personas"
KINDS = ("names", "pictures", "addresses", "posts")


@dataclass(frozen=True, kw_only=True)
class PersonasFindings:
    """What was found of names, pictures, posts and addresses, as it lies in JSON; None is «not looked at»."""

    names: Sequence[Mapping[str, Any]] | None = None
    n_candidates: int = 0
    n_protected: int = 0
    n_set_aside: int = 0
    n_weak: int = 0
    """Pairs of names a letter or two apart, with little else alike: counted, and on no page."""
    faces: Sequence[Mapping[str, Any]] | None = None
    """Clusters of pictures, with their places."""
    pictures: Sequence[Mapping[str, Any]] = ()
    """Pairs of pictures: how each was seen."""
    posts: Sequence[Mapping[str, Any]] = ()
    addresses: Mapping[str, Any] | None = None


def kept_findings(study: Path) -> PersonasFindings | None:
    """The findings that a study keeps; None where it keeps none."""
    told = {kind: _read(study / FOLDER / f"{kind}.json") for kind in KINDS}
    if not any(told.values()):
        return None
    names, pictures, posts = told["names"], told["pictures"], told["posts"] or {}
    pairs = names["pairs"] if names else []
    return PersonasFindings(
        names=[pair for pair in pairs if pair["level"] != Level.WEAK] if names else None,
        n_weak=sum(pair["level"] == Level.WEAK for pair in pairs),
        n_candidates=names["n_candidates"] if names else 0,
        n_protected=names["n_protected"] if names else 0,
        n_set_aside=names["n_set_aside"] if names else 0,
        faces=pictures["clusters"] if pictures else None,
        pictures=pictures["pairs"] if pictures else (),
        posts=[posts[post_id] for post_id in sorted(posts)],
        addresses=told["addresses"],
    )


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
