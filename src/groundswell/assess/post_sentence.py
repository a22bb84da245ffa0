"""What may be printed about one post: a sentence with its denominators, and what it does not say."""

from __future__ import annotations

from groundswell.assess.wording import check, counted, duration, listed, part, percent, quoted
from groundswell.personas.post_anatomy import Anatomy
from groundswell.personas.post_reposters import Part
from groundswell.personas.post_spread import Milestone

HEDGE = (
    "Counted is what was collected; reposts that were deleted or not collected are missing. Who passes a post on says"
    " nothing about why, and an account that is gone may have left on its own."
)


def post_sentences(told: Anatomy) -> tuple[str, ...]:
    """The sentences about a post, the one to print first; each carries its own denominators.

    Raises
    ------
    ValueError
        A sentence broke the rules of wording; a fault of the program.
    """
    sentences = [_reposters(told), *_speed(told), *_copies(told), *_author(told), *_concentration(told), HEDGE]
    for sentence in sentences:
        check(sentence)
    return tuple(sentences)


def _reposters(told: Anatomy) -> str:
    who = counted(told.n_reposts, "account", "accounts")
    if not told.n_reposts:
        return "No account reposted the post in what was collected."
    known = [_part(one) for one in told.parts if one.count is not None and not one.of.startswith("accounts in group ")]
    unknown = [one.of.removeprefix("accounts ") for one in told.parts if one.count is None]
    said = f"{who} reposted the post in what was collected" + (f": {listed(known)}" if known else "")
    return f"{said}. Not known: how many are {listed(unknown, 'or')}." if unknown else f"{said}."


def _part(one: Part) -> str:
    assert one.count is not None
    said = f"{one.count:,} of {one.whole:,} ({percent(one.count / one.whole)}) {one.of.removeprefix('accounts ')}"
    if one.others is None:
        return said
    return (
        f"{said} (the middle 90 % of {one.others.n:,} posts of like reach: {percent(one.others.low)} to"
        f" {percent(one.others.high)})"
    )


def _speed(told: Anatomy) -> list[str]:
    timed = [one for one in told.milestones if one.seconds is not None and one.reposts > 1]
    if not timed:
        return []
    last = timed[-1]
    assert last.seconds is not None
    return [f"Its first {last.reposts:,} reposts took {duration(max(last.seconds, 0.0))}; {_beside(told, last)}."]


def _beside(told: Anatomy, last: Milestone) -> str:
    if last.others is None or last.faster is None:
        return (
            f"{counted(told.n_comparators, 'other post', 'other posts')} of like reach"
            f" {'is' if told.n_comparators == 1 else 'are'} too few to say whether that is fast"
        )
    return f"{part(last.faster, last.others.n, 'post', 'posts')} of like reach were faster"


def _copies(told: Anatomy) -> list[str]:
    said = []
    for copies, what in ((told.text_copies, "words"), (told.picture_copies, "picture")):
        if copies and copies.posts > 1:
            who = counted(copies.accounts, "account", "accounts")
            said.append(
                f"The same {what} {'stand' if what == 'words' else 'stands'} in {copies.posts:,} posts by {who}, the"
                f" earliest that survives of {copies.first_time}; it need not be the first."
            )
    return said


def _author(told: Anatomy) -> list[str]:
    author = told.author
    if author is None:
        return []
    said = []
    if author.age_days is not None:
        said.append(f"Its author’s account was {duration(author.age_days * 86400)} old when it was posted.")
    if author.gone:
        said.append("Its author’s account is no longer there, which says nothing of why.")
    if author.same_picture:
        names = f", under other names: {listed([quoted(n) for n in author.same_picture_names[:5]])}"
        said.append(
            "Its author’s picture is also that of"
            f" {counted(len(author.same_picture), 'other account', 'other accounts')}"
            f"{names if author.same_picture_names else ''}. No face was recognised."
        )
    if author.alike_names:
        said.append(
            f"Its author’s name can be taken for {listed([quoted(n) for n in author.alike_names[:5]], 'or')},"
            f" among {author.n_names:,} names; names alike belong to different people every day."
        )
    return said


def _concentration(told: Anatomy) -> list[str]:
    found = told.concentration
    if found is None or found.accounts <= 10 or found.reposts == found.accounts:
        return []  # each once: nothing rests on few
    return [
        f"Of {found.reposts:,} reposts of this author’s posts, {found.through_top_10:,}"
        f" ({percent(found.through_top_10 / found.reposts)}) came from 10 of"
        f" {counted(found.accounts, 'account', 'accounts')}."
    ]
