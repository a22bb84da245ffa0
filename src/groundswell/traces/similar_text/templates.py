"""Templates with slots: one text with words exchanged, by whoever filled it in.

    "i was a democrat for twelve years" · "… for 20 years" · "… for many years"
        ──►  "i was a democrat for __ years", and who put what into the slot

Texts that are somewhat alike are laid word by word along one of them. What nearly all of them share is fixed, what
they exchange is a slot. A template has enough fixed words to be no mere phrase, and a slot that at least two
texts fill in differently; a single edited copy makes no slot. The idea is that of wrapper induction (Arasu and
Garcia-Molina 2003, doi:10.1145/872757.872799), on words.

A template shows that words were passed on, not by whom: petitions, share buttons and quizzes leave them too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from groundswell.traces.normal_text import n_words
from groundswell.traces.similar_text.pairs import SimilarPairs, components
from groundswell.traces.similar_text.shape import Shape
from groundswell.traces.similar_text.tokens import joined, tokens

LEAST_LINK = 0.35
"""Jaccard index from which two texts may be two fillings of one template: three slots spoil many shingles."""

FEWEST_TEXTS = 3
FEWEST_FIXED_WORDS = 4
"""Words, as `normal_text.n_words` counts them in any script."""

LEAST_FIXED = 0.65
"""Share of a text's words that are fixed, on average."""

LEAST_IN_COMMON = 0.5
"""Share of its words that a text must have in common with the one that it is laid along."""

EDITED = 0.18
"""Share of the copies that may lack a fixed word: people shorten and mistype what they pass on."""

LEAST_OF_SHAPE = 0.75
"""Share of the fixed words from which a text is an edited copy of a template and makes none of its own."""

MOST_SLOTS = 6
MOST_ALIGNED = 200
"""Texts from which a shape is worked out; the others are only held against it."""

MOST_LOOKS = 20_000_000
"""Texts held against shapes in the last sweep."""


@dataclass(frozen=True, slots=True)
class Template:
    """A shape, and the texts that have it."""

    shape: Shape
    members: tuple[int, ...]
    """Numbers of the texts, ascending."""
    fillings: tuple[tuple[str, ...], ...]
    """What each member puts into each slot."""

    def by_slot(self) -> list[list[tuple[str, int]]]:
        """For each slot its fillings with the number of texts, the commonest first."""
        return [
            sorted(Counter(slot).items(), key=lambda filled: (-filled[1], filled[0]))
            for slot in zip(*self.fillings, strict=True)
        ]


def templates(texts: Sequence[str], pairs: SimilarPairs) -> list[Template]:
    """Find the templates among texts.

    Parameters
    ----------
    texts
        Distinct, in the form in which they are compared.
    pairs
        Of these texts, from `LEAST_LINK` on.

    Returns
    -------
    list
        The largest first. A text is in one template at most.
    """
    shapes: dict[Shape, None] = {}
    for component in components(pairs.n_texts, pairs.a, pairs.b):
        if len(component) >= FEWEST_TEXTS:
            words = {int(text): tokens(texts[text]) for text in component}
            shapes |= dict.fromkeys(_shapes(words))
    return _filled(list(shapes), texts)


def _shapes(words: dict[int, list[str]]) -> list[Shape]:
    """The shapes in one component, worked out around one text after the other."""
    found = []
    left = dict(words)
    while len(left) >= FEWEST_TEXTS:
        along = _central(left)
        shape, used = _shape_along(along, left)
        if shape is not None:
            found.append(shape)
            used |= {text for text, pieces in left.items() if _is_copy(shape, pieces)}
        left = {text: pieces for text, pieces in left.items() if text not in used}
    return found


def _is_copy(shape: Shape, pieces: list[str]) -> bool:
    """Whether a text has the shape, or nearly."""
    if shape.fillings(pieces) is not None:
        return True
    fixed = [word for run in shape.runs for word in run]
    blocks = SequenceMatcher(None, fixed, pieces, autojunk=False).get_matching_blocks()
    return sum(size for _, _, size in blocks) >= LEAST_OF_SHAPE * len(fixed)


def _central(words: dict[int, list[str]]) -> int:
    """The text whose words are the commonest in the component."""
    common = Counter(piece for pieces in words.values() for piece in set(pieces))
    return max(words, key=lambda text: (sum(common[w] for w in set(words[text])) / max(len(words[text]), 1), -text))


def _shape_along(along: int, words: dict[int, list[str]]) -> tuple[Shape | None, set[int]]:
    """The shape of the texts that resemble one of them, and the texts that are done with."""
    first = words[along]
    alike: dict[int, list[bool]] = {along: [True] * len(first)}
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(first)
    for text, pieces in words.items():
        if text == along or len(alike) >= MOST_ALIGNED:
            continue
        matcher.set_seq1(pieces)
        in_common = [False] * len(first)
        for _, at, size in matcher.get_matching_blocks():
            in_common[at : at + size] = [True] * size
        if sum(in_common) >= LEAST_IN_COMMON * max(len(first), len(pieces)):
            alike[text] = in_common
    for _ in range(3):
        if len(alike) < FEWEST_TEXTS:
            return None, {along}
        missing = [sum(not row[k] for row in alike.values()) for k in range(len(first))]
        tolerated = 0 if len(alike) == FEWEST_TEXTS else max(1, round(len(alike) * EDITED))
        fixed = _without_islands(first, [n <= tolerated for n in missing])
        kept = {text: row for text, row in alike.items() if all(row[k] for k in range(len(first)) if fixed[k])}
        if len(kept) == len(alike) or len(kept) < FEWEST_TEXTS:
            break
        alike = kept
    shape = _shape(first, fixed, [words[text] for text in alike])
    return shape, {along}


def _without_islands(pieces: list[str], fixed: list[bool]) -> list[bool]:
    """The same without fixed stretches, between two slots, that are less than a word: 十 in 十二 and 二十."""
    cleaned = list(fixed)
    start = 0
    while start < len(fixed):
        end = start
        while end < len(fixed) and fixed[end] == fixed[start]:
            end += 1
        inside = start > 0 and end < len(fixed)
        if fixed[start] and inside and n_words(joined(pieces[start:end])) == 0:
            cleaned[start:end] = [False] * (end - start)
        start = end
    return cleaned


def _shape(first: list[str], fixed: list[bool], members: list[list[str]]) -> Shape | None:
    """The shape of fixed words, with a slot wherever some member has something between two of them."""
    places = [k for k, is_fixed in enumerate(fixed) if is_fixed]
    if not places:
        return None
    loose = [_gaps([first[k] for k in places], pieces) for pieces in members]
    known = [gaps for gaps in loose if gaps is not None]
    if len(known) < FEWEST_TEXTS:
        return None
    open_gaps = [sum(gaps[k] for gaps in known) >= 2 for k in range(len(places) + 1)]
    runs: list[list[str]] = [[]]
    for k, place in enumerate(places):
        if k and open_gaps[k]:
            runs.append([])
        runs[-1].append(first[place])
    shape = Shape(tuple(map(tuple, runs)), starts_with_slot=open_gaps[0], ends_with_slot=open_gaps[-1])
    shape = _closed(shape, members)
    runs = [list(run) for run in shape.runs]
    is_one = (
        1 <= shape.n_slots <= MOST_SLOTS and n_words(joined([w for run in runs for w in run])) >= FEWEST_FIXED_WORDS
    )
    return shape if is_one else None


def _closed(shape: Shape, members: list[list[str]]) -> Shape:
    """The shape without slots that are all filled alike, or left empty: there, a copy or two was edited."""
    fillings = [filled for pieces in members if (filled := shape.fillings(pieces)) is not None]
    if not fillings or not shape.n_slots:
        return shape
    slots = [Counter(slot) for slot in zip(*fillings, strict=True)]
    words = [_single(slot) for slot in slots]
    pieces: list[str | None] = []
    runs: list[tuple[str, ...]] = list(shape.runs)
    for number, only in enumerate(words):
        before = number - shape.starts_with_slot
        if before >= 0:
            pieces += runs[before]
        pieces += [None] if only is None else tokens(only)
    if not shape.ends_with_slot:
        pieces += runs[-1]
    closed: list[list[str]] = [[]]
    for piece in pieces:
        if piece is not None:
            closed[-1].append(piece)
        elif closed[-1]:
            closed.append([])
    starts, ends = pieces[0] is None, pieces[-1] is None
    return Shape(tuple(tuple(run) for run in closed if run), starts_with_slot=starts, ends_with_slot=ends)


def _single(slot: Counter[str]) -> str | None:
    """What stands in a slot that is none: its one filling, or nothing; None if it is filled in differently."""
    different = [filling for filling in slot if filling]
    if len(different) > 1:
        return None
    return max(slot, key=lambda filling: (slot[filling], filling))


def _gaps(fixed: list[str], pieces: list[str]) -> list[bool] | None:
    """Whether a text has something before, between and behind the fixed words; None if they are not all there."""
    gaps, at = [], 0
    for word in fixed:
        try:
            place = pieces.index(word, at)
        except ValueError:
            return None
        gaps.append(place > at)
        at = place + 1
    return [*gaps, at < len(pieces)]


def _filled(shapes: list[Shape], texts: Sequence[str]) -> list[Template]:
    """Every text held against every shape, the most fixed words first."""
    taken: set[int] = set()
    found = []
    looks = 0
    for shape in sorted(shapes, key=lambda one: (-one.n_fixed, str(one))):
        looks += len(texts)
        if looks > MOST_LOOKS:
            break
        anchor = max((word for run in shape.runs for word in run), key=len)
        members, fillings = [], []
        for number, text in enumerate(texts):
            if anchor not in text or number in taken:
                continue
            filled = shape.fillings(tokens(text))
            if filled is not None:
                members.append(number)
                fillings.append(filled)
        template = Template(shape, tuple(members), tuple(fillings))
        if _is_template(template):
            taken.update(members)
            found.append(template)
    return sorted(found, key=lambda one: (-len(one.members), str(one.shape)))


def _is_template(template: Template) -> bool:
    """Whether enough texts have it, and at least one slot is filled in differently by more than one of them."""
    if len(template.members) < FEWEST_TEXTS:
        return False
    n_filled = sum(len(filling.split()) for filled in template.fillings for filling in filled)
    if template.shape.n_fixed < LEAST_FIXED * (template.shape.n_fixed + n_filled / len(template.members)):
        return False
    return any(
        len([filling for filling, _ in slot if filling]) >= 2 and slot[0][1] <= len(template.members) - 2
        for slot in template.by_slot()
    )
