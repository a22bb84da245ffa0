"""The words a sentence of ours may use, and how it writes numbers.

    14, 9829            «14 of 9,829 accounts»
    0.0136              «1.4 %»
    60.0                «60 seconds»

`check` refuses a sentence that says more than timing can carry: what accounts are, who owns them, what is certain.
What posts and profiles say is quoted, and a quotation may hold any word: `quoted` marks it, and `check` passes over
it. The list of words follows the critique of Hamilton 68 (Racket News 2023, «identity nouns») and the claim grammar
of the project: behaviour, a denominator, chance beside it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

from groundswell.assess.states import STATES
from groundswell.traces.kinds import words

FORBIDDEN = (
    r"(?:ro)?bot(?:s|nets?)?",
    r"troll(?:s|ing)?",
    r"fake(?:s|d|ry)?",
    r"sock ?puppets?",
    r"kremlin",
    r"prove(?:s|d|n)?",
    r"confirm(?:s|ed|ing)?",
    r"astroturf\w*",
    r"linked to",
    r"\w+-linked",
    r"boosted by",
    r"pushed by",
    r"network of",
    r"went viral",
    r"surge[sd]?",
    r"the conversation",
    r"no coordination found",
)
"""Patterns of words that no sentence of the program may contain, whatever the case of their letters."""

_FORBIDDEN = re.compile(rf"(?<!\w)(?:{'|'.join(FORBIDDEN)})(?!\w)", re.IGNORECASE)
_STATE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, STATES))})(?!\w)")
_FOREIGN = re.compile(r"“[^“”]*”|(?<!\w)#\w+")
_UNFINISHED = re.compile(r"(?<!\w)(?:nan|inf|None|NaT)(?!\w)|[{}]|  ")
_POSTS_REPEATED = {"repost": "reposts", "reply": "replies"}
LONGEST_QUOTATION = 60
"""Characters; a name in a profile is shorter."""


def forbidden_in(text: str) -> tuple[str, ...]:
    """The words in `text` that the program may not write; quotations and hashtags are not its own words."""
    own = _FOREIGN.sub(" ", text)
    return tuple(match[0] for pattern in (_FORBIDDEN, _STATE) for match in pattern.finditer(own))


def check(sentence: str) -> None:
    """Refuse a sentence with a forbidden word, a number that is none, or a blank left unfilled.

    Raises
    ------
    ValueError
        The sentence may not be printed. It is a fault of the program, never of the data.
    """
    if said := forbidden_in(sentence):
        raise ValueError(f"a sentence says {', '.join(map(repr, said))}: {sentence!r}")
    if not sentence.strip() or _UNFINISHED.search(_FOREIGN.sub("#", sentence)):
        raise ValueError(f"a sentence is not finished: {sentence!r}")


def quoted(text: str) -> str:
    r"""Someone else's words in quotation marks, cut short, with nothing in them that could end the quotation.

    >>> quoted("Harbour” News\u202e")
    '“Harbour News”'
    """
    visible = "".join(" " if c.isspace() else c for c in text if unicodedata.category(c)[0] != "C" or c.isspace())
    bare = re.sub(r"\s+", " ", re.sub("[“”]", "", visible)).strip()
    return f"“{bare if len(bare) <= LONGEST_QUOTATION else bare[: LONGEST_QUOTATION - 1].rstrip() + '…'}”"


def counted(n: int, one: str, many: str) -> str:
    """A count with its noun.

    >>> counted(1, "link", "links"), counted(9829, "account", "accounts")
    ('1 link', '9,829 accounts')
    """
    return f"{n:,} {one if n == 1 else many}"


def part(n: int, whole: int, one: str, many: str) -> str:
    """A count with its denominator.

    >>> part(14, 9829, "account", "accounts")
    '14 of 9,829 accounts'
    """
    return f"{n:,} of {counted(whole, one, many)}"


def percent(share: float) -> str:
    """A share in per cent with two significant digits; never «100 %» of something that is not all of it.

    >>> percent(0.0136), percent(0.0036), percent(0.62), percent(0.9999), percent(1.0), percent(0.00001)
    ('1.4 %', '0.36 %', '62 %', '99.99 %', '100 %', 'less than 0.01 %')
    """
    hundredths = share * 100
    if hundredths <= 0:
        return "0 %"
    if hundredths < 0.01:
        return "less than 0.01 %"
    if hundredths >= 100:
        return "100 %"
    if hundredths > 99:
        return f"{math.floor(hundredths * 100) / 100:g} %"
    return f"{_two_digits(hundredths)} %"


def figure(value: float) -> str:
    """An expected number with two significant digits.

    >>> figure(0.31), figure(1234.5), figure(0.0)
    ('0.31', '1,234', 'less than 0.01')
    """
    return "less than 0.01" if value < 0.01 else _two_digits(value)


def times(ratio: float) -> str:
    """How many times as often.

    >>> times(93.2), times(4.51), times(float("inf"))
    ('93 times', '4.5 times', 'more than 1,000 times')
    """
    if ratio > 1000:
        return "more than 1,000 times"
    return f"{_two_digits(ratio) if ratio >= 10 else f'{ratio:.1f}'} times"


def _two_digits(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def duration(seconds: float) -> str:
    """A length of time in the unit a reader would choose.

    >>> duration(2.64), duration(60), duration(600), duration(3600), duration(111600), duration(1e6)
    ('2.6 seconds', '60 seconds', '10 minutes', '60 minutes', '31 hours', '12 days')
    """
    for length, one, many, most in (
        (1.0, "second", "seconds", 120),
        (60.0, "minute", "minutes", 120),
        (3600.0, "hour", "hours", 72),
        (86400.0, "day", "days", math.inf),
    ):
        number = _two_digits(seconds / length)
        if seconds < most * length:
            return f"{number} {one if number == '1' else many}"
    raise ValueError(f"no length of time: {seconds}")


def kinds_listed(kinds: Iterable[str]) -> str:
    """Kinds of trace in a row, reposts and replies told apart though both repeat posts.

    >>> kinds_listed(["url", "repost", "reply"])
    'links, reposts and replies'
    """
    return listed([_POSTS_REPEATED.get(kind, words(kind).many) for kind in kinds])


def listed(things: Sequence[str], last: str = "and") -> str:
    """Things in a row.

    >>> listed(["links", "texts", "hashtags"])
    'links, texts and hashtags'
    """
    return f" {last} ".join(filter(None, (", ".join(things[:-1]), *things[-1:])))
