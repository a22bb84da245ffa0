"""Follow lists into a study: whom accounts follow, where somebody listed it."""

from __future__ import annotations

from pathlib import Path

from groundswell.engine.duck import Duck
from groundswell.errors import NothingToDo, WrongUse
from groundswell.model.follow import FOLLOWS
from groundswell.model.table import TableContract, text_column
from groundswell.pipeline.reading import check_file
from groundswell.read.follow_list import read_follow_list
from groundswell.read.survey import LIMITS, Limits
from groundswell.store.follows import FollowList, keep_follows
from groundswell.store.pseudonymise import MARK
from groundswell.store.study import Study

LISTED = TableContract("follows_listed", FOLLOWS.columns, FOLLOWS.order)

# An id is an id even where somebody has it for a handle. A handle that two accounts had names neither.
BY_ID = """
with ids as (
    select account_id from posts
    union select repost_of_account from posts where repost_of_account is not null
), handles as (
    select lower(handle) as handle, min(account_id) as account_id from accounts where handle is not null
    group by 1 having count(distinct account_id) = 1
)
select distinct coalesce(a.account_id, c.account_id) as follower, coalesce(b.account_id, d.account_id) as followed
from follows_listed
left join ids as a on a.account_id = follower left join handles as c on c.handle = lower(ltrim(follower, '@'))
left join ids as b on b.account_id = followed left join handles as d on d.handle = lower(ltrim(followed, '@'))
where coalesce(a.account_id, c.account_id) is not null and coalesce(b.account_id, d.account_id) is not null
order by all
"""


def add_follows(study: Study, engine: Duck, file: Path, *, limits: Limits = LIMITS) -> FollowList:
    """Put a follow list into the study, whose tables are open in the engine.

    Pairs of which an account is not in the study are counted in the entry and not kept: they say nothing of it.

    Raises
    ------
    WrongUse
        There is no such file, or the study holds pseudonyms.
    NothingToDo
        No pair is of two accounts of this study.
    """
    check_file(file)
    if (study.folder / MARK).is_file():
        raise WrongUse(
            "This study holds pseudonyms, and a follow list under real names can't be added to it.\n"
            "  It would name the people whom the pseudonyms hide.\n"
            "  Read the posts into a study without a key to use it."
        )
    read = read_follow_list(file, limits)
    follower, followed = zip(*sorted(read.pairs), strict=True)
    engine.load(LISTED, {"follower": text_column(follower), "followed": text_column(followed)})
    pairs = engine.query(BY_ID)
    n_pairs = len(pairs["follower"])
    if not n_pairs:
        raise NothingToDo(
            f"No pair in {file.name!r} is of two accounts of this study.\n"
            f"  It lists {len(read.pairs):,} pairs, such as {follower[0][:40]!r} and {followed[0][:40]!r}.\n"
            "  Name accounts by the ids or handles that the posts have."
        )
    entry = FollowList(file=file.name, sha256=read.sha256, rows=read.rows, pairs=n_pairs, left_out=read.rows - n_pairs)
    keep_follows(study.folder, engine, pairs, entry)
    return entry
