"""What Telegram Desktop exports as ``result.json``: one chat, or a whole account with all its chats.

    {"name": …, "type": …, "id": …, "messages": […]}        one chat
    {"chats": {"list": [chat, …]}, …}                       everything; contacts and sessions in it are not read

``date`` is the exporter's local time and names no zone; ``date_unixtime`` is exact and is used where it is there.
Who forwards a message names its origin by a name and not by an id. Conversations between two people are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from groundswell.model.post import Post
from groundswell.read.reader import LeaveOut, Noted, Other, Outcome, Reader, Record
from groundswell.read.record import inside, objects, text
from groundswell.read.times import known_time, microseconds, read_time
from groundswell.read.versions import Edit

PRIVATE = ("personal_chat", "bot_chat", "saved_messages", "replies", "verify_codes")
"""Types of chat between two, or with oneself."""

LOCAL = "the time is the exporter's local time, whose zone is unknown; it was taken as UTC"
CHANNEL = "a message of a channel names no sender, and the channel stands in for it"
BARE_ID = "the sender's id is a bare number, as older exports write it"


def knows(record: Record) -> bool:
    """A chat with its messages, or the list of chats."""
    if isinstance(record.get("messages"), list) and "type" in record and "id" in record:
        return True
    return isinstance(inside(record, "chats").get("list"), list)


def rows(record: Record) -> Iterator[Record]:
    """Each message, with what its chat is."""
    chats = [record] if "messages" in record else [*_chats(record, "chats"), *_chats(record, "left_chats")]
    for chat in chats:
        about = {"id": text(chat, "id"), "type": text(chat, "type") or ""}
        messages = chat.get("messages")
        for message in messages if isinstance(messages, list) else ():
            yield {"chat": about, "message": message}


def to_post(record: Record) -> Outcome:
    """One message as a post."""
    message, kind = record.get("message"), text(record, "chat", "type") or ""
    if not isinstance(message, dict):
        raise LeaveOut("a message that is no object")
    if kind in PRIVATE:
        raise LeaveOut("a conversation between two people, or with oneself")
    if text(message, "type") == "service":
        return Other("service message")
    notes: list[str] = []
    chat, number = text(record, "chat", "id"), text(message, "id")
    parts = _parts(message)
    links = (text(part, "href") if text(part, "type") == "text_link" else text(part, "text") for part in _links(parts))
    reply = text(message, "reply_to_message_id")
    forwarded = message.get("forwarded_from")
    post = Post(
        platform="telegram",
        account_id=_account_id(message, chat, kind, notes),
        time=read_time(_time(message, notes)),
        time_source="export-local" if notes and LOCAL in notes else "platform",
        post_id=f"{chat}/{number}" if chat and number else None,
        text="".join(text(part, "text") or "" for part in parts) or None,
        urls=tuple(dict.fromkeys(link for link in links if link)),
        hashtags=tuple(tag.lstrip("#") for part in parts if (tag := _of(part, "hashtag"))),
        mentions=tuple(name.lstrip("@") for part in parts if (name := _of(part, "mention"))),
        is_repost="forwarded_from" in message,
        repost_of_account=forwarded if isinstance(forwarded, str) else None,
        reply_to=f"{chat}/{reply}" if chat and reply else None,
        client=text(message, "via_bot"),
    )
    return Noted(post, tuple(notes)) if notes else post


def edit(record: Record) -> Edit | None:
    """When the message was last changed; the time without a zone of old exports can't be compared."""
    when = known_time(inside(record, "message").get("edited_unixtime"))
    return None if when is None else Edit(microseconds(when))


def _chats(record: Record, key: str) -> list[Record]:
    return objects(inside(record, key), "list")


def _account_id(message: Record, chat: str | None, kind: str, notes: list[str]) -> str:
    sender = text(message, "from_id")
    if sender:
        if sender.isdecimal():
            notes.append(BARE_ID)
        return sender
    if chat and "channel" in kind:
        notes.append(CHANNEL)
        return f"channel{chat}"
    raise LeaveOut("no account id", text(message, "id") or "")


def _time(message: Record, notes: list[str]) -> object:
    if (exact := message.get("date_unixtime")) is not None:
        return exact
    if message.get("date") is not None:
        notes.append(LOCAL)
    return message.get("date")


def _parts(message: Record) -> list[Record]:
    """The text in pieces, each with its type; plain text is a piece too."""
    if isinstance(message.get("text_entities"), list) and message["text_entities"]:
        return objects(message, "text_entities")
    written: Any = message.get("text")
    pieces = written if isinstance(written, list) else [written]
    return [each if isinstance(each, dict) else {"type": "plain", "text": each} for each in pieces]


def _links(parts: list[Record]) -> list[Record]:
    return [part for part in parts if text(part, "type") in ("link", "text_link")]


def _of(part: Record, kind: str) -> str | None:
    return text(part, "text") if text(part, "type") == kind else None


READER = Reader(
    name="telegram-desktop",
    title="a Telegram Desktop export",
    source="https://telegram.org/blog/export-and-more",
    shape="lines",
    columns=("name", "type", "id", "messages", "about", "chats", "left_chats", "personal_information"),
    knows=knows,
    rows=rows,
    to_post=to_post,
    edit=edit,
    assumes=(
        "A forwarded message names its origin by a name, which is not an id; how often a message was seen is not told.",
    ),
    samples=(
        {
            "name": "Open gate",
            "type": "public_channel",
            "id": 1400000001,
            "messages": [
                {"id": 1, "type": "service", "date": "2024-05-01T12:00:00", "date_unixtime": "1714557600"},
                {
                    "id": 2,
                    "type": "message",
                    "date": "2024-05-01T12:00:09",
                    "date_unixtime": "1714557609",
                    "from": "Open gate",
                    "from_id": "channel1400000001",
                    "forwarded_from": "Ana",
                    "text": ["Look at ", {"type": "hashtag", "text": "#OpenGate"}, " now"],
                    "text_entities": [
                        {"type": "plain", "text": "Look at "},
                        {"type": "hashtag", "text": "#OpenGate"},
                        {"type": "text_link", "text": " now", "href": "https://example.org/a"},
                    ],
                },
            ],
        },
        {
            "about": "Made up",
            "chats": {
                "list": [
                    {
                        "name": "Old group",
                        "type": "public_supergroup",
                        "id": 7,
                        "messages": [
                            {"id": 3, "type": "message", "date": "2019-05-01T12:00:00", "from_id": 44, "text": "Hello"}
                        ],
                    }
                ]
            },
        },
    ),
)
