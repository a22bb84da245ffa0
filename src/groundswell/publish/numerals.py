"""Figures as a language writes them: 1,269.5 ──► 1.269,5; 1 May 23:18 ──► 1. Mai 23:18; 12 days ──► 12 Tage.

Pages are written once, in English; whoever translates one asks here for every figure in it. Files for programs (CSV,
JSON, Parquet) never pass through here. Arabic keeps western digits and their separators, as CLDR does for ``ar`` with
``latn``; German swaps point and comma.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from groundswell.publish.spelling import MONTHS, SHORT_MONTHS

FIGURE = re.compile(r"\d(?:[\d,.]*\d)?|(?<=\b[Gg]roup )(?:[A-Z]{1,3}|g-[0-9a-f]+)\b")
"""A number, or the letter or the id of a group."""

_MONTH = "|".join((*MONTHS, *SHORT_MONTHS))
DATED = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:–(?P<last>\d{{1,2}}))? (?P<month>{_MONTH})\b(?: (?P<year>\d{{4}})\b)?"
    r"|\b\d\d:\d\d(?::\d\d(?:\.\d+)?)?\b"
    r"|(?P<long>\d[\d,.]*) (?P<unit>s|min|h|days?|years?)(?![\w/])"
    r"|(?P<tag>#\w+)"
    rf"|{FIGURE.pattern}"
)
"""A day, a time of day, a length of time, a hashtag, or a `FIGURE`."""

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+")
"""A number that languages write differently; 0.1.0 and 2024 are none."""

POINTS: Mapping[str, dict[int, int]] = {"de": str.maketrans(",.", ".,")}
"""What stands for the comma of thousands and the decimal point, where that is not as in English."""

MONTHS_OF: Mapping[str, tuple[str, ...]] = {
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "ar": (
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
        *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    ),
}

UNITS_OF: Mapping[str, Mapping[str, str]] = {
    "de": {"s": "s", "min": "min", "h": "h", "day": "Tag", "days": "Tage", "year": "Jahr", "years": "Jahre"},
    "ar": {"s": "ث", "min": "د", "h": "س", "day": "يوم", "days": "يومًا", "year": "سنة", "years": "سنة"},
}
"""Units of time, from those of `spelling.lag`; the islands that sort tables know the same."""

_ISOLATED = "\u2068{}\u2069"
"""Between these a hashtag keeps its own direction."""


def number(written: str, language: str) -> str:
    """A number with the separators of a language; whatever is no plain number comes back as it was.

    >>> number("1,269.5", "de"), number("1,269.5", "ar"), number("0.1.0", "de")
    ('1.269,5', '1,269.5', '0.1.0')
    """
    points = POINTS.get(language)
    return written.translate(points) if points and _NUMBER.fullmatch(written) else written


def figures(text: str, language: str) -> str:
    """A text without words of its own: every day, time and number in it as the language writes them.

    >>> figures("1,269 (2.6–27.7 days), 3–9 May 2026, 07:30:03.5", "de")
    '1.269 (2,6–27,7 Tage), 3.–9. Mai 2026, 07:30:03.5'
    """
    return DATED.sub(lambda found: figure(found, language), text)


def figure(found: re.Match[str], language: str) -> str:
    """What `DATED` found, in a language that has its own way."""
    months, units = MONTHS_OF.get(language), UNITS_OF.get(language)
    if months is None or units is None:
        return found.group()
    if month := found["month"]:
        return _day(found, months[[one[:3] for one in MONTHS].index(month[:3])], "." if language == "de" else "")
    if unit := found["unit"]:
        return f"{number(found['long'], language)}\u00a0{units[unit]}"
    if tag := found["tag"]:
        return _ISOLATED.format(tag)
    return number(found.group(), language)


def _day(found: re.Match[str], month: str, dot: str) -> str:
    last = f"–{found['last']}{dot}" if found["last"] else ""
    year = f" {found['year']}" if found["year"] else ""
    return f"{found['day']}{dot}{last} {month}{year}"
