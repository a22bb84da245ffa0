"""Addresses in posts that can be taken for a protected site's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from groundswell.engine.duck import Duck
from groundswell.model.progress import Progress, silent
from groundswell.personas.address_list import read_addresses
from groundswell.personas.domains import host_of, lookalike_domains
from groundswell.pipeline.reading import check_file, open_study

LINKED = """
with linked as (
    select distinct post_id, account_id, time, unnest(urls) as url from posts where urls is not null
)
select url, count(*) as posts, list(account_id order by account_id) as accounts,
       list(post_id order by time, post_id) as post_ids, min(time) as first, max(time) as last
from linked group by url order by url
"""

SHOWN_POSTS = 20
"""Post ids a pair carries, the earliest; the counts are of all."""

NOTE = (
    "An address that is alike may be its owner’s own, a namesake’s or a critic’s. Nothing was fetched or looked up, and"
    " addresses behind a shortener are not seen. A person decides."
)


def domains(place: Path, protected: Path, *, progress: Progress = silent) -> dict[str, Any]:
    """Find addresses that can be taken for a protected site's.

    Parameters
    ----------
    place
        A study folder, whose posts' links are looked at; or a file of addresses, or of anything with links in it.
    protected
        Addresses to be protected, in a file of the same form.
    """
    check_file(protected)
    guarded = list(read_addresses(protected).rows_of)
    if place.is_dir():
        uses, of = _of_study(place)
    else:
        check_file(place)
        read = read_addresses(place)
        uses = {url: {"rows": rows} for url, rows in read.rows_of.items()}
        of = {"n_rows": read.rows, "n_rows_without_address": read.rows_without}
    by_host: dict[str, list[str]] = {}
    for url in uses:
        if host := host_of(url):
            by_host.setdefault(host, []).append(url)
    own = {host for one in guarded if (host := host_of(one))}
    found = lookalike_domains(by_host, guarded, progress=progress)
    pairs = [{**pair.as_json(), **_use([uses[url] for url in by_host[pair.candidate]])} for pair in found]
    return {
        "pairs": sorted(pairs, key=lambda one: (-one["score"], one["protected"], one["candidate"])),
        "n_pairs": len(pairs),
        "n_hosts": len(by_host),
        "n_protected": len(own),
        "n_protected_hosts_seen": len(own & set(by_host)),
        **of,
        "note": NOTE,
    }


def _of_study(folder: Path) -> tuple[dict[str, dict[str, Any]], dict[str, int]]:
    """Each link with its posts, and how many posts there are."""
    with Duck() as engine:
        open_study(folder).open_tables(engine)
        ((n_posts, with_link),) = engine.rows("select count(*), count(*) filter (len(urls) > 0) from posts")
        rows = engine.rows(LINKED)
    uses = {
        url: {"posts": posts, "accounts": accounts, "post_ids": post_ids, "first": first, "last": last}
        for url, posts, accounts, post_ids, first, last in rows
    }
    return uses, {"n_posts": n_posts, "n_posts_with_link": with_link}


def _use(uses: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Where a host stands: the rows of a file, or posts, accounts and times of a study."""
    if "rows" in uses[0]:
        rows = sorted({row for use in uses for row in use["rows"]})
        return {"n_rows_with_it": len(rows), "rows": rows[:SHOWN_POSTS]}
    ordered = sorted(uses, key=lambda use: (use["first"] is None, use["first"]))
    posts = list(dict.fromkeys(post for use in ordered for post in use["post_ids"]))
    times = sorted(time for use in uses for time in (use["first"], use["last"]) if time is not None)
    return {
        "n_posts_with_it": len(posts),
        "n_accounts_with_it": len({account for use in uses for account in use["accounts"]}),
        "first_seen": f"{times[0].isoformat()}Z" if times else None,
        "last_seen": f"{times[-1].isoformat()}Z" if times else None,
        "post_ids": posts[:SHOWN_POSTS],
    }
