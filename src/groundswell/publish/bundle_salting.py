"""A study's tables with ids that say nothing: salted, and in the order of the old ones.

    914580356430536707  ──HMAC-SHA256 with a random salt──►  a0000031-5f0c2b81d4

The digits before the dash are the id's place among all ids, because ties in a run are broken by the order of ids:
with it every figure comes out as it did. The digest after the dash lets whoever holds the salt show an account
holder which id is theirs. Words, links, hashtags, names and profiles are left out. Times stay, so the tables hide
accounts from those who lack the posts and from nobody else.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from groundswell.engine.engine import Engine
from groundswell.model.follow import FOLLOWS
from groundswell.model.post import POSTS
from groundswell.model.table import TableContract, text_column
from groundswell.model.trace import TRACES

DIGITS = 10

IDS = {
    "account": (
        "a",
        "select account_id as id from posts union select account_id from traces union select account_id from accounts"
        " union select repost_of_account from posts",
    ),
    "post": (
        "p",
        "select post_id as id from posts union select post_id from traces union select repost_of from posts"
        " union select reply_to from posts union select quote_of from posts",
    ),
    "object": ("o", "select distinct object_id as id from traces"),
}
"""Kind of id to its letter and to every place where it stands."""

SALTED_TRACES = """
select kind, o.salted as object_id, a.salted as account_id, p.salted as post_id, time
from traces join salted_object as o on o.id = object_id join salted_account as a on a.id = account_id
join salted_post as p on p.id = post_id
"""
SALTED_FOLLOWS = """
select a.salted as follower, b.salted as followed from follows
join salted_account as a on a.id = follower join salted_account as b on b.id = followed
"""
SALTED_POSTS = """
select posts.platform, p.salted as post_id, a.salted as account_id, time, null::text as text, null::text as lang,
       null::text[] as urls, null::text[] as hashtags, null::text[] as mentions, is_repost,
       r.salted as repost_of, ra.salted as repost_of_account, y.salted as reply_to, q.salted as quote_of,
       null::text as client, time_source, null::text[] as shared_kinds, null::text[] as shared_objects,
       null::text as source_file, null::bigint as source_row
from posts join salted_account as a on a.id = posts.account_id left join salted_post as p on p.id = posts.post_id
left join salted_post as r on r.id = repost_of left join salted_account as ra on ra.id = repost_of_account
left join salted_post as y on y.id = reply_to left join salted_post as q on q.id = quote_of
"""


class Salting:
    """The salted ids of one study."""

    def __init__(self, engine: Engine, salt: bytes) -> None:
        """Give every id of the tables ``posts``, ``accounts`` and ``traces`` its salted one."""
        self._engine, self._salt = engine, salt
        self._accounts: dict[str, str] = {}
        for kind, (letter, places) in IDS.items():
            found = engine.query(f"select id from ({places}) where id is not null order by id")["id"].tolist()
            width = len(str(len(found)))
            salted = [f"{letter}{at:0{width}d}-{self._digest(kind, one)}" for at, one in enumerate(found)]
            contract = TableContract(f"salted_{kind}", {"id": "text", "salted": "text"}, ("id",))
            engine.load(contract, {"id": text_column(found), "salted": text_column(salted)})
            if kind == "account":
                self._accounts = dict(zip(found, salted, strict=True))

    def account(self, account_id: str) -> str:
        """The salted id of an account."""
        return self._accounts.get(account_id) or f"a-{self._digest('account', account_id)}"

    def write(self, folder: Path, *, follows: bool = False) -> None:
        """Write ``traces.parquet`` and ``posts.parquet``; and ``follows.parquet`` if that table is open."""
        tables = [(TRACES, SALTED_TRACES), (POSTS, SALTED_POSTS)]
        for contract, sql in [*tables, (FOLLOWS, SALTED_FOLLOWS)] if follows else tables:
            salted = TableContract(f"salted_{contract.name}", contract.columns, contract.order)
            self._engine.define(salted.name, sql)
            self._engine.save(salted, folder / f"{contract.name}.parquet")

    def _digest(self, kind: str, value: str) -> str:
        message = f"{kind}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._salt, message, hashlib.sha256).hex()[:DIGITS]
