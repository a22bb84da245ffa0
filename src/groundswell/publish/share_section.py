"""How large a part of the posts is the groups': strips to look at, and the same as a table.

Edition ──► blocks (heading, sentence, rows, end of their tracks) · a row of cells for each share
"""

from __future__ import annotations

from typing import Any

from groundswell.assess.wording import percent
from groundswell.model.finding import Share
from groundswell.publish.edition import Edition
from groundswell.publish.figures.share import scale_of, share_strip
from groundswell.publish.page import printed
from groundswell.publish.spelling import count


def share_blocks(edition: Edition) -> list[tuple[str, str, list[dict[str, Any]], str]]:
    """Blocks of (heading, sentence, rows, end of their tracks): the campaign first, then everything read."""
    blocks = []
    campaign = edition.assessment.campaign
    if campaign:
        heading = f"Of {edition.redaction.text(campaign.query, longest=120)}"
        sentence = printed(edition.redaction.names(campaign.sentence))
        blocks.append((heading, sentence, *_share_rows(campaign.shares)))
    if edition.assessment.shares:
        heading = "Of everything that was read" if campaign else ""
        blocks.append((heading, "", *_share_rows(edition.assessment.shares)))
    return blocks


def share_table(edition: Edition) -> list[tuple[str, ...]]:
    """Every share with its interval, its basis and what missing posts could make of it."""
    campaign = edition.assessment.campaign
    shares = (*(campaign.shares if campaign else ()), *edition.assessment.shares)
    return [_share_cells(share) for share in shares]


def _share_rows(shares: tuple[Share, ...]) -> tuple[list[dict[str, Any]], str]:
    scale = scale_of(shares)
    rows = [
        {
            "of": f"Of {share.of}",
            "drawing": share_strip(share, scale),
            "percent": percent(share.share) if share.whole else "unknown",
            "words": _share_words(share),
        }
        for share in shares
    ]
    return rows, percent(scale)


def _share_words(share: Share) -> str:
    interval = f"({percent(share.low)} to {percent(share.high)}) " if share.high > share.low else ""
    return f"{interval}{count(share.count)} of {count(share.whole)}"


def _share_cells(share: Share) -> tuple[str, ...]:
    return (
        share.of,
        count(share.count),
        count(share.whole),
        percent(share.share) if share.whole else "unknown",
        f"{percent(share.low)} to {percent(share.high)}" if share.high > share.low else "counted, none",
        share.basis,
        percent(share.high_if_missing) if share.high_if_missing is not None else "unknown",
    )
