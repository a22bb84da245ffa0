"""How each kind of trace is spoken of, so that every sentence names the act: «shared the same 9 links»."""

from __future__ import annotations

from dataclasses import dataclass

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
    return next((trace.words for trace in found(groundswell.traces, "TRACE") if trace.name == kind), UNTYPED)
