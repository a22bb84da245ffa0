"""Addresses that can be taken for a protected site's: the same name under another ending, or a name like it.

    "spiegel.ltd", "tonline.today", "spiegel.de.example"  ──►  which protected domain, and by what trick

A domain is read from the right: its endings (the last label, and one before it such as «co» or «gov» or two letters)
say who registers, what stands before them is the name. Names are compared as account names are (`lookalikes`), with
hyphens as signs. No list of public suffixes is consulted, so a name that is itself as short as an ending («bbc.co»)
is taken for what stands last before it; nothing is looked up and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from groundswell.model.progress import Progress, silent
from groundswell.personas.confusables import folded_skeleton
from groundswell.personas.differing import differing, in_words, likeness
from groundswell.personas.loose_form import loose, reading, without
from groundswell.personas.near_keys import distance

SECOND_LEVEL = frozenset(
    {
        *("co", "com", "org", "net", "gov", "gouv", "gob", "edu", "ac", "or", "ne", "go", "gv", "govt", "info", "biz"),
        *("mil", "nom", "web", "eu", "us", "uk", "de", "fr", "it", "in", "br", "at", "za", "kiev"),
    }
)
"""Labels that are part of the ending when another stands before them."""

SHORTEST_FOR_AN_EDIT = 4
"""Letters: a protected name is somebody's choice, so that one edit tells more than between any two people's names."""

SHORTEST_FOR_A_SWAP = 3
"""In a name of three letters, one that sounds the same for another: rbc and rbk."""

_SOUNDS = str.maketrans({"k": "c", "q": "c", "z": "s", "y": "i", "v": "w", "f": "p"})
_HOST = re.compile(r"^[^\s/?#]+$")
_HYPHENS = re.compile("[-_]")


class Trick(StrEnum):
    """How an address comes to look like another."""

    OTHER_ENDING = "the same name under another ending"
    LOOKS = "looks the same"
    HYPHEN = "hyphens put in or left out"
    READS = "reads the same"
    DRESSED = "words put around it"
    EMBEDDED = "the whole address inside another"
    NEAR = "a letter away"


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainPair:
    """An address that resembles a protected one."""

    candidate: str
    protected: str
    trick: Trick
    score: float
    """How alike the names look, the endings aside; 1 is indistinguishable."""

    def as_json(self) -> dict[str, Any]:
        """The pair with the differing characters."""
        differences = differing(self.candidate, self.protected)
        return {
            "candidate": self.candidate,
            "protected": self.protected,
            "score": self.score,
            "why": [str(self.trick), *in_words(differences)],
            "differing": [one.as_json() for one in differences],
        }


def host_of(address: str) -> str | None:
    """The host of a URL or a bare domain: in small letters, out of Punycode, without ``www.``; None if it is none.

    >>> host_of("https://www.Spiegel.ltd/a?b"), host_of("xn--e1awd7f.example"), host_of("not a host")
    ('spiegel.ltd', 'еріс.example', None)
    """
    text = address.strip()
    if "//" in text:
        try:
            text = urlsplit(text).hostname or ""
        except ValueError:
            return None
    text = text.split("/")[0].split("@")[-1].split(":")[0].rstrip(".").lower().removeprefix("www.")
    if "." not in text or not _HOST.match(text):
        return None
    return ".".join(_decoded(label) for label in text.split("."))


@lru_cache(maxsize=1 << 16)
def name_of(host: str) -> str:
    """What stands before the endings.

    >>> name_of("theguardian.co.com"), name_of("diplomatie.gouv.fr"), name_of("bbc.co.uk")
    ('theguardian', 'diplomatie', 'bbc')
    """
    labels = host.split(".")[:-1]
    while len(labels) > 1 and labels[-1] in SECOND_LEVEL:
        labels.pop()
    return ".".join(labels)


def lookalike_domains(
    candidates: Iterable[str], protected: Iterable[str], *, progress: Progress = silent
) -> tuple[DomainPair, ...]:
    """Find the addresses that can be taken for a protected one.

    Parameters
    ----------
    candidates
        URLs or domains; what is none is passed over.
    protected
        Domains to be protected. One of them is never a lookalike of another.

    Returns
    -------
    tuple
        For each candidate the closest protected domain, sorted by candidate.

    Notes
    -----
    Time grows with the candidates times the protected: some 3 µs of CPU a pair.
    """
    guarded = sorted({host for one in protected if (host := host_of(one))})
    own = set(guarded)
    found = []
    hosts = sorted({host for one in candidates if (host := host_of(one))} - own)
    for at, candidate in enumerate(hosts):
        if at % 1000 == 0:
            progress("Comparing addresses", at, len(hosts))
        if any(candidate.endswith(f".{host}") for host in guarded):
            continue
        pairs = [pair for host in guarded if (pair := _pair(candidate, host))]
        if pairs:
            found.append(min(pairs, key=lambda pair: (list(Trick).index(pair.trick), -pair.score, pair.protected)))
    progress("Comparing addresses", len(hosts), len(hosts))
    return tuple(found)


def _pair(candidate: str, host: str) -> DomainPair | None:
    name, wanted = name_of(candidate), name_of(host)
    trick = _trick(candidate, host, name, wanted)
    if trick is None and "." in name:
        # A subdomain may say anything; what was registered is the last label of the name.
        name = name.rsplit(".", 1)[-1]
        trick = _trick(candidate, host, name, wanted)
    if trick is None:
        return None
    return DomainPair(candidate=candidate, protected=host, trick=trick, score=likeness(name, wanted))


class _Name(NamedTuple):
    """A name before its endings, in every form in which names are compared."""

    name: str
    skeleton: str
    joined: str
    """Without hyphens."""
    loose: str
    letters: frozenset[str]
    reading: str
    sounds: str


@lru_cache(maxsize=1 << 16)
def _forms(name: str) -> _Name:
    form = loose(name)
    return _Name(
        name=name,
        skeleton=folded_skeleton(name),
        joined=_HYPHENS.sub("", name),
        loose=form,
        letters=frozenset(form),
        reading=reading(name),
        sounds=form.translate(_SOUNDS),
    )


def _trick(candidate: str, host: str, name: str, wanted: str) -> Trick | None:
    if name == wanted:
        return Trick.OTHER_ENDING
    here, there = _forms(name), _forms(wanted)
    if here.skeleton == there.skeleton:
        return Trick.LOOKS
    if here.joined == there.joined:
        return Trick.HYPHEN
    form, other = here.loose, there.loose
    if form == other:
        return Trick.READS
    if len(other) >= SHORTEST_FOR_AN_EDIT and other in form and _is_dressed(form, other, host[len(wanted) + 1 :]):
        return Trick.DRESSED
    if host in candidate and f".{host}." in f".{candidate}.":
        return Trick.EMBEDDED
    if host[:1] == here.reading[:1] and _HYPHENS.sub("", host.replace(".", "")) == here.reading:
        return Trick.EMBEDDED
    most = 1 if len(other) <= 10 else 2
    near = len(other) >= SHORTEST_FOR_AN_EDIT and abs(len(form) - len(other)) <= most
    # An edit adds or takes away two letters of the alphabet at the most.
    if near and len(here.letters ^ there.letters) <= 2 * most and distance(form, other, most) is not None:
        return Trick.NEAR
    if len(other) >= SHORTEST_FOR_A_SWAP and here.sounds == there.sounds:
        return Trick.NEAR
    return None


def _is_dressed(form: str, other: str, ending: str) -> bool:
    """Whether a form is the name with words around it, or with the ending of its address written out behind it."""
    said = loose(ending.replace(".", ""))
    forms = {form, *((form[: -len(said)],) if said and form.endswith(said) else ())}
    return any(each == other or without(each, other) for each in forms)


def _decoded(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label
