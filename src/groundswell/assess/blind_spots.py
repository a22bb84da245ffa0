"""What could not have been found here: the windows, kinds and ways of working that these data or this rule can't see.

Without it «no group was found» reads as «nobody acted together», which no data can show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from groundswell.assess.scope import Scope
from groundswell.assess.wording import counted, duration, listed
from groundswell.detect.limit import Limit, UnlistedMeetings, Unsearched
from groundswell.model.finding import Note
from groundswell.model.run import SCAN_WINDOWS_S
from groundswell.traces.kinds import words
from groundswell.traces.trace import Uncompared

KIND = "blind spot"

FEWEST_MEMBERS, FEWEST_OCCASIONS, FEWEST_DAYS = 3, 3, 2
"""What the rule asks of a group (docs/how_it_works.md)."""

COARSE_CLOCK_S = 60.0


def blind_spots(
    scope: Scope,
    refused_windows_s: Sequence[float],
    limits: Sequence[Limit] = (),
    unlisted: Sequence[UnlistedMeetings] = (),
    unsearched: Sequence[Unsearched] = (),
    uncompared: Sequence[Uncompared] = (),
) -> tuple[Note, ...]:
    """Every blind spot of this run, a sentence each: those of the data, of tables that were cut, and of the rule."""
    sentences = (*_of_data(scope, refused_windows_s), *map(of_limit, limits), *map(_of_unlisted, unlisted))
    sentences += (*map(_of_unsearched, unsearched), *map(_of_uncompared, uncompared))
    return tuple(Note(kind=KIND, sentence=sentence) for sentence in (*sentences, *_of_rule()))


def _of_data(scope: Scope, refused_windows_s: Sequence[float]) -> Iterator[str]:
    days = counted(scope.n_days, "day", "days")
    posts, tick = counted(scope.n_posts, "post", "posts"), duration(scope.precision_s)
    if scope.n_days < FEWEST_DAYS:
        yield (
            f"All {posts} lie on {days}, and a group is reported only for occasions on"
            f" {FEWEST_DAYS} or more: from these data no group could have been reported."
        )
    if refused_windows_s:
        windows = listed([duration(seconds) for seconds in sorted(refused_windows_s)])
        yield (
            f"The clock of these data ticks every {tick}, so windows of {windows} were not looked"
            " at: accounts that stand out only there were missed."
        )
    elif scope.precision_s >= COARSE_CLOCK_S:
        yield (
            f"The clock of these data ticks every {tick}: whether two posts are a second or {tick} apart can’t be told."
        )
    if absent := list(_absent(scope)):
        yield (f"Not one of the {posts} has {listed(absent, 'or')}: accounts that act together only there were missed.")
    if not scope.n_profiles:
        yield (
            f"No bio and no picture of the {counted(scope.n_accounts, 'account', 'accounts')} is in the files, so"
            " whether anyone misrepresents who they are can’t be told."
        )
    if not scope.n_with_client:
        yield "The files do not say which client a post came from, so shared tools are seen only by their pace."


def of_limit(limit: Limit) -> str:
    """What the table of links leaves out."""
    of = words(limit.kind)
    objects = counted(limit.min_objects, of.one, of.many)
    crowded = (
        f", and {limit.n_crowded:,} of {limit.n_objects:,} {of.many} were left out, which too many accounts repeated at"
        " once"
        if limit.n_crowded
        else ""
    )
    return (
        f"The table of links within {duration(limit.window_s)} holds the {limit.n_links:,} of"
        f" {limit.n_pairs:,} pairs of accounts that met on {objects} or more, not all that met on {limit.asked}"
        f"{crowded}. Groups are not looked for in this table."
    )


def _of_unlisted(unlisted: UnlistedMeetings) -> str:
    """What the table of meetings leaves out."""
    return (
        f"The posts behind {unlisted.n_links:,} of {unlisted.of:,} pairs of accounts that met on"
        f" {words(unlisted.kind).many} beyond chance are not listed; those of reported groups are."
    )


def _of_unsearched(one: Unsearched) -> str:
    """What the group scan did not look at."""
    return (
        f"No group was looked for among {one.n_pairs:,} of {one.of:,} pairs of accounts that met on"
        f" {words(one.kind).many} within {duration(one.window_s)}: those least beyond chance."
    )


def _of_uncompared(left_out: Uncompared) -> str:
    """What was too much alike to be compared."""
    return (
        f"Of {left_out.of:,} signs that two texts may be alike {left_out.n_links:,} were not followed up, because one"
        f" template fills very many texts: {words(left_out.kind).many} outside it can be missing here."
    )


def _absent(scope: Scope) -> Iterator[str]:
    """What posts may carry and none of these does."""
    if not scope.n_with_text and not scope.kinds.get("text"):
        yield "a text"
    if not scope.n_with_urls and not scope.kinds.get("url"):
        yield "a link"
    if not scope.n_with_hashtags and not scope.kinds.get("hashtag"):
        yield "a hashtag"
    if not scope.n_reposts and not scope.kinds.get("repost"):
        yield "a repost of another"
    if not scope.kinds.get("reply"):
        yield "a reply to another"


def _of_rule() -> Iterator[str]:
    slowest = duration(max(SCAN_WINDOWS_S))
    yield (
        "Accounts that reword each other’s texts freely were missed: a text counts as a copy only while at least seven"
        " tenths of it stay the same, letters in their order."
    )
    yield (
        f"Groups of fewer than {FEWEST_MEMBERS} accounts, with fewer than {FEWEST_OCCASIONS} occasions or all of them"
        " on one day are never reported, whatever they did."
    )
    yield f"Accounts that take turns, or follow each other more than {slowest} apart, were missed."
    yield "Posts that were deleted, or never collected, are not here; who acted together in them can’t be told."
