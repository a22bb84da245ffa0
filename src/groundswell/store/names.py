"""Names to be found in whatever is written: ids, handles and addresses, in raw lines and in columns.

A name counts where something names it: after an @, a slash, a quotation mark or a separator, or at the beginning;
a handle that is also a word does not count within a sentence. An address counts wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MARKED = re.compile(r"(?:^|(?<=[@＠/\",\t;|=]))[\w.:%-]+")
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
MASK = "…"


class Names:
    """A set of names."""

    def __init__(self, names: Iterable[str]) -> None:
        """Look for these, in any case."""
        folded = {name.strip().lstrip("@＠").casefold() for name in names} - {""}
        self._words = {name for name in folded if MARKED.fullmatch(name)}
        addresses = sorted(folded - self._words)
        self._addresses = re.compile("|".join(map(re.escape, addresses)), re.IGNORECASE) if addresses else None

    def __bool__(self) -> bool:
        return bool(self._words) or self._addresses is not None

    def are_in(self, text: str) -> bool:
        """Whether any of them is named in a text, a cell or a line of JSON."""
        plain = text.replace("\\/", "/") if "\\" in text else text
        if "\\u" in plain:
            plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)), plain)
        if self._addresses is not None and self._addresses.search(plain):
            return True
        return any(self._is_one(found[0]) for found in MARKED.finditer(plain))

    def mask(self, text: str) -> str:
        """The text with every name that `are_in` finds as an ellipsis."""
        if self._addresses is not None:
            text = self._addresses.sub(MASK, text)
        return MARKED.sub(lambda found: MASK if self._is_one(found[0]) else found[0], text)

    def _is_one(self, word: str) -> bool:
        folded = word.casefold()
        return folded in self._words or folded.rstrip(".:-") in self._words
