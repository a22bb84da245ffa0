"""The value that describes a kind of trace: what was repeated, and how it is spoken of.

    posts ──find──► object · account · post · time

Originals and reposts are told apart: only `repost` looks at reposts, every other kind looks at what accounts
wrote themselves. In an organic hashtag 50 of 6,185 originals share their text with three others within an hour,
but 3,234 of 7,686 reposts do, so a kind that mixed the two would mostly find reposts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from groundswell.engine.engine import Engine
from groundswell.traces.kinds import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncompared:
    """Likenesses of one kind that were proposed and not looked at, because they were too many."""

    kind: str
    n_links: int
    """Those left out; two texts may be proposed several times."""
    of: int
    """All that were proposed."""


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One kind of thing that posts repeat."""

    name: str
    """As it stands in the column ``kind``, such as ``hashtag_sequence``."""

    question: str
    """What is asked, in words a journalist would use."""

    words: Words
    """The act and the nouns for sentences."""

    needs: tuple[Callable[[Engine], None], ...] = ()
    """Make tables that other kinds need too; each is called once, before any `find`."""

    find: Callable[[Engine], str]
    """Prepares what else it needs from the table ``posts`` and returns the query for
    ``object_id, account_id, post_id, time``: one row each time an account repeated an object."""

    left_out: Callable[[Engine], Uncompared | None] = lambda _engine: None
    """What `find` did not look at, once it was asked; None where it looked at everything."""

    source: str
    """The paper or tool that uses this trace."""

    innocent: tuple[str, ...]
    """Honest behaviour that leaves the same trace."""


def named_outright(kind: str) -> str:
    """The query for objects of `kind` that a share log names itself. For kinds from our own files, never from input."""
    return f"""
select object_id, account_id, post_id, time
from (
    select unnest(shared_kinds) as shared_kind, unnest(shared_objects) as object_id, account_id, post_id, time
    from posts
)
where shared_kind = '{kind}' and object_id is not null and object_id <> ''
"""
