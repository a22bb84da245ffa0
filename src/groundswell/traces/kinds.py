"""How each kind of trace is spoken of, so that every sentence names the act: «shared the same 9 links»."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import groundswell.traces
from groundswell.model.plugins import found


@dataclass(frozen=True, slots=True)
class Words:
    """The verb and nouns for one kind: ``did`` the same 9 ``many``."""

    did: str
    one: str
    many: str


UNTYPED = Words("shared", "object", "objects")


def words(kind: str) -> Words:
    """The words for a kind of trace; a kind that only a share log names is an object like any other."""
    return _known().get(kind, UNTYPED)


@cache
def _known() -> dict[str, Words]:
    """The words of every kind; each sentence asks, and looking through the package takes milliseconds."""
    return {trace.name: trace.words for trace in found(groundswell.traces, "TRACE")}
