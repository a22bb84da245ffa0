"""Which exports there are, by name."""

from __future__ import annotations

from functools import cache

import groundswell.publish.exports
from groundswell.errors import WrongUse
from groundswell.model.plugins import found
from groundswell.publish.exports.export import Export


@cache
def exports() -> tuple[Export, ...]:
    """Every export, by name."""
    return tuple(sorted(found(groundswell.publish.exports, "EXPORT"), key=lambda one: str(one.name)))


def export_named(name: str) -> Export:
    """The export of this name.

    Raises
    ------
    WrongUse
        There is none.
    """
    for one in exports():
        if one.name == name:
            return one
    raise WrongUse(
        f"There is no format {name!r}.\n  There are: {', '.join(one.name for one in exports())}.\n"
        "  `groundswell export --list` says what each is for."
    )
