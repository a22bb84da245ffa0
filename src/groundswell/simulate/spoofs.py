"""Made-up names with imitations of them, one rule each, and honest names that resemble them.

    seed ──► names to protect · spoofs with the rule each was made by · namesakes, fans and parodies

The names are a colour and a thing («Silver Otter»); no person bears one. Two of them may share a word, as relatives
and strangers share a surname.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from groundswell.simulate.profiles import FIRST, SECOND

CYRILLIC = {
    "a": "а",
    "e": "е",
    "o": "о",
    "p": "р",
    "c": "с",
    "y": "у",
    "x": "х",
    "i": "і",
    "s": "ѕ",
    "k": "к",
    "h": "һ",
}
GREEK = {"o": "ο", "v": "ν", "p": "ρ", "a": "α", "i": "ι", "k": "κ", "u": "υ", "n": "η", "t": "τ", "x": "χ"}
LEET = {"e": "3", "a": "4", "s": "5", "t": "7", "o": "0", "i": "1"}
AFFIXES = ("Real {}", "{} Official", "The {}", "{} TV", "{}_HQ", "Official {}", "{}1", "{} News", "real_{}", "{}_")
FAN_LABELS = (
    "{} Fans",
    "{} Fan Club",
    "Not {}",
    "{} (parody)",
    "{} Parody",
    "Unofficial {}",
    "Fan of {}",
    "{} Tribute",
)

Rng = np.random.Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoofs:
    """Names and what resembles them."""

    protected: tuple[str, ...]
    spoofs: tuple[tuple[str, str, str], ...]
    """(imitation, the protected name, the rule)."""
    namesakes: tuple[str, ...]
    """Honest names: another first word before the same second, or the same name spelled the same way."""
    labelled: tuple[tuple[str, str], ...]
    """(name that says fan or parody, the protected name)."""


def spoofs(seed: int, *, n_protected: int = 500, a_rule: int = 60) -> Spoofs:
    """Make names, and imitations by every rule.

    Parameters
    ----------
    seed
        Fixes every draw.
    n_protected
        Names to be protected, at most 8,000.
    a_rule
        Imitations by each rule.
    """
    rng = np.random.default_rng(seed)
    names = made_up_names(rng, n_protected)
    made = []
    for rule, spoil in RULES.items():
        n = 0
        while n < a_rule:
            name = names[int(rng.integers(len(names)))]
            imitation = spoil(rng, name)
            if imitation is not None and imitation != name:
                made.append((imitation, name, rule))
                n += 1
    known = set(names)
    namesakes = []
    for name in names:
        first, second = FIRST[int(rng.integers(len(FIRST)))].capitalize(), name.split(" ")[1]
        other = f"{first} {second}"
        namesakes.append(name if rng.random() < 0.3 or other in known else other)
    labelled = tuple((FAN_LABELS[at % len(FAN_LABELS)].format(name), name) for at, name in enumerate(names))
    return Spoofs(protected=names, spoofs=tuple(made), namesakes=tuple(namesakes), labelled=labelled)


def made_up_names(rng: Rng, n: int) -> tuple[str, ...]:
    """Different names, a colour and a thing each."""
    drawn = rng.permutation(len(FIRST) * len(SECOND))[:n]
    pairs = (divmod(int(at), len(SECOND)) for at in drawn)
    return tuple(f"{FIRST[a].capitalize()} {SECOND[b].capitalize()}" for a, b in pairs)


def _exchange(table: dict[str, str], *, all_of_them: bool = False) -> Callable[[Rng, str], str | None]:
    """Put other characters for one of the letters in the table, or for all of them."""

    def spoil(rng: Rng, name: str) -> str | None:
        places = [at for at, letter in enumerate(name) if letter in table]
        if not places:
            return None
        chosen = set(places if all_of_them else [places[int(rng.integers(len(places)))]])
        return "".join(table[letter] if at in chosen else letter for at, letter in enumerate(name))

    return spoil


def _one_of(*tables: dict[str, str]) -> Callable[[Rng, str], str | None]:
    several = [_exchange(table, all_of_them=True) for table in tables]
    return lambda rng, name: several[int(rng.integers(len(several)))](rng, name)


def _pairs(pairs: dict[str, str]) -> Callable[[Rng, str], str | None]:
    def spoil(rng: Rng, name: str) -> str | None:
        there = [pair for pair in pairs if pair in name]
        if not there:
            return None
        pair = there[int(rng.integers(len(there)))]
        return name.replace(pair, pairs[pair], 1)

    return spoil


def _inside(rng: Rng, name: str) -> int:
    """A place after the first letter of the name that is no blank, and not beside one."""
    places = [at for at in range(1, len(name) - 1) if " " not in name[at - 1 : at + 2]]
    return places[int(rng.integers(len(places)))]


def _doubled(rng: Rng, name: str) -> str:
    at = _inside(rng, name)
    return name[:at] + name[at] + name[at:]


def _dropped(rng: Rng, name: str) -> str:
    at = _inside(rng, name)
    return name[:at] + name[at + 1 :]


def _swapped(rng: Rng, name: str) -> str:
    at = _inside(rng, name)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _invisible(rng: Rng, name: str) -> str:
    at = _inside(rng, name)
    return name[:at] + ("\u200b", "\u200d", "\u00ad", "\u2060")[int(rng.integers(4))] + name[at:]


def _bidi(rng: Rng, name: str) -> str:
    return ("\u202d", "\u200e", "\u2066")[int(rng.integers(3))] + name


def _ticked(rng: Rng, name: str) -> str:
    return f"{name} {('✔', '✅', '☑️', '🔵', '™')[int(rng.integers(5))]}"


def _dressed(rng: Rng, name: str) -> str:
    return AFFIXES[int(rng.integers(len(AFFIXES)))].format(name)


def _as_handle(rng: Rng, name: str) -> str:
    return ("_", ".", "-", "")[int(rng.integers(4))].join(name.split(" "))


def _wide(rng: Rng, name: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else letter for letter in name)


RULES: dict[str, Callable[[Rng, str], str | None]] = {
    "I l 1 |": _one_of({"l": "I"}, {"l": "1"}, {"l": "|"}),
    "0 O": _exchange({"o": "0", "O": "0"}, all_of_them=True),
    "rn m": _pairs({"m": "rn", "rn": "m"}),
    "Cyrillic": _exchange(CYRILLIC),
    "Cyrillic, all": _exchange(CYRILLIC, all_of_them=True),
    "Greek": _exchange(GREEK),
    "vv w": _pairs({"w": "vv", "W": "VV"}),
    "cl d": _pairs({"d": "cl", "cl": "d"}),
    "leet": _exchange(LEET, all_of_them=True),
    "affix": _dressed,
    "separators": _as_handle,
    "doubled letter": _doubled,
    "dropped letter": _dropped,
    "swapped letters": _swapped,
    "tick": _ticked,
    "invisible": _invisible,
    "bidi": _bidi,
    "full width": _wide,
    "accent": _exchange({"e": "é", "a": "á", "o": "ö", "i": "ï", "u": "ü", "n": "ñ", "c": "ç"}),
}
"""How an imitation is made of a name."""

STRICT = ("I l 1 |", "0 O", "rn m", "Cyrillic", "Cyrillic, all", "Greek")
"""Rules that no reader can see through; nearly all of these must be found."""
