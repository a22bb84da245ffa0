"""Watchlists, open to their readers: why each account is on one, on whose word, since when and until when.

    CSV · a finding · published indicators ──add──► people.sqlite ──► Watchlist at a time

A member expires after 90 days unless somebody earns it again with fresh evidence. Nothing is taken out: withdrawn and
contested are rows too. Tiers, such as seeds and accounts found through them, are never pooled.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from groundswell.errors import UnreadableFile, WrongUse
from groundswell.store.people import people
from groundswell.store.study import Study

EXPIRES_DAYS = 90
LONGEST = 500
STATUSES = ("member", "contested", "withdrawn")

LISTS = """
create table if not exists lists (
    name text primary key, rule text not null, who text not null, at text not null
)
"""
MEMBERS = """
create table if not exists members (
    id integer primary key, list text not null references lists (name), tier text not null, account_id text not null,
    reason text not null, source text not null, added text not null, since text not null, expires text not null,
    who text not null, status text not null
)
"""
AUDITS = """
create table if not exists audits (
    id integer primary key, list text not null references lists (name), rater text not null, account_id text not null,
    answer text not null, at text not null
)
"""
COLUMNS = ("account_id", "reason", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One row of a list."""

    account_id: str
    reason: str
    source: str
    tier: str = "seed"
    added: str
    """When it was written down: UTC date, ISO 8601."""
    since: str
    """From when the evidence reaches: who lists the accounts of an old campaign today can still watch its days."""
    expires: str
    who: str
    status: str = "member"

    def as_json(self) -> dict[str, Any]:
        """The row, by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """A list as its readers see it."""

    name: str
    rule: str
    """The rule of inclusion, in words: what an account did to be on it, never what it is."""
    who: str
    made: str
    members: tuple[Member, ...]
    """The last row of each account in each tier, withdrawn and expired ones too."""

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers that have members."""
        return tuple(sorted({member.tier for member in self.members}))

    def active(self, at: datetime, tier: str | None = None) -> tuple[Member, ...]:
        """Who is on the list at a time: the evidence reaches so far back, not expired, not withdrawn; of one tier.

        Raises
        ------
        WrongUse
            The list has several tiers and none was named: they are never pooled.
        """
        tiers = self.tiers
        if tier is None and len(tiers) > 1:
            raise WrongUse(
                f"The list {self.name!r} has {len(tiers)} tiers, which are never pooled: {', '.join(tiers)}.\n"
                f"  Name one: `--list {self.name}:{tiers[0]}`."
            )
        if tier is not None and tier not in tiers:
            raise WrongUse(f"The list {self.name!r} has no tier {tier!r}.\n  There are: {', '.join(tiers) or 'none'}.")
        day = at.date().isoformat()
        return tuple(
            one
            for one in self.members
            if one.status != "withdrawn" and one.since[:10] <= day < one.expires[:10] and tier in (None, one.tier)
        )

    def as_json(self) -> dict[str, Any]:
        """Everything, for `list show --json`."""
        return {**asdict(self), "tiers": list(self.tiers)}


def make_list(study: Study, name: str, *, rule: str, who: str, at: datetime | None = None) -> None:
    """Start a list; the rule of inclusion comes first, before any account."""
    if not name.strip() or ":" in name or len(name) > LONGEST:
        raise WrongUse(f"{name!r} is no name for a list.\n  Use a short one without a colon.")
    if not rule.strip():
        raise WrongUse("A list needs its rule of inclusion.\n  Say what an account must have done to be on it: --rule.")
    with people(study, LISTS, MEMBERS, AUDITS) as rows:
        if rows.execute("select 1 from lists where name = ?", (name,)).fetchone():
            raise WrongUse(f"There is a list {name!r} already.\n  Add to it, or choose another name.")
        rows.execute("insert into lists values (?, ?, ?, ?)", (name, rule.strip(), who, _now(at)))


def add_members(study: Study, name: str, members: Iterable[Member]) -> int:
    """Add rows to a list; a row for an account that is on it already earns it again, or changes its status."""
    listed = list(members)
    for one in listed:
        if not one.account_id or not one.reason.strip() or not one.source.strip():
            raise WrongUse(
                f"A member needs an account, a reason and a source, but {one.account_id!r} lacks one.\n"
                "  A list that can't say why somebody is on it can't be defended."
            )
        if one.status not in STATUSES:
            raise WrongUse(f"{one.status!r} is no status.\n  There are: {', '.join(STATUSES)}.")
    with people(study, LISTS, MEMBERS, AUDITS) as rows:
        _require(rows.execute("select 1 from lists where name = ?", (name,)).fetchone(), name)
        rows.executemany(
            "insert into members (list, tier, account_id, reason, source, added, since, expires, who, status)"
            " values (:list, :tier, :account_id, :reason, :source, :added, :since, :expires, :who, :status)",
            [{"list": name, **one.as_json()} for one in listed],
        )
    return len(listed)


def read_list(study: Study, name: str) -> Watchlist:
    """A list with the last row of each account in each tier."""
    with people(study, LISTS, MEMBERS, AUDITS) as rows:
        head = rows.execute("select * from lists where name = ?", (name,)).fetchone()
        _require(head, name)
        found = rows.execute(
            "select tier, account_id, reason, source, added, since, expires, who, status from members"
            " where id in (select max(id) from members where list = ? group by tier, account_id)"
            " order by tier, account_id",
            (name,),
        )
        members = tuple(Member(**dict(row)) for row in found)
    return Watchlist(name=name, rule=head["rule"], who=head["who"], made=head["at"], members=members)


def list_names(study: Study) -> tuple[str, ...]:
    """The lists of a study."""
    if not (study.folder / "people.sqlite").is_file():
        return ()
    with people(study, LISTS, MEMBERS, AUDITS) as rows:
        return tuple(row["name"] for row in rows.execute("select name from lists order by name"))


def member(
    account_id: str,
    *,
    reason: str,
    source: str,
    who: str,
    tier: str = "seed",
    status: str = "member",
    added: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    days: int = EXPIRES_DAYS,
) -> Member:
    """A row written down now.

    Parameters
    ----------
    since, until
        The first and the last moment of the evidence; both are now where nothing else is said. The row expires
        `days` after the last.
    """
    now = (added or datetime.now(UTC)).astimezone(UTC)
    return Member(
        account_id=account_id,
        reason=reason.strip(),
        source=source.strip(),
        tier=tier,
        added=now.date().isoformat(),
        since=(since or now).date().isoformat(),
        expires=((until or now) + timedelta(days=days)).date().isoformat(),
        who=who,
        status=status,
    )


def members_of_csv(path: Path, *, who: str, added: datetime | None = None) -> tuple[Member, ...]:
    """Rows of a CSV with ``account_id, reason, source`` and, where known, ``tier, since, until``.

    Raises
    ------
    UnreadableFile
        It lacks a column, or a row lacks one of the three.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            table = csv.DictReader(lines)
            rows = list(table)
            found: Sequence[str] = table.fieldnames or ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(path, "this is no CSV in UTF-8.", str(error), "Save the list as CSV in UTF-8.") from None
    if missing := [name for name in COLUMNS if name not in found]:
        raise UnreadableFile(
            path,
            f"the list has no column {', '.join(missing)}.",
            f"It has: {', '.join(found)}.",
            "A list says of each account why it is on it and on whose word.",
        )
    listed = []
    for number, row in enumerate(rows, 1):
        if not all((row.get(name) or "").strip() for name in COLUMNS):
            raise UnreadableFile(
                path, f"row {number} lacks an account, a reason or a source.", str(dict(row))[:200], "Fill it in."
            )
        listed.append(
            member(
                row["account_id"].strip(),
                reason=row["reason"],
                source=row["source"],
                who=who,
                tier=(row.get("tier") or "seed").strip(),
                added=added,
                since=_day(path, number, "since", row.get("since")),
                until=_day(path, number, "until", row.get("until")),
            )
        )
    return tuple(listed)


def _day(path: Path, number: int, column: str, written: str | None) -> datetime | None:
    if not (written or "").strip():
        return None
    try:
        return datetime.fromisoformat(str(written).strip()).replace(tzinfo=UTC)
    except ValueError:
        raise UnreadableFile(
            path, f"row {number} has no date in `{column}`.", repr(written), "Write it as 2026-05-09."
        ) from None


def _require(found: object, name: str) -> None:
    if not found:
        raise WrongUse(f"There is no list {name!r}.\n  Start one: `groundswell list new STUDY {name} --rule …`.")


def _now(at: datetime | None) -> str:
    return (at or datetime.now(UTC)).isoformat(timespec="seconds")
