"""Whether one profile text was copied from another."""

from __future__ import annotations

from groundswell.traces.normal_text import n_words, normal_text

COPIED_JACCARD = 0.85
"""Share of three-character pieces in common from which a profile text counts as copied."""

COPIED_WORDS = 8
"""Words in a row in common from which it does too."""

FEWEST_WORDS = 3
"""In shorter texts («she/her») equality is no copy."""


def copied(bio: str | None, other: str | None) -> bool | None:
    """Whether one text repeats the other nearly or in a long stretch; None if either is unknown or too short to tell.

    >>> copied("Columnist. Walks the dog before sunrise.", "columnist. walks the dog before sunrise")
    True
    >>> copied("Columnist.", "Columnist.") is None
    True
    """
    if bio is None or other is None:
        return None
    a, b = normal_text(bio), normal_text(other)
    if min(n_words(a), n_words(b)) < FEWEST_WORDS:
        return None
    return jaccard(a, b) >= COPIED_JACCARD or bool(_stretches(a) & _stretches(b))


def jaccard(a: str, b: str, size: int = 3) -> float:
    """Pieces of `size` characters in common, of all pieces in either."""
    here, there = _pieces(a, size), _pieces(b, size)
    return len(here & there) / len(here | there) if here or there else 0.0


def _pieces(text: str, size: int) -> set[str]:
    return {text[at : at + size] for at in range(len(text) - size + 1)}


def _stretches(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + COPIED_WORDS]) for at in range(len(words) - COPIED_WORDS + 1)}
