"""What the members say of themselves, as far as the files hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from groundswell.engine.engine import Engine

MEMBERS = """
select account_id, handle, name, bio, url, picture, epoch_us(created_at) as created_us
from accounts
where account_id in (select unnest($members::text[]))
qualify row_number() over (partition by account_id order by platform) = 1
order by account_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One member's profile. None is «the file does not tell», empty is «left empty by the account»."""

    account_id: str
    handle: str | None = None
    name: str | None = None
    bio: str | None = None
    url: str | None = None
    picture: str | None = None
    created_us: int | None = None
    """Microseconds since 1970, UTC."""

    @property
    def label(self) -> str:
        """What readers know the account by: its name, or else its handle."""
        return (self.name or "").strip() or (self.handle or "").strip()

    @property
    def can_be_read(self) -> bool:
        """Whether the account says anything of itself: a name, a bio or a site. A handle alone says nothing."""
        return any((text or "").strip() for text in (self.name, self.bio, self.url))

    @property
    def can_be_judged(self) -> bool:
        """Whether there is a bio or a picture to compare: names alone are repeated by chance."""
        return bool((self.bio or "").strip() or (self.picture or "").strip())


def profiles_of(engine: Engine, account_ids: Sequence[str]) -> tuple[Profile, ...]:
    """The profiles of these accounts, sorted by account; fewer than asked for where files hold none."""
    names = ("account_id", "handle", "name", "bio", "url", "picture", "created_us")
    found = engine.rows(MEMBERS, members=list(account_ids))
    return tuple(Profile(**dict(zip(names, row, strict=True))) for row in found)
