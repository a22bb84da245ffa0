"""Pseudonyms at import: what is written to the study names nobody, and the key lies elsewhere.

    ingest ──► Pseudonymising ──► Appending          did:plc:ana, @ana, /ana/status/1  ──►  p3f9…, @p3f9…, …

Each account id, handle, post id, permalink and mention becomes a keyed hash (HMAC-SHA256, 80 bits), the same wherever
it stands, so that links, groups and shares come out as they would have. Platform ids can be counted through, so a hash
without a key would hide nobody. Names, descriptions and pictures of profiles are dropped. Whoever has the key can
find a known account again; nobody can turn a pseudonym back. Names that are written in a text without an @ stay: words
are what is studied, and a quoted text can be searched for.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import numpy as np

from groundswell.errors import WrongUse
from groundswell.model.deletion import Deletion
from groundswell.model.ledger import FileLedger
from groundswell.model.post import Account, Post
from groundswell.model.table import Columns, text_column
from groundswell.read.ingest import Seen, Sink
from groundswell.read.versions import Later
from groundswell.store.segments import write_whole
from groundswell.store.study import Study

HEX = 20
"""80 bits: among a billion names, two fall together once in two million studies."""

MENTION = re.compile(r"(?<![\w/@.])([@＠])([\w.-]*\w(?:@[\w-]+(?:\.[\w-]+)+)?)")
LINK = re.compile(r"(?:https?://|at://|www\.)[^\s<>\"“”«»]+", re.IGNORECASE)
DID = re.compile(r"did:[a-z]+:[\w.:%-]+")

PLATFORM_HOSTS = (
    "twitter.com",
    "x.com",
    "bsky.app",
    "bsky.social",
    "facebook.com",
    "fb.com",
    "instagram.com",
    "threads.net",
    "tiktok.com",
    "t.me",
    "telegram.me",
    "reddit.com",
    "redd.it",
    "youtube.com",
    "youtu.be",
    "vk.com",
    "truthsocial.com",
    "gab.com",
    "gettr.com",
)
"""Hosts whose addresses name accounts or posts."""

FEDIVERSE = re.compile(r"^/(?:@[^/]+|users/[^/]+|u/[^/]+|profile/[^/]+)(?:/|$)")
"""Paths that name an account on servers of any name."""

DROPPED_OF_PROFILES = ("name", "bio", "url", "picture")


class Pseudonyms:
    """Names to pseudonyms, by one key."""

    def __init__(self, key: bytes) -> None:
        """Use this key, which never goes into a study."""
        self._key = key

    @property
    def key_id(self) -> str:
        """Tells two keys apart and nothing else; it stands in the study."""
        return hmac.new(self._key, b"groundswell key id", sha256).hexdigest()[:16]

    def of(self, name: str) -> str:
        """The pseudonym of an account id or handle, whatever the case of its letters.

        >>> key = Pseudonyms(b"k" * 32)
        >>> key.of("@Ana") == key.of("ana"), key.of("ana") == key.of("ben")
        (True, False)
        """
        return self.exact(name.strip().lstrip("@＠").casefold())

    def exact(self, post_id: str) -> str:
        """The pseudonym of a post id: on some platforms two of them differ in the case of a letter only."""
        return "p" + hmac.new(self._key, post_id.encode("utf-8", "replace"), sha256).hexdigest()[:HEX]

    def deletion(self, asked: Deletion) -> Deletion:
        """What was taken back, under the names it has here."""
        return asked._replace(
            post_id=None if asked.post_id is None else self.exact(asked.post_id),
            account_id=None if asked.account_id is None else self.of(asked.account_id),
            local_id=None if asked.local_id is None else self.exact(asked.local_id),
        )

    def later(self, version: Later) -> Later:
        """A later version of a post, under the names it has here."""
        edit = version.edit._replace(replaces=tuple(map(self.exact, version.edit.replaces)))
        return version._replace(post_id=self.exact(version.post_id), edit=edit)

    def post(self, post: Post) -> Post:
        """A post as a study under pseudonyms holds it; `Pseudonymising` does the same to columns."""
        return post._replace(
            account_id=self.of(post.account_id),
            post_id=_known(post.post_id, self.exact),
            text=_known(post.text, self.words),
            urls=_known(post.urls, lambda urls: tuple(map(self.link, urls))),
            mentions=_known(post.mentions, lambda names: tuple(map(self.of, names))),
            repost_of=_known(post.repost_of, self.exact),
            repost_of_account=_known(post.repost_of_account, self.of),
            reply_to=_known(post.reply_to, self.exact),
            quote_of=_known(post.quote_of, self.exact),
            shared=tuple((kind, self.link(thing)) for kind, thing in post.shared),
        )

    def account(self, account: Account) -> Account:
        """A profile without what names it."""
        return replace(
            account,
            account_id=self.of(account.account_id),
            handle=_known(account.handle, self.of),
            name=None,
            bio=None,
            url=None,
            picture=None,
        )

    def link(self, url: str) -> str:
        """An address without the account or post it may name; others stay, for links are what is studied.

        >>> Pseudonyms(b"k").link("https://news.example/a")
        'https://news.example/a'
        """
        if url.lower().startswith("at://"):
            return f"at://{self.exact(url)}"
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("mobile.").removeprefix("m.")
        platform = any(host == known or host.endswith(f".{known}") for known in PLATFORM_HOSTS)
        names = platform and parts.path.strip("/")
        if names or FEDIVERSE.match(parts.path) or (parts.username or DID.search(url)):
            return f"https://{host}/{self.exact(url.rstrip('/'))}"
        return url

    def words(self, text: str) -> str:
        """A text with its mentions and permalinks as pseudonyms."""
        text = LINK.sub(lambda found: self.link(found[0]), text)
        text = DID.sub(lambda found: self.of(found[0]), text)
        return MENTION.sub(lambda found: f"{found[1]}{self.of(found[2])}", text)


class Pseudonymising:
    """A sink that hands on pseudonyms."""

    def __init__(self, sink: Sink, pseudonyms: Pseudonyms) -> None:
        """Hand on to `sink`."""
        self._sink, self._pseudonyms = sink, pseudonyms

    def posts(self, columns: Columns) -> None:
        """Take a batch of posts."""
        name, post, link = self._pseudonyms.of, self._pseudonyms.exact, self._pseudonyms.link
        changed = dict(columns)
        for column in ("account_id", "repost_of_account"):
            changed[column] = _each(columns[column], name)
        for column in ("post_id", "repost_of", "reply_to", "quote_of"):
            changed[column] = _each(columns[column], post)
        changed["text"] = _each(columns["text"], self._pseudonyms.words)
        changed["mentions"] = _each(columns["mentions"], lambda names: [name(one) for one in names])
        changed["urls"] = _each(columns["urls"], lambda urls: [link(url) for url in urls])
        changed["shared_objects"] = _each(columns["shared_objects"], lambda things: [link(thing) for thing in things])
        self._sink.posts(changed)

    def accounts(self, columns: Columns) -> None:
        """Take a batch of accounts."""
        changed = dict(columns)
        for column in ("account_id", "handle"):
            changed[column] = _each(columns[column], self._pseudonyms.of)
        for column in DROPPED_OF_PROFILES:
            changed[column] = text_column([None] * len(columns[column]))
        self._sink.accounts(changed)


class SeenPseudonyms(Seen):
    """The posts of a study that holds pseudonyms, asked by the ids that stand in a file."""

    def __init__(self, seen: Seen, pseudonyms: Pseudonyms) -> None:
        """Translate, then ask `seen`."""
        super().__init__()
        self._seen, self._pseudonyms = seen, pseudonyms

    def is_new_file(self, sha256: str) -> bool:
        """Whether no file with these bytes was read before; it is from now on."""
        return self._seen.is_new_file(sha256)

    def is_new_post(self, platform: str, post_id: str) -> bool:
        """Whether this id is new on its platform; it is known from now on."""
        return self._seen.is_new_post(platform, self._pseudonyms.exact(post_id))

    def are_all_new(self, platform: str, post_ids: Sequence[str]) -> bool:
        """Whether all these ids are new and differ; only then they are known from now on."""
        return self._seen.are_all_new(platform, [self._pseudonyms.exact(post_id) for post_id in post_ids])

    def edited_us(self, platform: str, post_id: str) -> int:
        """When the youngest version known of this post was edited; 0 if none was."""
        return self._seen.edited_us(platform, self._pseudonyms.exact(post_id))

    def note_edit(self, platform: str, post_id: str, edited_us: int) -> None:
        """Remember a version of this post."""
        self._seen.note_edit(platform, self._pseudonyms.exact(post_id), edited_us)


Known = TypeVar("Known")


def _known(value: Known | None, change: Callable[[Known], Known]) -> Known | None:
    """A value changed; unknown stays unknown."""
    return None if value is None else change(value)


def _each(column: np.ndarray[Any, Any], change: Callable[[Any], Any]) -> np.ndarray[Any, Any]:
    """A column with every known value changed."""
    changed = np.empty(len(column), dtype=object)
    changed[:] = [None if value is None else change(value) for value in column]
    return changed


def without_examples(entry: FileLedger) -> FileLedger:
    """A ledger entry that shows nothing of the rows it left out."""
    return replace(entry, left_out=tuple(replace(one, examples=()) for one in entry.left_out))


MARK = "pseudonymised.json"


def settle(study: Study, pseudonyms: Pseudonyms | None) -> None:
    """Hold a study to one way of naming: what is a pseudonym in one file and a name in another would join nothing.

    Raises
    ------
    WrongUse
        The study holds names and a key was given, or it holds pseudonyms and none or another one was given.
    """
    mark = study.folder / MARK
    used = json.loads(mark.read_text(encoding="utf-8"))["key_id"] if mark.is_file() else None
    if pseudonyms is None and used is None:
        return
    if pseudonyms is None:
        raise WrongUse(
            "This study holds pseudonyms, and nothing can be added to it under real names.\n"
            f"  It was read with the key {used}.\n  Name that key's file: `--pseudonymise KEYFILE`."
        )
    if used is None and (n_files := len(study.ledgers()) + len(list((study.folder / "live").rglob("*.jsonl")))):
        raise WrongUse(
            f"This study holds {n_files:,} files under real names.\n"
            "  Pseudonyms beside them would join nothing and hide nobody.\n"
            "  Start a new study and read the files again with `--pseudonymise KEYFILE`."
        )
    if used is not None and used != pseudonyms.key_id:
        raise WrongUse(
            f"This study holds pseudonyms of another key, {used}; the one given is {pseudonyms.key_id}.\n"
            "  The same account would get two names.\n  Name the file of the first key."
        )
    if used is None:
        write_whole(mark, json.dumps({"key_id": pseudonyms.key_id}) + "\n")


def read_key(path: Path, study: Path) -> Pseudonyms:
    """The key in a file, which is made if it is missing: 32 random bytes, for its owner's eyes alone.

    Raises
    ------
    WrongUse
        The file lies in the study, which whoever gets the study would get too; or it is no key; or the study was
        read with another one.
    """
    require_outside(path, study)
    if not path.exists():
        write_whole(path, secrets.token_hex(32) + "\n", secret=True)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (ValueError, OSError):
        key = b""
    if len(key) < 16:
        raise WrongUse(
            f"{str(path)!r} holds no key.\n  A key is a line of 64 hexadecimal digits.\n"
            "  Name a file that does not exist, and one is made."
        )
    return Pseudonyms(key)


def require_outside(path: Path, folder: Path) -> None:
    """Raise unless a key file lies outside a study or output folder."""
    if folder.resolve() in path.resolve().parents:
        raise WrongUse(
            f"The key {str(path)!r} would lie inside {str(folder)!r}.\n"
            "  Whoever gets the study would get it too, and the pseudonyms would hide nobody.\n"
            "  Name a place elsewhere, such as ~/.groundswell/gate.key."
        )
