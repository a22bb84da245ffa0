"""JSON objects, one a line or in one document, from whoever wrote them.

Where a key stands twice in one object the last value counts, and the ledger says how often. A line that is too
deep, cut off or no JSON is one `Broken` row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import msgspec

from groundswell.read.lines import SHOWN
from groundswell.read.reader import Broken, Record

LONGEST_LINE = 1 << 25
"""32 Mi characters. A page of 500 posts with everything in it is about 3 million."""

LARGEST_DOCUMENT = 1 << 28
"""256 Mi characters of one JSON document are held in memory; larger ones must come one object a line."""

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

    def __init__(self) -> None:
        """Nothing seen yet."""
        self.n_twice = 0
        self._decode = json.JSONDecoder(object_pairs_hook=self._object).decode

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            self.n_twice += 1
        return made

    def records(self, text: str) -> Iterable[Record | Broken]:
        """The objects in one line or document: itself, or those in its list."""
        try:
            value = self._value(text)
            if "\\u" in text and UNWRITABLE.search(text):
                value = _writable(value)
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


def _writable(value: Any) -> Any:
    """The same value with U+FFFD for what no table can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_writable(each) for each in value]
    if isinstance(value, dict):
        return {_writable(key): _writable(each) for key, each in value.items()}
    return value
