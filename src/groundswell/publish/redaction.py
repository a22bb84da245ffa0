"""What leaves the house under which name: keyed pseudonyms for accounts, and post text made inert.

    account id ──HMAC-SHA256 with the study's key──► acct-7f3a

Platform ids can be counted through, so a plain hash hides nobody; a keyed one hides them from all who lack the
key. It hides an account, not its words: a verbatim quote can be found by searching, and the report says so.

Post text is written by strangers, some of whom know who reads it. It is cut short, and characters that steer a
terminal or turn the reading direction are spelt out instead of obeyed. Escaping is the template's job.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from urllib.parse import SplitResult, urlsplit

LONGEST_TEXT = 400
"""Characters of a post that are shown; longer ones say how many are missing."""

LONGEST_THING = 160
"""The same for the object that two posts share."""

FEWEST_DIGITS = 4
NAME_DIGITS = 8

LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
MENTION = re.compile(r"@([\w.:-]*\w(?:@[\w.-]*\w)?)")
WORD = re.compile(r"[\w:-]*\w")

# Here the first step of a path is somebody's name, and a long number or a key names a single post.
PROFILE_HOSTS = frozenset(
    [
        "twitter.com",
        "x.com",
        "mobile.twitter.com",
        "facebook.com",
        "www.facebook.com",
        "m.facebook.com",
        "instagram.com",
        "www.instagram.com",
        "t.me",
        "threads.net",
        "www.threads.net",
        "vk.com",
        "tiktok.com",
        "www.tiktok.com",
        "truthsocial.com",
        "gab.com",
        "reddit.com",
        "www.reddit.com",
        "youtube.com",
        "www.youtube.com",
        "bsky.app",
    ]
)
NO_NAMES = frozenset(
    [
        "status",
        "statuses",
        "profile",
        "post",
        "posts",
        "user",
        "users",
        "u",
        "r",
        "p",
        "i",
        "web",
        "hashtag",
        "search",
        "watch",
    ]
)

# Left-to-right and right-to-left marks, embeddings, overrides and isolates: they outlive the text they stand in.
DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Redaction:
    """The names under which the accounts of one edition appear."""

    def __init__(self, accounts: Iterable[Sequence[str | None]], key: bytes, *, shown: bool) -> None:
        """Give every account its name.

        Parameters
        ----------
        accounts
            ``(account_id, handle, name)`` of every account in the edition; the last two may be None.
        key
            The study's secret. The same key and account give the same pseudonym in every edition, up to its length.
        shown
            Whether a person decided that ids and handles are to be published as they are.
        """
        self.shown = shown
        self._key = key
        self._digest: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._shared: set[str] = set()
        for account_id, handle, name in accounts:
            if account_id is None:
                continue
            self._digest[account_id] = self._keyed("account", account_id)
            for word in (account_id, handle, name):
                bare = word.lstrip("@").casefold() if word else ""
                if bare and self._known.setdefault(bare, account_id) != account_id:
                    self._shared.add(bare)
        self._digits = _digits_to_differ(self._digest.values())

    def account(self, account_id: str) -> str:
        """The name of an account in this edition: its pseudonym, or its id where handles are shown."""
        if self.shown:
            return inert(account_id)
        return self.pseudonym(account_id)

    def pseudonym(self, account_id: str) -> str:
        """The pseudonym of an account, also where handles are shown: addresses of pages are made of it."""
        digest = self._digest.get(account_id) or self._keyed("account", account_id)
        return f"acct-{digest[: self._digits]}"

    def account_shown_as(self, name: str) -> str | None:
        """The id of the account that appears under this very name in the edition; None where none does."""
        if self.shown and name in self._digest:
            return name
        return next((one for one in self._digest if self.account(one) == name), None)

    def called(self, written: str) -> str | None:
        """The id of the one account that has this id, handle or name; None where there is none, or several."""
        bare = written.strip().lstrip("@").casefold()
        return None if bare in self._shared else self._known.get(bare)

    def places(self) -> dict[str, int]:
        """Each account's place when all stand in the order of their keyed digests, an order that means nothing."""
        return {account: place for place, account in enumerate(sorted(self._digest, key=self._digest.__getitem__))}

    def post(self, post_id: str) -> str:
        """The name of a post that can't be pointed to by file and row. Post ids lead to accounts, so they are keyed."""
        return inert(post_id) if self.shown else f"post-{self._keyed('post', post_id)[:NAME_DIGITS]}"

    def thing(self, kind: str, object_id: str) -> str:
        """What was repeated, as it may be shown: a post by its name, an address to be read, anything else as text."""
        if kind in ("repost", "reply"):
            return self.post(object_id)
        if kind == "url" and LINK.match(object_id):
            return self.text(object_id, longest=LONGEST_THING)
        return ("#" if kind == "hashtag" else "") + self.text(object_id, longest=LONGEST_THING)

    def text(self, text: str, *, longest: int = LONGEST_TEXT) -> str:
        """Post text with mentions, links to profiles and known names replaced, made inert and cut short."""
        # Redact a little more than is shown, so that a name on the edge is not cut before it is recognised.
        kept = inert(self.names(text[: longest + 300]))
        missing = len(text) - longest
        if missing <= 0 and len(kept) <= longest * 2:
            return kept
        return f"{kept[:longest].rstrip()}… ({max(missing, len(kept) - longest):,} more characters)"

    def names(self, text: str) -> str:
        """A sentence or a text with the names of accounts replaced; nothing else changes."""
        if self.shown:
            return text
        pieces: list[str] = []
        at = 0
        for link in LINK.finditer(text):
            pieces += (self._without_names(text[at : link.start()]), self.url(link.group()))
            at = link.end()
        pieces.append(self._without_names(text[at:]))
        return "".join(pieces)

    def url(self, url: str) -> str:
        """A web address to be read, not followed; parts that name an account or a post are replaced."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return "an address that can't be read"
        if parts.scheme.lower() not in ("http", "https"):
            return "an address that is not on the web"
        return inert(url) if self.shown else inert(self._address(parts))

    def _address(self, parts: SplitResult) -> str:
        host = (parts.hostname or "").lower()
        personal = host in PROFILE_HOSTS
        steps = []
        for step in parts.path.split("/"):
            bare = step.lstrip("@").casefold()
            if bare in self._known:
                steps.append(self.account(self._known[bare]))
            elif step.startswith("@") or step.startswith("did:") or (personal and step and bare not in NO_NAMES):
                steps.append(self._name(bare))
            else:
                steps.append(step)
        query = "?…" if parts.query and (personal or self._names_someone(parts.query)) else f"?{parts.query}"
        return f"{parts.scheme}://{host}{'/'.join(steps)}{query if parts.query else ''}"

    def _names_someone(self, query: str) -> bool:
        return any(word.casefold() in self._known for word in re.split(r"[=&]", query))

    def _without_names(self, text: str) -> str:
        text = MENTION.sub(lambda mention: "@" + self._mentioned(mention.group(1)), text)
        return WORD.sub(lambda word: self._recognised(word.group()), text)

    def _mentioned(self, name: str) -> str:
        known = self._known.get(name.casefold())
        return self.account(known) if known is not None else self._name(name.casefold())

    def _recognised(self, word: str) -> str:
        """A bare word is replaced where it can only be a name: «politics» may be a handle, but here it is a word."""
        known = self._known.get(word.casefold())
        return self.account(known) if known is not None and _looks_like_a_name(word) else word

    def _name(self, name: str) -> str:
        """A name that is mentioned and belongs to no account of the edition."""
        return f"name-{self._keyed('name', name)[:NAME_DIGITS]}"

    def _keyed(self, sort: str, value: str) -> str:
        message = f"{sort}\0{value}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, message, hashlib.sha256).hex()


def inert(text: str) -> str:
    """Text with control and direction characters spelt out, and half characters replaced: safe to print anywhere."""
    if text.isascii() and text.isprintable():
        return text
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(_spelt(letter) for letter in whole)


def _spelt(letter: str) -> str:
    code = ord(letter)
    if letter in "\n\t" or (code >= 0xA0 and letter not in DIRECTION and code not in (0x2028, 0x2029, 0xFFFE, 0xFFFF)):
        return letter
    if 0x20 <= code < 0x7F:
        return letter
    return chr(0x2400 + code) if code < 0x20 else f"[U+{code:04X}]"


def _looks_like_a_name(word: str) -> bool:
    if word.isdigit():
        return len(word) >= 6
    return any(letter.isdigit() or letter in "_:" for letter in word) or (
        not word.isupper() and word[1:] != word[1:].lower()
    )


def _digits_to_differ(digests: Iterable[str]) -> int:
    """The fewest digits, four or more, at which no two pseudonyms are the same."""
    longest = 0
    for one, other in pairwise(sorted(digests)):
        if one[: longest + 1] == other[: longest + 1]:
            longest = next(i for i in range(len(one)) if one[i] != other[i])
    return max(FEWEST_DIGITS, longest + 1)
