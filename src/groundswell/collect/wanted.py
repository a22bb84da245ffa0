"""Which posts a collection asks for: those with a hashtag, those of an account, or all."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from groundswell.errors import WrongUse
from groundswell.model.post import Post
from groundswell.traces.fold_tag import fold_tag

REMEMBERED = 200_000
"""Posts whose reposts are known to belong: about 40 MB, an hour of a loud hashtag or a day of a quiet one."""

IN_TEXT = re.compile(r"[#＃](\w+)")


@dataclass(kw_only=True)
class Wanted:
    """The hashtags and accounts asked for; a post passes when it has any of either."""

    hashtags: frozenset[str] = frozenset()
    """Folded by `fold_tag`."""
    account_ids: frozenset[str] = frozenset()
    called: Callable[[str], str] = str
    """What the study calls a post of this id: a pseudonym, or just so."""
    _posts: OrderedDict[str, None] = field(default_factory=OrderedDict)

    @classmethod
    def of(cls, hashtags: Iterable[str] = (), account_ids: Iterable[str] = ()) -> Wanted:
        """What a person typed; hashtags with or without their sign, in any case."""
        return cls(
            hashtags=frozenset(folded for tag in hashtags if (folded := fold_tag(tag))),
            account_ids=frozenset(account_ids),
        )

    @property
    def everything(self) -> bool:
        """Whether nothing was asked for, which means all."""
        return not (self.hashtags or self.account_ids)

    def wants(self, post: Post) -> bool:
        """Whether a post belongs. A repost of a post that belongs does too, as long as that one is remembered."""
        if self.everything:
            return True
        if post.account_id in self.account_ids or self.hashtags & _tags(post):
            if post.post_id is not None:
                self.remember(self.called(post.post_id))
            return True
        return post.repost_of is not None and self.called(post.repost_of) in self._posts

    def took(self, post: Post) -> bool:
        """Whether this post, or an earlier version of it, was taken and is remembered."""
        return post.post_id is not None and self.called(post.post_id) in self._posts

    def remember(self, post_id: str) -> None:
        """Take reposts of this post, as the study calls it, from now on."""
        self._posts[post_id] = None
        self._posts.move_to_end(post_id)
        if len(self._posts) > REMEMBERED:
            self._posts.popitem(last=False)


def _tags(post: Post) -> set[str]:
    return {fold_tag(tag) for tag in (*(post.hashtags or ()), *IN_TEXT.findall(post.text or ""))}


def read_account_list(path: Path) -> tuple[str, ...]:
    """The accounts in a text file: one a line; empty lines and what follows a # are passed over.

    Raises
    ------
    WrongUse
        There is no such file, or no account in it.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(
            f"The account list {str(path)!r} can't be read: {error}.\n  It is a text file with one account a line."
        ) from None
    accounts = tuple(dict.fromkeys(name for line in lines if (name := line.split("#")[0].strip())))
    if not accounts:
        raise WrongUse(f"The account list {str(path)!r} names no account.\n  It has one account a line.")
    return accounts
