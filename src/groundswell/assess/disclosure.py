"""Do the members say openly that they belong together?

    profiles ──► Disclosure       what they name, by how many of how many, and how many others name it too

Desks of one house name it: the same site, a shared run of words in their names, or an organisation in their bios.
What many other accounts name as well is a topic and discloses nothing. Bios in scripts without capital letters are
only read for sites and handles, so an open house may be missed there; `deception` never rests on its absence alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from groundswell.assess.profiles import Profile
from groundswell.assess.wording import quoted
from groundswell.engine.engine import Engine

# A name in a bio counts as an organisation's only with a word that says so: «New York» alone is where someone lives.
_HOUSE = re.compile(
    r"news|agenc|press|media|radio|\btv\b|times|herald|gazette|tribune|journal|daily|desk|official|team|union|party|"
    r"campaign|association|foundation|institut|universit|council|ministry|department|office|company|compan|\binc\b|"
    r"\bltd\b|gmbh|\bngo\b|club|federation|committee|cent(?:er|re)|service|bureau|alliance|coalition|museum|school|"
    r"hospital|studio|orchestra|nachrichten|zeitung|redaktion|verband|verein|partei|gewerkschaft|noticias|prensa|"
    r"agencia|agenzia|giornale|rédaction|syndicat|parti\b|associa",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"\b(?:fans?|fan ?(?:page|club|account|base)|stans?|parody|satire|supporters?|volunteers?|unofficial|automated"
    r"|bots?)\b",
    re.IGNORECASE,
)
# Sites that host anyone's page name nobody.
_ANYONES = """
t.co bit.ly linktr.ee youtube.com youtu.be facebook.com fb.me instagram.com twitter.com x.com tiktok.com t.me
telegram.me linkedin.com patreon.com ko-fi.com medium.com substack.com wordpress.com blogspot.com tumblr.com
github.com google.com discord.gg vk.com carrd.co bsky.app beacons.ai
"""
_OPEN_TO_ANYONE = frozenset(_ANYONES.split())
_HOST = re.compile(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?=[/\s?#]|$)", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?:[A-ZÀ-Þ][\w’'-]+)(?:\s+(?:of|for|the|and|de|du|der|für|&)?\s*[A-ZÀ-Þ][\w’'-]+)+")
_HANDLE = re.compile(r"@([\w.]{4,})")
_WORD = re.compile(r"\w{2,}")

MOST_OUTSIDE = 0.05
"""Named by more than one in twenty of the other profiles, it is a topic, not a house."""

SHORTEST = 5
"""Letters; a shorter name lies inside other words by chance."""

MOST_TRIED = 8
"""Marks looked for in the other profiles."""

OUTSIDE = """
with profile as (
    select regexp_replace(lower(concat_ws(' ', name, handle, bio, url)), '[^\\p{L}\\p{N}]', '', 'g') as written
    from accounts
    where account_id not in (select unnest($members::text[])) and trim(concat(name, bio, url)) <> ''
)
select count(*), count(*) filter (where contains(written, $mark)) from profile
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What the members name in common, and who else does."""

    name: str
    """As one of the profiles writes it."""
    members: int
    """Members who name it."""
    read: int
    """Members with a profile to read."""
    size: int
    """All members."""
    outsiders: int
    outside_profiles: int

    @property
    def shown(self) -> str:
        """How a sentence calls it: by name only where all name it and it says that it is an organisation's.

        Two accounts may share a person's name, and a private person's name is never printed.
        """
        of_a_house = _HOUSE.search(self.name) or _HOST.fullmatch(self.name)
        return quoted(self.name) if self.complete and of_a_house else "one and the same name"

    @property
    def complete(self) -> bool:
        """Whether every profile that was read names it, and those are at least half of the members."""
        return self.members == self.read and 2 * self.read >= self.size


def disclosed(engine: Engine, profiles: Sequence[Profile], size: int) -> Disclosure | None:
    """The organisation that most members name in bio, name, handle or site and few others do; None if there is none.

    A mark counts from two members on; the one named by most members wins, then the longest.
    """
    written: dict[str, str] = {}
    for profile in profiles:
        for mark in (*_marks(profile), *_name_runs(profile)):
            written.setdefault(collapsed(mark), mark)
    folded = [collapsed(_all_of(profile)) for profile in profiles if profile.can_be_read]
    support = {mark: sum(mark in text for text in folded) for mark in written if len(mark) >= SHORTEST}
    members = [profile.account_id for profile in profiles]
    for mark in sorted(support, key=lambda mark: (-support[mark], -len(mark), mark))[:MOST_TRIED]:
        if support[mark] < 2:
            break
        ((others, outsiders),) = engine.rows(OUTSIDE, mark=mark, members=members)
        if outsiders <= MOST_OUTSIDE * others:
            return Disclosure(
                name=written[mark],
                members=support[mark],
                read=len(folded),
                size=size,
                outsiders=outsiders,
                outside_profiles=others,
            )
    return None


def declares_itself(profile: Profile) -> bool:
    """Whether the account says that it is a fan's, a supporter's, a parody or automated: it misleads nobody."""
    return bool(_DECLARED.search(f"{profile.name or ''} {profile.bio or ''}"))


def collapsed(text: str) -> str:
    """Letters and digits only, case folded: how a name looks inside a handle or a site.

    >>> collapsed("Harbour News"), collapsed("@harbour_news")
    ('harbournews', 'harbournews')
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


def _all_of(profile: Profile) -> str:
    return " ".join(filter(None, (profile.name, profile.handle, profile.bio, profile.url)))


def _marks(profile: Profile) -> Iterator[str]:
    """Sites, and names in the bio that say they are an organisation's."""
    bio = profile.bio or ""
    for host in _HOST.findall(f"{profile.url or ''} {bio}"):
        if host.casefold() not in _OPEN_TO_ANYONE:
            yield host
    for name in (*_HANDLE.findall(bio), *(name for run in _CAPITALISED.findall(bio) for name in _parts(run))):
        if _HOUSE.search(name):
            yield name


def _parts(run: str) -> Iterator[str]:
    """Each two or more words in a row: «Sports Desk of Harbour News» holds «Harbour News»."""
    words = run.split()
    for first, word in enumerate(words):
        for last in range(first + 1, len(words)):
            if word[0].isupper() and words[last][0].isupper():
                yield " ".join(words[first : last + 1])


def _name_runs(profile: Profile) -> Iterator[str]:
    """Each two words in a row of the display name, and each word that has an organisation's name inside it."""
    found = _WORD.findall(profile.name or "")
    for one, two in pairwise(found):
        yield f"{one} {two}"
    for word in found:
        if _HOUSE.search(word) and not _HOUSE.fullmatch(word):
            yield word
