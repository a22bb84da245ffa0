"""The two cases this project began with, made up anew: a lookalike name, and a face from a book cover.

    seed ──► accounts, posts, pictures        everything made up; nobody bears these names or faces

A writer's name comes back with a capital I for each small L, and with her photograph in a mirror. A post that is
passed on by hundreds is by an account whose face was cut out of a book cover, and the same face has other names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from groundswell.model.post import MADE_UP, Account, Post
from groundswell.simulate.pictures import Colours, cover, mirrored, picture, portrait

START = datetime(2026, 5, 3, 8, tzinfo=UTC)
WRITER = "ella hill"
LOOKALIKE = "eIIa hiII"
TESTIMONY = "post-testimony"
BYSTANDERS = 60
REPOSTERS = 420
COMPARATORS = 20
GONE_LATER = 0.08
"""Of all readers, whatever they passed on: people leave."""


@dataclass(frozen=True, eq=False, kw_only=True)
class PersonasWorld:
    """What `demo_personas` makes up."""

    accounts: tuple[Account, ...]
    posts: tuple[Post, ...]
    avatars: dict[str, Colours]
    """File name to picture; the stem is the account's id."""
    covers: dict[str, Colours]
    """Book covers and press photographs: the reference folder."""
    gone: frozenset[str]
    """Accounts that are no longer there when somebody looks: the author of the post, and some of all readers."""


def demo_personas(seed: int = 0) -> PersonasWorld:
    """Make the two cases up among bystanders, who are ordinary."""
    draw = np.random.default_rng([17, seed])
    writer, face = portrait(1000 * seed + 1), portrait(1000 * seed + 2)
    avatars = {
        "ella.png": writer,
        "lookalike.png": mirrored(writer),
        "testimony.png": face,
        "neighbour.png": mirrored(face),
        "councillor.png": face[13:243, 13:243],
    }
    accounts = [
        _account("ella", WRITER, "ella_hill", "Writes about gates and harbours.", -2280, 48_100),
        _account("lookalike", LOOKALIKE, "eIIa_hiII", "Writes about gates and harbours.", -4, 212),
        _account("testimony", "dana from the quay", "dana_quay", "Twelve years with the council. No more.", -9, 3_904),
        _account("neighbour", "worried neighbour", "worried_neighbour", "Only telling it as it is.", -8, 120),
        _account("councillor", "fay, once a councillor", "fay_council", "Left, and glad.", -7, 88),
    ]
    for number in range(BYSTANDERS):
        name = f"bystander{number:02}"
        avatars[f"{name}.png"] = (portrait if number % 2 else picture)(1000 * seed + 100 + number)
        accounts.append(_account(name, f"{_word(draw)} {_word(draw)}", f"{_word(draw)}{number}", None, -900, 150))
    readers = [f"reader{number:04}" for number in range(3 * REPOSTERS)]
    accounts += [_account(name, None, None, None, -int(draw.integers(5, 2000)), None) for name in readers]
    posts = [_post("testimony", TESTIMONY, 0, "I voted for the harbour council for twelve years. No more. #OpenGate")]
    posts += _reposts(draw, TESTIMONY, "testimony", 0, REPOSTERS, readers)
    for number in range(COMPARATORS):
        author, post, hours = f"bystander{number:02}", f"post-other{number:02}", 1.0 + number
        posts.append(_post(author, post, hours, f"{_word(draw)} {_word(draw)} at the harbour today, number {number}"))
        posts += _reposts(draw, post, author, hours, int(REPOSTERS * draw.uniform(0.6, 1.6)), readers)
    left = {reader for reader in readers if draw.random() < GONE_LATER}
    return PersonasWorld(
        gone=frozenset({"testimony", "lookalike", *left}),
        accounts=tuple(accounts),
        posts=tuple(sorted(posts, key=lambda post: (post.time, post.account_id, post.post_id or ""))),
        avatars=avatars,
        covers={"cover-pipelines.png": cover(1000 * seed + 3, face), "press-harbour.png": picture(1000 * seed + 4)},
    )


def _account(
    account_id: str, name: str | None, handle: str | None, bio: str | None, days: int, followers: int | None
) -> Account:
    return Account(
        platform=MADE_UP,
        account_id=account_id,
        handle=handle,
        name=name,
        bio=bio,
        created_at=START + timedelta(days=days),
        followers=followers,
    )


def _post(account: str, post_id: str, hours: float, text: str) -> Post:
    tags = tuple(word.lstrip("#") for word in text.split() if word.startswith("#"))
    time = START + timedelta(hours=hours)
    return Post(platform=MADE_UP, account_id=account, post_id=post_id, time=time, text=text, hashtags=tags)


def _reposts(
    draw: np.random.Generator, post_id: str, author: str, hours: float, n: int, readers: list[str]
) -> list[Post]:
    """Readers chosen at random, each after a delay of its own: minutes for some, a day for others."""
    who = draw.choice(len(readers), size=min(n, len(readers)), replace=False)
    delays = np.sort(draw.lognormal(8.6, 1.3, len(who)))
    return [
        Post(
            platform=MADE_UP,
            account_id=readers[reader],
            post_id=f"{post_id}-r{number}",
            time=START + timedelta(hours=hours, seconds=float(np.round(delay)) + 5),
            is_repost=True,
            repost_of=post_id,
            repost_of_account=author,
        )
        for number, (reader, delay) in enumerate(zip(who, delays, strict=True))
    ]


SYLLABLES = ("mar", "lo", "vin", "ta", "re", "sol", "ke", "bru", "ni", "dor", "pa", "wes", "ju", "fen", "gor", "ly")


def _word(draw: np.random.Generator) -> str:
    return "".join(SYLLABLES[int(at)] for at in draw.integers(0, len(SYLLABLES), 3))
