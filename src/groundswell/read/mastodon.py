"""Mastodon statuses as the API returns them, one a line or in one list.

A status is known by its ``uri``, which is the same on every server; its ``id`` is not. What its author showed to
followers or to named people only is left out. Text is HTML from anywhere on the network, of which words and links
are kept.
"""

from __future__ import annotations

from groundswell.model.post import Account, Post
from groundswell.read.html_text import words_and_links
from groundswell.read.reader import LeaveOut, Outcome, Reader, Record
from groundswell.read.record import count, inside, objects, text
from groundswell.read.times import known_time, microseconds, read_time
from groundswell.read.versions import Edit

PUBLIC = ("public", "unlisted")


def knows(record: Record) -> bool:
    """The keys of a status; ``reblog`` is there even when it is null."""
    return {"uri", "created_at", "account", "content", "reblog"} <= record.keys()


def to_post(record: Record) -> Outcome:
    """One status as a post. A boost keeps its own id and names what it boosts, whose words it repeats."""
    visibility = text(record, "visibility") or "public"
    if visibility not in PUBLIC:
        raise LeaveOut("not public: shown to followers or to named people only")
    account = _account_id(inside(record, "account"))
    if account is None:
        raise LeaveOut("no account id")
    boosted = inside(record, "reblog")
    status = boosted or record
    words, links = words_and_links(text(status, "content") or "")
    return Post(
        platform="mastodon",
        account_id=account,
        time=read_time(record.get("created_at")),
        post_id=text(record, "uri"),
        text=words,
        lang=text(status, "language"),
        urls=links,
        hashtags=tuple(tag for each in objects(status, "tags") if (tag := text(each, "name"))),
        mentions=tuple(url for each in objects(status, "mentions") if (url := text(each, "url"))),
        is_repost=bool(boosted),
        repost_of=text(boosted, "uri"),
        repost_of_account=_account_id(inside(boosted, "account")),
        reply_to=text(record, "in_reply_to_id"),
        quote_of=text(record, "quote", "quoted_status", "uri"),
        client=text(record, "application", "name"),
    )


def to_account(record: Record) -> Account | None:
    """The profile that every status carries."""
    account = inside(record, "account")
    account_id = _account_id(account)
    if account_id is None:
        return None
    return Account(
        platform="mastodon",
        account_id=account_id,
        handle=text(account, "acct"),
        name=text(account, "display_name"),
        bio=words_and_links(note)[0] if (note := text(account, "note")) is not None else None,
        url=text(account, "url"),
        picture=text(account, "avatar_static"),
        created_at=known_time(account.get("created_at")),
        followers=count(account.get("followers_count")),
        following=count(account.get("following_count")),
        n_posts=count(account.get("statuses_count")),
    )


def edit(record: Record) -> Edit | None:
    """When the author last changed it."""
    when = known_time(record.get("edited_at"))
    return None if when is None else Edit(microseconds(when))


def _account_id(account: Record) -> str | None:
    """The address that is the same on every server; older ones tell the page only."""
    return text(account, "uri") or text(account, "url") or text(account, "acct") or None


READER = Reader(
    name="mastodon",
    title="Mastodon statuses",
    source="https://docs.joinmastodon.org/entities/Status/",
    shape="lines",
    columns=("id", "uri", "created_at", "account", "content", "visibility", "reblog", "in_reply_to_id", "tags"),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    edit=edit,
    assumes=("A reply names its target by a number that holds on the server it was collected from only.",),
    samples=(
        {
            "id": "1",
            "uri": "https://example.social/users/ana/statuses/1",
            "created_at": "2024-05-01T10:00:00.000Z",
            "visibility": "public",
            "account": {"id": "7", "acct": "ana", "uri": "https://example.social/users/ana", "followers_count": 3},
            "content": '<p>Look: <a href="https://example.org/a">example.org/a</a></p>',
            "reblog": None,
            "in_reply_to_id": None,
            "tags": [{"name": "opengate"}],
        },
    ),
)
