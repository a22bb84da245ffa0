"""JSON objects, one a line or in one document, from whoever wrote them.

Where a key stands twice in one object the last value counts, and the ledger says how often. A line that is too
deep, cut off or no JSON is one `Broken` row.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from typing import Any

import msgspec

from groundswell.read.lines import SHOWN
from groundswell.read.reader import Broken, Record
from groundswell.read.survey import LIMITS
from groundswell.read.writable import writable

DEEPEST = 5_000
"""Levels that fit the stack of a thread, whoever asks for more."""

TWICE = "a key stands twice in one object; its last value was taken"
NO_JSON = "a line that is not JSON"
TOO_DEEP = "JSON nested too deeply"
NO_OBJECT = "JSON that is no object"

QUICK = msgspec.json.Decoder().decode
QUICKLY_BACK = msgspec.json.Encoder().encode

# Half of a surrogate pair can't be written as UTF-8, nor a NUL into a table.
UNWRITABLE = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


class Parser:
    """Turns lines into objects and counts the objects with a key twice."""

    def __init__(self, depth: int = LIMITS.depth) -> None:
        """Nothing seen yet; what is more than `depth` levels deep is too deep, and so is more than `DEEPEST`."""
        self.n_twice = 0
        self._depth = min(depth, DEEPEST)
        self._decode = json.JSONDecoder(object_pairs_hook=self._object).decode

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            self.n_twice += 1
        return made

    def records(self, text: str) -> Iterable[Record | Broken]:
        """The objects in one line or document: itself, or those in its list."""
        try:
            value = self._value(text) if self._depth == LIMITS.depth else self._value_within(text)
            if "\\u" in text and UNWRITABLE.search(text):
                value = writable(value)
        except RecursionError:
            return (Broken(TOO_DEEP, text[:SHOWN]),)
        except ValueError:  # also of a number of more than 4300 digits
            return (Broken(NO_JSON, text[:SHOWN]),)
        if type(value) is dict:
            return (value,)
        return [
            each if isinstance(each, dict) else Broken(NO_OBJECT, str(each)[:SHOWN])
            for each in (value if isinstance(value, list) else (value,))
        ]

    def _value_within(self, text: str) -> Any:
        """The same with another limit than the interpreter's own.

        Raises
        ------
        RecursionError
            It lies deeper.
        """
        before = sys.getrecursionlimit()
        # Each level takes one call of a decoder; what called us takes some more.
        sys.setrecursionlimit(max(before, self._depth + before))
        try:
            value = self._value(text)
        finally:
            sys.setrecursionlimit(before)
        if _is_deeper(value, self._depth):
            raise RecursionError
        return value

    def _value(self, text: str) -> Any:
        """What the text says. The quick decoder forgets a key that stood there before, and some quotes with it.

        Where it finds anything wrong, or the quotes don't add up, the standard library's decides.
        """
        try:
            value = QUICK(text)
            if QUICKLY_BACK(value).count(b'"') == text.count('"'):
                return value
        except (msgspec.MsgspecError, RecursionError, UnicodeEncodeError):
            pass
        return self._decode(text.strip())


def _is_deeper(value: Any, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        inside = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [each for values in inside for each in values]
    return any(isinstance(each, dict | list) for each in level)
