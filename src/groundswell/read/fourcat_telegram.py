"""Telegram messages in 4CAT's table. A forwarded message names the account it comes from, and when it said so."""

from __future__ import annotations

from groundswell.model.post import Account, Post
from groundswell.read.fourcat import COLLECTED, COMMON, HASHED, account_of, body_of, is_fourcat, links_of, time_of
from groundswell.read.ids import LOST_POST_ID, is_rounded, whole
from groundswell.read.lists import words
from groundswell.read.reader import Noted, Outcome, Reader, Record
from groundswell.read.record import cell
from groundswell.read.text_marks import hashtags_in, mentions_in
from groundswell.read.times import read_time

ACCOUNT = ("author", "author_username", "author_name", "chat")
ORIGIN = ("author_forwarded_from_id", "author_forwarded_from_username", "author_forwarded_from_name")


def knows(record: Record) -> bool:
    """The common columns, the chat, and whence a message was forwarded."""
    return is_fourcat(record, "telegram")


def to_post(record: Record) -> Outcome:
    """One row as a post; a message's number holds in its chat only, so the two together are the id."""
    notes: list[str] = []
    text = body_of(record)
    chat, number, reply = (cell(record, name) for name in ("chat", "id", "reply_to"))
    if is_rounded(number):
        notes.append(LOST_POST_ID)
    origin = next((known for name in ORIGIN if (known := whole(cell(record, name)))), None)
    post = Post(
        platform="telegram",
        account_id=account_of(record, ACCOUNT, notes),
        time=read_time(time_of(record)),
        post_id=_in_chat(chat, whole(number)),
        text=text,
        urls=links_of(record, "entities_linked", text),
        hashtags=hashtags_in(text),
        mentions=words(record["entities_mentioned"]) if "entities_mentioned" in record else mentions_in(text),
        is_repost=origin is not None,
        repost_of_account=origin,
        reply_to=_in_chat(chat, whole(reply)),
    )
    return Noted(post, tuple(notes)) if notes else post


def to_account(record: Record) -> Account | None:
    """The author as the message told."""
    return Account(
        platform="telegram",
        account_id=account_of(record, ACCOUNT, []),
        handle=cell(record, "author_username"),
        name=cell(record, "author_name"),
    )


def _in_chat(chat: str | None, number: str | None) -> str | None:
    if number is None or "/" in number or "-" in number:
        return number
    return f"{chat}/{number}" if chat else None


READER = Reader(
    name="4cat-telegram",
    title="a table of Telegram messages that 4CAT wrote",
    source="https://github.com/digitalmethodsinitiative/4cat/tree/master/datasources/telegram",
    shape="table",
    columns=(
        *COMMON,
        "unix_timestamp",
        "chat",
        "author_username",
        "author_name",
        "author_is_bot",
        "is_reply",
        "reply_to",
        "views",
        "forwards",
        "reactions",
        *ORIGIN,
        "entities_linked",
        "entities_mentioned",
        "timestamp_forwarded_from",
        "attachment_type",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=("A timestamp without a zone is taken as UTC.", HASHED, COLLECTED),
    samples=(
        {
            "id": "12",
            "thread_id": "opengate",
            "chat": "opengate",
            "author": "1400000001",
            "author_username": "opengate",
            "author_name": "Open gate",
            "author_is_bot": "no",
            "body": "Look at this #OpenGate",
            "is_reply": "no",
            "reply_to": "",
            "timestamp": "2024-05-01 10:00:00",
            "unix_timestamp": "1714557600",
            "author_forwarded_from_name": "Ana",
            "author_forwarded_from_username": "ana",
            "author_forwarded_from_id": "77",
            "entities_linked": "https://example.org/a",
            "entities_mentioned": "",
        },
    ),
)
