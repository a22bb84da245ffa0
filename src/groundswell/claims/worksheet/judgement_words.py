"""How likely, in the seven words of ICD 203, and how good the evidence is, which is another matter and another word.

Likelihood and confidence never share a sentence: «very likely» says how the odds stand, «low» how much they rest on.
https://www.dni.gov/files/documents/ICD/ICD-203.pdf
"""

from __future__ import annotations

from enum import StrEnum

from groundswell.claims.worksheet.weighing import Weighing

LADDER = (
    (0.05, "almost no chance", "below 5 %"),
    (0.20, "very unlikely", "5 to 20 %"),
    (0.45, "unlikely", "20 to 45 %"),
    (0.55, "roughly even", "45 to 55 %"),
    (0.80, "likely", "55 to 80 %"),
    (0.95, "very likely", "80 to 95 %"),
    (1.00, "almost certain", "above 95 %"),
)
"""(below this probability, word, range): neither 0 nor 100 % has a word."""


def likelihood_word(probability: float) -> str:
    """The word for a probability.

    >>> likelihood_word(0.0), likelihood_word(0.5), likelihood_word(0.8), likelihood_word(1.0)
    ('almost no chance', 'roughly even', 'very likely', 'almost certain')
    """
    return next((word for below, word, _ in LADDER if probability < below), LADDER[-1][1])


def likelihood_range(probability: float) -> str:
    """The range of that word, in place of a number that would look exact.

    >>> likelihood_range(0.62)
    '55 to 80 %'
    """
    return next((span for below, _, span in LADDER if probability < below), LADDER[-1][2])


class Confidence(StrEnum):
    """How good the evidence is, whatever it says."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


def confidence(weighing: Weighing, *, stable: bool) -> Confidence:
    """Rate the evidence by its independent roots, their Admiralty codes, and whether one of them decides alone.

    Parameters
    ----------
    stable
        Whether the same explanation leads when any one root is left out.
    """
    good = [one for one in weighing.counted if one.evidence.reliability in "AB" and one.evidence.credibility in (1, 2)]
    if len(weighing.counted) < 2 or not stable:
        return Confidence.LOW
    return Confidence.HIGH if len(weighing.counted) >= 4 and len(good) >= 3 else Confidence.MODERATE
