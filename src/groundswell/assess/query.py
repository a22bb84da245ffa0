"""Which posts a campaign is: those with a hashtag, a link or a phrase, or those that are named.

    '#OpenGate' · 'example.org/a' · 'open the gate' · 'posts: 118, 121'
        ──► campaign_post        post · account · time · what it repeats

The comparison is that of the traces: hashtags fold case and compatibility forms, links take their canonical form,
phrases stand as whole words in the normalised text. Reposts match when their own text, tags or links do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from groundswell.assess.wording import quoted
from groundswell.engine.engine import Engine
from groundswell.model.table import TableContract, text_column
from groundswell.traces.canonical_url import canonical_url
from groundswell.traces.fold_tag import fold_tag
from groundswell.traces.normal_text import normal_text

CAMPAIGN_TEXTS = TableContract("campaign_text", {"text": "text"}, order=("text",))

CAMPAIGN_POST = """
select post_id, account_id, time, is_repost, repost_of, repost_of_account
from posts
where list_has_any(coalesce(hashtags, []::text[]), $tags::text[])
   or list_has_any(coalesce(urls, []::text[]), $urls::text[])
   or text in (select text from campaign_text)
   or list_contains($ids::text[], post_id)
   or list_has_any(
          list_transform(
              list_zip(coalesce(shared_kinds, []::text[]), coalesce(shared_objects, []::text[])),
              lambda pair: pair[1] || ' ' || pair[2]
          ),
          $shared::text[]
      )
"""

TAGS = "select distinct unnest(hashtags) as tag from posts"
URLS = "select distinct unnest(urls) as url from posts"
SHARED = """
select distinct object_id from (select unnest(shared_kinds) as kind, unnest(shared_objects) as object_id from posts)
where kind = $kind
"""
TEXTS = "select distinct text from posts where text is not null"
TEXTS_WITHOUT_TAGS = "select distinct text from posts where text is not null and hashtags is null"

POSTS = "posts:"
"""Before a list of post ids."""

# A dot inside the first word, and a slash behind it: an address written without its scheme.
_ADDRESS = re.compile(r"^[\w-]+(?:\.[\w-]+)+(?::\d+)?/\S")


@dataclass(frozen=True, slots=True)
class Query:
    """What the user asked about, as it is compared and as it is spoken of."""

    kind: str
    """``hashtag``, ``url``, ``phrase`` or ``posts``."""
    folded: str
    """The form in which posts are compared with it."""
    words: str
    """As it stands in sentences: «posts with #OpenGate»."""


def read_query(campaign: str) -> Query:
    """Tell a hashtag from a link from a phrase from a list of post ids.

    >>> read_query("#OpenGate").kind, read_query("https://example.org/a").kind, read_query("open the gate").kind
    ('hashtag', 'url', 'phrase')
    >>> read_query("posts: 118, 121").words
    'an id on the list of 2'
    """
    written = campaign.strip()
    if written.lower().startswith(POSTS):
        ids = sorted(set(re.split(r"[\s,]+", written[len(POSTS) :].strip())) - {""})
        return Query("posts", " ".join(ids), f"an id on the list of {len(ids):,}")
    if written[:1] in ("#", "＃"):
        tag = fold_tag(written)
        shown = written[1:]
        return Query("hashtag", tag, f"#{shown}" if re.fullmatch(r"\w+", shown) else quoted(f"#{shown}"))
    address = written.lower().startswith(("http://", "https://")) or bool(_ADDRESS.match(written))
    if address and (page := canonical_url(written)):
        return Query("url", page, f"the link {quoted(page)}")
    return Query("phrase", normal_text(written), f"the phrase {quoted(written)}")


def define_campaign_posts(engine: Engine, query: Query) -> int:
    """Make the table ``campaign_post`` of the posts that match, and return how many they are."""
    tags, urls, shared = _as_written(engine, query)
    texts = _texts(engine, query)
    engine.load(CAMPAIGN_TEXTS, {"text": text_column(texts)} if texts else CAMPAIGN_TEXTS.empty())
    ids = query.folded.split() if query.kind == "posts" else []
    engine.define("campaign_post", CAMPAIGN_POST, tags=tags, urls=urls, shared=shared, ids=ids)
    ((n_posts,),) = engine.rows("select count(*) from campaign_post")
    return int(n_posts)


def nearest_tags(engine: Engine, query: Query) -> list[str]:
    """Hashtags of the data that look like the one asked for, for a query that matched nothing."""
    known = {fold_tag(tag): tag for (tag,) in engine.rows(TAGS) if tag}
    return [known[near] for near in get_close_matches(query.folded, sorted(known), n=3)]


def _as_written(engine: Engine, query: Query) -> tuple[list[str], list[str], list[str]]:
    """Hashtags, links and objects of share logs, as the posts write what the query means."""
    if query.kind == "hashtag":
        tags = sorted(tag for (tag,) in engine.rows(TAGS) if tag and fold_tag(tag) == query.folded)
        named = [thing for (thing,) in engine.rows(SHARED, kind="hashtag") if fold_tag(thing) == query.folded]
        return tags, [], sorted(f"hashtag {thing}" for thing in named)
    if query.kind == "url":
        urls = sorted(url for (url,) in engine.rows(URLS) if url and canonical_url(url) == query.folded)
        named = [thing for (thing,) in engine.rows(SHARED, kind="url") if canonical_url(thing) == query.folded]
        return [], urls, sorted(f"url {thing}" for thing in named)
    return [], [], []


def _texts(engine: Engine, query: Query) -> list[str]:
    """Texts that hold the phrase, or the tag where the files do not list tags."""
    if query.kind in ("url", "posts") or not query.folded:
        return []
    if query.kind == "hashtag":
        sought, source = re.compile(rf"(?<!\w)[#＃]{re.escape(query.folded)}(?!\w)"), TEXTS_WITHOUT_TAGS
    else:
        sought, source = re.compile(rf"(?<!\w){re.escape(query.folded)}(?!\w)"), TEXTS
    return sorted(text for (text,) in engine.rows(source) if sought.search(normal_text(text)))
