"""Pages beside those of a run: who quoted whom about it, its names and pictures, what everybody used last.

Provenance, Edition, Watched ──► Leaf      each only where the study holds something to say
"""

from __future__ import annotations

from groundswell.claims.provenance import Provenance
from groundswell.publish.claims_page import claims_content
from groundswell.publish.edition import Edition
from groundswell.publish.personas_around import personas_around
from groundswell.publish.personas_page import personas_content
from groundswell.publish.site.leaf import Leaf
from groundswell.publish.watch_page import watch_content
from groundswell.watch.history import ItemHistory
from groundswell.watch.watch import Watched

CLAIMS, NAMES, WATCH = "claims.html", "names.html", "watch.html"


def claims_leaf(found: Provenance, *, version: str) -> Leaf:
    """Who quoted whom about the campaign, and on how many independent sources it rests."""
    content = claims_content(found, version=version)
    return Leaf(address=CLAIMS, words="Claims", template="claims.html", content=content, in_the_row=True)


def names_leaf(edition: Edition) -> Leaf | None:
    """Look-alike names, pictures and single posts; None where the study keeps no such findings."""
    if edition.personas is None:
        return None
    content = personas_content(edition.personas, personas_around(edition))
    return Leaf(address=NAMES, words="Names and pictures", template="personas.html", content=content, in_the_row=True)


def watch_leaf(edition: Edition, found: Watched, first: ItemHistory | None = None) -> Leaf:
    """What everybody used in the last hours of the data, and the first hashtag day by day."""
    content = watch_content(
        found, edition.redaction, version=edition.version, run_id=edition.run_id, made_up=edition.made_up, first=first
    )
    return Leaf(address=WATCH, words="Watch", template="watch.html", content=content, in_the_row=True)
