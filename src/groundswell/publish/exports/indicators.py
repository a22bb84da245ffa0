"""What to look for elsewhere: addresses, hashtags and accounts of the groups, defanged, one a row.

    indicator_type, indicator_value, comment, ds

The columns of Meta's earlier lists, which `groundswell.read.threat_indicators` reads back. An indicator is a thing
that a group shared in step. Others shared it too, and sharing it says nothing about anyone: the comment of every
row says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from groundswell.publish.exports.caveats import caveats
from groundswell.publish.exports.defanged import defanged
from groundswell.publish.exports.export import Export, Material, text_file
from groundswell.publish.exports.shared_things import things
from groundswell.publish.redaction import inert
from groundswell.publish.spelling import iso

COLUMNS = ("indicator_type", "indicator_value", "comment", "ds")
TYPES = {"url": "url", "hashtag": "hashtag", "domain": "domain_name"}


def indicators_csv(material: Material) -> str:
    """Addresses and hashtags that members met on, then the members; the caveats stand in the first row."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(COLUMNS)
    write.writerows([inert(cell) for cell in row] for row in _rows(material))
    return out.getvalue()


def _rows(material: Material) -> Iterator[tuple[str, ...]]:
    edition = material.edition
    yield ("caveat", "", caveats(edition).short, "")
    for group in edition.reported:
        about = f"Group {group.group_id}, {edition.standing(group).status}: "
        for thing in things(edition, group):
            sort = TYPES.get(thing.kind)
            if sort is None or (thing.kind == "url" and thing.url is None):
                continue
            shown = thing.shown if thing.kind == "hashtag" else defanged(thing.url or thing.shown)
            in_step = (
                f"{thing.n_accounts:,} of {group.size:,} members shared it in step; others may have shared it too."
            )
            yield (sort, shown, about + in_step, iso(thing.first)[:10])
        for account in sorted(edition.redaction.account(account) for account in group.account_ids):
            member = f"one of {group.size:,} members; acting in step is not deceiving."
            yield ("account", account, about + member, group.last_meeting[:10])


EXPORT = Export(
    name="indicators",
    title="addresses, hashtags and accounts to look for, defanged (CSV)",
    suffix=".csv",
    write=text_file(indicators_csv),
)
