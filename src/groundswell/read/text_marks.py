"""What a post's text itself tells where the format has no column for it: hashtags, links, handles, repost marks.

Twitter's releases by row have nothing but the text. Its rules for what a hashtag is are the ones used here, a
little wider: letters, digits, marks and underscores of any script, not digits alone.
"""

from __future__ import annotations

import re

# The sign comes first and what may not stand before it second, so that only signs are looked at.
HASHTAG = re.compile(r"[#＃](?<![\w&/].)(\w+)")
LINK_BEGINS = re.compile(r"https?://[^\s<>\"'…]")
LINK = re.compile(LINK_BEGINS.pattern + "+")
MENTION = re.compile(r"[@＠](?<![\w@/.].)(\w{1,30})")
REPOST = re.compile(r"RT @(\w{1,30})\b")
TRAILING = ".,;:!?)]}»”’"


def hashtags_in(text: str | None) -> tuple[str, ...] | None:
    """Hashtags without the sign, in the order they stand in the text."""
    if text is None:
        return None
    if (first := _first(text, "#", "＃")) < 0:
        return ()
    # What stands behind # in an address is no hashtag.
    if "://" not in text or not (link := LINK_BEGINS.search(text)):
        found = HASHTAG.findall(text, first)
    elif "#" not in (behind := text[link.start() :]) and "＃" not in behind:
        found = HASHTAG.findall(text, first, link.start())
    else:
        found = HASHTAG.findall(LINK.sub(" ", text))
    return tuple([tag for tag in found if not tag.isdecimal()])


def _first(text: str, sign: str, wide: str) -> int:
    """Where the first of the two signs stands, for looking there is much quicker than a pattern; -1 for nowhere."""
    at = text.find(sign)
    if text.isascii() or (wide_at := text.find(wide)) < 0:
        return at
    return wide_at if at < 0 else min(at, wide_at)


def links_in(text: str | None) -> tuple[str, ...] | None:
    """Addresses in the text; one that an ellipsis cut short is not taken for an address."""
    if text is None:
        return None
    if "://" not in text:
        return ()
    if "…" not in text:
        return tuple([link.rstrip(TRAILING) for link in LINK.findall(text)])
    found = (match for match in LINK.finditer(text) if text[match.end() : match.end() + 1] != "…")
    return tuple([match.group().rstrip(TRAILING) for match in found])


def mentions_in(text: str | None) -> tuple[str, ...] | None:
    """Handles without the sign, in the order they stand in the text."""
    if text is None:
        return None
    first = _first(text, "@", "＠")
    return () if first < 0 else tuple(MENTION.findall(text, first))


def reposted_handle(text: str | None) -> str | None:
    """Whom the text says it repeats: the handle after «RT @» at its start. Some leave out the colon."""
    found = REPOST.match(text) if text is not None and text.startswith("RT @") else None
    return found.group(1) if found else None


def unwrapped(text: str) -> str:
    """The text without the apostrophes that keep a spreadsheet from running ``@ + - =`` as a formula.

    >>> unwrapped("'@ana look at this'"), unwrapped("'quoted' words")
    ('@ana look at this', "'quoted' words")
    """
    if len(text) > 2 and text[0] == "'" and text[-1] == "'" and text[1] in "@+-=":
        return text[1:-1]
    return text
