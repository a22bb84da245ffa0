"""Whole texts to be found in whatever is written: in a page, an article, a table, however it spells or marks them.

texts ──► Words ──are_in──► does this page hold one of them, from its first letter to its last?

Compared are letters and digits only, case folded, so that a text is found across tags, line ends, escapes and other
quotation marks. Texts of fewer than `FEWEST` of them are not looked for: «good morning» is everybody's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import blake2b
from html import unescape
from typing import TypeAlias

from groundswell.engine.engine import Engine
from groundswell.store.names import Names
from groundswell.store.study import Study

FEWEST = 32
"""Letters and digits, about six words."""

TO_PURGE = """
select distinct text from posts left join to_purge using (platform, account_id)
where text is not null
  and (to_purge.account_id is not null or ($before is not null and posts.time < $before::timestamp))
order by text
"""

TAG = re.compile(r"<[^<>]{0,2000}>")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt]")


Start: TypeAlias = tuple[str, int, str]
"""A text as it is looked for: its first `FEWEST` letters, how many it has, and the digest of all of them."""


class Words:
    """A set of texts, kept as digests."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Look for these, each as a whole."""
        self._by_start: dict[str, set[tuple[int, str]]] = {}
        for letters in map(letters_of, texts):
            if len(letters) >= FEWEST:
                self._by_start.setdefault(letters[:FEWEST], set()).add((len(letters), _digest(letters)))

    @classmethod
    def starting(cls, starts: Iterable[Start]) -> Words:
        """The same set again, of what `starts` gave."""
        words = cls(())
        for start, length, digest in starts:
            words._by_start.setdefault(start, set()).add((length, digest))
        return words

    @property
    def starts(self) -> list[Start]:
        """What is kept of the texts, sorted."""
        return sorted((start, *rest) for start, found in self._by_start.items() for rest in found)

    def __bool__(self) -> bool:
        return bool(self._by_start)

    def are_in(self, written: str) -> bool:
        """Whether any of the texts stands in what is written: plain, HTML or JSON. O(characters written)."""
        if not self._by_start:
            return False
        letters = letters_of(written)
        return any(
            at + length <= len(letters) and _digest(letters[at : at + length]) == digest
            for at in range(len(letters) - FEWEST + 1)
            for length, digest in self._by_start.get(letters[at : at + FEWEST], ())
        )


Elsewhere: TypeAlias = Callable[[Study, Names, Words], tuple[list[str], list[str]]]
"""Looks for names and words in a study; the paths that hold one, and those that could not be read."""


def words_to_purge(engine: Engine, before: datetime | None) -> Words:
    """The texts by the accounts of the table ``to_purge``, and those before a time (UTC, naive)."""
    return Words(text for (text,) in engine.rows(TO_PURGE, before=before))


def letters_of(written: str) -> str:
    """The letters and digits of what is written, case folded; tags, escapes and signs aside.

    >>> letters_of("Open the <b>gate</b>,&nbsp;caf&eacute;!")
    'openthegatecafé'
    """
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", written)
    plain = unicodedata.normalize("NFKC", unescape(TAG.sub("", plain)))
    return "".join(filter(str.isalnum, plain.casefold()))


def _digest(letters: str) -> str:
    return blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
