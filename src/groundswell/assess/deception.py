"""Signs, in profiles, that identity or independence is misrepresented: copied bios, one picture under many names.

    profiles ──► signs            each a sentence about what was seen, for a person to look at

Only what an account says of itself counts here. Opinions, the number of posts, and posting by software are no
signs, whatever their amount (titles name behaviour). A copy counts only where

- the copies stand under names with no word in common, for one house may use its text and mark on every account;
- fewer accounts outside the group have it than members, for what everybody uses is a default or a slogan;
- the accounts do not say that they are fans, parodies or automated.

Accounts made within one day of each other are shown and decide nothing: events bring newcomers, who are no less
real. Copied faces in different files, and faces taken from elsewhere, can't be seen from here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from groundswell.assess.disclosure import declares_itself
from groundswell.assess.profiles import Profile
from groundswell.assess.wording import counted, part, percent
from groundswell.engine.engine import Engine
from groundswell.traces.normal_text import n_words, normal_text

FEWEST_WORDS = 5
"""A shorter bio is written twice by chance («proud mother of two»)."""

COHORT_P = 1e-4
"""Level for accounts made within a day of each other, against the busiest day of all others."""

FEWEST_OUTSIDE = 20
"""Fewest other creation times that can serve as a yardstick for one day."""

DAY_US = 86_400_000_000

PICTURE_OUTSIDE = """
select count(*) from accounts
where picture = $picture and account_id not in (select unnest($members::text[]))
"""

BIOS_OUTSIDE = """
select distinct account_id, bio from accounts
where bio is not null and length(bio) >= $shortest and account_id not in (select unnest($members::text[]))
"""

CREATED_OUTSIDE = """
select epoch_us(created_at) from accounts
where created_at is not null and account_id not in (select unnest($members::text[]))
order by created_at
"""

DEFAULT_PICTURE = re.compile(r"default_(?:profile|avatar)|/missing\.(?:png|jpg)", re.IGNORECASE)
"""Pictures that platforms give to accounts without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something in the members' profiles that needs a person's eye."""

    sentence: str
    account_ids: tuple[str, ...]
    decides: bool
    """Whether it can carry the verdict; a shared day of birth can't."""


def signs(engine: Engine, profiles: Sequence[Profile], size: int) -> tuple[Sign, ...]:
    """What in these members' profiles speaks of a misrepresented identity.

    Parameters
    ----------
    engine
        Holds the table ``accounts``, the outsiders being the yardstick.
    profiles
        The members' profiles.
    size
        All members, with or without a profile.
    """
    silent = [profile for profile in profiles if not declares_itself(profile)]
    found = (
        *_one_picture(engine, silent, size),
        *_one_bio(engine, silent, size),
        *_one_day(engine, profiles, size),
    )
    return tuple(found)


def _one_picture(engine: Engine, profiles: Sequence[Profile], size: int) -> list[Sign]:
    with_picture = [p for p in profiles if p.picture and not DEFAULT_PICTURE.search(p.picture)]
    members = [profile.account_id for profile in profiles]
    found: list[Sign] = []
    for copies in _copies(with_picture, lambda profile: profile.picture or ""):
        ((outsiders,),) = engine.rows(PICTURE_OUTSIDE, picture=copies[0].picture, members=members)
        if outsiders < len(copies):
            found.append(_sign(copies, "use", "one picture", outsiders, size))
    return found


def _one_bio(engine: Engine, profiles: Sequence[Profile], size: int) -> list[Sign]:
    written = [profile for profile in profiles if n_words(own_words(profile.bio or "")) >= FEWEST_WORDS]
    groups = _copies(written, lambda profile: own_words(profile.bio or ""))
    if not groups:
        return []
    members = [profile.account_id for profile in profiles]
    outside: dict[str, int] = defaultdict(int)
    for _, bio in engine.rows(BIOS_OUTSIDE, shortest=2 * FEWEST_WORDS, members=members):
        outside[own_words(bio)] += 1
    found: list[Sign] = []
    for copies in groups:
        outsiders = outside[own_words(copies[0].bio or "")]
        if outsiders < len(copies):
            words = n_words(own_words(copies[0].bio or ""))
            found.append(_sign(copies, "have", f"one bio text of {words} words", outsiders, size))
    return found


def own_words(bio: str) -> str:
    """A bio without links, handles, hashtags, signs and case: the words someone wrote.

    >>> own_words("Coffee first, then #OpenGate 🌊  https://example.org")
    'coffee first then'
    """
    folded = re.sub(r"#\w+", " ", normal_text(bio))
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in folded)
    return re.sub(r"\s+", " ", kept).strip()


def _copies(profiles: Sequence[Profile], what: Callable[[Profile], str]) -> list[list[Profile]]:
    """The profiles with the same `what` under names that have no word in common, most copies first."""
    same: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        if profile.label:
            same[what(profile)].append(profile)
    clusters = [copies for copies in same.values() if len(copies) >= 2 and under_strange_names(copies)]
    return sorted(clusters, key=lambda copies: (-len(copies), copies[0].account_id))


def under_strange_names(profiles: Sequence[Profile]) -> bool:
    """Whether no word stands in all the names."""
    named = [set(re.findall(r"[^\W\d_]{3,}", profile.label.casefold())) for profile in profiles]
    return not set.intersection(*named) and len({profile.label.casefold() for profile in profiles}) >= 2


def _sign(copies: Sequence[Profile], did: str, what: str, outsiders: int, size: int) -> Sign:
    names = len({profile.label.casefold() for profile in copies})
    elsewhere = (
        "no other account read has it"
        if not outsiders
        else f"outside the group, {counted(outsiders, 'account has', 'accounts have')} it too"
    )
    return Sign(
        sentence=f"{part(len(copies), size, 'profile', 'profiles')} {did} {what} under {names} names;"
        f" {elsewhere}. It needs a person’s eye: the files do not say why.",
        account_ids=tuple(profile.account_id for profile in copies),
        decides=True,
    )


def _one_day(engine: Engine, profiles: Sequence[Profile], size: int) -> list[Sign]:
    dated = sorted((p.created_us, p.account_id) for p in profiles if p.created_us is not None)
    if len(dated) < 3:
        return []
    born = np.array([time for time, _ in dated])
    others = np.array(
        [time for (time,) in engine.rows(CREATED_OUTSIDE, members=[p.account_id for p in profiles])], dtype=np.int64
    )
    if len(others) < FEWEST_OUTSIDE:
        return []
    start, together = busiest_day(born)
    _, busiest = busiest_day(others)
    rate = (busiest + 1) / (len(others) + 1)
    surprise = len(born) * float(scipy.stats.binom.sf(together - 1, len(born), rate))
    if together < 3 or 2 * together < len(born) or surprise >= COHORT_P:
        return []
    accounts = tuple(account for time, account in dated if start <= time <= start + DAY_US)
    return [
        Sign(
            sentence=f"{part(together, size, 'account', 'accounts')} were made within the same 24 hours; in the busiest"
            f" 24 hours of the others it was {part(busiest, len(others), 'account', 'accounts')}"
            f" ({percent(busiest / len(others))}). Events bring newcomers too, so this decides nothing.",
            account_ids=tuple(sorted(accounts)),
            decides=False,
        )
    ]


def busiest_day(times_us: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[int, int]:
    """Start and count of the 24 hours, ends included, that hold most of these sorted times."""
    ends = np.searchsorted(times_us, times_us + DAY_US, side="right")
    counts = ends - np.arange(len(times_us))
    at = int(np.argmax(counts))
    return int(times_us[at]), int(counts[at])
