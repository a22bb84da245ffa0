"""Names and profiles that say themselves that they are not the one they are named after: fans, parodies, archives."""

from __future__ import annotations

import re

from groundswell.personas.loose_form import LABELS, loose

_TOKEN = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LABELS = frozenset(LABELS)
_LOOSE_LABELS = {loose(word): word for word in LABELS}
_IN_BIO = re.compile(
    r"\b(?:parody|parodie|parodia|satir\w+|fan (?:account|page|club)|fanpage|unofficial|not (?:the real|affiliated)"
    r"|no relation|tribute|commentary account|inoffiziell|compte parodique|cuenta parodia)\b|пароди|粉丝|パロディ",
    re.IGNORECASE,
)


def label_in(candidate: str, protected: str, bio: str | None = None) -> str | None:
    """The word by which a candidate sets itself apart from the protected name, as written; None if it does not.

    >>> label_in("Bill Palmer Fans", "Bill Palmer"), label_in("Stefan Palmer", "Bill Palmer")
    ('Fans', None)
    >>> label_in("notbillpalmer", "Bill Palmer")
    'not'
    """
    own = {word.casefold() for word in _words(protected)}
    for word in _words(candidate):
        if word.casefold() in _LABELS and word.casefold() not in own:
            return word
    form, name = loose(candidate), loose(protected)
    if name and name in form and form != name:
        before, _, behind = form.partition(name)
        for rest in (before, behind, before + behind):
            if rest in _LOOSE_LABELS:
                return _LOOSE_LABELS[rest]
    found = _IN_BIO.search(bio) if bio else None
    return found[0] if found else None


def _words(text: str) -> list[str]:
    return _TOKEN.findall(_HUMP.sub(" ", text))
