"""How someone changes a text that was handed out, so that it does not look copied.

    text ──► the same text, a little different          a word for another, a filler, a letter twice, the end cut off …

Each edit is small, and what was said stays what is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

OTHER_WORD = {
    "before": "ahead of",
    "costs": "takes from",
    "every": "each",
    "everyone": "everybody",
    "household": "home",
    "money": "cash",
    "never": "not once",
    "nobody": "no one",
    "numbers": "figures",
    "read": "look at",
    "see": "know",
    "share": "pass",
    "should": "must",
    "spent": "used",
    "town": "place",
    "wants": "would like",
    "was": "has been",
}
"""Words of the pushed texts, and what an account says in their place."""

FILLERS = ("really", "just", "simply", "honestly", "clearly")
TAILS = ("!", "!!", " …", " Thanks.", " Pass it on.", " 👀")
OPENINGS = ("Look:", "Friends,", "So,", "Again:", "Well,")

_WORD = re.compile(r"[A-Za-z’]+")


def edited(rng: np.random.Generator, text: str, *, edits: float) -> str:
    """The text with a few changes.

    Parameters
    ----------
    rng
        The only source of chance.
    text
        What was handed out.
    edits
        Mean number of changes (Poisson); with 0 the text stays as it is.
    """
    for _ in range(int(rng.poisson(edits))):
        text = _WAYS[int(rng.integers(len(_WAYS)))](rng, text)
    return text


def _other_word(rng: np.random.Generator, text: str) -> str:
    known = [found for found in _WORD.finditer(text) if found[0].lower() in OTHER_WORD]
    if not known:
        return text
    found = known[int(rng.integers(len(known)))]
    other = OTHER_WORD[found[0].lower()]
    other = other.capitalize() if found[0][0].isupper() else other
    return text[: found.start()] + other + text[found.end() :]


def _filler(rng: np.random.Generator, text: str) -> str:
    spaces = [found.start() for found in re.finditer(" ", text)]
    if not spaces:
        return text
    at = spaces[int(rng.integers(len(spaces)))]
    return f"{text[:at]} {FILLERS[int(rng.integers(len(FILLERS)))]}{text[at:]}"


def _twice(rng: np.random.Generator, text: str) -> str:
    """A slip of the finger: one letter twice."""
    letters = [at for at, letter in enumerate(text) if letter.isalpha()]
    if not letters:
        return text
    at = letters[int(rng.integers(len(letters)))]
    return text[:at] + text[at].lower() + text[at:]


def _tail(rng: np.random.Generator, text: str) -> str:
    return text.rstrip(".!… ") + TAILS[int(rng.integers(len(TAILS)))]


def _opening(rng: np.random.Generator, text: str) -> str:
    return f"{OPENINGS[int(rng.integers(len(OPENINGS)))]} {text}"


_WAYS: tuple[Callable[[np.random.Generator, str], str], ...] = (_other_word, _filler, _twice, _tail, _opening)
