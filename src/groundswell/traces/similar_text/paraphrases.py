"""Texts that may say the same in other words: candidates, and weaker than anything that compares the words.

    texts, a model's directions ──► pairs of texts whose directions nearly agree, and whose words do not

A near copy is exact and can be pointed to; this is a model's impression. Two texts that say the opposite are often as
alike as two that say the same, and people who heard the same news write alike. It is no trace: nothing is detected by
it, and no group rests on it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from groundswell.errors import WrongUse
from groundswell.model.progress import Progress, silent
from groundswell.traces.similar_text.embedding import Embed

LEAST_ALIKE = 0.9
"""Cosine from which a pair is a candidate. Of 8 made-up claims said twice in English 5 reach it, of the same in English
and German 2, and of 252 pairs of unrelated ones 1."""

MOST_TEXTS = 5_000
"""Wordings; the model takes some 30 ms of CPU each."""

AT_A_TIME = 32

NOTE = (
    "Weaker: a language model finds these alike, their words differ. Texts that say the opposite can be as alike, and"
    " people who heard the same news write alike. Read both before you say anything."
)


class Paraphrase(NamedTuple):
    """Two texts that may say the same, a before b."""

    a: int
    b: int
    alike: float
    """Cosine of their directions."""


def paraphrases(
    texts: Sequence[str],
    known: Collection[tuple[int, int]],
    embed: Embed,
    *,
    least: float = LEAST_ALIKE,
    progress: Progress = silent,
) -> tuple[Paraphrase, ...]:
    """Find every two texts whose directions nearly agree.

    Parameters
    ----------
    texts
        Distinct wordings.
    known
        Pairs (a, b), a before b, that are near copies: they are found already, and stronger.
    embed
        Makes directions of texts; see `embedding.embedder`.

    Returns
    -------
    tuple
        Sorted by place.

    Raises
    ------
    WrongUse
        There are more texts than the model gets through in some minutes.
    """
    if len(texts) > MOST_TEXTS:
        raise WrongUse(
            f"There are {len(texts):,} different texts; paraphrases are looked for among {MOST_TEXTS:,} at most.\n"
            "  The model takes some 30 ms of CPU for each.\n"
            "  Take fewer: those of one hashtag, one day, or one group."
        )
    if len(texts) < 2:
        return ()
    parts = []
    for start in range(0, len(texts), AT_A_TIME):
        progress("Reading texts with the model", start, len(texts))
        parts.append(embed(texts[start : start + AT_A_TIME]))
    progress("Reading texts with the model", len(texts), len(texts))
    vectors = np.concatenate(parts)
    skip = set(known)
    found = []
    for start in range(0, len(texts), 1000):
        alike = vectors[start : start + 1000] @ vectors.T
        for row, column in zip(*np.nonzero(alike >= least), strict=True):
            a, b = start + int(row), int(column)
            if a < b and (a, b) not in skip:
                found.append(Paraphrase(a, b, round(float(alike[row, column]), 3)))
    return tuple(sorted(found))
