"""Links: two accounts shared the same page."""

from __future__ import annotations

from groundswell.engine.engine import Engine
from groundswell.model.table import Columns, TableContract, text_column
from groundswell.traces.canonical_url import canonical_url
from groundswell.traces.kinds import Words
from groundswell.traces.trace import Trace, named_outright

CANONICAL_URLS = TableContract("canonical_urls", {"url": "text", "object_id": "text"}, order=("url",))

QUERY = """
select c.object_id, account_id, post_id, time
from (select unnest(urls) as url, account_id, post_id, time from posts where not is_repost)
join canonical_urls as c using (url)
union all
"""


URLS = "select distinct url from (select unnest(urls) as url from posts where not is_repost) where url is not null"


def find(engine: Engine) -> str:
    """Addresses are compared in their canonical form; short links are never resolved, for that needs the network."""
    engine.derive(CANONICAL_URLS, URLS, _pages)
    return QUERY + named_outright("url")


def _pages(columns: Columns) -> Columns:
    """The page that each address names, if any."""
    found = [(url, page) for url in columns["url"] if (page := canonical_url(url)) is not None]
    return {"url": text_column(url for url, _ in found), "object_id": text_column(page for _, page in found)}


TRACE = Trace(
    name="url",
    question="Who shared the same links?",
    words=Words("shared", "link", "links"),
    find=find,
    source="Giglietto et al. 2020, doi:10.1080/1369118X.2020.1739732",
    innocent=(
        "one organisation posting from its official accounts",
        "breaking news or a release that many people wait for",
        "several accounts fed by the same scheduling tool or feed",
    ),
)
