"""A template's shape: fixed words with slots between them, and what a text puts into the slots.

("i was a democrat for", slot, "years")  ·  "i was a democrat for twelve long years"  ──►  ("twelve long",)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from groundswell.traces.similar_text.tokens import joined

SLOT = "__"
"""How a slot is written."""

LONGEST_FILLING = 12
"""Words; what is longer is a text of its own beside two fixed words, not a filling."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Runs of fixed words in order; slots lie between them, and before or behind them where said."""

    runs: tuple[tuple[str, ...], ...]
    starts_with_slot: bool = False
    ends_with_slot: bool = False

    @property
    def n_slots(self) -> int:
        """How many slots there are."""
        return len(self.runs) - 1 + self.starts_with_slot + self.ends_with_slot

    @property
    def n_fixed(self) -> int:
        """How many words are fixed."""
        return sum(len(run) for run in self.runs)

    def __str__(self) -> str:
        middle = f" {SLOT} ".join(joined(run) for run in self.runs)
        return f"{f'{SLOT} ' if self.starts_with_slot else ''}{middle}{f' {SLOT}' if self.ends_with_slot else ''}"

    def fillings(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """What a text, cut into words, puts into each slot; None if it does not have this shape.

        Each run is looked for where it comes first, the last one at the end unless a slot follows it.

        >>> Shape((("i", "was", "for"), ("years",))).fillings("i was for twelve long years".split())
        ('twelve long',)
        >>> Shape((("i", "was"), ("years",))).fillings("i was years ago".split()) is None
        True
        """
        places: list[int] = []
        at = 0
        for number, run in enumerate(self.runs):
            if number == 0 and not self.starts_with_slot:
                place = 0 if _there(words, run, 0) else -1
            elif number == len(self.runs) - 1 and not self.ends_with_slot:
                place = len(words) - len(run)
                place = place if place >= at and _there(words, run, place) else -1
            else:
                place = next((k for k in range(at, len(words) - len(run) + 1) if _there(words, run, k)), -1)
            if place < 0:
                return None
            places.append(place)
            at = place + len(run)
        if len(self.runs) == 1 and not self.ends_with_slot and at != len(words):
            return None
        ends = [place + len(run) for place, run in zip(places, self.runs, strict=True)]
        gaps = [(end, place) for end, place in zip(ends, places[1:], strict=False)]
        gaps = [(0, places[0])] * self.starts_with_slot + gaps + [(ends[-1], len(words))] * self.ends_with_slot
        if any(last - first > LONGEST_FILLING for first, last in gaps):
            return None
        return tuple(joined(words[first:last]) for first, last in gaps)


def _there(words: Sequence[str], run: tuple[str, ...], at: int) -> bool:
    return tuple(words[at : at + len(run)]) == run
