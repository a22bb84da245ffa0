"""What stands around the findings about names and pictures where they are published with a run."""

from __future__ import annotations

from groundswell.publish.edition import Edition
from groundswell.publish.personas_page import PersonasPage


def personas_around(edition: Edition, *, report: str | None = None) -> PersonasPage:
    """The names, version and run of an edition, for the page of its findings; `report` is the way to its report."""
    return PersonasPage(
        title=edition.title,
        version=edition.version,
        made_up=edition.made_up,
        shown=edition.redaction.shown,
        account=edition.redaction.account,
        post=edition.redaction.post,
        report=report,
        data="personas/ of the study",
    )
