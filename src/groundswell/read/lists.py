"""Lists inside one cell: JSON, a Python repr, or values with something between them.

    ["a", "b"]    ['a', 'b']    [a, b]    a|b    a b    a,b    ──►  a · b

An empty cell is unknown (None); ``[]`` is a list with nothing in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from groundswell.read.lines import SHOWN
from groundswell.read.reader import LeaveOut
from groundswell.read.writable import writable_text

LONGEST_LIST = 1 << 20
"""Characters of a cell that are still looked at as a list; a post names a few things."""


ITEM = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s,'"\[\]]+)""", re.DOTALL)
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
NOTHING = ("None", "null", "nan")
BETWEEN_LINKS = re.compile(r"[\s|]+|,(?=[a-z]{2,6}://)")
BETWEEN_WORDS = re.compile(r"[\s|,;]+")


def words(value: object) -> tuple[str, ...] | None:
    """Hashtags, handles or ids in one cell."""
    return _split(value, BETWEEN_WORDS)


def links(value: object) -> tuple[str, ...] | None:
    """Addresses in one cell; a comma parts two of them only where the next one begins."""
    return _split(value, BETWEEN_LINKS)


def of_each(read: Callable[[str], tuple[str, ...] | None], column: Sequence[str]) -> list[tuple[str, ...] | None]:
    """`words` or `links` of each cell of a column, in which many repeat another and most lists have one item."""
    known: dict[str, tuple[str, ...] | None] = {}
    for written in set(column):
        # One item as Python writes it, which `_plain` would make of it too.
        if written[:2] == "['" and written[-2:] == "']" and written.count("'") == 2 and _is_plain(written):
            known[written] = (item,) if (item := written[2:-2]) and item not in NOTHING else ()
        else:
            known[written] = read(written)
    return list(map(known.__getitem__, column))


def _split(value: object, between: re.Pattern[str]) -> tuple[str, ...] | None:
    if isinstance(value, list | tuple):
        return tuple(each for each in value if isinstance(each, str) and each)
    if value == "[]":
        return ()
    if not isinstance(value, str) or not (written := value.strip()):
        return None
    if (plain := _plain(written)) is not None:
        return plain
    if len(written) > LONGEST_LIST:
        raise LeaveOut(f"a list longer than {LONGEST_LIST:,} characters", written[:SHOWN])
    if written.startswith("[") and written.endswith("]"):
        return _items(written)
    return tuple(each for each in between.split(written) if each)


def _items(written: str) -> tuple[str, ...]:
    """What stands between the brackets, however it is quoted."""
    found = (match[1] or match[2] or match[3] for match in ITEM.finditer(written, 1, len(written) - 1))
    return tuple(_unescaped(each) for each in found if each and each not in NOTHING)


def _plain(written: str) -> tuple[str, ...] | None:
    """`_items` of a list as Python writes it of plain texts, which needs no look at each sign; None for any other."""
    if not (written.startswith("['") and written.endswith("']") and _is_plain(written)):
        return None
    found = written[2:-2].split("', '")
    if written.count("'") != 2 * len(found):
        return None
    return tuple([each for each in found if each and each not in NOTHING])


def _is_plain(written: str) -> bool:
    return "\\" not in written and len(written) <= LONGEST_LIST


def _unescaped(item: str) -> str:
    return writable_text(ESCAPE.sub(_character, item)) if "\\" in item else item


def _character(escape: re.Match[str]) -> str:
    wide, narrow, plain = escape.groups()
    return chr(int(wide or narrow, 16)) if wide or narrow else CONTROL.get(plain, plain)
