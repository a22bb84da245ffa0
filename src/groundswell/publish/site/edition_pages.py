"""All pages of a run's site, from what the report shows: the summary, the map, groups, members, limits, the check.

Edition, Explanation, … ──► Leaf, …
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from groundswell.assess.explanation import Explanation
from groundswell.publish.edition import Edition
from groundswell.publish.ledger_page import ledger_content
from groundswell.publish.report import report_content
from groundswell.publish.site.account_page import account_address, account_page
from groundswell.publish.site.leaf import Leaf
from groundswell.publish.site.map_page import map_page

SUMMARY, CAMPAIGN, LIMITS, ROWS, CHECK = "index.html", "campaign.html", "limits.html", "rows.html", "check.html"


def edition_pages(
    edition: Edition, explanations: Iterable[Explanation] = (), files: Sequence[str] = ()
) -> tuple[Leaf, ...]:
    """Every page that the run itself has something to say on.

    Parameters
    ----------
    explanations
        Of the members of reported groups, or of whoever is to have a page.
    files
        Names of the files that can be downloaded beside the pages, for the page on checking.
    """
    content = report_content(edition)
    explained = sorted(explanations, key=lambda one: one.account_id)
    accounts = {
        edition.redaction.account(one.account_id): account_address(edition, one.account_id) for one in explained
    }
    shown = {**content, "accounts": accounts, "files": list(files)}
    drawn = map_page(edition, shown)
    return (
        Leaf(address=SUMMARY, words="Summary", template="site/summary.html", content=shown, in_the_row=True),
        *([_campaign(shown)] if content["campaign"] else ()),
        *([drawn] if drawn else ()),
        *(_group(shown, group) for group in content["groups"]),
        *(account_page(edition, one, content) for one in explained),
        Leaf(address=LIMITS, words="What it can’t show", template="site/limits.html", content=shown, in_the_row=True),
        Leaf(address=ROWS, words="Every row", template="ledger.html", content=ledger_content(edition), in_the_row=True),
        Leaf(address=CHECK, words="Check and dispute", template="site/check.html", content=shown, in_the_row=True),
    )


def group_address(group_id: str) -> str:
    """Where a group's page lies."""
    return f"groups/{group_id}.html"


def _group(content: Mapping[str, Any], group: Mapping[str, Any]) -> Leaf:
    return Leaf(
        address=group_address(group["group_id"]),
        words=f"Group {group['group_id']}",
        template="site/group.html",
        content={**content, "group": group},
        below=(("Summary", SUMMARY),),
    )


def _campaign(content: Mapping[str, Any]) -> Leaf:
    return Leaf(address=CAMPAIGN, words="Campaign", template="site/campaign.html", content=content, in_the_row=True)
