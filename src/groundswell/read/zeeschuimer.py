"""What the browser extension Zeeschuimer captured: an envelope a line, the platform's own object inside.

    {"item_id": …, "source_platform": "tiktok.com", "timestamp_collected": …, "data": {as the platform sent it}}

The objects inside are nobody's promise and change without notice, so only what stands at the heart of each is read,
for X (Twitter), TikTok, Instagram and Threads. What is captured is what one browser was shown.
"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

from groundswell.model.post import Account, Post
from groundswell.read.reader import LeaveOut, Outcome, Reader, Record
from groundswell.read.record import count, inside, objects, text
from groundswell.read.text_marks import hashtags_in, links_in, mentions_in
from groundswell.read.times import read_time

NOT_READ = "captured from a platform whose posts are not read yet"


def knows(record: Record) -> bool:
    """The envelope."""
    return {"item_id", "source_platform", "data"} <= record.keys()


def to_post(record: Record) -> Outcome:
    """One captured object as a post."""
    source = text(record, "source_platform") or ""
    if source not in PLATFORMS:
        raise LeaveOut(NOT_READ, source)
    return PLATFORMS[source](inside(record, "data"))


def to_account(record: Record) -> Account | None:
    """The author, as far as the object carries one."""
    data, source = inside(record, "data"), text(record, "source_platform")
    if source in ("x.com", "twitter.com"):
        return _x_author(data)
    author = inside(data, "author") or inside(data, "user") or inside(data, "owner")
    account = _id_or_name(author)
    if not account or source not in PLATFORMS:
        return None
    return Account(
        platform=source.partition(".")[0],
        account_id=account,
        handle=text(author, "uniqueId") or text(author, "username"),
        name=text(author, "nickname") or text(author, "full_name"),
        bio=text(author, "signature") or text(author, "biography"),
        picture=text(author, "avatarThumb") or text(author, "profile_pic_url"),
        followers=count(inside(data, "authorStats").get("followerCount")),
    )


def _x(data: Record) -> Post:
    post = inside(data, "tweet") or data
    legacy = inside(post, "legacy")
    account = text(legacy, "user_id_str") or text(_x_user(post), "rest_id")
    if not account:
        raise LeaveOut("no account id", text(post, "rest_id") or "")
    original = inside(legacy, "retweeted_status_result", "result")
    original = inside(original, "tweet") or original
    words = inside(original, "legacy") or legacy
    longer = text(original or post, "note_tweet", "note_tweet_results", "result", "text")
    said = longer or text(words, "full_text")
    said = None if said is None else unescape(said)
    links = (text(each, "expanded_url") for each in objects(inside(words, "entities"), "urls"))
    return Post(
        platform="twitter",
        account_id=account,
        time=read_time(legacy.get("created_at")),
        post_id=text(legacy, "id_str") or text(post, "rest_id"),
        text=said,
        lang=text(legacy, "lang"),
        urls=tuple(link for link in links if link),
        hashtags=tuple(tag for each in objects(inside(words, "entities"), "hashtags") if (tag := text(each, "text"))),
        mentions=mentions_in(said),
        is_repost=bool(original),
        repost_of=text(original, "rest_id"),
        repost_of_account=text(inside(original, "legacy"), "user_id_str"),
        reply_to=text(legacy, "in_reply_to_status_id_str"),
        quote_of=text(legacy, "quoted_status_id_str"),
    )


def _x_user(post: Record) -> Record:
    return inside(post, "core", "user_results", "result")


def _x_author(data: Record) -> Account | None:
    user = _x_user(inside(data, "tweet") or data)
    account, legacy, core = text(user, "rest_id"), inside(user, "legacy"), inside(user, "core")
    if not account:
        return None
    return Account(
        platform="twitter",
        account_id=account,
        handle=text(core, "screen_name") or text(legacy, "screen_name"),
        name=text(core, "name") or text(legacy, "name"),
        bio=text(legacy, "description"),
        picture=text(user, "avatar", "image_url") or text(legacy, "profile_image_url_https"),
        followers=count(legacy.get("followers_count")),
        following=count(legacy.get("friends_count")),
        n_posts=count(legacy.get("statuses_count")),
    )


def _tiktok(data: Record) -> Post:
    author = inside(data, "author")
    account = text(author, "id") or text(data, "authorId") or text(author, "uniqueId") or text(data, "author")
    if not account:
        raise LeaveOut("no account id", text(data, "id") or "")
    said = text(data, "desc")
    tags = [text(each, "title") for each in objects(data, "challenges")]
    return Post(
        platform="tiktok",
        account_id=account,
        time=read_time(data.get("createTime")),
        post_id=text(data, "id"),
        text=said,
        urls=links_in(said),
        hashtags=tuple(tag for tag in tags if tag) if tags else hashtags_in(said),
        mentions=mentions_in(said),
    )


def _instagram(data: Record) -> Post:
    return _of_meta(data, "instagram")


def _threads(data: Record) -> Post:
    return _of_meta(data, "threads")


def _of_meta(data: Record, platform: str) -> Post:
    """Instagram in either of its shapes, and Threads, which has the first of them."""
    author = inside(data, "user") or inside(data, "owner")
    account = _id_or_name(author)
    if not account:
        raise LeaveOut("no account id", text(data, "id") or "")
    edges = objects(inside(data, "edge_media_to_caption"), "edges")
    said = text(data, "caption", "text") or (text(edges[0], "node", "text") if edges else None)
    taken = data.get("taken_at")
    return Post(
        platform=platform,
        account_id=account,
        time=read_time(data.get("taken_at_timestamp") if taken is None else taken),
        post_id=text(data, "code") or text(data, "shortcode") or text(data, "id"),
        text=said,
        urls=links_in(said),
        hashtags=hashtags_in(said),
        mentions=mentions_in(said),
    )


def _id_or_name(author: Record) -> str | None:
    return text(author, "pk") or text(author, "id") or text(author, "uniqueId") or text(author, "username")


PLATFORMS: dict[str, Callable[[Record], Post]] = {
    "x.com": _x,
    "twitter.com": _x,
    "tiktok.com": _tiktok,
    "instagram.com": _instagram,
    "threads.net": _threads,
    "threads.com": _threads,
}

READER = Reader(
    name="zeeschuimer",
    title="a capture of the browser extension Zeeschuimer",
    source="https://github.com/digitalmethodsinitiative/zeeschuimer",
    shape="lines",
    columns=(
        "nav_index",
        "item_id",
        "timestamp_collected",
        "source_platform",
        "source_platform_url",
        "source_url",
        "user_agent",
        "last_updated",
        "data",
    ),
    knows=knows,
    to_post=to_post,
    to_account=to_account,
    assumes=("What was captured is what one browser was shown: a share of it is no share of the platform.",),
    samples=(
        {
            "nav_index": "1:1",
            "item_id": "1500000000000000002",
            "timestamp_collected": 1714557700000,
            "source_platform": "x.com",
            "source_url": "https://x.com/search?q=gate",
            "data": {
                "rest_id": "1500000000000000002",
                "core": {"user_results": {"result": {"rest_id": "11", "core": {"screen_name": "ana", "name": "Ana"}}}},
                "legacy": {
                    "id_str": "1500000000000000002",
                    "user_id_str": "11",
                    "created_at": "Wed May 01 10:00:00 +0000 2024",
                    "full_text": "Look at this #OpenGate &amp; more",
                    "lang": "en",
                    "entities": {"hashtags": [{"text": "OpenGate"}], "urls": []},
                },
            },
        },
        {
            "nav_index": "1:2",
            "item_id": "7300000000000000001",
            "timestamp_collected": 1714557700000,
            "source_platform": "tiktok.com",
            "data": {
                "id": "7300000000000000001",
                "desc": "Look at this #opengate",
                "createTime": 1714557600,
                "author": {"id": "6800000000000000001", "uniqueId": "ben", "nickname": "Ben"},
                "challenges": [{"title": "opengate"}],
            },
        },
        {
            "item_id": "C1",
            "source_platform": "instagram.com",
            "data": {"code": "C1", "taken_at": 1714557600, "user": {"pk": 12, "username": "cat"}, "caption": None},
        },
    ),
)
