"""What is known of the accounts that passed a post on: in reported groups, young, gone, and on how few it rests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from groundswell.engine.engine import Engine
from groundswell.model.group import Group, Outcome
from groundswell.personas.post_spread import Range, range_of

YOUNG_DAYS = 30

# A time of birth after the repost is an error of the file; that account's age is not known.
PARTS = """
select s.root, count(*),
       count(*) filter (s.account_id in (select unnest($grouped::text[]))),
       count(*) filter (a.created_at <= s.time),
       count(*) filter (a.created_at <= s.time and s.time - a.created_at < to_days($young_days)),
       count(*) filter (s.account_id in (select unnest($gone::text[]))),
       count(*) filter ($all_looked_at or s.account_id in (select unnest($looked_at::text[])))
from post_spread as s left join (
    select account_id, min(created_at) as created_at from accounts group by account_id
) as a using (account_id)
where s.root in (select unnest($roots::text[]))
group by s.root order by s.root
"""

AMPLIFIERS = """
select account_id, count(*) from post_spread where author = $author group by account_id order by 2 desc, 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How many of the reposting accounts are something, of those for whom it is known."""

    of: str
    count: int | None
    """None where it is not known of a single one."""
    whole: int
    others: Range | None
    """Of the shares among posts of like reach; None where fewer than five are known."""

    @property
    def share(self) -> float | None:
        """The part, 0 to 1."""
        return self.count / self.whole if self.count is not None and self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """On how few accounts the reposts of this author rest, over all of the author's posts."""

    reposts: int
    accounts: int
    through_top_10: int
    effective_accounts: float
    """1 / Σ share²: as many accounts with equal parts would give the same concentration."""


def parts_of(
    engine: Engine,
    post_id: str,
    others: Sequence[str],
    groups: Sequence[Group] | None,
    gone: Collection[str] | None,
    looked_at: Collection[str] | None = None,
) -> tuple[Part, ...]:
    """How many of the reposting accounts are in reported groups, young, or no longer there; see `anatomy`."""
    reported = [group for group in groups or () if group.outcome is Outcome.REPORTED]
    grouped = sorted({account for group in reported for account in group.account_ids})
    counted = {
        root: rest
        for root, *rest in engine.rows(
            PARTS,
            grouped=grouped,
            gone=sorted(gone if looked_at is None else set(gone or ()) & set(looked_at)) if gone else [],
            all_looked_at=looked_at is None,
            looked_at=sorted(looked_at or ()),
            young_days=YOUNG_DAYS,
            roots=[post_id, *others],
        )
    }

    def part(of: str, at: int, whole_at: int, *, known: bool) -> Part:
        own = counted.get(post_id, [0] * 6)
        shares = [counted[root][at] / counted[root][whole_at] for root in others if counted[root][whole_at]]
        whole = own[whole_at] if known else 0
        return Part(of=of, count=own[at] if whole else None, whole=whole, others=range_of(shares) if known else None)

    parts = [part("accounts in reported groups", 1, 0, known=groups is not None)]
    for group in reported:
        members = _members(engine, post_id, group)
        parts.append(Part(of=f"accounts in group {group.group_id}", count=members, whole=parts[0].whole, others=None))
    parts.append(part(f"accounts less than {YOUNG_DAYS} days old", 3, 2, known=True))
    parts.append(part("accounts no longer there", 4, 5, known=gone is not None))
    return tuple(parts)


def _members(engine: Engine, post_id: str, group: Group) -> int:
    ((n,),) = engine.rows(
        "select count(*) from post_spread where root = $post_id and account_id in (select unnest($members::text[]))",
        post_id=post_id,
        members=list(group.account_ids),
    )
    return int(n)


def concentration(engine: Engine, account_id: str | None) -> Concentration | None:
    """On how few accounts the reposts of all of an author's posts rest; None where there are none."""
    counts = [n for _, n in engine.rows(AMPLIFIERS, author=account_id)] if account_id else []
    if not counts:
        return None
    total = sum(counts)
    return Concentration(
        reposts=total,
        accounts=len(counts),
        through_top_10=sum(counts[:10]),
        effective_accounts=round(total**2 / sum(n**2 for n in counts), 1),
    )
