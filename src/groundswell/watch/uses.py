"""Uses: a post carried an item at a time. What every panel counts, in numbers that stand for names.

    posts ──► uses      kind · item · account · post · time      an item once a post
              items     item · kind · name                       numbered by name, so that ties fall the same everywhere
              people    account · account_id · lang · n_posts · created_at
              wrote     post · account · time · lang             every post with a time: the denominator of everything

A repost carries what it repeats: platforms count it among the uses, and so does this. A panel reads no text at all,
which is why one over 48 hours of a million posts answers while a person waits (`watch.log`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from groundswell.engine.engine import Engine
from groundswell.model.table import Columns, TableContract, text_column
from groundswell.traces.canonical_url import canonical_url
from groundswell.traces.fold_tag import fold_tag

SPELLINGS = TableContract("spellings", {"raw": "text", "name": "text"}, order=("raw",))

PEOPLE_SQL = """
select row_number() over (order by account_id) as account, account_id, lang, n_posts, created_at
from (
    select account_id, mode(lang order by lang) as lang, count(*) as n_posts from posts
    where time is not null group by account_id
)
left join (select account_id, min(created_at) as created_at from accounts group by account_id) using (account_id)
"""

WROTE_SQL = """
select row_number() over (order by time, account_id, post_id, source_file, source_row) as post, people.account, time,
       posts.lang, posts.post_id, hashtags, urls, mentions, is_repost, repost_of
from posts join people using (account_id) where time is not null
"""

CARRIED_SQL = """
select distinct 'hashtag' as kind, s.name, post, account, time
from (select unnest(hashtags) as raw, post, account, time from numbered) join tag_spellings as s using (raw)
union all
select distinct 'url', s.name, post, account, time
from (select unnest(urls) as raw, post, account, time from numbered) join url_spellings as s using (raw)
union all
select distinct 'domain', split_part(s.name, '/', 1), post, account, time
from (select unnest(urls) as raw, post, account, time from numbered) join url_spellings as s using (raw)
union all
select distinct 'mention', lower(ltrim(raw, '@')), post, account, time
from (select unnest(mentions) as raw, post, account, time from numbered) where raw is not null and raw <> ''
union all
select 'post', repost_of, post, account, time from numbered where is_repost and repost_of is not null
union all
select 'account', account_id, post, account, time from numbered join people using (account)
"""


def define_uses(engine: Engine) -> None:
    """Make the four tables from ``posts`` and ``accounts``."""
    engine.define("people", PEOPLE_SQL)
    engine.define("numbered", WROTE_SQL)
    _spell(engine, "tag_spellings", "hashtags", fold_tag)
    _spell(engine, "url_spellings", "urls", canonical_url)
    engine.define("carried", CARRIED_SQL)
    engine.define(
        "items",
        "select row_number() over (order by kind, name) as item, kind, name"
        " from (select distinct kind, name from carried)",
    )
    engine.define("uses", "select carried.kind, item, account, post, time from carried join items using (kind, name)")
    engine.define("wrote", "select post, account, time, lang from numbered")
    for working in ("carried", "numbered", "tag_spellings", "url_spellings"):
        engine.define(working, "select 1 as nothing where false")


def _spell(engine: Engine, table: str, column: str, spell: Callable[[str], str | None]) -> None:
    """Make a table from each spelling in a column to the one name that stands for it."""
    raw = f"select distinct raw from (select unnest({column}) as raw from numbered) where raw is not null"
    engine.derive(SPELLINGS, raw, _Spelling(spell))
    engine.define(table, "select raw, name from spellings")


@dataclass(frozen=True)
class _Spelling:
    """The name that stands for each spelling, if any."""

    spell: Callable[[str], str | None]

    def __call__(self, columns: Columns) -> Columns:
        found = [(raw, name) for raw in columns["raw"] if (name := self.spell(raw))]
        return {"raw": text_column(raw for raw, _ in found), "name": text_column(name for _, name in found)}
