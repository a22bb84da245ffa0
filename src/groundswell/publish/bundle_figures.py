"""Every figure of a run by its own name, and whether it comes out again.

groups.json, findings.json, …  ──►  {"groups.A.layers.url.evidence": 14.2, …}  ──compare──►  holds · differs · cannot
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from groundswell.engine.engine import Engine
from groundswell.model.table import TableContract

SAME = 1e-9
"""Relative difference below which two floats are one: the last digits are the processor's."""

NAMED_BY = ("group_id", "dispute_id", "of", "kind", "name", "query")
"""Keys by which an entry of a list is called, instead of by its place."""

# Of each row's MD5 one half is added up and the other combined by exclusive or: the order of rows does not matter, and
# no version of the engine has its own idea of the result. It finds mistakes; against forgers there is the manifest.
DIGEST = """
select count(*), coalesce(bit_xor(md5_number_upper(line)), 0)::text,
       coalesce(sum(md5_number_lower(line)::hugeint), 0)::text
from (select {line} as line from {table})
"""


class Outcome(StrEnum):
    """What can be said of a figure."""

    HOLDS = "holds"
    DIFFERS = "differs"
    CANNOT = "cannot be checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One figure."""

    figure: str
    outcome: Outcome
    expected: Any
    found: Any = None
    why: str | None = None
    """Why it can't be checked."""

    def as_json(self) -> dict[str, Any]:
        """As `verify --json` prints it."""
        return {**asdict(self), "outcome": str(self.outcome)}


def figures(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every number, word and truth value in a JSON value, by its path; lists of plain values stay whole."""
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield from figures(value[key], f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple) and any(isinstance(one, Mapping | list | tuple) for one in value):
        names = _names(value)
        for called, one in zip(names, value, strict=True):
            yield from figures(one, f"{name}.{called}" if name else called)
    else:
        yield name, list(value) if isinstance(value, tuple) else value


def _names(entries: Iterable[Any]) -> list[str]:
    """What each entry of a list is called: by its own name where all differ, otherwise by its place."""
    listed = list(entries)
    for key in NAMED_BY:
        called = [one.get(key) if isinstance(one, Mapping) else None for one in listed]
        if all(isinstance(one, str) and one for one in called) and len(set(called)) == len(called):
            return [str(one) for one in called]
    return [str(at) for at in range(len(listed))]


def compare(
    expected: Mapping[str, Any], found: Mapping[str, Any], cannot: Mapping[str, str] | None = None
) -> tuple[Checked, ...]:
    """Hold figures against figures, by name.

    Parameters
    ----------
    cannot
        Beginning of a figure's name to the reason why it can't be checked.
    """
    checked = []
    for name in sorted(expected.keys() | found.keys()):
        why = next((why for start, why in (cannot or {}).items() if name.startswith(start)), None)
        if why is not None:
            outcome = Outcome.CANNOT
        else:
            there = name in expected and name in found
            outcome = Outcome.HOLDS if there and same(expected[name], found[name]) else Outcome.DIFFERS
        checked.append(
            Checked(figure=name, outcome=outcome, expected=expected.get(name), found=found.get(name), why=why)
        )
    return tuple(checked)


def same(a: Any, b: Any) -> bool:
    """Whether two figures are one: exactly, but for the last digits of a float.

    >>> same(0.1 + 0.2, 0.3), same(12, 13), same(None, 0), same(True, 1)
    (True, False, False, False)
    """
    if isinstance(a, float) or isinstance(b, float):
        numbers = isinstance(a, int | float) and isinstance(b, int | float) and not isinstance(a, bool | type(None))
        return numbers and not isinstance(b, bool) and math.isclose(a, b, rel_tol=SAME, abs_tol=1e-300)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and bool(a == b)


def table_figures(engine: Engine, contracts: Iterable[TableContract]) -> dict[str, dict[str, Any]]:
    """How many rows each open table has, and a digest of them that does not mind their order."""
    told = {}
    for contract in contracts:
        cells = [f"coalesce({_as_text(column, kind)}, chr(30))" for column, kind in contract.columns.items()]
        line = f"concat_ws(chr(31), {', '.join(cells)})"
        ((n, mixed, added),) = engine.rows(DIGEST.format(line=line, table=contract.name))
        told[contract.name] = {"rows": n, "digest": f"{mixed}-{added}"}
    return told


def _as_text(column: str, kind: str) -> str:
    """A cell for the digest: floats to nine digits, for the last ones are the processor's."""
    return f"printf('%.9e', {column})" if kind == "double" else f"{column}::text"
