"""One widely shared post: who passed it on, when, and how that compares with posts of like reach.

posts, accounts, groups ──► Anatomy      reposts over time · parts of its reposters · copies · what its author shares

Only what was collected is counted. Platforms hang every repost on the first post, so who saw it from whom is not
known, and none of it is reconstructed here (DeVerna et al. 2024, arXiv:2410.21554: the choice of tree decides who
looks influential). That real people pass on what a made-up persona wrote says nothing about them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from groundswell.engine.engine import Engine
from groundswell.errors import WrongUse
from groundswell.model.group import Group
from groundswell.personas.post_author import Author, author_of
from groundswell.personas.post_copies import Copies, Tag, picture_copies, tags_of, text_copies
from groundswell.personas.post_reposters import Concentration, Part, concentration, parts_of
from groundswell.personas.post_spread import Milestone, iso, milestones, moments_of, of_like_reach

POST = """
select platform, account_id, time, text, hashtags
from posts where post_id = $post_id and not is_repost
order by platform, account_id limit 1
"""


@dataclass(frozen=True, kw_only=True)
class Anatomy:
    """Everything the data tell of one post."""

    post_id: str
    platform: str | None
    time: str | None
    text: str | None
    author: Author | None
    n_reposts: int
    """Accounts that reposted it, in what was collected."""
    n_comparators: int
    """Other posts of like reach."""
    milestones: tuple[Milestone, ...]
    parts: tuple[Part, ...]
    concentration: Concentration | None
    text_copies: Copies | None
    picture_copies: Copies | None
    tags: tuple[Tag, ...]
    collected: tuple[str, str]
    """First and last time in the data."""

    def as_json(self) -> dict[str, Any]:
        """What ``post --json`` prints, but for the sentences."""
        told = asdict(self)
        told["parts"] = [{**asdict(part), "share": part.share} for part in self.parts]
        return told


def anatomy(
    engine: Engine,
    post_id: str,
    groups: Sequence[Group] | None,
    *,
    gone: Collection[str] | None = None,
    looked_at: Collection[str] | None = None,
) -> Anatomy:
    """Take one post apart.

    Parameters
    ----------
    engine
        Holds the tables ``posts`` and ``accounts``.
    groups
        The groups of a run; None where there was no run, and then the part of groups is not known.
    gone
        Accounts that are no longer there, by id; None where nobody looked.
    looked_at
        Accounts that somebody looked for, by id; None where `gone` is what is left of looking for all.

    Raises
    ------
    WrongUse
        Neither the post nor a repost of it is in the data.
    """
    moments = moments_of(engine, post_id)
    told = engine.rows(POST, post_id=post_id)
    if not told and not moments:
        raise WrongUse(
            f"There is no post {post_id!r} in this study, and no repost of it.\n"
            "  Name it by its id as it stands in the data; the report's tables list them."
        )
    platform, account_id, time, text, hashtags = told[0] if told else (None, None, None, None, None)
    others = of_like_reach(engine, post_id, len(moments))
    if account_id is None:
        found = engine.rows("select min(author) from post_spread where root = $post_id", post_id=post_id)
        account_id = found[0][0]
    ((first, last),) = engine.rows("select min(time), max(time) from posts")
    return Anatomy(
        post_id=post_id,
        platform=platform,
        time=iso(time),
        text=text,
        author=author_of(engine, account_id, time, gone=_is_gone(account_id, gone, looked_at)) if account_id else None,
        n_reposts=len(moments),
        n_comparators=len(others),
        milestones=milestones(engine, post_id, others, moments),
        parts=parts_of(engine, post_id, others, groups, gone, looked_at),
        concentration=concentration(engine, account_id),
        text_copies=text_copies(engine, text),
        picture_copies=picture_copies(engine, post_id) if told else None,
        tags=tags_of(engine, hashtags),
        collected=(iso(first) or "", iso(last) or ""),
    )


def _is_gone(account_id: str, gone: Collection[str] | None, looked_at: Collection[str] | None) -> bool | None:
    if gone is None or (looked_at is not None and account_id not in looked_at):
        return None
    return account_id in gone


def counts_of(told: Anatomy) -> Mapping[str, Part]:
    """The parts by what they are parts of."""
    return {part.of: part for part in told.parts}
