"""The loose form of a name: one form for every way we know to spell it so that it still reads the same.

    "Real_BeII EIm"   ──loose──►   "realbelelrn"   ──bare──►   "belelrn"
    "Bell Elm"        ──loose──►   "belelrn"

Unicode's table (`confusables`) holds single characters that look alike. What people do besides stands here: two
letters that look like one (vv, cl, nn), digits for letters, small capitals and the letters of other scripts that look
like another case, signs and spaces between letters, doubled letters, i for l, and words such as «official» put around
the name. The form is for finding; what differs is then shown letter by letter (`differing`), and a person looks.

`VERSION` goes up when the same two names can give another answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from groundswell.personas.confusables import skeleton

VERSION = 1

# Beside Unicode's table, after its map and folding: digits and signs read as letters; letters that look like the
# small form of a capital, such as Cyrillic в for B; Greek and Cyrillic letters used for their outline.
ALSO_READ = dict(
    zip(
        "34567892$@€ʙɜĸʜᴛʍʌꞓᴎᴙɸƅχμωʃλπᴀᴇꜰɢᴊʟɴᴘʀᴢилцчщяєпгτυκη",
        (
            *("e", "a", "s", "b", "t", "b", "g"),
            *("z", "s", "a", "e"),
            *("b", "e", "k", "h", "t", "rn", "a", "e", "n", "r", "f", "b", "x", "u", "w", "s", "a", "n"),
            *("a", "e", "f", "g", "j", "l", "n", "p", "r", "z"),
            *("n", "n", "u", "y", "w", "r", "e", "n", "r", "t", "u", "k", "n"),
        ),
        strict=True,
    )
)
"""What a character also stands for."""

FIRST_OF_ALL = {"β": "b", "ϐ": "b", "™": "", "℠": "", "©": "", "®": ""}
"""Read this way before Unicode's table, where it goes another way: there β ends as «ss», and ™ as two letters."""

# Combining accents, Hebrew points and Arabic vowel signs may come and go; the vowel signs of Indic scripts may not.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)
_LETTERS_AS_ONE = re.compile("vv|cl|nn")
_ONE = {"vv": "w", "cl": "d", "nn": "rn"}
_DOUBLED = re.compile(r"(.)\1+")
_SIGN_AS_LETTER = re.compile(r"(?<=\w)!(?=\w)|!(?=\w)")

AFFIXES = (
    *("real", "thereal", "official", "oficial", "officiel", "offiziell", "ufficiale", "theofficial", "the", "verified"),
    *("iam", "its", "mr", "mrs", "ms", "dr", "tv", "hq", "news", "live", "online", "media", "press", "team", "page"),
    *(
        "backup",
        "private",
        "support",
        "help",
        "info",
        "account",
        "us",
        "uk",
        "usa",
        "eu",
        "x",
        "xx",
        "org",
        "com",
        "vip",
    ),
    *(
        "daily",
        "now",
        "today",
        "original",
        "actual",
        "true",
        "group",
        "global",
        "world",
        "channel",
        "club",
        "id",
        "new",
    ),
)
"""Words put before or after a name that leave it readable."""

LABELS = (
    *("fan", "fans", "fanpage", "fanclub", "fanaccount", "parody", "parodie", "parodia", "satire", "satira", "spoof"),
    *("unofficial", "notofficial", "inoffiziell", "nooficial", "tribute", "not", "notthe", "stan", "fake", "fanof"),
    *("fansof", "humor", "humour", "joke", "jokes", "memes", "archive", "quotes", "wecare", "supporters", "notreal"),
    *("пародия", "фан", "фанклуб", "ファン", "粉丝", "粉絲", "معجب", "معجبي", "محاكاة", "후원", "팬"),
)
"""Words that say the account is not the one it is named after; the pair is set aside and the word shown."""

SHORTEST = 4
"""Letters that must remain when an affix is taken off."""


class _Reading(dict[int, str]):
    """What each character reads as; worked out the first time it is met."""

    def __missing__(self, code: int) -> str:
        read = _read(chr(code))
        self[code] = read
        return read


def _read(character: str) -> str:
    """The letters that a character stands for, without accents; nothing for signs, spaces and emoji."""
    start = FIRST_OF_ALL.get(character.casefold(), character)
    seen = skeleton(start)
    if seen == unicodedata.normalize("NFD", start):
        seen = skeleton(unicodedata.normalize("NFKC", start))
    folded = _MARKS.sub("", skeleton(seen.casefold()))
    letters = "".join(ALSO_READ.get(one, one) for one in folded)
    return "".join(one for one in letters if unicodedata.category(one)[0] not in "PZSC")


READING = _Reading()


def reading(text: str) -> str:
    """The letters of a text as a reader may take them, in small letters and without signs between them.

    >>> reading("P@lmer-Rep0rt")
    'palrnerreport'
    """
    if "!" in text:
        text = _SIGN_AS_LETTER.sub("i", text)
    return text.translate(READING)


def loose(text: str) -> str:
    """The loose form; empty when no letter is left.

    >>> loose("BeII EIm") == loose("bell  elm") == loose("Be1l 3lm ✔")
    True
    >>> loose("New VVorld") == loose("new world"), loose("dark") == loose("clark")
    (True, True)
    """
    return _DOUBLED.sub(r"\1", _letters(text))


def _letters(text: str) -> str:
    """The loose form with its doubled letters, so that an affix is not joined to the name («report tv»)."""
    letters = reading(text.lstrip("@"))
    if "vv" in letters or "cl" in letters or "nn" in letters:
        letters = _LETTERS_AS_ONE.sub(lambda pair: _ONE[pair[0]], letters)
    return letters.replace("i", "l")


_AROUND = frozenset(_letters(word) for word in (*AFFIXES, *LABELS))


def _by_edge(edge: int) -> dict[str, tuple[str, ...]]:
    """The affixes by their first or last letter, longest first."""
    words = sorted(_AROUND, key=lambda word: (-len(word), word))
    return {letter: tuple(w for w in words if w[edge] == letter) for letter in {w[edge] for w in words}}


_BEFORE, _BEHIND = _by_edge(0), _by_edge(-1)


def bare(letters: str) -> str:
    """Letters without the affixes around them, as long as `SHORTEST` letters are left.

    >>> bare("therealharbourtv")
    'harbour'
    """
    while len(letters) > SHORTEST:
        room = len(letters) - SHORTEST
        if cut := _edge(letters, _BEHIND.get(letters[-1], ()), str.endswith, room):
            letters = letters[:-cut]
        elif cut := _edge(letters, _BEFORE.get(letters[0], ()), str.startswith, room):
            letters = letters[cut:]
        else:
            break
    return letters


def without(form: str, name: str) -> bool:
    """Whether a loose form is a name with affixes before or behind it and nothing else.

    >>> without(loose("official-harbournews"), loose("harbournews")), without(loose("harbournewsreel"), loose("news"))
    (True, False)
    """
    before, found, behind = form.partition(name)
    return bool(found) and before + behind != "" and all(not one or one in _AROUND for one in (before, behind))


def _edge(letters: str, words: tuple[str, ...], at_edge: Callable[[str, str], bool], room: int) -> int:
    """How long the longest affix at that edge is, if it leaves enough."""
    for word in words:
        if len(word) <= room and at_edge(letters, word):
            return len(word)
    return 0


def protected_forms(text: str) -> tuple[str, ...]:
    """The forms under which a name to be protected is found: as it is, and bare."""
    letters = _letters(text)
    return _distinct(letters, bare(letters))


def candidate_forms(text: str) -> tuple[str, ...]:
    """The forms under which a possible lookalike is looked up: as it is, bare, and without digits at its end."""
    letters = _letters(text)
    if not (text and text[-1].isdigit()):
        return _distinct(letters, bare(letters))
    shorter = _letters(text.rstrip("0123456789"))
    if len(shorter) < SHORTEST:
        return _distinct(letters, bare(letters))
    return _distinct(letters, bare(letters), shorter, bare(shorter))


def _distinct(*forms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_DOUBLED.sub(r"\1", form) for form in forms if form))
