"""DISARM technique ids for what was seen: only the ids that we map to, never the matrix.

    kind of trace ──► technique id          names come from a matrix that the user supplies

An id says that behaviour looks like a technique's. It does not say that anybody meant it so: fans paste the same
text too. Ids are those of the release named in `RELEASE`; they have moved between releases.

DISARM Red Framework, DISARM Foundation, https://github.com/DISARMFoundation/DISARMframeworks. Its README names
CC BY 4.0, its licence file CC BY-SA 4.0; the matrix itself is therefore not part of this program.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

RELEASE = "February 2025"
ATTRIBUTION = (
    f"Technique ids: DISARM Red Framework, DISARM Foundation, release of {RELEASE}, CC BY-SA 4.0."
    " An id says what the behaviour looks like, not what anybody meant by it."
)
PAGES = "https://github.com/DISARMFoundation/DISARMframeworks/blob/main/generated_pages/techniques/{}.md"


@dataclass(frozen=True, slots=True)
class Technique:
    """An id, and what was seen that it goes with."""

    technique_id: str
    seen: str
    """What the accounts did, in our words."""

    @property
    def page(self) -> str:
        """Where DISARM describes it."""
        return PAGES.format(self.technique_id)


BY_KIND = {
    "text": Technique("T0084.001", "The same text was posted by several accounts."),
    "near_text": Technique("T0084.001", "The same text was posted by several accounts."),
    "hashtag": Technique("T0015.001", "The same hashtag was used by several accounts."),
    "hashtag_sequence": Technique("T0015.001", "The same hashtag was used by several accounts."),
    "repost": Technique("T0118", "What others had posted was repeated by several accounts."),
    "url": Technique("T0118", "What others had posted was repeated by several accounts."),
    "domain": Technique("T0118", "What others had posted was repeated by several accounts."),
    "image": Technique("T0118", "What others had posted was repeated by several accounts."),
    "reply": Technique("T0116", "The same posts were replied to by several accounts."),
}
"""Kind of trace to technique. Techniques about personas need a person's eye and are not set by the program."""


def techniques(kinds: Iterable[str]) -> tuple[Technique, ...]:
    """The techniques that these kinds of trace look like, by id, each once."""
    found = {BY_KIND[kind].technique_id: BY_KIND[kind] for kind in kinds if kind in BY_KIND}
    return tuple(found[one] for one in sorted(found))
