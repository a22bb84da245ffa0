"""Names and profiles that say themselves that they are not the one they are named after: fans, parodies, archives."""

from __future__ import annotations

import re

from groundswell.personas.loose_form import LABELS, loose

_TOKEN = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LABELS = frozenset(LABELS)
_LOOSE_LABELS = {loose(word): word for word in LABELS}
_WEAK = frozenset({"not", "notthe", "fake", "stan", "humor", "humour", "joke", "jokes", "memes", "archive", "quotes"})
"""Words that say so beside the name and anything at all elsewhere: «not today»."""
_IN_BIO = re.compile(
    r"\b(?:parody|parodie|parodia|satir\w+|fan (?:account|page|club)|fanpage|unofficial|not (?:the real|affiliated)"
    r"|no relation|tribute|commentary account|inoffiziell|compte parodique|cuenta parodia)\b|пароди|粉丝|パロディ",
    re.IGNORECASE,
)


def label_in(candidate: str, protected: str, bio: str | None = None) -> str | None:
    """The word by which a candidate sets itself apart from the protected name, as written; None if it does not.

    >>> label_in("Bell Elm Fans", "Bell Elm"), label_in("Elefant Elm", "Bell Elm")
    ('Fans', None)
    >>> label_in("notbellelm", "Bell Elm")
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


def label_beside(string: str | None, protected: str) -> str | None:
    """The word by which a candidate's other string, its display name beside its handle, sets it apart.

    Stricter than `label_in`: that string need not hold the name, so a word in it may be about something else.

    >>> label_beside("Parody of a writer", "bell_elm"), label_beside("Not today", "bell_elm")
    ('Parody', None)
    """
    if not string:
        return None
    own = {word.casefold() for word in _words(protected)}
    for word in _words(string):
        if word.casefold() in _LABELS - _WEAK - own:
            return word
    found = _IN_BIO.search(string)
    return found[0] if found else label_in(string, protected) if loose(protected) in loose(string) else None


def _words(text: str) -> list[str]:
    return _TOKEN.findall(_HUMP.sub(" ", text))
